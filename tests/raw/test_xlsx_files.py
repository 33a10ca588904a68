"""Workbooks as a person sees them: what is shown otherwise than it is stored is logged or a fault."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from places import REFERENCE
from workbooks import MAIN, STRICT, head, number, row, tab, text, write_workbook

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.columns import NumberText
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.heads import Aside
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import read_responses

CASES = REFERENCE / "cases"
HEAD = head("municipality", "Q1", "Q2")
KNOWN = ("municipality", "respondent", "Q1", "Q2", "Q3")


def read(path: Path, **options: object) -> tuple[RawTable | None, list[Fault]]:
    faults: list[Fault] = []
    return read_table(path, "a.xlsx", faults, known=KNOWN, **options), faults  # type: ignore[arg-type]


def cells_of(path: Path, **options: object) -> list[list[str]]:
    table, faults = read(path, **options)
    assert faults == []
    assert table is not None
    return [list(cells) for cells in table.rows]


def faults_of_case(name: str) -> list[tuple[int | None, str]]:
    faults: list[Fault] = []
    read_responses(load_study(next(CASES.glob(f"{name}-*"))), faults)
    return [(fault.row, fault.column) for fault in faults]


def rules_of(table: RawTable | None) -> list[tuple[int | None, str, str, str, str]]:
    assert table is not None
    return [(entry.row, entry.column, entry.old, entry.new, entry.rule) for entry in table.log]


# the values stand in the READMEs of the cases
def test_all_respondents_are_read_whatever_the_dimension_says() -> None:
    for name, count in (("34", 16), ("67", 18)):
        faults: list[Fault] = []
        cleaned = read_responses(load_study(next(CASES.glob(f"{name}-*"))), faults)
        assert faults == []
        assert len(cleaned.records) == count


def test_every_formula_without_value_and_error_is_named() -> None:
    assert sorted(faults_of_case("63")) == [(2, "A1"), (3, "A2"), (4, "A3"), (5, "B1"), (6, "B2"), (7, "A1")]


def test_a_percent_is_no_number_of_a_scale_to_5000() -> None:
    assert faults_of_case("65") == [(2, "B3"), (3, "B3")]


def test_a_percent_is_read_as_it_is_shown_and_never_as_a_half() -> None:
    table, faults = read(CASES / "32-excel-percent" / "prozent.xlsx")
    assert table is not None
    assert table.cells("respondent") == ["r1", "r2", "r3", "r1"]
    columns = list(zip(*table.rows, strict=True))
    assert (columns[2][0], columns[2][2:]) == ("50%", ("100%", "0%"))
    assert [(fault.row, "13%" in fault.found) for fault in faults] == [(3, True)]


def test_escapes_are_line_breaks_and_escaped_escapes_stay() -> None:
    assert faults_of_case("37") == [(4, "Q2")]  # 'trifft zu.', which is no answer


def test_a_title_above_the_header_is_told_with_the_row_of_the_header() -> None:
    path = CASES / "38-title-rows" / "rueckmeldung.xlsx"
    _, faults = read(path)
    assert "header_row = 3" in faults[0].advice
    table, faults = read(path, header_row=3, aside=Aside(("Hilfs*",)))
    assert faults == []
    assert table is not None
    assert (table.header_line, table.lines) == (3, [4, 5, 6])
    assert [list(cells)[:2] for cells in table.rows] == [["adorf", "r1"], ["bestadt", "r1"], ["Summe", "2"]]
    assert ("Hilfsspalte", "column_hidden") in [(entry.column, entry.rule) for entry in table.log]


# (format, stored, read, rule or None where it is a fault)
FORMATS: list[tuple[str, str, str, str | None]] = [
    ("0%", "0.5", "50%", "percent_format"),
    ("0.0%", "0.125", "12.5%", "percent_format"),
    ("0 %", "0.29", "29 %", "percent_format"),
    ("0%", "0.125", "", None),
    ('0" %"', "50", "50 %", "percent_format"),
    ("#,##0", "1234", "1234", ""),
    ("#,##0.00", "2.5", "2.5", ""),
    ("0.0", "33.333333333333336", "33.3", "number_format"),
    ("0", "2.6", "", None),
    ("0,", "5000", "", None),
    ('0.0,,"M"', "5000000", "", None),
    ("# ?/?", "2.5", "", None),
    ("# ?/?", "2", "2", ""),
    (";;;", "3", "", None),
    ("0;-0;", "0", "", None),
    ("0;0", "-5", "", None),
    ("0;(0)", "-5", "-5", ""),
    ("[Red][<2]0;[Blue]0", "3", "3", ""),
    ('[<2]"wenig";0', "1", "", None),
    ('"A"', "3", "", None),
    ('0" Tsd."', "5", "", None),
    ('#,##0.00\\ [$€-407]', "50", "50", ""),
    ('_-* #,##0.00\\ "€"_-', "12.5", "12.5", ""),
    ("00000000", "1001000", "01001000", "number_format"),
    ("0.00E+00", "50", "50", ""),
    ("0E+00", "55", "", None),
    ("General", "2.0", "2", ""),
    ("@", "2", "2", ""),
    ('"Wert: "General', "2", "", None),
    ("yyyy-mm-dd", "45413", "2024-05-01", "date_format"),
    ("dd/mm/yyyy hh:mm", "45413.5", "2024-05-01T12:00:00", "date_format"),
    ("d. mmm", "1", "1900-01-01", "date_format"),
    ("d. mmm", "60", "1900-02-29", "date_format"),
    ("[h]:mm", "1.5", "36:00:00", "date_format"),
    ("dd.mm.yyyy", "-1", "", None),
    ("00-00", "1234", "", None),
    ("[White]0", "7", "", None),
    ("0;[Color2]-0;0", "-7", "", None),
    # 0.1 + 0.2, and (1.2 - 1) * 10: spreadsheets show 15 digits
    ("General", "0.30000000000000004", "0.3", ""),
    ("General", "1.9999999999999996", "2", ""),
    ("0%", "0.30000000000000004", "30%", "percent_format"),
    ("0", "1.9999999999999998", "2", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "stored", "expected", "rule"), FORMATS)
def test_a_number_is_read_as_its_format_shows_it_or_is_a_fault(
    tmp_path: Path, code: str, stored: str, expected: str, rule: str | None
) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", tab(HEAD, row(2, text("A2", "adorf"), number("B2", stored, 1))), formats=[code]
    )
    table, faults = read(path)
    assert table is not None
    if rule is None:
        assert [(fault.row, fault.column) for fault in faults] == [(2, "Q1")]
        return
    assert faults == []
    assert table.cells("Q1") == [expected]
    assert [entry.rule for entry in table.log] == ([rule] if rule else [])


def test_dates_of_both_systems(tmp_path: Path) -> None:
    # 2024-05-01 is day 45413 since 1899-12-30 and day 43951 since 1904-01-01
    for stored, settings in (("45413", ""), ("43951", '<workbookPr date1904="1"/>')):
        sheet = tab(HEAD, row(2, text("A2", "adorf"), number("B2", stored, 1)))
        path = write_workbook(tmp_path / "a.xlsx", sheet, formats=["dd.mm.yy"], workbook=settings)
        assert cells_of(path) == [["adorf", "2024-05-01", ""]]


# what stands in the tab, and the places of the faults
SEEN_OTHERWISE: dict[str, tuple[str, list[tuple[int | None, str]]]] = {
    "a hidden row": (tab(HEAD, row(2, text("A2", "a"), more='hidden="1"')), [(2, "")]),
    "a row without height": (tab(HEAD, row(2, text("A2", "a"), more='ht="0" customHeight="1"')), [(2, "")]),
    "a filtered row": (
        tab(HEAD, row(2, text("A2", "a"), more='hidden="true"'), row(3, text("A3", "b")), after='<autoFilter ref="A1:C3"/>'),
        [(2, "")],
    ),
    "a hidden column": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "1")), before='<cols><col min="2" max="2" hidden="1"/></cols>'),
        [(1, "Q1")],
    ),
    "columns that have no width unless it is said": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "1"), number("C2", "1")),
            before='<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="2" width="9"/></cols>'),
        [(1, "Q2")],
    ),
    "a column without width": (
        tab(HEAD, row(2, text("A2", "a"), number("C2", "1")), before='<cols><col min="3" max="16384" width="0"/></cols>'),
        [(1, "Q2")],
    ),
    "answers merged downwards": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "1")), row(3, text("A3", "b")), after='<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'),
        [(2, "Q1")],
    ),
    "answers merged sideways": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "1")), after='<mergeCells><mergeCell ref="B2:C2"/></mergeCells>'),
        [(2, "Q1")],
    ),
    "a value behind merged cells": (
        tab(HEAD, row(2, text("A2", "a"), number("C2", "1")), after='<mergeCells><mergeCell ref="B2:C2"/></mergeCells>'),
        [(2, "Q1")],
    ),
    "a formula without value": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>1+1</f></c>')), [(2, "Q1")]),
    "a formula with an empty value": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>1+1</f><v/></c>')), [(2, "Q1")]),
    "a shared formula without value": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f t="shared" ref="B2:C2" si="0">A9</f><v>1</v></c><c r="C2"><f t="shared" si="0"/></c>')),
        [(2, "Q2")],
    ),
    "an array formula of which a part has no value": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f t="array" ref="B2:B3">A2:A3</f><v>1</v></c>'), row(3, text("A3", "b"))),
        [(3, "Q1")],
    ),
    "a data table without values": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f t="dataTable" ref="B2:C2" dt2D="0" r1="A9"/></c>')),
        [(2, "Q1"), (2, "Q2")],
    ),
    "a link to another file": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>[1]Tabelle1!A1</f><v>3</v></c>')), [(2, "Q1")],
    ),
    "a link to another file by name": (
        tab(HEAD, row(2, text("A2", "a"), "<c r=\"B2\"><f>'C:\\x[andere.xlsx]T'!A1</f><v>3</v></c>")), [(2, "Q1")],
    ),
    "a value by chance": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>RANDBETWEEN(0,4)</f><v>3</v></c>')), [(2, "Q1")]),
    "an error value": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="e"><v>#DIV/0!</v></c>')), [(2, "Q1")]),
    "an error value of a formula": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')), [(2, "Q1")],
    ),
    "zeros that are not shown": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "0")), before='<sheetViews><sheetView showZeros="0"/></sheetViews>'),
        [(2, "Q1")],
    ),
    "a bar instead of the number": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "3")),
            after='<conditionalFormatting sqref="B2:B9"><cfRule type="dataBar"><dataBar showValue="0"/></cfRule></conditionalFormatting>'),
        [(2, "Q1")],
    ),
    "a format under a condition": (
        tab(HEAD, row(2, text("A2", "a"), number("B2", "3")),
            after='<conditionalFormatting sqref="B1:C9"><cfRule type="cellIs" dxfId="0"><formula>1</formula></cfRule></conditionalFormatting>'),
        [(2, "Q1")],
    ),
    "a text that is not shown": (tab(HEAD, row(2, text("A2", "a"), text("B2", "ja", style=1))), [(2, "Q1")]),
    "a control character": (tab(HEAD, row(2, text("A2", "a"), text("B2", "_x001B_[31m3"))), [(2, "Q1")]),
    "half a character": (tab(HEAD, row(2, text("A2", "a"), text("B2", "3_xD83D_"))), [(2, "Q1")]),
    "letters of a wrong encoding": (tab(HEAD, row(2, text("A2", "a"), text("B2", "fÃ¼r"))), [(2, "Q1")]),
    "a value beside the table": (tab(HEAD, row(2, text("A2", "a"), number("XFD2", "3"))), [(2, "")]),
    "a hidden column and a formula": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>1+1</f></c>', number("C2", "1")), before='<cols><col min="3" max="3" hidden="1"/></cols>'),
        [(1, "Q2"), (2, "Q1")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SEEN_OTHERWISE)
def test_what_is_seen_otherwise_than_it_is_stored_is_a_fault_with_its_place(
    tmp_path: Path, kind: str
) -> None:
    sheet, places = SEEN_OTHERWISE[kind]
    path = write_workbook(tmp_path / "a.xlsx", sheet, formats=[";;;"], conditional_formats=[";;;"])
    _, faults = read(path)
    assert sorted((fault.row, fault.column) for fault in faults) == places
    assert all(fault.expected and fault.tab == "Daten" for fault in faults)


# what stands in the tab, and what is read
SEEN_AS_STORED: dict[str, tuple[str, list[list[str]]]] = {
    "a title that is merged above the header": (
        tab(row(1, text("A1", "Rücklauf")), head("municipality", "Q1", line=2), row(3, text("A3", "a"), number("B3", "1")),
            after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
        [["a", "1"]],
    ),
    "empty cells that are merged": (
        tab(HEAD, row(2, text("A2", "a")), after='<mergeCells><mergeCell ref="B2:C2"/></mergeCells>'), [["a", "", ""]],
    ),
    "a formula with its value": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>1+2</f><v>3</v></c>')), [["a", "3", ""]]),
    "a formula that gives an empty text": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="str"><f>""</f><v></v></c>')), [["a", "", ""]],
    ),
    "a formula on a column of a table": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>SUM(Tabelle1[Q1])</f><v>3</v></c>')), [["a", "3", ""]],
    ),
    "a text in several colours, with a reading aid": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="s"><v>0</v></c>')), [["a", "weiß nicht", ""]],
    ),
    "an escaped escape": (tab(HEAD, row(2, text("A2", "a"), text("B2", "_x005F_x000D_"))), [["a", "_x000D_", ""]]),
    "a line break as an escape": (tab(HEAD, row(2, text("A2", "a"), text("B2", "ja_x000D_\nnein"))), [["a", "ja\nnein", ""]]),
    "a sign in two halves": (tab(HEAD, row(2, text("A2", "a"), text("B2", "_xD83D__xDE00_"))), [["a", "😀", ""]]),
    "yes and no": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="b"><v>1</v></c><c r="C2" t="b"><v>0</v></c>')), [["a", "TRUE", "FALSE"]]),
    "cells without addresses": (
        tab('<row><c t="str"><v>municipality</v></c><c t="str"><v>Q1</v></c></row><row><c t="str"><v>a</v></c><c><v>1</v></c></row>'),
        [["a", "1"]],
    ),
    "empty rows and columns around the table": (
        tab(row(3, text("C3", "municipality"), text("D3", "Q1")), row(7, text("C7", "a"), number("D7", "1"))), [["a", "1"]],
    ),
    "styles in cells without content": (
        tab(HEAD, row(2, text("A2", "a"), '<c r="B2" s="1"/>'), row(3, '<c r="A3" s="1"/>', '<c r="XFD3" s="1"/>')), [["a", "", ""]],
    ),
    "a dimension that says too little": (
        tab(HEAD, row(2, text("A2", "a")), row(3, text("A3", "b")), before='<dimension ref="A1"/>'), [["a", "", ""], ["b", "", ""]],
    ),
    "a dimension that says too much": (
        tab(HEAD, row(2, text("A2", "a")), before='<dimension ref="A1:XFD1048576"/>'), [["a", "", ""]],
    ),
    "a hidden row without content": (tab(HEAD, row(2, '<c r="A2" s="1"/>', more='hidden="1"'), row(3, text("A3", "a"))), [["a", "", ""]]),
    "a date as ISO text": (tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="d"><v>2024-05-01T00:00:00</v></c>')), [["a", "2024-05-01", ""]]),
}  # fmt: skip


@pytest.mark.parametrize("kind", SEEN_AS_STORED)
def test_what_is_seen_as_it_is_stored_is_read(tmp_path: Path, kind: str) -> None:
    sheet, expected = SEEN_AS_STORED[kind]
    texts = ["<r><t>weiß </t></r><r><rPr/><t>nicht</t></r><rPh sb='0' eb='1'><t>aid</t></rPh>"]
    path = write_workbook(tmp_path / "a.xlsx", sheet, texts=texts, formats=["0"])
    header_row = 2 if "title" in kind else None
    assert cells_of(path, header_row=header_row) == expected


def test_strict_workbooks_and_those_with_macros_are_read_alike(tmp_path: Path) -> None:
    for name, namespace in (("a.xlsx", STRICT), ("a.xlsm", MAIN)):
        sheet = tab(HEAD, row(2, text("A2", "a"), number("B2", "1")), namespace=namespace)
        assert cells_of(write_workbook(tmp_path / name, sheet, namespace=namespace)) == [["a", "1", ""]]


def test_a_prefix_for_all_elements_makes_no_difference(tmp_path: Path) -> None:
    sheet = tab(HEAD, row(2, text("A2", "a"), number("B2", "1")))
    prefixed = sheet.replace("xmlns=", "xmlns:x=").replace("</", "</x:")
    for name in ("worksheet", "sheetData", "row", "c ", "is>", "t ", "v>"):
        prefixed = prefixed.replace(f"<{name}", f"<x:{name}")
    assert cells_of(write_workbook(tmp_path / "a.xlsx", prefixed)) == [["a", "1", ""]]


def test_a_value_that_is_to_be_worked_out_on_opening_is_not_the_zero_stored(tmp_path: Path) -> None:
    sheet = tab(HEAD, row(2, text("A2", "a"), '<c r="B2"><f>1+2</f><v>0</v></c>'))
    path = write_workbook(tmp_path / "a.xlsx", sheet, workbook='<calcPr fullCalcOnLoad="1"/>')
    _, faults = read(path)
    assert [(fault.row, fault.column) for fault in faults] == [(2, "Q1")]


def test_the_value_of_a_formula_is_logged(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", SEEN_AS_STORED["a formula with its value"][0])
    assert rules_of(read(path)[0]) == [(2, "Q1", "'=1+2'", "3", "formula_value")]


def test_a_hidden_tab_is_not_read_unless_it_is_named(tmp_path: Path) -> None:
    sheets = [tab(HEAD, row(2, text("A2", key))) for key in ("gesehen", "verborgen")]
    path = write_workbook(tmp_path / "a.xlsx", *sheets, states=["visible", "veryHidden"])
    table, faults = read(path)
    assert faults == []
    assert table is not None
    assert table.cells("municipality") == ["gesehen"]
    assert [(entry.tab, entry.rule) for entry in table.log] == [("Zwei", "hidden_tab_not_read")]
    named, faults = read(path, tab="Zwei")
    assert faults == []
    assert named is not None
    assert (named.cells("municipality"), named.log[0].rule) == (["verborgen"], "tab_hidden")


def test_a_workbook_of_which_only_hidden_tabs_are_filled_is_a_fault(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", tab(HEAD, row(2, text("A2", "a"))), states=["hidden"])
    _, faults = read(path)
    assert ["hidden" in fault.found for fault in faults] == [True]


def test_a_hidden_column_that_is_ignored_is_no_fault(tmp_path: Path) -> None:
    sheet = SEEN_OTHERWISE["a hidden column"][0]
    table, faults = read(write_workbook(tmp_path / "a.xlsx", sheet), aside=Aside(("Q*",)))
    assert faults == []
    assert table is not None
    assert [(entry.column, entry.rule) for entry in table.log] == [("Q1", "column_hidden")]


def test_a_hidden_row_that_is_to_be_skipped_is_no_fault(tmp_path: Path) -> None:
    sheet = SEEN_OTHERWISE["a filtered row"][0]
    table, faults = read(write_workbook(tmp_path / "a.xlsx", sheet), skip_rows=[2])
    assert faults == []
    assert table is not None
    assert (table.lines, table.log[0].rule) == ([3], "row_skipped")


def test_a_number_is_told_from_a_text_that_looks_like_it(tmp_path: Path) -> None:
    sheet = tab(
        HEAD, row(2, text("A2", "a"), number("B2", "1.234")), row(3, text("A3", "b"), text("B3", "1.234"))
    )
    table, faults = read(write_workbook(tmp_path / "a.xlsx", sheet))
    assert faults == []
    assert table is not None
    assert [isinstance(cell, NumberText) for cell in table.cells("Q1")] == [True, False]
    assert table.text_cells == {"Q1": {3}}


def test_one_stray_cell_at_the_far_end_costs_no_memory(tmp_path: Path) -> None:
    sheet = tab(
        HEAD, row(2, text("A2", "a")), row(1_048_576, text("A1048576", "b"), number("XFD1048576", "1"))
    )
    path = write_workbook(tmp_path / "a.xlsx", sheet)
    tracemalloc.start()
    table, faults = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(fault.row, "outside" in fault.found) for fault in faults] == [(1_048_576, True)]
    assert table is not None
    assert table.lines == [2, 1_048_576]
    # an array of all cells would take gigabytes
    assert peak < 5_000_000


def hostile(path: Path, kind: str) -> None:
    sheet = tab(HEAD, row(2, text("A2", "a")))
    parts: dict[str, bytes] = {}
    if kind == "an entity":
        sheet = sheet.replace("?>", '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', 1)
    elif kind == "a path upwards":
        parts["../../outside"] = b"x"
    elif kind == "an absolute path":
        parts["/etc/outside"] = b"x"
    elif kind == "much from little":
        parts["xl/media/bomb"] = bytes(30_000_000)
    elif kind == "rows in disorder":
        sheet = tab(HEAD, row(3, text("A3", "a")), row(2, text("A2", "b")))
    elif kind == "a cell twice":
        sheet = tab(HEAD, row(2, text("A2", "a"), text("A2", "b")))
    elif kind == "a number of 5,000 digits":
        sheet = tab(HEAD, row(2, text("A2", "a"), number("B2", "9" * 5000)))
    elif kind == "no number":
        sheet = tab(HEAD, row(2, text("A2", "a"), number("B2", "1,5")))
    elif kind == "a text that is not there":
        sheet = tab(HEAD, row(2, '<c r="A2" t="s"><v>7</v></c>'))
    elif kind == "deep nesting":
        sheet = sheet.replace("<sheetData>", "<x>" * 100_000 + "<sheetData>")
    elif kind == "no tab":
        parts["xl/_rels/workbook.xml.rels"] = b"<Relationships/>"
    elif kind == "a tab in another file":
        parts["xl/_rels/workbook.xml.rels"] = (
            b'<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" '
            b'Target="http://example.invalid/sheet1.xml"/></Relationships>'
        )
    elif kind == "no XML":
        parts["xl/workbook.xml"] = b"\x00\x01"
    write_workbook(path, sheet, parts=parts)
    if kind == "a part twice":
        with zipfile.ZipFile(path, "a") as container, pytest.warns(UserWarning, match="Duplicate"):
            container.writestr("xl/workbook.xml", b"<workbook/>")


@pytest.mark.parametrize(
    "kind",
    [
        "an entity", "a path upwards", "an absolute path", "much from little", "rows in disorder", "a cell twice",
        "a number of 5,000 digits", "no number", "a text that is not there", "deep nesting", "no tab",
        "a tab in another file", "no XML", "a part twice",
    ],
)  # fmt: skip
def test_a_workbook_that_is_broken_or_hostile_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    hostile(path, kind)
    table, faults = read(path)
    assert table is None
    assert len(faults) == 1
    assert "/etc" not in faults[0].found


def test_an_error_value_is_one_fault_whose_advice_helps(tmp_path: Path) -> None:
    rows = tab(HEAD, row(2, text("A2", "a"), '<c r="B2" t="e"><v>#NV</v></c>'))
    write_workbook(tmp_path / "a.xlsx", rows)
    faults: list[Fault] = []
    read_table(tmp_path / "a.xlsx", "a.xlsx", faults)
    assert [(fault.row, fault.column, fault.advice) for fault in faults] == [
        (2, "Q1", "Mend the formula, or put the value there.")
    ]


STYLES = f"""<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs>
</styleSheet>"""


def test_a_line_through_a_value_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    shared = [
        "<t>ja</t>",
        "<r><rPr><strike/></rPr><t>ja</t></r><r><t> nein</t></r>",
        '<r><rPr><strike val="false"/></rPr><t>ja</t></r>',
    ]
    of_text = '<c r="{}" t="s"><v>{}</v></c>'.format
    rows = [
        row(2, text("A2", "adorf"), number("B2", "1", 1), number("C2", "1", 2)),
        row(3, text("A3", "adorf"), of_text("B3", 0), of_text("C3", 1)),
        row(4, text("A4", "adorf"), text("B4", "", 1), of_text("C4", 2)),
        row(
            5, text("A5", "adorf"), '<c r="B5" t="inlineStr"><is><r><rPr><strike/></rPr><t>1</t></r></is></c>'
        ),
        row(6, text("A6", "adorf"), '<c r="B6" t="inlineStr"><is><r><t>1</t></r></is></c>'),
    ]
    path = write_workbook(
        tmp_path / "a.xlsx", tab(HEAD, *rows), texts=shared, parts={"xl/styles.xml": STYLES.encode()}
    )
    _, faults = read(path)
    assert {(f.row, f.column, f.kind) for f in faults} == {
        (2, "Q1", "struck_through"), (3, "Q2", "struck_through"), (5, "Q1", "struck_through")
    }  # fmt: skip
    # what is left aside may be struck
    _, faults = read(path, aside=Aside(("Q1", "Q2")))
    assert faults == []
