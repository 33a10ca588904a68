"""Damaged workbooks and files of SPSS that are accepted all the same: they are read as another reader reads them.

Of a workbook the other reader is openpyxl, of SPSS it is PSPP.
WELTOFFEN_DAMAGED says how many the slow tests try.
"""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import struct
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from damage import damaged, damaged_workbook
from workbooks import head, row, tab, text, write_workbook

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable

Table = list[list[str]]
TIMES = int(os.environ.get("WELTOFFEN_DAMAGED", "500"))
HEAD = ["municipality", "A1", "A2", "B1", "note"]
ROWS: list[list[Any]] = [
    ["adorf", 0, "ja", 12, "Räume"],
    ["bestadt", 1, "nein", 4999.5, "x & y < z"],
    ["kreis", 98, "weiß nicht", None, None],
    ["adorf", None, "teilweise", 0.25, "„so“ 😀"],
]


def read(path: Path) -> tuple[RawTable | None, list[Fault]]:
    faults: list[Fault] = []
    table = read_table(path, path.name, faults, known=HEAD)
    assert all(fault.found and fault.expected for fault in faults)
    return table, faults


def rows_of(table: RawTable) -> list[list[str]]:
    return [table.columns, *(list(cells) for cells in table.rows)]


def by_openpyxl(path: Path) -> list[list[str]] | None:
    """What another reader finds in the only tab that is not empty; None where it finds no workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path, data_only=True)
            filled = [tab for tab in book.worksheets if any(any(c.value is not None for c in r) for r in tab)]
            rows = [[shown(cell.value) for cell in row] for row in filled[0].iter_rows()] if filled else []
        except Exception:
            # whatever it stumbles over
            return None
    rows = [row for row in rows if any(text.strip() for text in row)]
    while rows and all(not row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    return rows


def shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def make_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    for cells in [HEAD, *ROWS]:
        book.active.append(cells)
    book.save(path)
    return path


def try_damaged(
    path: Path,
    damage: Callable[[bytes, random.Random], bytes],
    other: Callable[[Path], Table | None],
    same: Callable[[Table, Table], bool],
    times: int,
    seed: str,
) -> dict[str, int]:
    """How often a damaged file is refused, read as before, or read otherwise, and then as another reader does."""
    whole, chance = path.read_bytes(), random.Random(seed)
    table, faults = read(path)
    assert table is not None and not faults
    before, seen = rows_of(table), dict.fromkeys(("refused", "as before", "as another reader"), 0)
    assert same(before, other(path) or [])
    for number in range(times):
        path.write_bytes(damage(whole, chance))
        table, faults = read(path)
        if table is None or faults:
            seen["refused"] += 1
        elif rows_of(table) == before:
            seen["as before"] += 1
        elif (found := other(path)) is not None:
            assert same(rows_of(table), found), (seed, number)
            seen["as another reader"] += 1
    return seen


def same_rows(one: list[list[str]], other: list[list[str]]) -> bool:
    """Whether two readings are the same, but for blanks at the ends of heads."""
    return bool(other) and one == [[head.strip() for head in other[0]], *other[1:]]


def try_workbooks(folder: Path, times: int, seed: str) -> dict[str, int]:
    path = make_workbook(folder / "a.xlsx")
    table, _ = read(path)
    assert table is not None
    assert rows_of(table) == by_openpyxl(path)
    return try_damaged(path, damaged_workbook, by_openpyxl, same_rows, times, seed)


def make_sav(path: Path) -> Path:
    frame = pd.DataFrame([row[:4] for row in ROWS], columns=HEAD[:4])
    pyreadstat.write_sav(frame, str(path), variable_format=dict.fromkeys(("A1", "B1"), "F8.2"))
    return path


def by_pspp(path: Path) -> list[list[str]] | None:
    """What PSPP writes of a file as CSV; None where it reads none."""
    out = path.with_suffix(".pspp.csv")
    out.unlink(missing_ok=True)
    done = subprocess.run(["pspp-convert", str(path), str(out)], capture_output=True, timeout=60, check=False)
    if done.returncode or not out.exists():
        return None
    with out.open(encoding="utf-8", errors="replace", newline="") as stream:
        heads, *rows = list(csv.reader(stream))
    return [heads, *([cell.strip() for cell in row] for row in rows)]


def same_cells(one: list[list[str]], other: list[list[str]]) -> bool:
    """Whether two readings hold the same texts, and numbers that are the same with two decimals.

    Heads are not compared: of a name that is damaged each makes another, and no study knows it.
    """
    pairs = [pair for row, of in zip(one[1:], other[1:], strict=False) for pair in zip(row, of, strict=False)]
    shapes = [[len(row) for row in rows] for rows in (one, other)]
    return shapes[0] == shapes[1] and all(same_text(*pair) for pair in pairs)


def same_text(one: str, other: str) -> bool:
    try:
        return abs(float(one) - float(other)) < 0.005
    except ValueError:
        # not told by the library: a number that was made one that is none, half a letter at the end of a text
        return one.strip() == other.strip() or (one, other.strip("-")) == ("", "nan") or f"{one}?" == other


def try_sav(folder: Path, times: int, seed: str) -> dict[str, int]:
    return try_damaged(make_sav(folder / "a.sav"), damaged, by_pspp, same_cells, times, seed)


@pytest.mark.parametrize("kind", ["", 't="q"'])
def test_a_text_of_a_cell_that_holds_none_is_no_part_of_the_next(tmp_path: Path, kind: str) -> None:
    cell = '<c r="{}" {}><is><t>{}</t></is></c>'.format
    whole = tab(
        head("municipality", "A1"), row(2, cell("A2", kind, "adorf"), cell("B2", 't="inlineStr"', "ja"))
    )
    table, faults = read(write_workbook(tmp_path / "a.xlsx", whole))
    assert table is None and [fault.found for fault in faults] == [
        "a broken workbook (a cell of no known kind in row 2)"
    ]


@pytest.mark.parametrize("twice", ["<is><t>adorf</t></is>", "<v>1</v>"])
def test_a_cell_of_two_values_is_none(tmp_path: Path, twice: str) -> None:
    cell = f'<c r="A2" t="inlineStr">{twice}{twice}</c>'
    whole = tab(head("municipality", "A1"), row(2, cell, text("B2", "ja")))
    table, faults = read(write_workbook(tmp_path / "a.xlsx", whole))
    assert table is None
    assert [fault.found for fault in faults] == ["a broken workbook (a cell with two values in row 2)"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # two letters of a tag lost: what begins there is within what was not ended
        (
            row(2, f'<c r="A2" t="inlineStr"><is><t>adorf</t></is>{text("B2", "ja")}</c>'),
            "a cell in no row, or within another, at row 2",
        ),
        (row(2, text("A2", "adorf"), row(3, text("A3", "bestadt"))), "a row within row 2"),
        (row(2, text("A2", "adorf")) + text("B2", "ja"), "a cell in no row, or within another, at row 2"),
    ],
    ids=["a cell in a cell", "a row in a row", "a cell in no row"],
)
def test_what_stands_where_it_cannot_is_never_read(tmp_path: Path, rows: str, found: str) -> None:
    table, faults = read(write_workbook(tmp_path / "a.xlsx", tab(head("municipality", "A1"), rows)))
    assert table is None
    assert [fault.found for fault in faults] == [f"a broken workbook ({found})"]


def test_a_text_of_its_own_that_stands_in_the_place_of_a_number_is_not_left_out(tmp_path: Path) -> None:
    for held in ("<v>adorf</v>", "<is><t>adorf</t></is><v>1</v>"):
        whole = tab(
            head("municipality", "A1"), row(2, f'<c r="A2" t="inlineStr">{held}</c>', text("B2", "ja"))
        )
        table, faults = read(write_workbook(tmp_path / "a.xlsx", whole))
        assert table is None
        assert [fault.kind for fault in faults] == ["file_broken"]


def test_a_tab_or_a_format_that_leads_nowhere_is_not_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["municipality", "A1"])
    book.active.append(["adorf", 0.5])
    book.active["B2"].number_format = "0%"
    book.create_sheet("Zweites").append(["x"])
    for damage, found in (
        ((b"/worksheet", b"/workshet"), "the tab Sheet leads nowhere"),
        ((b"/styles", b"/stiles"), "a format that is not there in row 2"),
    ):
        book.save(path := tmp_path / "a.xlsx")
        with zipfile.ZipFile(path) as container:
            parts = {name: container.read(name) for name in container.namelist()}
        relations = "xl/_rels/workbook.xml.rels"
        parts[relations] = re.sub(damage[0] + b'"', damage[1] + b'"', parts[relations], count=1)
        with zipfile.ZipFile(path, "w") as container:
            for name, part in parts.items():
                container.writestr(name, part)
        faults: list[Fault] = []
        assert read_table(path, "a.xlsx", faults, tab="Sheet") is None
        assert [fault.found for fault in faults] == [f"a broken workbook ({found})"]


def test_a_number_of_spss_with_a_format_of_texts_is_no_empty_text(tmp_path: Path) -> None:
    path = make_sav(tmp_path / "a.sav")
    content = bytearray(path.read_bytes())
    # the format of A1: F8.2 becomes A8.2
    at = content.index(struct.pack("<4i", 2, 0, 0, 0)) + 16
    assert content[at : at + 4] == bytes([2, 8, 5, 0])
    content[at + 2] = 1
    path.write_bytes(content)
    table, faults = read(path)
    assert table is None and "a format of texts" in faults[0].found


def test_bytes_that_were_put_between_the_records_of_spss_shift_nothing(tmp_path: Path) -> None:
    path = make_sav(tmp_path / "a.sav")
    content = bytearray(path.read_bytes())
    at = content.index(b"bestadt")
    content[at:at] = b"x"
    path.write_bytes(content)
    table, faults = read(path)
    # 4 records of 5 numbers and pieces of 8 bytes
    assert table is None
    assert [f.found for f in faults] == ["a damaged file (161 bytes of records, where 160 are said)"]


def test_a_damaged_workbook_that_is_accepted_is_read_as_another_reader_reads_it(tmp_path: Path) -> None:
    assert try_workbooks(tmp_path, 20, "short")["refused"]


@pytest.mark.slow
def test_many_damaged_workbooks_that_are_accepted_are_read_as_another_reader_reads_them(
    tmp_path: Path,
) -> None:
    assert all(try_workbooks(tmp_path, TIMES, "long").values())


@pytest.mark.slow
def test_many_damaged_files_of_spss_that_are_accepted_are_read_as_pspp_reads_them(tmp_path: Path) -> None:
    if shutil.which("pspp-convert") is None:
        pytest.skip("there is no PSPP here")
    assert all(try_sav(tmp_path, TIMES, "long").values())
