"""How answers are called and in which order they stand (answers.toml), as they are compared."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from weltoffen_eval.raw.table import folded

#: The kinds of what is no answer.
NO_ANSWERS = ("dont_know", "not_applicable", "skipped")


@cache
def read_answers() -> dict[str, Any]:
    """Known orders of answers, and by kind what is none."""
    read = tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))
    return {**read, "orders": [[folded(words) for words in order] for order in read["orders"]]}


def usual(text: str) -> str:
    """An answer as answers.toml has it: of some tools the blanks are lines."""
    return folded(text.replace("_", " "))


def kind_of_word(text: str) -> str:
    """Which kind of no answer a text says; empty where it says none."""
    return next((kind for kind in NO_ANSWERS if usual(text) in read_answers()[kind]["words"]), "")


def kind_of_code(code: int) -> str:
    """Which kind of no answer a number usually stands for; empty where for none."""
    return next((kind for kind in NO_ANSWERS if code in read_answers()[kind]["codes"]), "")


def answers_in(texts: Collection[str]) -> list[str]:
    """The texts of a column without those that say that there is no answer."""
    return [text for text in texts if not kind_of_word(text)]
