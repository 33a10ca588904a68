"""Addresses of cells: columns count A to Z, AA, …, XFD; what is no address is a broken workbook.

Cells that are merged as whole columns or rows are judged as others: by what a person sees of the answers.
"""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from workbooks import head, number, row, tab, text, write_workbook

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.heads import Aside
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


def test_a_range_can_be_whole_columns_or_rows_and_begin_at_any_corner() -> None:
    # a tab has 1,048,576 rows and 16,384 columns
    assert parse_range("A:A") == Range(1, 1, 1_048_576, 1, "A:A")
    assert parse_range("$C:$B") == Range(1, 2, 1_048_576, 3, "$C:$B")
    assert parse_range("3:2") == Range(2, 1, 3, 16_384, "3:2")
    assert parse_range("D9:B2") == Range(2, 2, 9, 4, "D9:B2")


@pytest.mark.parametrize("text", ["", "A:1", "1:A", "A1:B", "A", "A1:B2:C3", "1A", "A1:", "\x1b[31m"])
def test_what_is_no_range_is_a_broken_workbook(text: str) -> None:
    with pytest.raises(BrokenWorkbook, match="range"):
        parse_range(text)


HEAD = head("municipality", "Q1", "Q2")
RECORDS = (
    row(2, text("A2", "a"), number("B2", "1"), number("C2", "3")),
    row(3, text("A3", "b"), number("C3", "4")),
)
# what is merged, and what is told of it
MERGED = {
    "H:H": [],
    "H1:K1048576": [],
    "5:5": [],
    "A9:C1048576": [],
    "A:A": [(1, "municipality")],
    "A1:A1048576": [(1, "municipality")],
    "A1:B1048576": [(1, "municipality")],
    "C:B": [(1, "Q1")],
    "B:B": [(1, "Q1")],
    "1:1": [(1, "municipality")],
    "3:3": [(3, "municipality")],
    "A3:XFD3": [(3, "municipality")],
    "C3:B2": [(2, "Q1")],
}


def read(path: Path, *rows: str, merged: str, **options: object) -> list[tuple[int | None, str, str]]:
    after = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>'
    write_workbook(path, tab(*rows, after=after))
    faults: list[Fault] = []
    known = ("municipality", "Q1", "Q2")
    read_table(path, "a.xlsx", faults, known=known, **options)  # type: ignore[arg-type]
    return [(fault.row, fault.column, fault.kind) for fault in faults]


@pytest.mark.parametrize("merged", MERGED)
def test_merged_columns_are_a_fault_where_they_touch_answers_and_else_none(
    tmp_path: Path, merged: str
) -> None:
    expected = [(*place, "cells_merged") for place in MERGED[merged]]
    assert read(tmp_path / "a.xlsx", HEAD, *RECORDS, merged=merged) == expected


def test_a_merged_column_without_answers_below_its_head_is_read(tmp_path: Path) -> None:
    records = (row(2, text("A2", "a"), number("B2", "1")), row(3, text("A3", "b"), number("B3", "2")))
    assert read(tmp_path / "a.xlsx", HEAD, *records, merged="C1:C1048576") == []


def test_merged_columns_that_are_left_aside_are_none_of_ours(tmp_path: Path) -> None:
    for merged in ("C:C", "B:C", "B1:C1"):
        assert read(tmp_path / "a.xlsx", HEAD, *RECORDS, merged=merged, aside=Aside(("Q1", "Q2"))) == []


def test_a_head_behind_a_merged_title_is_not_seen(tmp_path: Path) -> None:
    rows = (
        row(1, text("A1", "Rücklauf")),
        head("municipality", "Q1", "Q2", line=2),
        row(3, text("A3", "a"), number("B3", "1")),
    )
    for merged, expected in (("A1:A2", [(2, "municipality", "cells_merged")]), ("A1:C1", [])):
        assert read(tmp_path / "a.xlsx", *rows, merged=merged, header_row=2) == expected


def test_a_merge_of_everything_costs_no_memory(tmp_path: Path) -> None:
    records = [row(n, text(f"A{n}", "a"), number(f"B{n}", "1")) for n in range(2, 5_002)]
    tracemalloc.start()
    try:
        found = read(tmp_path / "a.xlsx", HEAD, *records, merged="A1:XFD1048576")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == [(1, "municipality", "cells_merged")]
    # the table itself takes less; a list of the cells below the merge would take 3 MB more
    assert most < 6_000_000
