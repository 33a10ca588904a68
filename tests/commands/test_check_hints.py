"""What ``weltoffen check`` says beside faults: tries, unfinished records, rows left out, open guesses."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from pathlib import Path

import pytest

from weltoffen_eval.commands.main import main

HEADS = ["ResponseId", "StartDate", "Status", "Finished", "DistributionChannel", "Kommune", "Q1", "Q2"]
ORDER = ["rot", "grün", "blau"]


def export(folder: Path) -> Path:
    """An export of Qualtrics: record 3 is a preview, record 4 was not finished; nothing orders the answers."""
    rows = [HEADS, HEADS, [json.dumps({"ImportId": head}) for head in HEADS]]
    marks = [("IP Address", "True", "email"), ("Survey Preview", "True", "preview"),
             ("IP Address", "False", "email"), ("IP Address", "True", "email")]  # fmt: skip
    for number, mark in enumerate(marks):
        answers = [ORDER[number % 3], ORDER[(number + 1) % 3]]
        rows.append([f"R_{number}", "2024-06-01 10:00", *mark, "AACD"[number] + "dorf", *answers])
    path = folder / "q.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.fixture
def made(project: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """The folder that ``new`` makes of the export, and what it says."""
    assert main(["new", str(project / "s"), "--from", str(export(project))]) == 0
    return project / "s", capsys.readouterr().out


def said_by_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["check", str(folder)]) == 0
    return capsys.readouterr().out


def test_new_leaves_out_tries_keeps_what_was_not_finished_and_says_both(made: tuple[Path, str]) -> None:
    folder, said = made
    (file,) = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["file"]
    assert file["skip_rows"] == [2, 3, 5]
    assert file["incomplete"] == "keep"
    # one row is no number of rows
    assert (
        "\nrow 5 is skipped: tries, as the survey tool notes: previews, tests, spam, not approved; check.\n"
        in said
    )
    assert "\nrows 2, 3 are skipped: wordings and marks of Qualtrics.\n" in said
    assert "\nrow 6 is not finished, as the survey tool notes; it counts" in said


def test_check_counts_what_is_unfinished_or_left_out(
    made: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = made
    said = said_by_check(folder, capsys)
    assert "2024/q.csv: 1 record was not finished, as the survey tool notes, and counts (row 6)." in said
    assert "2024/q.csv: 3 rows are left out by skip_rows (rows 2, 3, 5)." in said
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace('"keep"', '"drop"').replace("[2, 3, 5]", "[2, 3]"), encoding="utf-8")
    said = said_by_check(folder, capsys)
    assert "1 record was not finished and is left out" in said
    assert (
        "1 record is a try, as the survey tool notes (a preview, a test, spam, not approved), and counts (row 5)."
        in said
    )


def test_an_order_that_nothing_says_is_told_until_somebody_has_looked(
    made: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, said = made
    assert "check skala-1: nothing says which of its answers means more" in said
    assert "(blau, grün, rot)" in said
    instrument = folder / "instrument" / "instrument.toml"
    lines = instrument.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, start=1) if "by the alphabet" in line)
    assert f"instrument/instrument.toml, line {at}: the answers of skala-1" in said_by_check(folder, capsys)
    marks = sum("# " in line and "check" in line for line in lines[1:])
    assert f"instrument/instrument.toml {marks}." in said_by_check(folder, capsys)
    looked = [re.sub(r"# .*\bcheck\b.*", "", line) for line in lines[1:]]
    instrument.write_text("\n".join([lines[0], *looked]), encoding="utf-8")
    said = said_by_check(folder, capsys)
    assert "alphabet" not in said
    assert "instrument.toml" not in said


def test_a_study_that_nobody_drafted_has_no_open_guesses(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = project / "data" / "raw" / "mini" / "study.toml"
    study.write_text(study.read_text(encoding="utf-8") + "\n# check: the date\n", encoding="utf-8")
    assert "Guesses" not in said_by_check(project / "data" / "raw" / "mini", capsys)


def test_what_is_planned_stands_between_no_and_yes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "amt.csv"
    path.write_text("Kommune;F1;F2\nA;ja;nein\nB;geplant;ja\nC;nein;geplant\nD;k. A.;ja\n", encoding="utf-8")
    assert main(["new", str(project / "amt"), "--from", str(path)]) == 0
    assert "alphabet" not in capsys.readouterr().out
    made = tomllib.loads((project / "amt" / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    assert [option["label"]["de"] for option in made["scale"][0]["options"]] == ["nein", "geplant", "ja"]
