"""A study folder from exports whose heads stand in two parts: code and text, groups over columns, a row of wordings."""

from __future__ import annotations

import csv
import datetime
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
from calls import call_within
from drafted_studies import drafted, written
from openpyxl import Workbook
from places import ROOT
from small_studies import clean

#: As LimeSurvey writes them with "code and text".
CODE_AND_TEXT = [
    "id. Antwort ID", "submitdate. Datum Abgeschickt", "lastpage. Letzte Seite", "seed. Zufallsgeneratorstartwert",
    "token. Zugangscode", "G01[SQ001]. Steuerung [Gibt es ein Leitbild für die Kommune?]",
    "G01[SQ002]. Steuerung [Gibt es Mittel?]", "G02[SQ001]. Teilhabe [Gibt es einen Beirat?]",
    "G02[SQ002]. Teilhabe [Gibt es Kurse?]", "interviewtime. Gesamtzeit", "attribute_1. Kommune", "attribute_2. AGS",
]  # fmt: skip


def fields_of(folder: Path) -> dict[str, str]:
    """By item the title of its field."""
    made = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    titles = {field["id"]: field["title"]["de"] for field in made["dimension"]}
    with (folder / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        return {row["item"]: titles[row["dimension"]] for row in csv.DictReader(stream)}


def texts_of(folder: Path) -> list[str]:
    with (folder / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        return [row["text_de"] for row in csv.DictReader(stream)]


def test_code_and_text_of_limesurvey_are_two_names_of_a_column(tmp_path: Path) -> None:
    rows: list[list[Any]] = [CODE_AND_TEXT]
    for n, (place, ags, answers) in enumerate(
        [
            ("Adorf", "01001001", ["fest verankert", "in Planung", "nicht vorhanden", "weiß nicht"]),
            ("Bestadt", "01002000", ["in Planung", "nicht vorhanden", "in Planung", "fest verankert"]),
            ("Cedorf", "01003001", ["nicht vorhanden", "in Planung", "fest verankert", "in Planung"]),
        ],
        start=1,
    ):
        day = f"2026-11-2{n} 05:24:4{n}" if n != 2 else ""
        rows.append([n, day, 7, 1228822498 + n, f"t{n}", *answers, 700 + n, place, ags])
    file, answers = drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", rows, ";")))
    assert file["columns"] == {
        "municipality": "attribute_1. Kommune", "ags": "attribute_2. AGS", "respondent": "id. Antwort ID",
    }  # fmt: skip
    assert fields_of(tmp_path / "s") == {
        "G01_SQ001": "Steuerung", "G01_SQ002": "Steuerung", "G02_SQ001": "Teilhabe", "G02_SQ002": "Teilhabe",
    }  # fmt: skip
    assert texts_of(tmp_path / "s")[:2] == ["Gibt es ein Leitbild für die Kommune?", "Gibt es Mittel?"]
    assert [answers["1", item] for item in fields_of(tmp_path / "s")] == [
        "fest verankert", "in Planung", "nicht vorhanden", "dont_know",
    ]  # fmt: skip
    # the second was not sent off
    study = (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")
    assert (file["incomplete"], "survey tool notes: rows 3" in study) == ("keep", True)
    # an export of LimeSurvey is read as such: what is no item is left aside, and named here
    assert (file["format"], "ignore" in file) == ("limesurvey", False)
    assert all(f'"{head}"' in study for head in [*CODE_AND_TEXT[1:5], CODE_AND_TEXT[9]])


def test_heads_of_an_office_stand_in_two_rows_merged_over_groups(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Abfrage der Gemeinden – Stand 14.03.2025"])
    sheet.append([])
    sheet.append(["Gemeinde", "Schlüsselnummer", "Steuerung", None, "Teilhabe", None, "Bemerkung"])
    sheet.append([None, None, "Leitbild", "Zuständige Stelle", "Beirat", "Kurse vor Ort", None])
    sheet.append(["Adorf", "08225001", "ja", "nein", "teilweise", "ja", "seit 2020"])
    sheet.append(["Bestadt", "08225002", "nein", "ja", "k. A.", "ja", None])
    sheet.append(["Cedorf", "08225003", "ja", "ja", "nein", "teilweise", None])
    for cells in ("A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "amt.xlsx")
    file, _ = drafted(tmp_path / "amt", "--from", str(tmp_path / "amt.xlsx"))
    assert (file["header_row"], "skip_rows" in file) == (4, False)
    assert file["columns"] == {"municipality": "Gemeinde", "ags": "Schlüsselnummer"}
    assert [*fields_of(tmp_path / "amt").values()] == ["Steuerung", "Steuerung", "Teilhabe", "Teilhabe"]
    assert texts_of(tmp_path / "amt") == ["Leitbild", "Zuständige Stelle", "Beirat", "Kurse vor Ort"]
    # without a name each is the only one of its municipality
    rows = clean(tmp_path / "amt").responses
    given = {key: list(of["code"].astype(object)) for key, of in rows.groupby("municipality", sort=False)}
    assert given["adorf"] == [2, 0, 1, 2] and given["cedorf"] == [2, 2, 0, 1]


def test_a_second_row_says_that_a_column_is_the_group_and_numbers_at_will_are_no_steps(
    tmp_path: Path,
) -> None:
    heads = ["ResponseId", "Q1", "Q2", "Q3_1", "Q3_2"]
    wordings = [
        "Antwort-ID",
        "Für welche Kommune?",
        "Welcher Gruppe gehören Sie an?",
        "Zufrieden mit A",
        "Zufrieden mit B",
    ]
    records = [
        ["R_1", "Adorf", "Verwaltung", 0, 25], ["R_2", "Adorf", "Politik", 61, 100], ["R_3", "Bestadt", "Verwaltung", 75, 61],
    ]  # fmt: skip
    marks = ['{"ImportId":"x"}'] * 5
    file, _ = drafted(
        tmp_path / "q", "--from", str(written(tmp_path / "q.csv", [heads, wordings, marks, *records]))
    )
    assert (file["perspective_column"], "perspective" in file) == ("Q2", False)
    made = tomllib.loads((tmp_path / "q" / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    assert [(scale["kind"], scale["min"], scale["max"]) for scale in made["scale"]] == [("numeric", 0, 100)]


def test_variables_of_spss_are_told_by_their_labels(tmp_path: Path) -> None:
    frame = pd.DataFrame({"v1": ["Adorf", "Bestadt"], "v2": [1.0, 2.0], "v3": [2.0, 98.0], "v4": [1.5, 2.25]})
    labels = {name: {1: "nein", 2: "ja", 98: "weiß nicht"} for name in ("v2", "v3")}
    heads = ["Kommune", "Gibt es ein Leitbild?", "Gibt es Mittel?", "Stellen"]
    pyreadstat.write_sav(frame, str(tmp_path / "x.sav"), column_labels=heads, variable_value_labels=labels)
    file, _ = drafted(tmp_path / "s", "--from", str(tmp_path / "x.sav"))
    assert file["columns"] == {"municipality": "v1"}
    assert texts_of(tmp_path / "s") == heads[1:3]
    assert file["ignore"] == ["v4"]
    # both are the first of their municipality
    rows = clean(tmp_path / "s").responses
    assert rows.loc[rows["item"] == "v2", "code"].tolist() == [0, 1]
    assert rows.loc[rows["item"] == "v3", "missing"].tolist()[1] == "dont_know"


def test_of_heads_that_are_alike_below_groups_new_says_what_is_wrong_with_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Gemeinde", "Leitbild", None, "Beirat", None])
    sheet.append([None, "vorhanden", "Mittel", "vorhanden", "Mittel"])
    for place, *answers in (("Adorf", "ja", "nein", "ja", "ja"), ("Bestadt", "nein", "ja", "ja", "nein")):
        sheet.append([place, *answers])
    for cells in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "amt.xlsx")
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(tmp_path / "amt.xlsx"))
    assert done.returncode == 3
    assert "besides columns of one head: vorhanden, Mittel" in done.stderr
    assert "what is merged over several heads is no part of a head" in " ".join(done.stderr.split())


def test_a_title_in_the_first_line_says_the_day_and_not_the_delimiter(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Gemeinde", "Gibt es ein Leitbild?", "Gibt es Kurse?"]]
    rows += [["Adorf", "ja", "teilweise"], ["Bestadt", "nein", "ja"], ["Stand: 15.03.2024", "", ""]]
    path = written(tmp_path / "abfrage 2023.csv", rows, ";")
    path.write_text("Abfrage der Gemeinden\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    file, _ = drafted(tmp_path / "s", "--from", str(path))
    assert (file["delimiter"], file["header_row"], file["skip_rows"]) == (";", 2, [5])
    assert file["path"] == "2024/abfrage 2023.csv"
    study = (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")
    assert "date = 2024-03-15  # check: date of the data, printed in reports; of 'Stand: 15.03.2024'" in study


def test_a_day_of_a_workbook_beside_stand_is_that_of_the_wave(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Stand", datetime.date(2024, 3, 15)])
    for row in (["Gemeinde", "A", "B"], ["Adorf", "ja", "nein"], ["Bestadt", "nein", "ja"]):
        sheet.append(row)
    book.save(tmp_path / "amt.xlsx")
    drafted(tmp_path / "s", "--from", str(tmp_path / "amt.xlsx"))
    assert "date = 2024-03-15 " in (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")
