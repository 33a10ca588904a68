"""Heads of a workbook in two rows: one that is merged downwards is the head of its column."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable


def workbook(path: Path, *merged: str, struck: bool = False) -> Path:
    """A title, a row of groups in row 3, the heads in row 4, a record in row 5."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ["Abfrage"],
        [],
        ["Gemeinde", "Steuerung", None, "Notiz"],
        [None, "Q1", "Q2", None],
        ["a", 1, 2, "x"],
    ]
    for line, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            sheet.cell(line, column, cell)
    if struck:
        sheet["A3"].font = Font(strike=True)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def read(path: Path) -> tuple[RawTable | None, list[Fault]]:
    faults: list[Fault] = []
    return read_table(path, "a.xlsx", faults, known=("Gemeinde", "Q1", "Q2"), header_row=4), faults


def test_a_head_that_is_merged_downwards_into_the_row_of_the_heads_is_read_and_logged(tmp_path: Path) -> None:
    table, faults = read(workbook(tmp_path / "a.xlsx", "A1:D1", "A3:A4", "B3:C3", "D3:D4"))
    assert faults == []
    assert table is not None
    assert table.columns == ["Gemeinde", "Q1", "Q2", "Notiz"]
    assert [list(cells) for cells in table.rows] == [["a", "1", "2", "x"]]
    logged = [(entry.row, entry.column, entry.rule) for entry in table.log if entry.rule == "cells_merged"]
    assert sorted(logged) == [(4, "Gemeinde", "cells_merged"), (4, "Notiz", "cells_merged")]


def test_a_head_above_that_is_not_merged_is_none(tmp_path: Path) -> None:
    _, faults = read(workbook(tmp_path / "a.xlsx", "B3:C3", "D3:D4"))
    assert [(fault.row, fault.found) for fault in faults] == [(4, "column 1 has no name")]


def test_what_is_odd_of_a_merged_head_is_told_in_the_row_of_the_heads(tmp_path: Path) -> None:
    _, faults = read(workbook(tmp_path / "a.xlsx", "A3:A4", "B3:C3", "D3:D4", struck=True))
    assert [(fault.row, fault.column, fault.kind) for fault in faults] == [(4, "Gemeinde", "struck_through")]


def test_a_head_that_is_merged_into_the_records_names_no_column(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "A3:A4", "B3:C3")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.append(["b", 1, 2, "y"])
    sheet.merge_cells("D3:D5")
    book.save(path)
    _, faults = read(path)
    assert [(fault.row, fault.found) for fault in faults] == [
        (6, "a value outside the columns of the header")
    ]


def two_groups(path: Path, *merged: str, heads: tuple[str, ...] = ("da", "geplant", "da", "geplant")) -> Path:
    """Two groups in row 1, each over two of the heads in row 2."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Gemeinde", "Leitbild", None, "Beirat", None])
    sheet.append([None, *heads])
    sheet.append(["a", 1, 2, 0, 1])
    for cells in ("A1:A2", *merged):
        sheet.merge_cells(cells)
    book.save(path)
    return path


def test_two_heads_alike_below_merged_groups_are_said_to_be_so(tmp_path: Path) -> None:
    faults: list[Fault] = []
    read_table(two_groups(tmp_path / "a.xlsx", "B1:C1", "D1:E1"), "a.xlsx", faults, header_row=2)
    assert [(fault.row, fault.column, fault.found) for fault in faults] == [
        (2, "da", "the column stands twice (columns 2 and 4), below 'Leitbild' and below 'Beirat'"),
        (2, "geplant", "the column stands twice (columns 3 and 5), below 'Leitbild' and below 'Beirat'"),
    ]
    assert "such as 'Leitbild – da', in the row of the heads" in faults[0].advice
    assert {fault.kind for fault in faults} == {"column_twice_in_groups"}


def test_two_heads_alike_below_one_group_or_none_are_two_of_one(tmp_path: Path) -> None:
    for number, merged in enumerate((("B1:E1",), ())):
        faults: list[Fault] = []
        read_table(two_groups(tmp_path / f"{number}.xlsx", *merged), "a.xlsx", faults, header_row=2)
        twice = [fault for fault in faults if fault.column == "da"]
        assert [(fault.found, fault.advice) for fault in twice] == [
            ("the column stands twice (columns 2 and 4)", "Delete or rename one of them.")
        ]
