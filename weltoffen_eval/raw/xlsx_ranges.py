"""Addresses of cells, and of rectangles of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from weltoffen_eval.errors import visible
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_WHOLE_COLUMN, _WHOLE_ROW = re.compile(r"\$?([A-Z]{1,3})"), re.compile(r"\$?([0-9]{1,7})")


@dataclass(frozen=True)
class Range:
    """A rectangle of cells; rows and columns are counted from 1, both ends are within."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def column_of(letters: str) -> int:
    """The number of a column, from 1: A, B, …, Z, AA, …"""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def parse_range(text: str) -> Range:
    """A range such as ``A1:C3``, from any corner, a single cell, whole columns (``A:C``) or rows (``2:3``).

    Raises
    ------
    BrokenWorkbook
        Where it is none of these.
    """
    parts = text.upper().split(":")
    if len(parts) <= 2:
        if all(ends := [_ADDRESS.fullmatch(part) for part in parts]):
            return _between(text, [int(e[2]) for e in ends if e], [column_of(e[1]) for e in ends if e])
        if len(parts) == 2 and all(ends := [_WHOLE_COLUMN.fullmatch(part) for part in parts]):
            return _between(text, [1, MOST_ROWS], [column_of(e[1]) for e in ends if e])
        if len(parts) == 2 and all(ends := [_WHOLE_ROW.fullmatch(part) for part in parts]):
            return _between(text, [int(e[1]) for e in ends if e], [1, MOST_COLUMNS])
    raise BrokenWorkbook(f"the range {visible(text)[:40]!r}")


def _between(text: str, rows: list[int], columns: list[int]) -> Range:
    return Range(min(rows), min(columns), max(rows), max(columns), text)
