"""Workshops of the example are as workshops are."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pytest
from places import ROOT

EXAMPLE = ROOT / "data" / "raw" / "beispiel"
INSTRUMENTS = ROOT / "weltoffen_eval" / "instruments"
WAVES = {"2021": "selbstcheck-1", "2024": "selbstcheck-2"}


def rows(path: str) -> list[dict[str, str]]:
    with (EXAMPLE / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def groups(wave: str) -> dict[str, Counter[str]]:
    """Persons by group of every workshop that rated, whether items or fields."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(f"{wave}/workshop.csv"):
        found[row["municipality"]][row["Gruppe"]] += 1
    persons = {
        (r["municipality"], r["respondent"], r["perspective"]) for r in rows(f"{wave}/workshop_felder.csv")
    }
    for municipality, _, group in persons:
        found[municipality][group] += 1
    return found


@pytest.mark.parametrize("wave", WAVES)
def test_12_to_45_people_came_and_few_of_them_from_business(wave: str) -> None:
    held = groups(wave)
    sizes = {key: counted.total() for key, counted in held.items()}
    assert set(sizes.values()) <= set(range(12, 46))
    assert sizes["silbenhausen"] == 45
    assert wave == "2024" or sizes["fabelstadt"] == 12
    for counted in held.values():
        assert set(counted) == {"Verwaltung", "Politik", "Zivilgesellschaft", "Wirtschaft"}
        assert 1 <= counted["Wirtschaft"] <= 4
        assert counted["Verwaltung"] + counted["Zivilgesellschaft"] > counted.total() / 2


@pytest.mark.parametrize("wave", WAVES)
def test_a_person_rates_two_of_the_fields_worked_on(wave: str) -> None:
    with (INSTRUMENTS / WAVES[wave] / "items.csv").open(encoding="utf-8", newline="") as stream:
        field_of = {row["item"]: row["dimension"] for row in csv.DictReader(stream)}
    worked_on = defaultdict(set)
    for row in rows(f"{wave}/workshop.csv"):
        rated = {field_of[item] for item in field_of if row[item]}
        assert len(rated) == 2, row["municipality"]
        worked_on[row["municipality"]] |= rated
    assert {len(fields) for fields in worked_on.values()} == {3, 4}
    # who chose four fields, works on these
    assert worked_on["silbenstadt"] <= {"management", "opening", "engagement", "communication"}


@pytest.mark.parametrize("wave", WAVES)
def test_some_workshops_give_one_number_per_field(wave: str) -> None:
    ratings = rows(f"{wave}/workshop_felder.csv")
    assert {row["municipality"] for row in ratings} == {
        "probestadt",
        "probehausen",
        "vokabelhausen",
        "vokabelfelde",
    }
    assert all(0 <= int(row["rating"]) <= 100 and int(row["rating"]) % 5 == 0 for row in ratings)
    of_person = Counter((row["municipality"], row["respondent"]) for row in ratings)
    assert set(of_person.values()) == {2}


def test_some_workshops_left_notes_only() -> None:
    notes = rows("2021/workshop_notizen.csv")
    noted = {row["municipality"] for row in notes}
    assert noted == {"kommastadt", "fabelfelde"}
    assert not noted & groups("2021").keys()
    assert {row["kind"] for row in notes} == {"strength", "need", "idea"}
    assert all(row["text"].endswith(".") and row["released"] == "no" for row in notes)
