"""Perspectives: whose view an answer is, by id, by its German word, or by a title that the study gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from weltoffen_eval.raw.table import folded

if TYPE_CHECKING:
    import pandas as pd

#: German word of each perspective, in the order in which they are shown.
PERSPECTIVES = {
    "administration": "Verwaltung",
    "politics": "Politik",
    "civil_society": "Zivilgesellschaft",
    "business": "Wirtschaft",
    "residents": "Einwohnerschaft",
}
#: Perspectives of a study's own: their titles by language, by id.
OwnPerspectives = Mapping[str, Mapping[str, str]]
NO_OTHERS: OwnPerspectives = {}

_BY_SPELLING = {folded(word): key for key, word in PERSPECTIVES.items()} | {
    folded(key): key for key in PERSPECTIVES
}


def find_perspective(text: str, own: OwnPerspectives = NO_OTHERS) -> str | None:
    """The id of a perspective named by id or title; None where there is none."""
    spelling = folded(text)
    if spelling in _BY_SPELLING:
        return _BY_SPELLING[spelling]
    return next((key for key, titles in own.items() if spelling in _spellings(key, titles)), None)


def _spellings(key: str, titles: Mapping[str, str]) -> set[str]:
    return {folded(key), *map(folded, titles.values())}


def doubled_perspectives(own: OwnPerspectives) -> list[str]:
    """The words that mean two perspectives, among the five and those of the study."""
    seen = set(_BY_SPELLING)
    twice = []
    for key, titles in own.items():
        spellings = _spellings(key, titles)
        twice += sorted(spellings & seen)
        seen |= spellings
    return twice


def perspective_words(own: OwnPerspectives = NO_OTHERS) -> list[str]:
    """How perspectives are called, for messages: the German words, then the titles of the study's own."""
    return [*PERSPECTIVES.values(), *(next(iter(titles.values()), key) for key, titles in own.items())]


def is_self_check(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are the administration's own answers to the questionnaire; any table with both columns."""
    return (rows["setting"] == "questionnaire") & (rows["perspective"] == "administration")
