"""Columns that are missing, unknown, ignored: many are told in one line, and what is read is never ignored."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import ITEMS, clean, faults_of, told, write_study

from weltoffen_eval.raw.heads import fits

HEAD = "municipality,respondent,A1,A2,B1,B2"
PERSONS = 'perspective = "civil_society"'


def with_columns(folder: Path, names: list[str], keys: str = "") -> Path:
    rows = [",".join([HEAD, *names]), ",".join(["adorf,r1,1,1,1,1", *("x" for _ in names)])]
    return write_study(folder, ("a.csv", "\n".join(rows) + "\n"), keys=f"{PERSONS}\n{keys}")


def test_3000_unknown_columns_are_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    (fault,) = faults_of(with_columns(tmp_path, [f"time_{n}" for n in range(3000)]))
    assert fault.row == 1
    assert fault.found.startswith("3,000 columns")
    assert 'ignore = ["time_*"]' in fault.advice
    cleaned = clean(with_columns(tmp_path, [f"time_{n}" for n in range(3000)], 'ignore = ["time_*"]'))
    assert cleaned.cleaning_log["rule"].eq("column_ignored").sum() == 3000


def test_many_missing_items_are_one_line(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", "municipality,respondent\nadorf,r1\n"), keys=PERSONS)
    (fault,) = faults_of(folder)
    assert fault.found == "no column for 4 items: A1, A2, B1, B2"


def test_where_no_column_says_whose_answers_they_are_no_row_is_blamed(tmp_path: Path) -> None:
    text = "Ort,A1,A2,B1,B2\nadorf,1,1,1,1\nbestadt,2,1,1,1\n"
    faults = faults_of(write_study(tmp_path, ("a.csv", text)))
    assert told(faults) == [("a.csv", 1, ""), ("a.csv", 1, "Ort")]


def test_a_misspelt_heading_is_told_with_the_closest(tmp_path: Path) -> None:
    folder = write_study(
        tmp_path, ("a.csv", HEAD.replace("respondent", "respondant") + "\nadorf,r1,1,1,1,1\n"), keys=PERSONS
    )
    (fault,) = faults_of(folder)
    assert (fault.column, fault.advice) == ("respondant", "Did you mean 'respondent'?")


@pytest.mark.parametrize("pattern", ["A1", "A*", "*", "respondent", "municipality"])
def test_what_is_read_cannot_be_ignored(tmp_path: Path, pattern: str) -> None:
    faults = faults_of(with_columns(tmp_path, ["url"], f'ignore = ["{pattern}", "url"]'))
    assert told(faults) == [("study.toml", None, "a.csv ignore")]


@pytest.mark.parametrize("head", ["A1", "municipality", "perspective"])
def test_a_column_stands_for_one_thing(tmp_path: Path, head: str) -> None:
    text = HEAD.replace("respondent", "perspective") + "\nadorf,Politik,1,1,1,1\n"
    folder = write_study(
        tmp_path,
        ("a.csv", text),
        keys=f'perspective_column = "perspective"\ncolumns = {{ respondent = "{head}" }}',
    )
    assert ("a.csv", 1, head) in told(faults_of(folder))


@pytest.mark.parametrize(
    ("name", "pattern", "fitting"),
    [
        ("date_1", "date_*", True), ("date_", "date_*", True), ("mydate_1", "date_*", False), ("a_time", "*_time", True),
        ("G01Q02[SQ001]Time", "G01Q02[SQ001]*", True), ("G01Q02S", "G01Q02[SQ001]*", False), ("ab", "a*b", True), ("a", "a*a", False),
        ("aXbXc", "a*b*c", True), ("acb", "a*b*c", False), ("", "*", True), ("A", "a", False), ("a" * 5000, "*a" * 50 + "b", False),
    ],
)  # fmt: skip
def test_a_star_stands_for_any_letters_and_nothing_else_does(name: str, pattern: str, fitting: bool) -> None:
    assert fits(name, pattern) == fitting


def test_the_items_of_the_small_study_are_four() -> None:
    assert len(ITEMS.splitlines()) == 5


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("respondent", "respondant"), HEAD.replace("municipality", "wo"), HEAD.replace("A1", "X1"),
        HEAD + ",url", HEAD + "".join(f",time_{n}" for n in range(9)), "municipality,respondent",
        HEAD.replace("A2", "A1"), HEAD + ",",
    ],
)  # fmt: skip
def test_faults_of_a_heading_name_the_row_in_which_it_stands(tmp_path: Path, head: str) -> None:
    text = f"Rücklauf\n\n{head}\nadorf,r1" + ",1" * (head.count(",") - 1) + "\n"
    folder = write_study(tmp_path, ("a.csv", text), keys=f"{PERSONS}\nheader_row = 3")
    rows = [fault.row for fault in faults_of(folder) if fault.file == "a.csv"]
    # without a column for the municipality the record in row 4 has none
    assert rows[0] == 3 and set(rows) <= {3, 4}
