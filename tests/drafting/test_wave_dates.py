"""The day of a wave: from a line above the heads, from what a tool notes, from the name; never silently another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from drafted_studies import drafted, written

from weltoffen_eval.drafting.wave_dates import find_date

WRITTEN = "2026-11-27"
ANSWERS = [["ja", "nein"], ["nein", "ja"], ["ja", "ja"]]


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
        # of this month the rest is still to come
        ("Stand: November 2026", WRITTEN),
        ("Stand: 15.3.24, 14:30 Uhr", "2024-03-15"),
        ("March 5, 2024", "2024-03-05"), ("As of 5 March 2024", "2024-03-05"), ("Mrz 2024", "2024-03-31"),
        # not the last of a line, but what is called so
        ("Stand: 15.03.2024, Gebiet vom 31.12.2025", "2024-03-15"),
        ("Gebiet vom 31.12.2025 – Stand der Antworten am 15.03.2024", "2024-03-15"),
        ("Rückmeldung bis 31.12.2027, Stand: März 2026", "2026-03-31"),
        ("Stand des Plans 2019 bis 2023, Umfrage vom 12.03.2024", "2024-03-12"),
        ("Rückfragen: Tel. 0511 20231201, Stand 12.03.2024", "2024-03-12"),
        ("Erhebung 12.03.2024, 0511/20251201", "2024-03-12"),
    ],
)  # fmt: skip
def test_a_title_says_of_when_a_table_is(line: str, day: str) -> None:
    found = find_date([line], "2023-01-02", "x.csv", WRITTEN)
    assert (found.day, found.told, line in found.whence) == (day, True, True)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Selbstcheck der Kommunen 2024", "2024-12-31"),
        ("Vorlage vom 01.02.2019, Stand 2024", "2024-12-31"),
        # of this year the rest is still to come
        ("Selbstcheck 2026", WRITTEN),
    ],
)
def test_a_year_alone_is_a_guess_that_gives_way_to_days_of_the_records(line: str, day: str) -> None:
    found = find_date([line], "", "x.csv", WRITTEN)
    assert (found.day, found.told, line in found.whence) == (day, False, True)
    assert find_date([line], "2024-01-31", "x.csv", WRITTEN).day == "2024-01-31"
    # and to a line that says more, even if that is not called the stand
    titles = [line, "Erhebung 15.02.2024"]
    assert find_date(titles, "2024-01-31", "x.csv", WRITTEN).day == "2024-02-15"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Umfrage zum Integrationsplan 2030", "x.csv"), ("Stand: 31.12.2099", "x.csv"),
        ("Rückmeldung bis 31.12.2027", "x.csv"), ("Antworten bis Januar 2027", "x.csv"),
        ("Antworten bis 28.11.2026", "x.csv"), ("Tel. 0511 20231201", "x.csv"),
        ("Alle Gemeinden", "umfrage_2030.csv"), ("Alle Gemeinden", "umfrage_2030-01-31.csv"),
    ],
)  # fmt: skip
def test_a_day_to_come_is_none_of_the_data(line: str, name: str) -> None:
    found = find_date([line], "", name, WRITTEN)
    assert (found.day, found.told, "was written" in found.whence) == (WRITTEN, False, True)
    assert find_date([line], "2024-01-31", name, WRITTEN).day == "2024-01-31"


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
    assert find_date(["Stand 15.13.2024"], "2024-02-20", "x.csv", WRITTEN).day == "2024-02-20"


def test_what_is_said_to_be_the_stand_goes_before_other_days() -> None:
    titles = ["Gebietsstand und Einwohner am 31.12.2025", "Stand: 15.03.2024"]
    assert find_date(titles, "", "x.csv", WRITTEN).day == "2024-03-15"


def test_days_to_come_in_columns_are_not_of_the_wave_even_if_a_tool_lost_the_day_of_the_file(
    tmp_path: Path,
) -> None:
    days = ["2024-03-01", "2098-12-31", "2024-03-02"]
    rows = [[name, day, *given] for name, day, given in zip("ABC", days, ANSWERS, strict=True)]
    rows.insert(0, ["Kommune", "Datum", "A?", "B?"])
    raw = written(tmp_path / "x.csv", rows)
    # as ZIP counts, the day of a file that has none
    os.utime(raw, (315_532_800, 315_532_800))
    drafted(tmp_path / "s", "--from", str(raw))
    assert "date = 2024-03-02" in (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")
