"""Grades, of which 1 is best: what says so in a file, wherever it stands, is read by new."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from calls import call_within
from drafted_studies import drafted, written
from places import ROOT
from small_studies import clean

SERVICES = ["Bürgerbüro", "Ausländerbehörde", "Standesamt"]
#: Grades of three services by six municipalities; each of 1 to 6 is given to each.
GRADES = [[(row + column) % 6 + 1 for column in range(3)] for row in range(6)]


def sheet(
    path: Path, heads: list[str], above: list[list[str]], below: list[list[str]], delimiter: str = ";"
) -> Path:
    records = [[f"{'ABCDEF'[row]}dorf", *GRADES[row]] for row in range(6)]
    return written(path, [*above, ["Gemeinde", *heads], *records, *below], delimiter)


def points_of(folder: Path) -> list[dict[int, float]]:
    read: list[dict[str, Any]] = tomllib.loads(
        (folder / "instrument" / "instrument.toml").read_text(encoding="utf-8")
    )["scale"]
    return [{option["code"]: option["points"] for option in scale["options"]} for scale in read]


BEST_IS_1 = {grade: 120 - 20 * grade for grade in range(1, 7)}
BEST_IS_6 = {grade: 20 * grade - 20 for grade in range(1, 7)}


@pytest.mark.parametrize(
    ("form", "above", "below"),
    [
        ("{} (1 = sehr gut)", [], []),
        ("Benotung {}", [], []),
        ("{}", [["Schulnoten für unsere Dienste, Stand 15.03.2024"]], []),
        ("{}", [["Bewertung (1 = sehr gut, 6 = ungenügend), Stand 15.03.2024"]], []),
        ("{}", [], [["1 = sehr gut, 6 = ungenügend"]]),
        ("{}", [], [["Hinweis: 1 = sehr gut"]]),
        # in as many cells as the table has, and as a comma parts it
        ("{}", [], [["1 = sehr gut, 6 = ungenügend", "", "", ""]]),
        ("{}", [], [["1 = sehr gut", " 6 = ungenügend", "", ""]]),
        ("{}", [], [["1 = sehr gut", " 6 = ungenügend"]]),
    ],
)
def test_1_has_all_points_where_a_head_a_title_or_a_remark_says_so(
    tmp_path: Path, form: str, above: list[list[str]], below: list[list[str]]
) -> None:
    folder = tmp_path / "s"
    heads = [form.format(service) for service in SERVICES]
    drafted(folder, "--from", str(sheet(tmp_path / "x.csv", heads, above, below)))
    assert points_of(folder) == [BEST_IS_1]
    # each cell is an answer, and no row of a remark is a municipality
    assert len(clean(folder).responses) == 18
    assert "nothing said whether the highest" not in call_within(ROOT, "check", str(folder)).stdout


def test_a_remark_below_a_single_column_is_no_municipality_and_says_which_grade_is_best(
    tmp_path: Path,
) -> None:
    rows = [["Gemeinde", "Bürgerbüro"], *([f"{'ABCDEF'[n]}dorf", n + 1] for n in range(6)), ["1 = sehr gut"]]
    folder = tmp_path / "s"
    drafted(folder, "--from", str(written(tmp_path / "x.csv", rows, ";")))
    assert (points_of(folder), len(clean(folder).responses)) == ([BEST_IS_1], 6)


def test_the_head_of_a_column_says_more_than_a_title(tmp_path: Path) -> None:
    heads = ["Bürgerbüro", "Standesamt", "Kurse (6 = sehr gut)"]
    path = sheet(tmp_path / "x.csv", heads, [["Schulnoten: 1 = sehr gut, 6 = ungenügend"]], [])
    drafted(tmp_path / "s", "--from", str(path))
    assert points_of(tmp_path / "s") == [BEST_IS_1, BEST_IS_6]


@pytest.mark.parametrize(
    ("above", "below"),
    [([], []), ([["Noten: 1 = sehr gut"]], [["1 = ungenügend"]]), ([["Dienste 2024"]], [])],
)
def test_where_nothing_says_it_or_two_say_two_things_it_is_asked(
    tmp_path: Path, above: list[list[str]], below: list[list[str]]
) -> None:
    path = sheet(tmp_path / "x.csv", SERVICES, above, below)
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert points_of(tmp_path / "s") == [BEST_IS_6]
    assert (
        "check skala-1: from the least to the most its answers are 1, 2, 3, 4, 5, 6; nothing" in done.stdout
    )


def test_after_points_were_turned_round_check_says_what_stands_there_though_the_mark_is_left(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "s"
    drafted(folder, "--from", str(sheet(tmp_path / "x.csv", SERVICES, [], [])))
    assert "now it has 100 points. Where 1 is best" in call_within(ROOT, "check", str(folder)).stdout
    path = folder / "instrument" / "instrument.toml"
    text = path.read_text(encoding="utf-8")
    for grade in range(1, 7):
        text = text.replace(
            f"code = {grade}, points = {BEST_IS_6[grade]},", f"code = {grade}, points = {BEST_IS_1[grade]},"
        )
    path.write_text(text, encoding="utf-8")
    assert points_of(folder) == [BEST_IS_1]
    said = call_within(ROOT, "check", str(folder)).stdout
    assert "now it has 100 points" not in said
    assert "now the lowest has most points. Where that is right, delete the mark." in said


def test_ids_of_a_file_are_of_one_kind(tmp_path: Path) -> None:
    for number, heads in enumerate((["Standesamt", "Kurse vor Ort", "Bad"], ["Standesamt", "Kurse", "Bad"])):
        folder = tmp_path / f"s{number}"
        drafted(folder, "--from", str(sheet(tmp_path / f"{number}.csv", heads, [], [])))
        rows = (folder / "instrument" / "items.csv").read_text(encoding="utf-8").splitlines()[1:]
        ids = [row.partition(",")[0] for row in rows]
        assert ids == (["f01", "f02", "f03"] if number == 0 else heads)
