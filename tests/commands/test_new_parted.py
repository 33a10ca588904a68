"""Questions in several columns, each headed as a tool does it, and every answer where it was given."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

from calls import call_within
from drafted_studies import drafted, written
from places import ROOT
from small_studies import clean

QUESTIONS = ["Gibt es ein Leitbild?", "Gibt es – auch abends - Kurse?", "Gibt es einen Beirat?"]
GIVEN = {
    "Adorf": ["ja", "nein", "teilweise"],
    "Bestadt": ["nein", "", "ja"],
    "Cedorf": ["in Planung", "ja", "weiß nicht"],
}


def told(folder: Path) -> dict[str, list[str]]:
    """By municipality what it answered, in the order and under the wordings in which it was asked."""
    made = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    labels = {option["code"]: option["label"]["de"] for option in made["scale"][0]["options"]}
    with (folder / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["text_de"] for row in csv.DictReader(stream)] == QUESTIONS
    with (folder / "municipalities.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["municipality"]: row["name"] for row in csv.DictReader(stream)}
    missing = {"skipped": "", "dont_know": "weiß nicht"}
    found: dict[str, list[str]] = {}
    rows = clean(folder).responses.astype(object)
    for row in rows.where(rows.notna(), None).itertuples():
        answer = labels[row.code] if row.missing is None else missing[row.missing]
        found.setdefault(names[row.municipality], []).append(answer)
    return found


def field_of(folder: Path) -> list[str]:
    made = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    return [field["title"]["de"] for field in made["dimension"]]


def test_surveymonkey_heads_the_parts_of_a_question_in_a_second_row(tmp_path: Path) -> None:
    heads = [
        "Respondent ID",
        "Collector ID",
        "Date Created",
        "Kommune",
        "Bitte antworten Sie:",
        "",
        "",
        "Noch etwas?",
    ]
    second = ["", "", "", "Open-Ended Response", *QUESTIONS, "Open-Ended Response"]
    records = [
        [f"1184{n}", "43", f"03/2{n}/2024 09:00:00 AM", place, *given, ""]
        for n, (place, given) in enumerate(GIVEN.items())
    ]
    file, _ = drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", [heads, second, *records])))
    assert (file["skip_rows"], file["columns"]) == (
        [2],
        {"municipality": "Kommune", "respondent": "Respondent ID"},
    )
    assert told(tmp_path / "s") == GIVEN
    assert field_of(tmp_path / "s") == ["Bitte antworten Sie:"]
    log = clean(tmp_path / "s").cleaning_log
    assert {*log.loc[log["rule"] == "head_below", "new"]} == {*QUESTIONS[1:]}
    # 22 is no month
    assert "date = 2024-03-22" in (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")


def test_without_a_second_row_of_heads_the_first_record_is_one(tmp_path: Path) -> None:
    heads = ["Respondent ID", "Collector ID", "Date Created", "Kommune", *QUESTIONS]
    records = [[f"1184{n}", "43", "", place, *given] for n, (place, given) in enumerate(GIVEN.items())]
    file, _ = drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", [heads, *records])))
    assert ("skip_rows" in file, told(tmp_path / "s")) == (False, GIVEN)
    # nor where somebody took out the numbers of all
    nameless = [["", "", *record[2:]] for record in records]
    file, _ = drafted(tmp_path / "t", "--from", str(written(tmp_path / "y.csv", [heads, *nameless])))
    assert ("skip_rows" in file, told(tmp_path / "t")) == (False, GIVEN)


def test_two_questions_with_the_same_parts_are_read_apart(tmp_path: Path) -> None:
    # more stands in the row of the parts than in that of the heads
    parts = ["Busse", "Rathaus", "Kurse", "Sport", "Schule"]
    heads = [
        "Respondent ID",
        "Collector ID",
        "Kommune",
        "Wie wichtig?",
        *[""] * 4,
        "Wie zufrieden?",
        *[""] * 4,
    ]
    levels = ["wichtig", "unwichtig"], ["zufrieden", "unzufrieden"]
    answers = {
        place: [of[int(sign)] for of, signs in zip(levels, given, strict=True) for sign in signs]
        for place, given in {"Adorf": ("01001", "01100"), "Bestadt": ("11010", "11001")}.items()
    }
    records = [[f"1184{n}", "43", place, *given] for n, (place, given) in enumerate(answers.items())]
    rows = [heads, ["", "", "Response", *parts, *parts], *records]
    file, read = drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", rows)))
    asked = [f"{question} [{part}]" for question in ("Wie wichtig?", "Wie zufrieden?") for part in parts]
    assert list(file["items"].values()) == asked
    assert field_of(tmp_path / "s") == ["Wie wichtig?", "Wie zufrieden?"]
    with (tmp_path / "s" / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["text_de"] for row in csv.DictReader(stream)] == parts * 2
    for respondent, given in zip(dict.fromkeys(who for who, _ in read), answers.values(), strict=True):
        assert [read[respondent, item] for item in file["items"]] == given


def test_qualtrics_puts_the_question_before_each_of_its_parts(tmp_path: Path) -> None:
    heads = ["ResponseId", "RecordedDate", "Q1", "Q2_1", "Q2_2", "Q2_3"]
    wordings = [
        "Response ID",
        "Recorded Date",
        "Kommune",
        *[f"Bitte antworten Sie: - {q}" for q in QUESTIONS],
    ]
    marks = [json.dumps({"ImportId": head}) for head in heads]
    records = [[f"R_{n}", f"2024-03-2{n}", place, *given] for n, (place, given) in enumerate(GIVEN.items())]
    drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", [heads, wordings, marks, *records])))
    assert told(tmp_path / "s") == GIVEN
    assert field_of(tmp_path / "s") == ["Bitte antworten Sie:"]


def test_google_forms_puts_each_part_in_brackets(tmp_path: Path) -> None:
    heads = ["Zeitstempel", "Kommune", *[f"Steuerung [{question}]" for question in QUESTIONS]]
    records = [
        [f"2024/03/2{n} 9:20:11 AM OEZ", place, *given] for n, (place, given) in enumerate(GIVEN.items())
    ]
    drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", [heads, *records])))
    assert told(tmp_path / "s") == GIVEN
    assert field_of(tmp_path / "s") == ["Steuerung"]
    assert "date = 2024-03-22" in (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")


def test_great_numbers_are_goalposts_in_full(tmp_path: Path) -> None:
    rows = [["Kommune", "Haushalt"], ["Adorf", "12345678"], ["Bestadt", "98765432"]]
    drafted(tmp_path / "s", "--from", str(written(tmp_path / "x.csv", rows)))
    made = tomllib.loads((tmp_path / "s" / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    assert [(scale["min"], scale["max"]) for scale in made["scale"]] == [(12345678, 98765432)]


def test_a_name_of_a_file_stays_what_it_is_on_the_console_and_in_files(tmp_path: Path) -> None:
    rows = [["Kommune", "A?", "B?"], ["Adorf", "ja", "nein"], ["Bestadt", "nein", "ja"]]
    name = 'x\nedition = "9"\n[[scale]]\nid = "boo"\n#\x1b[31m.csv'
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(written(tmp_path / name, rows)))
    shown = r'x\nedition = "9"\n[[scale]]\nid = "boo"\n#\u001b[31m.csv'
    assert (done.returncode, done.stdout.partition(": ")[0]) == (0, shown)
    text = (tmp_path / "s" / "instrument" / "instrument.toml").read_text(encoding="utf-8")
    assert shown in text.partition("\n")[0]
    made = tomllib.loads(text)
    assert (made["source"], made["edition"], len(made["scale"])) == (shown, "1", 1)
