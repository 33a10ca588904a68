"""Addresses of cells, and of rectangles of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from weltoffen_eval.errors import visible
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


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
    """A range such as ``A1:C3``, or a single cell.

    Raises
    ------
    BrokenWorkbook
        Where it is neither.
    """
    ends = [_ADDRESS.fullmatch(part) for part in text.upper().split(":")]
    if not 1 <= len(ends) <= 2 or not all(ends):
        raise BrokenWorkbook(f"the range {visible(text)[:40]!r}")
    (left, top), (right, bottom) = ((column_of(e[1]), int(e[2])) for e in (ends[0], ends[-1]) if e)
    return Range(top, left, bottom, right, text)
