"""The same answers in every dress of a file give the same scores; what is broken gives a fault with its place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses

FILE = "verwaltung.csv"


def scores_of(folder: Path) -> pd.DataFrame:
    study = load_study(folder)
    return score_study(study, clean_responses(study).responses, load_scheme(None, study))


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(RefusedError) as refused:
        clean_responses(load_study(folder))
    return refused.value.faults


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def raw_text(example: Path) -> str:
    return (example / FILE).read_text(encoding="utf-8")


def semicolons(text: str) -> str:
    return text.replace('"100,5"', "100.5").replace(",", ";").replace("100.5", "100,5")


DRESSES: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with BOM": lambda t: t.encode("utf-8-sig"),
    "UTF-16 with mark": lambda t: t.encode("utf-16"),
    "UTF-16 big end first": lambda t: b"\xfe\xff" + t.encode("utf-16-be"),
    "UTF-16 without mark": lambda t: t.encode("utf-16-le"),
    "cp1252": lambda t: t.replace("?", "weiß nicht").encode("cp1252"),
    "semicolons and decimal comma": lambda t: semicolons(t).encode(),
    "tabs": lambda t: semicolons(t).replace(";", "\t").encode(),
    "Windows line ends": lambda t: t.replace("\n", "\r\n").encode(),
    "old Mac line ends": lambda t: t.replace("\n", "\r").encode(),
    "empty lines": lambda t: ("\n" + t.replace("\n", "\n\n")).encode(),
    "no line end at the end": lambda t: t.rstrip("\n").encode(),
    "a delimiter at the end of each line": lambda t: t.replace("\n", ",\n").encode(),
    "sep= of Excel": lambda t: ("sep=;\n" + semicolons(t)).encode(),
    "blanks around cells": lambda t: t.replace(",ja,0,", ", ja , 0 ,").encode(),
    "no-break spaces": lambda t: t.replace(",ja,", ",\u00a0ja\u00a0,").encode(),
    "codes as decimals": lambda t: t.replace("adorf,ja,0,", 'adorf,2.0,"0,0",').encode(),
    "another case": lambda t: t.replace(",ja,", ",JA,").encode(),
    "a decomposed umlaut": lambda t: t.replace("zuständig", "zusta\u0308ndig").encode(),
    "quotes around everything": lambda t: "\n".join(
        ",".join(f'"{c}"' for c in line.replace('"100,5"', "100.5").split(",")) for line in t.splitlines()
    ).encode(),
    "columns in another order": lambda t: (
        pd.read_csv(pd.io.common.StringIO(t), dtype=str, keep_default_na=False)[
            ["B2", "A3", "A1", "municipality", "B1", "A2"]
        ]
        .to_csv(index=False)
        .encode()
    ),
    "rows in another order": lambda t: "\n".join([t.splitlines()[i] for i in (0, 3, 1, 2)]).encode(),
    "the name instead of the key": lambda t: t.replace("adorf,", "Adorf,").encode(),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_the_same_answers_in_another_dress_have_the_same_scores(example: Path, dress: str) -> None:
    expected = scores_of(example)
    (example / FILE).write_bytes(DRESSES[dress](raw_text(example)))
    pd.testing.assert_frame_equal(scores_of(example), expected, check_exact=True)


def test_an_ags_that_lost_its_zero_is_found_and_logged(example: Path) -> None:
    expected = scores_of(example)
    text = raw_text(example).replace("municipality", "ags")
    for key, ags in (("adorf", "1001001"), ("bestadt", "1002000"), ("cekreis", "1001")):
        text = text.replace(f"\n{key},", f"\n{ags},")
    (example / FILE).write_text(text, encoding="utf-8")
    pd.testing.assert_frame_equal(scores_of(example), expected)
    log = clean_responses(load_study(example)).cleaning_log
    assert log["rule"].tolist().count("ags_zero_restored") == 3


def write_xlsx(path: Path, text: str) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    frame = pd.read_csv(pd.io.common.StringIO(text), dtype=str, keep_default_na=False)
    sheet.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        sheet.append([_number(cell) for cell in row])
    book.save(path)
    return book


def _number(cell: str) -> object:
    """As a spreadsheet stores it: numbers are numbers, empty cells are nothing."""
    if cell == "":
        return None
    return float(cell.replace(",", ".")) if cell.replace(",", "").isdigit() else cell


def use_xlsx(example: Path) -> Path:
    path = example / "verwaltung.xlsx"
    write_xlsx(path, raw_text(example))
    replace_in(example / "study.toml", FILE, "verwaltung.xlsx")
    return path


def test_a_workbook_has_the_scores_of_the_csv(example: Path) -> None:
    expected = scores_of(example)
    use_xlsx(example)
    pd.testing.assert_frame_equal(scores_of(example), expected)


def test_a_formula_without_a_stored_value_is_a_fault_and_no_empty_cell(example: Path) -> None:
    path = use_xlsx(example)
    book = openpyxl.load_workbook(path)
    book.active["B3"] = "=1+1"
    book.save(path)
    (fault,) = faults_of(example)
    assert (fault.file, fault.tab, fault.row, fault.column) == ("verwaltung.xlsx", "Sheet", 3, "A1")
    assert "formula" in fault.found


def test_a_locked_workbook_is_told_as_that(example: Path) -> None:
    path = use_xlsx(example)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (fault,) = faults_of(example)
    assert "password" in fault.found


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no workbook at all"])
def test_a_broken_workbook_is_a_fault(example: Path, content: bytes) -> None:
    use_xlsx(example).write_bytes(content)
    (fault,) = faults_of(example)
    assert fault.file == "verwaltung.xlsx"


def test_a_workbook_with_a_broken_part_is_a_fault(example: Path) -> None:
    path = use_xlsx(example)
    with zipfile.ZipFile(path) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]
    with zipfile.ZipFile(path, "w") as container:
        for name, content in parts.items():
            container.writestr(name, content)
    (fault,) = faults_of(example)
    assert "broken" in fault.found


def test_a_workbook_that_unpacks_to_very_much_is_not_opened(example: Path) -> None:
    path = use_xlsx(example)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/bomb.bin", bytes(30_000_000))
    (fault,) = faults_of(example)
    assert ": 1" in fault.found


def test_two_filled_sheets_need_a_name(example: Path) -> None:
    path = use_xlsx(example)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notizen")["A1"] = "bitte beachten"
    book.save(path)
    (fault,) = faults_of(example)
    assert "Notizen" in fault.found
    replace_in(
        example / "study.toml", 'path = "verwaltung.xlsx"', 'path = "verwaltung.xlsx"\nsheet = "Sheet"'
    )
    assert len(scores_of(example)) == 50


# (what is changed in the raw file, the place that the fault must name, a word of what was found)
BROKEN: dict[str, tuple[Callable[[str], str], int | None, str, str]] = {
    "an empty file": (lambda t: "", None, "", "empty"),
    "blank lines only": (lambda t: "\n\n  \n", None, "", "empty"),
    "a header only": (lambda t: t.splitlines()[0] + "\n", None, "", "header only"),
    "an unknown column": (lambda t: t.replace("B2\n", "B2,Notiz\n").replace('5"\n', '5",x\n').replace("50\n", "50,\n").replace(",,\n", ",,,\n"), 1, "Notiz", "neither"),
    "a missing column": (lambda t: t.replace(",A2,", ",A22,"), 1, "A2", "no such column"),
    "a doubled column": (lambda t: t.replace(",A2,", ",A1,"), 1, "A1", "twice"),
    "a column without a name": (lambda t: t.replace(",A2,", ",,"), 1, "", "no name"),
    "an answer off the scale": (lambda t: t.replace("bestadt,2,", "bestadt,7,"), 3, "A1", "7"),
    "a number off the goalposts": (lambda t: t.replace('"100,5"', "201"), 3, "B2", "201"),
    "a thousands separator": (lambda t: t.replace('"100,5"', '"1.000,5"'), 3, "B2", "1.000,5"),
    "a word that is no answer": (lambda t: t.replace(",ja,", ",vielleicht,"), 2, "A1", "vielleicht"),
    "NA": (lambda t: t.replace(",ja,", ",NA,"), 2, "A1", "NA"),
    "an unknown municipality": (lambda t: t.replace("adorf,", "adorff,"), 2, "municipality", "adorff"),
    "no municipality": (lambda t: t.replace("adorf,", ","), 2, "municipality", "nothing"),
    "a second sheet of an institution": (lambda t: t + t.splitlines()[1] + "\n", 5, "", "second sheet"),
    "a field too many": (lambda t: t.replace("bestadt,", "bestadt,1,"), 3, "", "7 fields"),
    "a field too few": (lambda t: t.replace("cekreis,1,", "cekreis,"), 4, "", "5 fields"),
    "an open quote": (lambda t: t.replace("bestadt,2", 'bestadt,"2'), 3, "", "quotes"),
    "an open quote to the end": (lambda t: t.replace("cekreis,1", 'cekreis,"1'), 4, "", "quotes"),
    "a NUL character": (lambda t: t.replace("bestadt", "best\x00adt"), 3, "", "NUL"),
}  # fmt: skip


@pytest.mark.parametrize("damage", BROKEN)
def test_what_is_broken_is_a_fault_with_its_place(example: Path, damage: str) -> None:
    change, row, column, found = BROKEN[damage]
    text = raw_text(example)
    assert change(text) != text
    (example / FILE).write_text(change(text), encoding="utf-8")
    faults = faults_of(example)
    assert any(f.file == FILE and f.row == row and f.column == column and found in f.found for f in faults), (
        faults
    )
    assert all(f.expected for f in faults)


def test_a_doubled_respondent_is_told_with_both_places(example: Path) -> None:
    replace_in(example / "workshop.csv", "adorf,p2,", "adorf,p1,")
    (fault,) = faults_of(example)
    assert (fault.file, fault.row) == ("workshop.csv", 3)
    assert "row 2" in fault.advice


def test_faults_of_all_files_are_told_at_once(example: Path) -> None:
    replace_in(example / FILE, "adorf,ja", "adorf,jein")
    replace_in(example / "workshop.csv", "Politik", "Politick")
    assert {fault.file for fault in faults_of(example)} == {FILE, "workshop.csv"}


def test_bytes_of_no_known_encoding_are_a_fault(example: Path) -> None:
    (example / FILE).write_bytes(raw_text(example).encode() + b"\x81\x8d\x8f")
    (fault,) = faults_of(example)
    assert fault.file == FILE


def test_a_missing_file_is_a_fault(example: Path) -> None:
    (example / FILE).unlink()
    (fault,) = faults_of(example)
    assert (fault.file, fault.found) == (FILE, "no such file")


def test_a_file_of_another_kind_is_refused_by_name(example: Path) -> None:
    (example / FILE).rename(example / "verwaltung.ods")
    replace_in(example / "study.toml", FILE, "verwaltung.ods")
    (fault,) = faults_of(example)
    assert ".ods" in fault.found
