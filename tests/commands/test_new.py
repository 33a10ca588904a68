"""A study folder from exports as survey tools and offices write them: what is guessed, and that check accepts it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from calls import call_within
from drafted_studies import drafted, written
from openpyxl import Workbook
from places import REFERENCE, ROOT
from small_studies import clean, told
from small_studies import faults_of as faults_of_study

CASES = REFERENCE / "cases"
QUALTRICS = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "ResponseId", "RecipientEmail",
    "LocationLatitude", "UserLanguage", "Q1", "Q2_1", "Q2_2", "Q9",
]  # fmt: skip
WORDINGS = [
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Finished", "Response ID", "Recipient Email",
    "Location Latitude", "User Language", "In welcher Kommune?", "Es gibt\nein Leitbild.", "Es gibt Mittel.", "Sonst?",
]  # fmt: skip


def test_an_export_of_qualtrics_has_two_more_rows_of_heads(tmp_path: Path) -> None:
    rows = [QUALTRICS, WORDINGS, [json.dumps({"ImportId": head}) for head in QUALTRICS]]
    for n, (place, one, two) in enumerate(
        [("Adorf", "Trifft zu", "Trifft nicht zu"), ("Bestadt", "Trifft eher zu", "Weiß nicht")]
    ):
        notes = [f"2024-06-0{n + 1} 10:00:00", "2024-06-30 10:00:00", "IP Address", "10.0.0.1", 100, "True"]
        rows.append([*notes, f"R_{n}", "", 53.1, "DE", place, one, two, "Ein langer Satz."])
    file, answers = drafted(tmp_path / "q", "--from", str(written(tmp_path / "q.csv", rows)))
    # row 2 goes on in row 3
    assert file["skip_rows"] == [2, 4]
    assert file["columns"] == {"municipality": "Q1", "respondent": "ResponseId"}
    assert answers == {
        ("R_0", "Q2_1"): "Trifft zu", ("R_0", "Q2_2"): "Trifft nicht zu",
        ("R_1", "Q2_1"): "Trifft eher zu", ("R_1", "Q2_2"): "dont_know",
    }  # fmt: skip
    text = (tmp_path / "q" / "instrument" / "items.csv").read_text(encoding="utf-8")
    assert "Q2_1,alle,1,skala-1,1,Es gibt ein Leitbild." in text


def test_the_workbook_of_an_office_has_titles_a_total_and_another_tab(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Rücklauf"
    sheet.append(["Abfrage der Kommunen"])
    sheet.append([])
    sheet.append(
        ["Nr.", "Kommune", "AGS", "E-Mail", "Gibt es ein Leitbild?", "Gibt es Mittel?", "Stellen", "Notiz"]
    )
    sheet.append([1, "Bad Münder", "03252002", "m@x.de", "ja", "nein", 0.5, "siehe Anlage"])
    sheet.append([2, "Aerzen", "03252001", "a@x.de", "teilweise", "k. A.", 2, None])
    sheet.append(["Summe", None, None, None, None, None, 2.5, None])
    sheet.column_dimensions["H"].hidden = True
    book.create_sheet("Legende").append(["ja", "vorhanden"])
    book.save(tmp_path / "amt.xlsx")
    file, answers = drafted(tmp_path / "amt", "--from", str(tmp_path / "amt.xlsx"))
    assert (file["tab"], file["header_row"], file["skip_rows"]) == ("Rücklauf", 3, [6])
    assert file["columns"] == {"municipality": "Kommune", "ags": "AGS", "respondent": "Nr."}
    assert file["items"] == {"f01": "Gibt es ein Leitbild?", "f02": "Gibt es Mittel?"}
    # how many posts there are is no answer on a scale
    assert {*file["ignore"]} == {"E-Mail", "Notiz", "Stellen"}
    assert answers == {
        ("1", "f01"): "ja", ("1", "f02"): "nein", ("2", "f01"): "teilweise", ("2", "f02"): "skipped",
    }  # fmt: skip
    register = (tmp_path / "amt" / "municipalities.csv").read_text(encoding="utf-8")
    assert "bad-muender,Bad Münder,03252002,," in register


@pytest.mark.parametrize(
    ("case", "file", "items"),
    [
        # the other record there is a preview
        ("31-three-header-rows", "qualtrics.csv", {("R_1a", "Q1"): 4, ("R_1a", "Q2"): 1}),
        ("38-title-rows", "rueckmeldung.xlsx", {("r1", "Q1"): 2}),
    ],
)
def test_handed_cases_are_accepted_with_their_questionnaire(
    tmp_path: Path, case: str, file: str, items: dict[tuple[str, str], int]
) -> None:
    shutil.copytree(CASES / case, tmp_path / "case")
    questionnaire = str(tmp_path / "case" / "instrument")
    done = call_within(
        ROOT,
        "new",
        str(tmp_path / "s"),
        "--from",
        str(tmp_path / "case" / file),
        "--instrument",
        questionnaire,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = clean(tmp_path / "s").responses.astype(object)
    codes = {(row.respondent, row.item): row.code for row in rows.itertuples()}
    assert items.items() <= codes.items()
    assert {respondent for respondent, _ in codes} == {respondent for respondent, _ in items}


def test_items_of_a_questionnaire_are_found_by_id_text_and_label(tmp_path: Path) -> None:
    from small_studies import INSTRUMENT, ITEMS

    own = tmp_path / "questionnaire"
    own.mkdir()
    (own / "instrument.toml").write_text(INSTRUMENT, encoding="utf-8")
    labelled = ITEMS.replace("text_de\n", "label_de,text_de\n").replace(",1,Frage", ",1,Kurz,Frage")
    labelled = labelled.replace("Kurz,Frage A2", "Zwei,Frage A2").replace("Kurz,Frage B1", "Drei,Frage B1")
    (own / "items.csv").write_text(labelled, encoding="utf-8")
    raw = written(
        tmp_path / "x.csv", [["id", "Kommune", "K[A1]", "Alles [Frage  A2]", "Drei"], [7, "Adorf", 1, 2, 30]]
    )
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(raw), "--instrument", str(own))
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = tomllib.loads((tmp_path / "s" / "study.toml").read_text(encoding="utf-8"))["file"]
    assert file["items"] == {"A1": "K[A1]", "A2": "Alles [Frage  A2]", "B1": "Drei"}
    assert file["not_asked"] == ["B2"]


def test_rows_that_name_nobody_are_left_out_and_said(tmp_path: Path) -> None:
    rows = [["id", "Kommune", "F1", "F2"], [1, "Adorf", 0, 4], [2, "", 3, 3], [3, "Bestadt", 98, 1]]
    file, answers = drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", rows)))
    assert file["skip_rows"] == [3]
    assert answers == {("1", "F1"): "0", ("1", "F2"): "4", ("3", "F1"): "dont_know", ("3", "F2"): "1"}
    assert "names no municipality; check" in (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")


def test_nothing_is_overwritten_and_what_cannot_be_told_is_refused(tmp_path: Path) -> None:
    raw = written(tmp_path / "x.csv", [["id", "F1", "F2"], [1, 0, 4], [2, 3, 3]])
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(raw))
    assert (done.returncode, "names municipalities" in done.stderr) == (3, True)
    assert not (tmp_path / "s").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "study.toml").write_text("mine", encoding="utf-8")
    done = call_within(ROOT, "new", str(tmp_path / "full"))
    assert (done.returncode, "not overwritten" in done.stderr) == (2, True)
    assert (tmp_path / "full" / "study.toml").read_text(encoding="utf-8") == "mine"
    assert call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(tmp_path / "no.csv")).returncode == 2
    assert call_within(ROOT, "new", str(tmp_path / "s"), "--instrument", "no").returncode == 2


def test_a_study_of_which_nothing_has_come_is_accepted_too(tmp_path: Path) -> None:
    done = call_within(ROOT, "new", str(tmp_path / "leer"), "--instrument", "selbstcheck-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert call_within(ROOT, "check", str(tmp_path / "leer")).returncode == 0


def test_a_file_that_is_refused_by_check_makes_a_folder_and_says_what_to_mend(tmp_path: Path) -> None:
    rows = [["id", "Kommune", "F1", "F2"], [1, "Adorf", 0, 4], [1, "Adorf", 3, "\u200b3"]]
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(written(tmp_path / "x.csv", rows)))
    assert (done.returncode, "take it away before a new try" in done.stdout) == (3, True)
    assert ("x.csv", 3, "F2") in [
        (f.rpartition("/")[2], *rest) for f, *rest in told(faults_of_study(tmp_path / "s"))
    ]


PERSONS = ["Anna Meier", "Meier, Bernd", "Dr. Lang", "Cora von der Heide"]


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Ihr Name", ["meier", "alt", "cor", "dor"]),
        ("Antwort gegeben von", ["AM", "BA", "AM", "BA"]),
        ("Wer hat ausgefüllt?", ["Meier", "Kurz", "Lang", "Meier"]),
        ("3. Wer hat diesen Bogen im Namen Ihrer Kommune beantwortet?", [1, 2, 1, 2]),
        ("PLZ", ["26130", "26131", "26130", "26131"]),
        ("Verantwortlich", PERSONS),
        ("Rückfragen", ["Frau Meier", "Herr Kurz", "Lang", "Frau Meier"]),
        ("Alter", [30, 41, 30, 52]),
    ],
)
def test_who_answered_is_no_answer(tmp_path: Path, head: str, values: list[Any]) -> None:
    rows = [["Kommune", head, "Wer hier neu ist, findet Rat", "F1", head.replace("?", "") + " (2)"]]
    answers = ["Trifft zu", "Trifft eher zu", "Trifft nicht zu", "Trifft zu"]
    for place, value, answer in zip("ABCD", values, answers, strict=True):
        rows.append([place, value, answer, answer.upper(), value])
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(written(tmp_path / "x.csv", rows)))
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = tomllib.loads((tmp_path / "s" / "study.toml").read_text(encoding="utf-8"))["file"]
    assert head in file["ignore"]
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "s" / "instrument").iterdir()]
    assert not any(str(value) in text for value in values if isinstance(value, str) for text in texts)
    with (tmp_path / "s" / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        asked = {row["text_de"] for row in csv.DictReader(stream)}
    assert asked == {"Wer hier neu ist, findet Rat", "F1"}


def test_spellings_of_an_answer_are_one_option(tmp_path: Path) -> None:
    rows = [
        ["Kommune", "F1", "F2"],
        ["A", "Ja", "Nein"],
        ["B", "ja ", "NEIN"],
        ["C", "Ja", "k.A."],
        ["D", "Nein", "n/a"],
    ]
    drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", rows)))
    made = tomllib.loads((tmp_path / "s" / "instrument" / "instrument.toml").read_text("utf-8"))
    (scale,) = made["scale"]
    assert [option["label"]["de"] for option in scale["options"]] == ["Nein", "Ja"]
    assert [other["kind"] for other in scale["non_answers"]] == ["skipped", "not_applicable"]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    "columns",
    [
        [["Beratungen", "1.234", "2.500", "950"]],
        [["Beratungen", "1,000", "2,000", "3,000"]],
        [["Beratungen", "1.234", "2.500", "3.100"], ["Quote", "1.5", "2.5", "3.5"]],
        [["Beratungen", "1.234", "2.500", "3.100"], ["Fälle", "1.234", "2.500", "3.100"]],
    ],
)
def test_thousands_are_never_read_as_a_little_more_than_one(
    tmp_path: Path, columns: list[list[str]], delimiter: str
) -> None:
    rows = [list(row) for row in zip(["Kommune", "A", "B", "C"], *columns, strict=True)]
    done = call_within(
        ROOT, "new", str(tmp_path / "s"), "--from", str(written(tmp_path / "x.csv", rows, delimiter))
    )
    assert (done.returncode, "decimal = " in done.stderr) == (3, True)
    study = tmp_path / "s" / "study.toml"
    text = study.read_text(encoding="utf-8")
    assert "# check: 1.234 may be a thousand" in text
    assert "\ndecimal" not in text
    sign = "." if "," in columns[0][1] else ","
    if len(columns) == 1 or columns[1][0] == "Fälle":
        study.write_text(text.replace("[[file]]\n", f'[[file]]\ndecimal = "{sign}"\n'), encoding="utf-8")
        rows_read = clean(tmp_path / "s").responses
        expected = sorted(float(cell.replace(".", "").replace(",", "")) for cell in columns[0][1:])
        assert sorted({*rows_read["value"]}) == expected


def test_a_copy_of_the_file_that_a_killed_try_left_beside_is_taken_away(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as killed:
        pass
    left, other = (tmp_path / f".{name}.part-{killed.pid}" for name in ("q", "another"))
    for folder in (left, other):
        folder.mkdir()
        (folder / "antworten.csv").write_text("Anna Beispiel", encoding="utf-8")
    rows = [
        ["Kommune", "Gibt es ein Leitbild?"],
        ["Adorf", "ja"],
        ["Bestadt", "nein"],
        ["Cedorf", "teilweise"],
    ]
    drafted(tmp_path / "q", "--from", str(written(tmp_path / "q.csv", rows)))
    assert not left.exists()
    assert other.exists()
