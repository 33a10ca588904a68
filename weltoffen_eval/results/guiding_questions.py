"""The guiding questions of a dialogue: those of the study, else the four of the project."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from weltoffen_eval import paths
from weltoffen_eval.study.file_words import QUESTIONS
from weltoffen_eval.study.kinds.given import GivenFiles


def guiding_questions(given: GivenFiles, wave: str, language: str = "de") -> Mapping[str, str]:
    """By id the wording of each guiding question of a wave, in order; the study's own have one language."""
    own = given.of("questions", wave=wave)
    if own:
        return {row.values.question: row.values.text for row in own}
    path = paths.SENTENCES / language / "questions.toml"
    if not path.is_file():
        path = paths.SENTENCES / "de" / "questions.toml"
    texts = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: texts[f"question_{key}"]["text"] for key in QUESTIONS}
