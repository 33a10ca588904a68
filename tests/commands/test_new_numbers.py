"""What new makes of numbers: steps of a scale with the end that means most, or something that is counted."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from calls import call_within
from drafted_studies import drafted, written
from places import ROOT
from small_studies import clean

AGREEMENT = ["stimme gar nicht zu", "stimme eher nicht zu", "teils/teils", "stimme eher zu", "stimme voll zu"]
#: Six records with two questions of agreement beside what is tried.
BESIDE = [[AGREEMENT[n % 5], AGREEMENT[(2 * n + 1) % 5]] for n in range(6)]


def export(path: Path, columns: dict[str, list[Any]]) -> Path:
    rows = [["Kommune", "Rathaus gut erreichbar", "Meine Meinung zählt", *columns]]
    for n, (one, two) in enumerate(BESIDE):
        rows.append([f"{chr(65 + n)}dorf", one, two, *(values[n] for values in columns.values())])
    return written(path, rows)


def scales_of(folder: Path) -> dict[str, dict[str, Any]]:
    read = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    return {scale["id"]: scale for scale in read["scale"]}


def questions_of(folder: Path) -> list[str]:
    lines = (folder / "instrument" / "items.csv").read_text(encoding="utf-8").splitlines()
    return [line.split(",", 5)[5] for line in lines[1:]]


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Wie viele Jahre wohnen Sie hier?", [0, 3, 17, 41, 60, 8]),
        ("Wie viele Jahre wohnen Sie hier? (wenige)", [0, 1, 2, 3, 4, 2]),
        ("Jahr der Gründung", [1987, 2001, 2015, 2016, 2020, 1999]),
        ("Anteil mit Migrationshintergrund in %", [12, 30, 55, 8, 100, 0]),
        ("Anteil", ["12 %", "30 %", "55 %", "8 %", "100 %", "0 %"]),
        ("Mittel je Jahr in Euro", ["12.000", "7.500", "120.000", "3.000", "900", "0"]),
        ("Mittel", ["1200,50", "800,00", "99,90", "0", "12,5", "3"]),
        ("Gebiet", ["31134", "03252", "99084", "01067", "80331", "10115"]),
        ("Kinder im Haushalt", [0, 1, 2, 3, 1, 0]),
        ("Anzahl der Beratungen", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_numbers_that_count_measure_or_date_something_are_left_aside_and_that_is_said(
    tmp_path: Path, head: str, values: list[Any]
) -> None:
    folder, path = tmp_path / "s", export(tmp_path / "x.csv", {head: values})
    done = call_within(ROOT, "new", str(folder), "--from", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "left aside, numbers, which are no answers on a scale" in done.stdout
    assert questions_of(folder) == ["Rathaus gut erreichbar", "Meine Meinung zählt"]
    (file,) = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["file"]
    assert file["ignore"] == [head]
    checked = call_within(ROOT, "check", str(folder))
    assert checked.returncode == 0, checked.stderr
    assert "columns of numbers are left aside" in checked.stdout
    comment = (folder / "instrument" / "instrument.toml").read_text(encoding="utf-8")
    assert f'= "{head}" }}' in comment


def test_a_number_that_was_left_aside_is_taken_in_as_the_comment_says(tmp_path: Path) -> None:
    head = "Wie viele Jahre wohnen Sie hier?"
    folder = tmp_path / "s"
    drafted(folder, "--from", str(export(tmp_path / "x.csv", {head: [0, 3, 17, 41, 60, 8]})))
    said = (folder / "instrument" / "instrument.toml").read_text(encoding="utf-8")
    assert "(0 to 60 occur)" in said
    row, item = re.findall(r"^# items\.csv: (.*)$", said, re.M)[0], re.findall(r'…, (".*") \}', said)[0]
    scale = said[said.index("# [[scale]]") :].replace("# ", "").replace("min = …  0", "min = 0  # 0")
    scale = scale.replace("max = …  100", "max = 60  # 100").replace("…", "60")
    (folder / "instrument" / "instrument.toml").write_text(
        said[: said.index("# check: columns")] + scale, encoding="utf-8"
    )
    with (folder / "instrument" / "items.csv").open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")
    study = (folder / "study.toml").read_text(encoding="utf-8")
    study = re.sub(r"ignore = \[.*?\]\n", "", study, flags=re.S)
    study = re.sub(r"^items = \{ (.*) \}$", rf"items = {{ \1, {item} }}", study, flags=re.M)
    (folder / "study.toml").write_text(study, encoding="utf-8")
    rows = clean(folder).responses
    assert rows.loc[rows["item"] == row.split(",")[0], "value"].tolist() == [0, 3, 17, 41, 60, 8]


@pytest.mark.parametrize(
    ("heads", "values", "options"),
    [
        # two that share their values, and one alone
        (["Bildung", "Wohnen"], [1, 3, 7, 4, 2, 6], [1, 2, 3, 4, 5, 6, 7]),
        (["Wie gern leben Sie hier?"], [0, 3, 10, 8, 2, 6], [*range(11)]),
        (["Wie zufrieden sind Sie?"], [1, 3, 5, 4, 2, 5], [1, 2, 3, 4, 5]),
        (["Wie zufrieden waren Sie in den letzten Jahren?"], [1, 3, 5, 4, 2, 5], [1, 2, 3, 4, 5]),
        # 98 is no answer
        (["Bildung", "Wohnen"], [1, 3, 5, 98, 2, 4], [1, 2, 3, 4, 5]),
    ],
)
def test_steps_from_low_to_high_are_a_scale(
    tmp_path: Path, heads: list[str], values: list[int], options: list[int]
) -> None:
    columns = {head: [*values[n:], *values[:n]] for n, head in enumerate(heads)}
    folder = tmp_path / "s"
    done = call_within(ROOT, "new", str(folder), "--from", str(export(tmp_path / "x.csv", columns)))
    assert (done.returncode, done.stderr) == (0, "")
    assert "numbers, which are no answers" not in done.stdout
    assert questions_of(folder)[2:] == heads
    (scale,) = [one for one in scales_of(folder).values() if one["options"][0]["label"]["de"].isdigit()]
    assert [option["code"] for option in scale["options"]] == options
    assert scale["about"] == "other"
    # of numbers from 1 on the least may be the best: that is said until somebody has looked
    said = call_within(ROOT, "check", str(folder)).stdout
    assert ("nothing said whether the highest means most" in said) is (options[0] == 1)


GRADES = ["sehr gut", "gut", "befriedigend", "ausreichend", "mangelhaft", "ungenügend"]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("{} (Schulnote)", ["1", "2", "3", "4", "5", "6"]),
        ("{}: 1 = sehr gut, 6 = ungenügend", ["1", "2", "3", "4", "5", "6"]),
        ("{}", [f"{n} – {word}" for n, word in enumerate(GRADES, start=1)]),
        ("{}", [f"{word} ({n})" for n, word in enumerate(GRADES, start=1)]),
        ("{}", GRADES),
    ],
)
def test_of_grades_1_has_all_points_however_they_are_written(
    tmp_path: Path, head: str, cells: list[str]
) -> None:
    columns = {head.format(name): [cells[(n + k) % 6] for n in range(6)] for k, name in enumerate("AB")}
    folder = tmp_path / "s"
    drafted(folder, "--from", str(export(tmp_path / "x.csv", columns)))
    (scale,) = [one for one in scales_of(folder).values() if len(one["options"]) == 6]
    points = {option["label"]["de"]: option["points"] for option in scale["options"]}
    assert points == {cell: 100 - 20 * n for n, cell in enumerate(cells)}


def test_grades_and_agreement_in_the_same_numbers_are_two_scales(tmp_path: Path) -> None:
    values = [1, 2, 3, 4, 5, 1]
    columns = {
        "Busse (Note)": values,
        "Straßen (Note)": values[::-1],
        "Busse: 1 = stimme gar nicht zu, 5 = stimme voll zu": values,
        "Straßen: 1 = stimme gar nicht zu, 5 = stimme voll zu": values[::-1],
    }
    folder = tmp_path / "s"
    drafted(folder, "--from", str(export(tmp_path / "x.csv", columns)))
    points = [
        {option["code"]: option["points"] for option in scale["options"]}
        for scale in scales_of(folder).values()
        if scale["options"][0]["label"]["de"].isdigit()
    ]
    assert sorted((one[1], one[5]) for one in points) == [(0, 100), (100, 0)]


def test_where_nothing_else_may_be_an_answer_numbers_are_and_their_ends_are_asked_for(tmp_path: Path) -> None:
    rows = [["Kommune", "Teilhabe", "Wohnen"], ["Adorf", 0, 61], ["Bestadt", 25, 100], ["Cedorf", 75, 8]]
    folder = tmp_path / "s"
    drafted(folder, "--from", str(written(tmp_path / "x.csv", rows)))
    assert scales_of(folder)["zahl"]["max"] == 100
    said = call_within(ROOT, "check", str(folder)).stdout
    assert "the points of zahl go from the least to the greatest number that occurs" in said


def test_lines_in_the_names_of_choices_are_blanks_in_reports(tmp_path: Path) -> None:
    named = [text.replace(" ", "_") for text in AGREEMENT]
    rows = [["Kommune", "A", "B"], *([f"{n}dorf", named[n], named[4 - n]] for n in range(5))]
    folder = tmp_path / "s"
    drafted(folder, "--from", str(written(tmp_path / "x.csv", rows)))
    (scale,) = scales_of(folder).values()
    assert [option["label"]["de"] for option in scale["options"]] == AGREEMENT
    rows_read = clean(folder).responses
    assert sorted(rows_read.loc[rows_read["item"] == "A", "code"]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("answers", "about"),
    [
        (AGREEMENT, "other"),
        (["nicht umgesetzt", "geplant", "teilweise umgesetzt", "umgesetzt", "fest verankert"], "implementation"),
        # in no order that is known: which of them says that something is there?
        (["nicht umgesetzt", "geplant", "teilweise umgesetzt", "umgesetzt", "anders"], "other"),
    ],
)  # fmt: skip
def test_what_a_scale_is_about_is_guessed_from_its_words(
    tmp_path: Path, answers: list[str], about: str
) -> None:
    rows = [["Kommune", "A", "B"], *([f"{n}dorf", answers[n], answers[4 - n]] for n in range(5))]
    folder = tmp_path / "s"
    drafted(folder, "--from", str(written(tmp_path / "x.csv", rows)))
    (scale,) = scales_of(folder).values()
    assert scale["about"] == about
