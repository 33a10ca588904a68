"""Exports of KoBo, made by hand as it writes them: groups, names or labels, several choices, codes of municipalities."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest
from calls import call_within
from drafted_studies import drafted, written
from openpyxl import Workbook
from places import ROOT

STEPS = ["nein", "teilweise", "ja"]
NOTES = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index"]  # fmt: skip


def test_an_export_of_kobo_has_its_groups_as_fields_and_its_notes_left_aside(tmp_path: Path) -> None:
    heads = [
        "start",
        "end",
        "deviceid",
        "allgemein/kommune",
        "allgemein/name_ansprechperson",
        "ziele/leitbild",
    ]
    heads += ["ziele/mittel", "zugang/sprache", "_id", "_uuid", "_submission_time", "__version__"]
    rows = [
        [
            "2024-05-01T10:00",
            "2024-05-02T10:09",
            "ee:1",
            place,
            "Frau X",
            *answers,
            4711 + n,
            f"u-{n}",
            "x",
            "v1",
        ]
        for n, (place, *answers) in enumerate(
            [
                ("Bad Münder", "ja", "nein", "weiss_nicht"),
                ("Köln", "nein", "teilweise", "ja"),
                ("Köln", "ja", "", "ja"),
            ]
        )
    ]
    raw = written(tmp_path / "kobo.csv", [heads, *rows], ";")
    file, answers = drafted(tmp_path / "meine", "--from", str(raw))
    assert file["columns"] == {"municipality": "allgemein/kommune", "respondent": "_uuid"}
    assert {"start", "deviceid", "_id", "allgemein/name_ansprechperson", "__version__"} <= {*file["ignore"]}
    assert answers == {
        ("u-0", "leitbild"): "ja", ("u-0", "mittel"): "nein", ("u-0", "sprache"): "dont_know",
        ("u-1", "leitbild"): "nein", ("u-1", "mittel"): "teilweise", ("u-1", "sprache"): "ja",
        ("u-2", "leitbild"): "ja", ("u-2", "mittel"): "skipped", ("u-2", "sprache"): "ja",
    }  # fmt: skip
    study = tomllib.loads((tmp_path / "meine" / "study.toml").read_text(encoding="utf-8"))
    assert str(study["wave"][0]["date"]) == "2024-05-02"
    # the raw file is the same, bytes and all
    assert (tmp_path / "meine" / "2024" / "kobo.csv").read_bytes() == raw.read_bytes()
    register = (tmp_path / "meine" / "municipalities.csv").read_text(encoding="utf-8").splitlines()
    assert register[1:] == ["bad-muender,Bad Münder,,,,,", "koeln,Köln,,,,,"]
    instrument = tomllib.loads((tmp_path / "meine" / "instrument" / "instrument.toml").read_text("utf-8"))
    assert [field["id"] for field in instrument["dimension"]] == ["ziele", "zugang"]
    assert [option["label"]["de"] for option in instrument["scale"][0]["options"]] == STEPS


def exported(heads: list[str], records: list[list[Any]], status: str = "") -> list[list[Any]]:
    """A table with what KoBo notes before and behind the answers."""
    rows: list[list[Any]] = [["start", "end", *heads, *NOTES]]
    for n, record in enumerate(records, start=1):
        times = [f"2024-05-0{n}T10:00:00.000+02:00", f"2024-05-0{n}T10:20:00.000+02:00"]
        noted = [
            4710 + n,
            f"u-{n}",
            f"2024-05-0{n}T08:20:01",
            status if n == 1 else "",
            "",
            "submitted_via_web",
            "",
            "v1",
            "",
            n,
        ]
        rows.append([*times, *record, *noted])
    return rows


def register_of(folder: Path) -> list[tuple[str, str, str]]:
    with (folder / "municipalities.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["municipality"], row["name"], row["ags"]) for row in csv.DictReader(stream)]


def asked_in(folder: Path) -> list[str]:
    with (folder / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        return [row["item"] for row in csv.DictReader(stream)]


def test_codes_of_municipalities_stay_keys_and_their_names_can_be_changed(tmp_path: Path) -> None:
    records = [["bad_m_nder", "ja", "nein"], ["aerzen", "teilweise", "ja"], ["other", "ja", "ja"]]
    raw = written(tmp_path / "k.csv", exported(["kommune", "ziele/leitbild", "zugang/sprache"], records), ";")
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(raw))
    assert (done.returncode, done.stderr) == (0, "")
    assert "names municipalities by codes; their names there (Bad M Nder, Aerzen)" in done.stdout
    # whoever found no entry of the list named nobody
    assert register_of(tmp_path / "s") == [("bad_m_nder", "Bad M Nder", ""), ("aerzen", "Aerzen", "")]
    (file,) = tomllib.loads((tmp_path / "s" / "study.toml").read_text(encoding="utf-8"))["file"]
    assert file["skip_rows"] == [4]
    table = tmp_path / "s" / "municipalities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Bad M Nder", "Bad Münder"), encoding="utf-8")
    assert call_within(ROOT, "check", str(tmp_path / "s")).returncode == 0


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["1", "12"], [("1", "Kommune 1", ""), ("12", "Kommune 12", "")]),
        (
            ["03252002", "03252001"],
            [("03252002", "03252002", "03252002"), ("03252001", "03252001", "03252001")],
        ),
        (["Bad Münder", "Aerzen"], [("bad-muender", "Bad Münder", ""), ("aerzen", "Aerzen", "")]),
    ],
)
def test_municipalities_are_told_by_number_official_key_or_name(
    tmp_path: Path, codes: list[str], expected: list[tuple[str, str, str]]
) -> None:
    records = [[codes[0], "53.5 9.9 0 0", "ja", "nein"], [codes[1], "53.6 10.1 0 0", "teilweise", "ja"]]
    heads = ["allgemein/kommune", "allgemein/ort", "ziele/leitbild", "ziele/mittel"]
    drafted(tmp_path / "s", "--from", str(written(tmp_path / "k.csv", exported(heads, records), ";")))
    assert register_of(tmp_path / "s") == expected


WITH_SEVERAL = ["kommune", "ziele/leitbild", "ziele/mittel", "wege", "wege/netz", "wege/amt"]


@pytest.mark.parametrize("shape", ["both", "separate", "single"])
@pytest.mark.parametrize("answers", [("0", "4", "2"), ("nein", "ja", "teilweise")])
def test_questions_with_several_answers_are_no_items(
    tmp_path: Path, shape: str, answers: tuple[str, str, str]
) -> None:
    low, high, middle = answers
    left = {"both": [3, 4, 5], "separate": [4, 5], "single": [3]}[shape]
    records: list[list[Any]] = [
        ["adorf", low, high, "netz amt", 1, 1],
        ["bestadt", middle, low, "amt", 0, 1],
        ["ceburg", high, middle, "", "", ""],
    ]
    rows = [[row[at] for at in (0, 1, 2, *left)] for row in [WITH_SEVERAL, *records]]
    raw = written(tmp_path / "k.csv", exported(rows[0], rows[1:]), ";")
    file, read = drafted(tmp_path / "s", "--from", str(raw))
    assert asked_in(tmp_path / "s") == ["leitbild", "mittel"]
    assert {WITH_SEVERAL[at] for at in left} <= {*file["ignore"]}
    assert len(read) == 6
    assert "with several answers" in (tmp_path / "s" / "study.toml").read_text("utf-8") or shape == "single"


def test_questions_of_no_and_yes_in_numbers_are_items_where_nothing_else_is(tmp_path: Path) -> None:
    rows = exported(["kommune", "ziele/leitbild", "ziele/mittel"], [["adorf", 0, 1], ["bestadt", 1, 0]])
    _, read = drafted(tmp_path / "s", "--from", str(written(tmp_path / "k.csv", rows, ";")))
    assert read == {
        ("u-1", "leitbild"): "0",
        ("u-1", "mittel"): "1",
        ("u-2", "leitbild"): "1",
        ("u-2", "mittel"): "0",
    }


def test_labels_are_headings_and_answers_and_groups_are_not_in_them(tmp_path: Path) -> None:
    heads = [
        "In welcher Kommune arbeiten Sie?",
        "Gibt es ein Leitbild?",
        "Werden Mitarbeiter/innen geschult?",
    ]
    heads += [
        "Wo arbeiten Sie zusammen?",
        "Wo arbeiten Sie zusammen?/Netzwerk, lokal",
        "Wo arbeiten Sie zusammen?/Amt",
    ]
    records: list[list[Any]] = [
        ["Bad Münder", "Ja", "Nein", "Netzwerk, lokal Amt", 1, 1],
        ["Aerzen", "Teilweise", "Ja", "Amt", 0, 1],
    ]
    file, read = drafted(
        tmp_path / "s", "--from", str(written(tmp_path / "k.csv", exported(heads, records), ";"))
    )
    assert file["items"] == {"f01": heads[1], "f02": heads[2]}
    assert read == {
        ("u-1", "f01"): "Ja",
        ("u-1", "f02"): "Nein",
        ("u-2", "f01"): "Teilweise",
        ("u-2", "f02"): "Ja",
    }
    assert file["columns"]["municipality"] == heads[0]


@pytest.mark.parametrize("status", ["validation_status_not_approved", "Not Approved"])
def test_what_the_team_did_not_approve_is_skipped_and_said(tmp_path: Path, status: str) -> None:
    records = [["adorf", "ja", "nein"], ["bestadt", "nein", "ja"], ["bestadt", "ja", "ja"]]
    rows = exported(["kommune", "ziele/leitbild", "ziele/mittel"], records, status)
    file, read = drafted(tmp_path / "s", "--from", str(written(tmp_path / "k.csv", rows, ";")))
    assert file["skip_rows"] == [2]
    assert {respondent for respondent, _ in read} == {"u-2", "u-3"}


def test_the_tab_of_a_repeated_group_is_not_taken_for_the_records(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Abfrage"
    heads = ["kommune", "ziele/leitbild", "ziele/mittel"]
    for row in exported(heads, [["Bad Münder", "ja", "nein"], ["Aerzen", "nein", "ja"]]):
        sheet.append(row)
    again = book.create_sheet("projekte")
    again.append(["kommune", "name", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"])
    for n in range(40):
        again.append(["Aerzen", f"Projekt {n}", n, "Abfrage", 1, "u-1"])
    book.save(tmp_path / "k.xlsx")
    file, read = drafted(tmp_path / "s", "--from", str(tmp_path / "k.xlsx"))
    assert file["tab"] == "Abfrage"
    assert len(read) == 4
