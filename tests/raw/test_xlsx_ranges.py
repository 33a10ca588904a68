"""Addresses of cells: columns count A to Z, AA, …, XFD; what is no address is a broken workbook."""

from __future__ import annotations

import pytest

from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook
from weltoffen_eval.raw.xlsx_ranges import Range, column_of, parse_range


def test_the_number_of_a_column() -> None:
    # 16,384 is the last of a workbook (ECMA-376-1:2016, 18.3.1.73)
    assert [column_of(letters) for letters in ("A", "Z", "AA", "AZ", "BA", "XFD")] == [
        1,
        26,
        27,
        52,
        53,
        16_384,
    ]


def test_a_range_has_both_its_ends() -> None:
    assert parse_range("B2:D9") == Range(2, 2, 9, 4, "B2:D9")
    assert parse_range("$b$2") == Range(2, 2, 2, 2, "$b$2")


@pytest.mark.parametrize("text", ["", "A", "A1:B2:C3", "1A", "A1:", "\x1b[31m"])
def test_what_is_no_range_is_a_broken_workbook(text: str) -> None:
    with pytest.raises(BrokenWorkbook, match="range"):
        parse_range(text)
