"""What new guesses of everyday exports: whose answers they are, in which order, and which columns are personal."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from weltoffen_eval.study.questionnaire.files import load_instrument

Call = Callable[..., CompletedProcess[str]]
AGREEMENT = ("trifft nicht zu", "teils, teils", "trifft zu")


def survey(path: Path, people: int) -> Path:
    """So many people of each of two quarters, as an app for surveys exports them."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["_uuid", "Stadtteil", "Ich fühle mich wohl.", "Meine Meinung ist gefragt."])
        for number in range(2 * people):
            answers = (AGREEMENT[number % 3], AGREEMENT[number // 3 % 3])
            writer.writerow([f"u{number}", ("Hafen", "Altstadt")[number % 2], *answers])
    return path


@pytest.mark.parametrize(("people", "whose"), [(30, "residents"), (2, "administration")])
def test_many_records_of_a_municipality_are_of_persons(
    weltoffen: Call, tmp_path: Path, people: int, whose: str
) -> None:
    done = weltoffen("new", str(tmp_path / "study"), "--from", str(survey(tmp_path / "umfrage.csv", people)))
    assert done.returncode == 0, done.stderr
    told = tomllib.loads((tmp_path / "study" / "study.toml").read_text(encoding="utf-8"))
    assert told["file"][0]["perspective"] == whose
    # without it no report would show them
    assert told.get("report") == ({"perspective": "residents"} if whose == "residents" else None)
    assert weltoffen("check", str(tmp_path / "study")).returncode == 0


def test_yes_in_part_planned_and_no_stand_in_their_order_and_a_contact_that_is_there_is_an_answer(
    weltoffen: Call, tmp_path: Path
) -> None:
    path = tmp_path / "abfrage.csv"
    rows = ["Gemeinde,Feste Ansprechperson,Kurse vor Ort,Ansprechpartner"]
    for number, answer in enumerate(("ja", "teilweise", "nein", "in Planung", "ja", "nein")):
        rows.append(
            f"{chr(65 + number)}dorf,{answer},{'nein' if number % 2 else 'in Planung'},Eva Muster {number}"
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = weltoffen("new", str(tmp_path / "study"), "--from", str(path))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "study"
    items = (folder / "instrument" / "items.csv").read_text(encoding="utf-8")
    assert "Feste Ansprechperson" in items
    assert "Ansprechpartner" not in items
    scales = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))["scale"]
    labels = [option["label"]["de"] for option in max(scales, key=lambda s: len(s["options"]))["options"]]
    assert labels == ["nein", "in Planung", "teilweise", "ja"]


def test_a_run_says_that_answers_stand_in_an_order_that_nothing_says(weltoffen: Call, tmp_path: Path) -> None:
    path = tmp_path / "abfrage.csv"
    rows = [
        "Gemeinde,Kurse vor Ort",
        *(f"{chr(65 + n)}dorf,{('rot', 'gelb', 'blau')[n % 3]}" for n in range(6)),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    folder = tmp_path / "study"
    assert weltoffen("new", str(folder), "--from", str(path)).returncode == 0
    said = "stand by the alphabet, since nothing said which means more. Scores mean nothing"
    call = ("run", str(folder), "-n", "selfcheck", "-m", "adorf", "--dry-run")
    assert said in weltoffen(*call).stderr
    instrument = folder / "instrument" / "instrument.toml"
    instrument.write_text(instrument.read_text(encoding="utf-8").replace("check", "seen"), encoding="utf-8")
    assert said not in weltoffen(*call).stderr


def test_a_run_that_shows_nobody_says_who_answered_and_how_to_show_them(
    weltoffen: Call, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    done = weltoffen("new", str(folder), "--from", str(survey(tmp_path / "umfrage.csv", 30)))
    assert "perspective: residents." in done.stdout
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8")
    assert "[report]" in text
    study.write_text(text[: text.index("[report]")], encoding="utf-8")
    done = weltoffen("run", str(folder), "--dry-run")
    assert done.stderr.strip() == (
        "weltoffen run: no report was made: there is no answer of an administration (questionnaire) in what was "
        "asked for; residents (questionnaire) answered. To report on these: "
        '[report] with perspective = "residents" in study.toml.'
    )
    study.write_text(text, encoding="utf-8")
    assert weltoffen("run", str(folder), "--dry-run").stderr == ""


@pytest.mark.parametrize("head", ["lfdnr", "LfdNr", "lfdn", "Lfd. Nummer"])
def test_a_running_number_is_who_answered_and_no_question(weltoffen: Call, tmp_path: Path, head: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{head},Kommune,A,B\n1,Adorf,0,4\n2,Bestadt,3,1\n3,Cedorf,2,2\n", encoding="utf-8")
    assert weltoffen("new", str(tmp_path / "s"), "--from", str(path)).returncode == 0
    (file,) = tomllib.loads((tmp_path / "s" / "study.toml").read_text(encoding="utf-8"))["file"]
    assert file["columns"] == {"municipality": "Kommune", "respondent": head}
    assert (tmp_path / "s" / "instrument" / "items.csv").read_text(encoding="utf-8").count("\n") == 3


def test_what_is_no_answer_is_called_as_usual_and_found_as_it_is_spelt(
    weltoffen: Call, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "Kommune,A,B\nAdorf,ja,k. A.\nBestadt,w.n.,nein\nCedorf,n/a,ja\nDehof,k.A.,ja\n", encoding="utf-8"
    )
    assert weltoffen("new", str(tmp_path / "s"), "--from", str(path)).returncode == 0
    read = tomllib.loads((tmp_path / "s" / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    told = {one["kind"]: (one["label"]["de"], one["aliases"]) for one in read["scale"][0]["non_answers"]}
    assert told == {
        "skipped": ("keine Angabe", ["k. A.", "k.A."]),
        "dont_know": ("weiß nicht", ["w.n."]),
        "not_applicable": ("entfällt", ["n/a"]),
    }
    assert weltoffen("check", str(tmp_path / "s")).returncode == 0


def test_what_is_left_aside_is_called_what_it_seems_to_be_and_reversed_questions_are_asked_for(
    weltoffen: Call, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    lines = ["Kommune,Ich fühle mich ausgeschlossen.,Ich bin gern hier.,Vereinsmitglied,Haus"]
    for n, (one, two) in enumerate(((0, 2), (1, 1), (2, 0))):
        lines.append(f"{n}dorf,{AGREEMENT[one]},{AGREEMENT[two]},{('ja', 'nein')[n % 2]},{'abc'[n]}")
    path.write_text("\n".join(lines).replace("teils, teils", "teils/teils") + "\n", encoding="utf-8")
    done = weltoffen("new", str(tmp_path / "s"), "--from", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nitems: 2 on 1 scale.\n" in done.stdout
    assert "may tell who answers; check: Vereinsmitglied." in done.stdout
    assert "neither an answer nor a unit, as it seems; check: Haus." in done.stdout
    assert (
        "\ncheck instrument/items.csv: direction is 1 everywhere; write -1 for each question" in done.stdout
    )


def test_with_a_questionnaire_a_column_of_numbers_is_called_numbers(weltoffen: Call, tmp_path: Path) -> None:
    instrument = load_instrument("selbstcheck-2")
    first = instrument.items[0].id
    path = tmp_path / "x.csv"
    path.write_text(f"Kommune,{first},Plätze\nAdorf,4,12\nBdorf,2,40\nCdorf,1,55\n", encoding="utf-8")
    done = weltoffen("new", str(tmp_path / "s"), "--from", str(path), "--instrument", "selbstcheck-2")
    assert done.returncode == 0, done.stderr
    assert "left aside, numbers, which no question asks for, as it seems; check: Plätze." in done.stdout
    assert "direction is 1" not in done.stdout
