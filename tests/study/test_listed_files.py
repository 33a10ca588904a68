"""What study.toml may say of a file; and no file is listed twice, whatever it is called."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from small_studies import STUDY, change, clean, faults_of, told, write_study

TEXT = "municipality,A1,A2,B1,B2\nadorf,1,1,1,1\nadorf,2,1,1,1\n"
PERSONS = 'perspective = "civil_society"'


@pytest.mark.parametrize(
    "name", ["a.csv", "./a.csv", ".//a.csv", "x/../a.csv", "link.csv", "folder/a.csv", "hard.csv", "copy.csv"]
)
def test_a_file_listed_twice_is_a_fault_of_study_toml(tmp_path: Path, name: str) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT))
    (folder / "link.csv").symlink_to("a.csv")
    (folder / "folder").symlink_to(".")
    os.link(folder / "a.csv", folder / "hard.csv")
    (folder / "copy.csv").write_text(TEXT, encoding="utf-8")
    listed = (folder / "study.toml").read_text(encoding="utf-8").partition("[[file]]")[2]
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n[[file]]" + listed.replace("a.csv", name))
    assert told(faults_of(folder)) == [("study.toml", None, "file 2 path")]


def test_the_same_file_in_another_wave_would_count_twice_too(tmp_path: Path) -> None:
    study = STUDY + '[[wave]]\nid = "2025"\ndate = 2025-06-30\n'
    folder = write_study(tmp_path, ("a.csv", TEXT), ("b.csv", TEXT), study=study)
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text[::-1].replace('"4202"', '"5202"', 1)[::-1], encoding="utf-8")
    assert len(clean(folder).responses) == 16, "who answers alike in two waves answers alike"
    change(folder / "study.toml", '"b.csv"', '"a.csv"')
    assert told(faults_of(folder)) == [("study.toml", None, "file 2 path")]


@pytest.mark.parametrize(
    ("tabs", "twice"), [(("Eins", "Zwei"), False), (("Eins", "EINS"), True), (("", "Zwei"), True)]
)
def test_two_tabs_of_a_workbook_are_two_files(tmp_path: Path, tabs: tuple[str, str], twice: bool) -> None:
    folder = write_study(tmp_path, *((f"{n}.xlsx", "") for n in "ab"))
    book = openpyxl.Workbook()
    book.active.title = "Eins"
    for tab in (book.active, book.create_sheet("Zwei")):
        for row in TEXT.splitlines():
            tab.append(row.split(","))
    book.save(folder / "a.xlsx")
    for name, tab in zip("ab", tabs, strict=True):
        change(folder / "study.toml", f'"{name}.xlsx"', '"a.xlsx"' + (f'\ntab = "{tab}"' if tab else ""))
    if twice:
        assert ("study.toml", None, "file 2 path") in told(faults_of(folder))
    else:
        assert len(clean(folder).responses) == 16


# (the line, the column of the fault)
WRONG = [
    ("perspektive = 'Verwaltung'", "file 1 perspektive"), ("encoding = 'idna'", "file 1 encoding"),
    ("encoding = 'hex'", "file 1 encoding"), ("encoding = 'unicode_escape'", "file 1 encoding"),
    ("encoding = 'utf-9'", "file 1 encoding"), ('encoding = "utf\\u0000-8"', "file 1 encoding"),
    ("encoding = 'ü'", "file 1 encoding"), ("delimiter = ';;'", "file 1 delimiter"), ("delimiter = ''", "file 1 delimiter"),
    ("delimiter = '\"'", "file 1 delimiter"), ('delimiter = "\\n"', "file 1 delimiter"), ("delimiter = 'a'", "file 1 delimiter"),
    ("decimal = ';'", "file 1 decimal"), ("header_row = 0", "file 1 header_row"), ("header_row = '3'", "file 1 header_row"),
    ("skip_rows = 2", "file 1 skip_rows"), ("skip_rows = [true]", "file 1 skip_rows"), ("sheets = 'merge'", "file 1 sheets"),
    ("unit = true", "file 1 unit"), ("layout = 'tall'", "file 1 layout"), ("columns = { town = 'x' }", "file 1 columns"),
    ("columns = { municipality = 'x', ags = 'x' }", "file 1 columns"), ("tab = 'a'\nsheet = 'b'", "file 1 sheet"),
    ("not_asked = ['A9']", "a.csv not_asked"), ("kind = 'findings'", "file 1 kind"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "column"), WRONG)
def test_a_wrong_key_of_a_file_is_a_fault(tmp_path: Path, line: str, column: str) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT), keys=f"{PERSONS}\n{line}")
    assert ("study.toml", None, column) in told(faults_of(folder))


@pytest.mark.parametrize(
    "kind", ["field_ratings", "notes", "participants", "outcomes", "events", "measures", "codebook"]
)
def test_a_misspelt_key_of_any_kind_of_file_is_a_fault(tmp_path: Path, kind: str) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT))
    (folder / "b.csv").write_text("x\n", encoding="utf-8")
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'[[file]]\nkind = "{kind}"\npath = "b.csv"\nwaves = "2024"\nnot_asked = []\n')
    assert told(faults_of(folder)) == [
        ("study.toml", None, "file 2 waves"),
        ("study.toml", None, "file 2 not_asked"),
    ]


def test_a_wave_written_as_a_number_is_read_as_its_text(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", TEXT), study=STUDY.replace('"2024"', "2024"))
    change(folder / "study.toml", 'wave = "2024"', "wave = 2024")
    assert clean(folder).responses["wave"].unique().tolist() == ["2024"]


def test_header_row_and_skip_rows_reach_the_reader(tmp_path: Path) -> None:
    text = "Rücklauf 2024,,,,\n" + TEXT.replace("adorf,1", "Frage,Eins,Zwei,Drei,Vier\nadorf,1", 1)
    folder = write_study(tmp_path, ("a.csv", text), keys=f"{PERSONS}\nheader_row = 2\nskip_rows = [3]")
    assert len(clean(folder).responses) == 8
