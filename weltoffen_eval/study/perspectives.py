"""Perspectives: whose view an answer is, by id or by its German word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weltoffen_eval.study.raw.table import folded

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

_BY_SPELLING = {folded(word): key for key, word in PERSPECTIVES.items()} | {
    folded(key): key for key in PERSPECTIVES
}


def find_perspective(text: str) -> str | None:
    """The id of a perspective named by id or German word; None where there is none."""
    return _BY_SPELLING.get(folded(text))


def is_self_check(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are the administration's own answers to the questionnaire; any table with both columns."""
    return (rows["setting"] == "questionnaire") & (rows["perspective"] == "administration")
