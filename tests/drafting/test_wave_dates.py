"""The day of a wave: from a line above the heads, from what a tool notes, from the name; never silently another."""

from __future__ import annotations

import pytest

from weltoffen_eval.drafting.wave_dates import find_date

WRITTEN = "2026-11-27"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Stand 15.03.2024", "2024-03-15"),
        ("Abfrage der Gemeinden – Stand: 5. 3. 2024", "2024-03-05"),
        ("Stand 2024-03-15", "2024-03-15"),
        ("Erhebung vom 01.02.2024 bis 15.03.2024", "2024-03-15"),
        ("Stand: 15. März 2024", "2024-03-15"),
        ("Rückmeldungen März 2024", "2024-03-31"),
        ("Selbstcheck 02/2024", "2024-02-29"),
        ("Selbstcheck der Kommunen 2024", "2024-12-31"),
        # of this year the rest is still to come
        ("Selbstcheck 2026", WRITTEN),
    ],
)  # fmt: skip
def test_a_title_says_of_when_a_table_is(line: str, day: str) -> None:
    found = find_date([line], "2023-01-02", "x.csv", WRITTEN)
    assert (found.day, found.told, line in found.whence) == (day, True, True)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("export_2024-03-15.csv", "2024-03-15"), ("results-survey123456_20240315.csv", "2024-03-15"),
        ("Rücklauf 15.03.2024.xlsx", "2024-03-15"), ("Selbstcheck 2024.xlsx", "2024-12-31"),
        ("2024_03_Rücklauf.xlsx", "2024-03-31"), ("Stand_März_2024.xlsx", "2024-03-31"),
    ],
)  # fmt: skip
def test_the_name_of_the_file_says_it_where_nothing_in_it_does(name: str, day: str) -> None:
    found = find_date(["Abfrage der Gemeinden"], "", name, WRITTEN)
    assert (found.day, "of the file's name" in found.whence) == (day, True)
    # what a tool notes of its records is nearer to them
    assert find_date([], "2024-01-31", name, WRITTEN).day == "2024-01-31"


@pytest.mark.parametrize(
    "name", ["results-survey202415.csv", "export.csv", "Musterstadt_12345.csv", "Vergleich 2019-2024.xlsx"]
)
def test_where_nothing_says_a_day_it_is_that_of_the_file_and_said(name: str) -> None:
    found = find_date(["Alle Gemeinden"], "", name, WRITTEN)
    assert (found.day, found.told) == (WRITTEN, False)
    assert "the day on which the file was written" in found.whence


def test_a_day_that_is_none_is_not_taken() -> None:
    assert find_date(["Stand 31.02.2024"], "2024-02-20", "x.csv", WRITTEN).day == "2024-02-29"
    assert find_date(["Stand 15.13.2024"], "2024-02-20", "x.csv", WRITTEN).day == "2024-12-31"


def test_what_is_said_to_be_the_stand_goes_before_other_days() -> None:
    titles = ["Gebietsstand und Einwohner am 31.12.2025", "Stand: 15.03.2024"]
    assert find_date(titles, "", "x.csv", WRITTEN).day == "2024-03-15"
