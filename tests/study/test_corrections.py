"""A correction changes one cell of one tab, once; what does not fit is a fault."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from small_studies import change, clean, faults_of, told, write_study

TEXT = "municipality,A1,A2,B1,B2\nadorf,1,1,1,1\nbestadt,2,1,1,1\n"


def corrected(folder: Path, text: str) -> Path:
    write_study(folder, ("a.csv", TEXT))
    (folder / "corrections.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "file,row,column,old,new,reason\na.csv,2,A1,1,0,Anruf\n",
        "file,tab,row,column,old,new,reason\na.csv,,2,A1,1,0,Anruf\n",
        "file,sheet,row,column,old,new,reason\n./a.csv,,2,A1,1,0,Anruf\n",
    ],
)
def test_the_column_of_the_tab_may_be_missing_or_have_its_former_name(tmp_path: Path, text: str) -> None:
    cleaned = clean(corrected(tmp_path, text))
    rows = cleaned.responses
    assert rows[(rows["municipality"] == "adorf") & (rows["item"] == "A1")]["code"].tolist() == [0]
    assert cleaned.cleaning_log["rule"].tolist() == ["correction: Anruf"]
    assert list(cleaned.cleaning_log.columns) == ["file", "tab", "row", "column", "old", "new", "rule"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a.csv,Tab1,,2,A1,1,0,x", "tab"),
        ("a.csv,Tab1,Tab1,2,A1,1,0,x", "sheet"),
        (f"a.csv,,,{'9' * 5000},A1,1,0,x", "row"),
        ("a.csv,,,²,A1,1,0,x", "row"),
        ("b.csv,,,2,A1,1,0,x", "file"),
        ("../a.csv,,,2,A1,1,0,x", "file"),
        ("a.csv,,,2,A1,1,0,x\na.csv,,,2,A1,0,2,y", ""),
    ],
)
def test_a_correction_that_does_not_fit_is_told(tmp_path: Path, row: str, column: str) -> None:
    folder = corrected(tmp_path, f"file,tab,sheet,row,column,old,new,reason\n{row}\n")
    faults = faults_of(folder)
    assert ("corrections.csv", row.count("\n") + 2, column) in told(faults)
    assert "Did you mean" not in str(faults)


def test_an_old_value_in_the_quotes_of_a_list_of_faults_is_advised_on(tmp_path: Path) -> None:
    head = "file,row,column,old,new,reason\n"
    (fault,) = faults_of(corrected(tmp_path, head + "a.csv,2,A1,'1',0,x\n"))
    assert fault.advice.endswith("Write it without the quotes in which a list of faults shows it.")
    (fault,) = faults_of(corrected(tmp_path, head + "a.csv,2,A1,0,2,x\n"))
    assert "quotes" not in fault.advice


def test_of_several_tabs_the_one_that_is_meant_is_named(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.xlsx", ""), ("b.xlsx", ""))
    book = openpyxl.Workbook()
    book.active.title = "Eins"
    for tab in (book.active, book.create_sheet("Zwei")):
        for row in TEXT.splitlines():
            tab.append(row.split(","))
    book.save(folder / "a.xlsx")
    change(folder / "study.toml", '"a.xlsx"', '"a.xlsx"\ntab = "Eins"')
    change(folder / "study.toml", '"b.xlsx"', '"a.xlsx"\nsheet = "Zwei"')
    head = "file,tab,row,column,old,new,reason\n"
    (folder / "corrections.csv").write_text(head + "a.xlsx,Zwei,2,A1,1,0,x\n", encoding="utf-8")
    log = clean(folder).cleaning_log
    assert log[log["rule"] == "correction: x"]["tab"].tolist() == ["Zwei"]
    (folder / "corrections.csv").write_text(head + "a.xlsx,,2,A1,1,0,x\n", encoding="utf-8")
    assert told(faults_of(folder)) == [("corrections.csv", 2, "tab")]


HEAD = "file,row,column,old,new,reason\n"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("antwort.xlsx", "a table that is no CSV"),
        ("Antwort.ODS", "a table that is no CSV"),
        ("antwort.txt", "a table that is no CSV"),
        ("", "no folder"),
        ("-> /etc", "a link that leads out of its folder"),
        ("-> nowhere", "a link that leads nowhere"),
    ],
)
def test_nothing_that_was_sent_back_is_left_unread_in_silence(tmp_path: Path, name: str, found: str) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT))
    place = folder / "corrections"
    if name.startswith("-> "):
        place.symlink_to(name.removeprefix("-> "))
    elif name:
        place.mkdir()
        (place / name).write_text("x")
    else:
        place.write_text("x")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.found) == (f"corrections/{name}" if "." in name else "corrections", found)


def test_a_table_that_was_sent_back_is_read_whatever_the_case_of_its_ending(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT))
    place = folder / "corrections"
    place.mkdir()
    (place / "ADORF.CSV").write_text(HEAD + "a.csv,2,A1,1,0,Anruf\n", encoding="utf-8")
    # what others leave there is no table of anybody
    for name in (".DS_Store", "~$antwort.xlsx", ".~lock.antwort.xlsx#", "Lies mich.md"):
        (place / name).write_text("x")
    assert clean(folder).cleaning_log["rule"].tolist() == ["correction: Anruf"]
