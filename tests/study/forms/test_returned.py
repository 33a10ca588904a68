"""A form that came back is read whatever was done to it; what is not certain is a fault that names the cell."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.forms import found_tables, returned
from weltoffen_eval.study.forms.found_tables import Heads
from weltoffen_eval.study.forms.pages import EntryCell, Form, FormRow, FormTable, Page, TextLine
from weltoffen_eval.study.forms.returned import ReturnedForm, read_returned
from weltoffen_eval.study.forms.workbooks import HIDDEN_TAB, write_form

WANTED = {"answers": Heads(("Nr.", "Antwort"), ("Antwort", "Kommentar"), ("A1", "A2", "A3"), ("Aussage",))}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    rows = [("", "Thema"), *((f"A{n}", f"Aussage {n}", EntryCell(), EntryCell()) for n in (1, 2, 3))]
    table = FormTable(("Nr.", "Aussage", "Antwort", "Kommentar"), tuple(FormRow(cells) for cells in rows))
    pages = (Page("1 Start", (50,), (TextLine("Ein Formular"),)), Page("2 Feld", (8, 40, 20, 20), (table,)))
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_form(Form("Ein Formular", {"study": "s", "municipality": "x"}, pages)))
    fill(path, lambda book: put(book, {"C3": "ja", "C4": "nein", "D4": "kommt"}))
    return path


def fill(path: Path, change: Callable[[openpyxl.Workbook], Any]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def put(book: openpyxl.Workbook, cells: dict[str, object]) -> None:
    for place, value in cells.items():
        book["2 Feld"][place] = value


def strike(cell: Any) -> None:
    cell.font = Font(strike=True)


def in_part(struck: str, whole: str) -> CellRichText:
    """A text of two parts, through the first of which a line goes."""
    return CellRichText(TextBlock(InlineFont(strike=True), struck), TextBlock(InlineFont(), f" {whole}"))


def read(path: Path) -> tuple[ReturnedForm | None, list[Fault]]:
    faults: list[Fault] = []
    return read_returned(path, path.name, WANTED, faults), faults


def answers(path: Path) -> dict[str, tuple[str, int]]:
    """By key the answer and its row; there are no faults."""
    form, faults = read(path)
    assert form is not None
    assert faults == []
    found = {}
    for table in form.of_kind("answers"):
        columns = zip(table.table.cells("Nr."), table.table.cells("Antwort"), table.table.lines, strict=True)
        found |= {key: (answer, line) for key, answer, line in columns}
    return found


def test_a_form_says_what_it_is_and_what_was_filled_in(form: Path) -> None:
    read_form, _ = read(form)
    assert read_form is not None
    assert read_form.identity == {"study": "s", "municipality": "x"}
    assert answers(form) == {"A1": ("ja", 3), "A2": ("nein", 4), "A3": ("", 5)}


def test_tabs_may_be_renamed_and_moved(form: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["2 Feld"].title, book[HIDDEN_TAB].title = "Bauamt", "x"
        book.move_sheet("x", -2)

    fill(form, change)
    assert answers(form)["A2"] == ("nein", 4)


def test_rows_may_be_sorted_or_deleted_and_rows_and_columns_added(form: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["2 Feld"]
        sheet.delete_rows(3)
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1)
        sheet["A4"], sheet["A6"] = "Notiz", "prüfen"
        sheet["H6"] = "am Rand"

    fill(form, change)
    assert answers(form) == {"A2": ("nein", 6), "A3": ("", 7)}
    table = read(form)[0].tables[0].table  # type: ignore[union-attr]
    assert [(entry.column, entry.rule) for entry in table.log] == [("Notiz", "column_ignored")]


def test_a_second_look_at_a_renamed_head_is_a_fault_and_no_lost_answer(form: Path) -> None:
    fill(form, lambda book: put(book, {"C1": "Antwort 2024"}))
    _, faults = read(form)
    assert [(f.tab, f.row, f.found) for f in faults] == [
        ("2 Feld", row, f"A{row - 2} without heads above it") for row in (3, 4, 5)
    ]


# what is done, and the place of the fault
FAULTY: dict[str, tuple[Callable[[Any], Any], int | None, str]] = {
    "two answers merged": (lambda sheet: sheet.merge_cells("C3:C4"), 3, "Antwort"),
    "an answer merged into its statement": (lambda sheet: sheet.merge_cells("B3:C3"), 3, "Antwort"),
    "a head twice": (lambda sheet: sheet.__setitem__("E1", "Antwort"), 1, "Antwort"),
    "a formula without value": (lambda sheet: sheet.__setitem__("C3", "=C4"), 3, "Antwort"),
    "an error": (lambda sheet: sheet.__setitem__("C3", "#N/A"), 3, "Antwort"),
    "a line through an answer": (lambda sheet: strike(sheet["C3"]), 3, "Antwort"),
    "a line through a comment": (lambda sheet: strike(sheet["D4"]), 4, "Kommentar"),
    "a line through a part": (lambda sheet: sheet.__setitem__("C3", in_part("ja", "nein")), 3, "Antwort"),
    "unseen letters": (lambda sheet: sheet.__setitem__("C3", "j\u200ba"), 3, "Antwort"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_what_is_not_certain_is_a_fault_that_names_the_cell(form: Path, name: str) -> None:
    change, row, column = FAULTY[name]
    fill(form, lambda book: change(book["2 Feld"]))
    _, faults = read(form)
    assert {(f.file, f.tab, f.row, f.column) for f in faults} == {("form.xlsx", "2 Feld", row, column)}


def test_a_line_through_what_is_ours_or_empty_is_nobodys_answer(form: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for place in ("B3", "C5", "D3"):
            strike(book["2 Feld"][place])

    fill(form, change)
    assert answers(form) == {"A1": ("ja", 3), "A2": ("nein", 4), "A3": ("", 5)}


def test_what_is_hidden_counts_and_is_told(form: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["2 Feld"]
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.merge_cells("C4:D4")
        sheet.sheet_state = "hidden"

    fill(form, change)
    assert answers(form)["A1"] == ("ja", 3)
    table = read(form)[0].tables[0].table  # type: ignore[union-attr]
    rules = {(entry.row, entry.column, entry.rule) for entry in table.log}
    assert rules == {(3, "", "row_hidden"), (4, "Antwort", "cells_merged"), (None, "", "tab_hidden")}


def test_a_workbook_without_the_hidden_tab_is_no_form(form: Path) -> None:
    fill(form, lambda book: book.remove(book[HIDDEN_TAB]))
    found, faults = read(form)
    assert found is None
    assert "hidden tab" in faults[0].expected


def hostile(path: Path, name: str) -> None:
    content = path.read_bytes()
    path.unlink()
    match name:
        case "a pipe":
            os.mkfifo(path)
        case "a folder":
            path.mkdir()
        case "a link into nothing":
            path.symlink_to(path.with_name("nothing"))
        case "1 GB of zeros":
            with path.open("wb") as stream:
                stream.truncate(1_000_000_000)
        case "cut off":
            path.write_bytes(content[:2000])
        case "a bomb":
            path.write_bytes(content)
            with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container:
                container.writestr("xl/bomb.bin", bytes(30_000_000))
        case "much text":
            path.write_bytes(content)
            with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as container:
                container.writestr("xl/much.bin", bytes(2_000_000))
        case "text":
            path.write_text("Nr.;Antwort\nA1;ja\n")


@pytest.mark.parametrize(
    "name",
    ["a pipe", "a folder", "a link into nothing", "1 GB of zeros", "cut off", "a bomb", "much text", "text"],
)
def test_hostile_files_are_refused_by_name(form: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "MOST_UNPACKED", 1_000_000)
    hostile(form, name)
    found, faults = read(form)
    assert found is None
    assert [fault.file for fault in faults] == ["form.xlsx"]


def test_a_tab_that_no_form_has_is_not_read_to_its_end(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_tables, "MOST_CELLS", 50)
    fill(form, lambda book: [book["2 Feld"].append([n, n]) for n in range(400)])
    _, (fault,) = read(form)
    assert (fault.tab, fault.found) == ("2 Feld", "more than 50 filled cells")
    assert fault.row is not None and fault.row < 60


def test_a_form_that_lies_outside_is_not_opened(form: Path, tmp_path: Path) -> None:
    inside = tmp_path / "study"
    inside.mkdir()
    (inside / "f.xlsx").symlink_to(form)
    faults: list[Fault] = []
    assert read_returned(inside / "f.xlsx", "f.xlsx", WANTED, faults, inside) is None
    assert "link" in faults[0].found
