"""A form that we make: no text in it is a formula, only cells to fill in are open, the bytes are the same."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from weltoffen_eval.study.forms.pages import (
    Count,
    EntryCell,
    Form,
    FormRow,
    FormTable,
    Page,
    Strong,
    TextLine,
    page_names,
)
from weltoffen_eval.study.forms.workbooks import HIDDEN_TAB, MARK, write_form

NASTY = (
    "=1+1",
    "+49 30",
    "-x",
    "@SUMME(A1)",
    "#N/A",
    "\tx",
    "_x0041_",
    '=HYPERLINK("http://x";"y")',
    "\x1b[2J",
)


def a_form(text: str = "Aussage") -> Form:
    rows = (
        FormRow(("", text), "group"),
        FormRow(("A1", text, EntryCell(text=text, choices="antwort", refused=text)), "plain"),
        FormRow(("A2", text, EntryCell(choices="antwort")), "plain"),
        FormRow(("A3", text, EntryCell(choices="antwort")), "aside"),
    )
    counted = FormTable((text, "fertig"), (FormRow((Strong(text), Count("2 Feld", 3))),))
    return Form(
        text,
        {"study": text, "municipality": "x"},
        (
            Page("1 Start", (20, 20), (TextLine(text, "title"), counted)),
            Page(
                "2 Feld", (8, 40, 20), (TextLine(text), FormTable(("Nr.", text, "Antwort"), rows)), True, True
            ),
        ),
        {"antwort": (text, "nein, gar nicht")},
        running="A & B",
        page_of="Seite {page} von {pages}",
    )


def opened(form: Form) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_form(form)))


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_a_formula_and_only_the_count_is_one(text: str) -> None:
    cells = [cell for sheet in opened(a_form(text)) for row in sheet.iter_rows() for cell in row]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert formulas == ["=COUNTA('2 Feld'!C4:C5)"]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "f"}


def test_only_cells_to_fill_in_are_open() -> None:
    book = opened(a_form())
    unlocked = [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    ]
    assert unlocked == [("2 Feld", "C4"), ("2 Feld", "C5"), ("2 Feld", "C6")]
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book)
    assert book.security.lockStructure


def test_answers_are_chosen_from_a_list_in_the_hidden_tab_whatever_signs_they_have() -> None:
    book = opened(a_form())
    hidden = book[HIDDEN_TAB]
    assert hidden.sheet_state == "veryHidden"
    assert (hidden["A1"].value, hidden["A2"].value, hidden["B2"].value) == (MARK, "study", "Aussage")
    lists = {made.formula1 for made in book["2 Feld"].data_validations.dataValidation}
    assert lists == {f"'{HIDDEN_TAB}'!$D$2:$D$3"}
    assert hidden["D3"].value == "nein, gar nicht"


def test_the_head_stays_in_view_and_is_printed_on_each_sheet() -> None:
    sheet = opened(a_form())["2 Feld"]
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.oddFooter.left.text == "A && B"
    assert sheet.oddFooter.right.text == "Seite &P von &N"


def test_the_bytes_are_the_same_each_time() -> None:
    assert write_form(a_form()) == write_form(a_form())
    with zipfile.ZipFile(io.BytesIO(write_form(a_form()))) as container:
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        # the day of writing stands nowhere, on which the bytes would depend
        days = re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", container.read("docProps/core.xml"))
        assert set(days) == {b"1980-01-01T00:00:00Z"}


def test_tabs_have_names_that_every_program_takes() -> None:
    names = page_names(["Interkulturelle Öffnung und Antirassismus", "a/b: [c]", "a/b: [c]"])
    assert names == ["1 Interkulturelle Öffnung und…", "2 a b c", "3 a b c"]
