"""What corrections.csv may say: the model of its records."""

from __future__ import annotations

from typing import Annotated

from weltoffen_eval.study.declared import DeclaredTable
from weltoffen_eval.study.declared_records import any_cell, cell

#: No file has more rows than a number of so many digits says.
_MOST_DIGITS = 9

Cell = Annotated[str, any_cell()]


def _line(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


class CorrectionRecord(DeclaredTable):
    """A record of corrections.csv."""

    file: Cell
    tab: Cell = ""
    # the former word for a tab
    sheet: Cell = ""
    row: Annotated[int, cell(_line, "the line of a record")]
    column: Cell
    old: Cell
    new: Cell
    reason: Annotated[str, cell(str, "why the value is changed")]
