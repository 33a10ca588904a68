"""The administrations of the example answer in three ways, and a Landkreis says where it is not in charge."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pytest
from places import ROOT

EXAMPLE = ROOT / "data" / "raw" / "beispiel"
INSTRUMENTS = ROOT / "weltoffen_eval" / "instruments"
DELIMITERS = {"2021": ",", "2024": ";"}
EDITIONS = {"2021": "selbstcheck-1", "2024": "selbstcheck-2"}
NOT_OURS = {"99", "nicht zuständig oder trifft hier nicht zu"}


def rows(wave: str, name: str) -> list[dict[str, str]]:
    with (EXAMPLE / wave / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=DELIMITERS[wave]))


def items(wave: str) -> list[dict[str, str]]:
    with (INSTRUMENTS / EDITIONS[wave] / "items.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def kinds() -> dict[str, str]:
    with (EXAMPLE / "municipalities.csv").open(encoding="utf-8", newline="") as stream:
        return {row["municipality"]: row["kind"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("wave", DELIMITERS)
def test_a_municipality_answers_in_one_of_three_ways(wave: str) -> None:
    ways = [
        {row["municipality"] for row in rows(wave, name)} for name in ("verwaltung", "meinungen", "aemter")
    ]
    assert len(set.union(*ways)) == sum(map(len, ways)) == 35  # one is missing in each wave
    assert ways[2] == {"tintenstadt", "vokabelhausen", "probefelde"}
    sheets = Counter(row["municipality"] for row in rows(wave, "meinungen"))
    assert sheets == {"modellstadt": 3, "probehausen": 2, "modellfelde": 4}
    assert set(Counter(row["municipality"] for row in rows(wave, "verwaltung")).values()) == {1}


@pytest.mark.parametrize("wave", DELIMITERS)
def test_offices_answer_the_questionnaire_between_them(wave: str) -> None:
    answered, of_office = defaultdict(set), defaultdict(set)
    for row in rows(wave, "aemter"):
        answered[row["municipality"]].add(row["item"])
        of_office[row["municipality"], row["respondent"]].add(row["item"])
    assert min(map(len, answered.values())) > 95
    assert max(map(len, of_office.values())) < 70
    offices = Counter(key for key, _ in of_office)
    assert offices == {"tintenstadt": 3, "vokabelhausen": 3, "probefelde": 4}


def test_where_all_offices_were_asked_it_is_said_whose_answer_counts_but_for_one() -> None:
    with (EXAMPLE / "zustaendig.csv").open(encoding="utf-8", newline="") as stream:
        responsible = {row["item"]: row["respondent"] for row in csv.DictReader(stream)}
    asked = defaultdict(set)
    for row in rows("2021", "aemter"):
        asked[row["item"]].add(row["respondent"])
    of_all = {
        item for item, offices in asked.items() if {"Hauptamt", "Sozialamt", "Stadtentwicklung"} <= offices
    }
    assert of_all == {"MS04", "MS13", "IO10"}
    assert responsible.keys() == of_all - {"MS04"}
    assert all(office in asked[item] for item, office in responsible.items())


@pytest.mark.parametrize("wave", DELIMITERS)
def test_who_is_not_in_charge_says_so_and_gives_no_answer(wave: str) -> None:
    of_item = {row["item"]: row["applies_to"].split(";") for row in items(wave) if row["applies_to"]}
    said: Counter[str] = Counter()
    for row in rows(wave, "verwaltung") + rows(wave, "meinungen"):
        for item, applies_to in of_item.items():
            if kinds()[row["municipality"]] not in applies_to:
                said[row[item].strip()] += 1
    for row in rows(wave, "aemter"):
        if row["item"] in of_item and kinds()[row["municipality"]] not in of_item[row["item"]]:
            said[row["response"]] += 1
    assert said.keys() <= NOT_OURS | {""}
    assert sum(said[text] for text in NOT_OURS) > 3 * said[""] > 0


def test_the_waves_hold_the_oddities_of_real_life() -> None:
    first = {row["municipality"]: row for row in rows("2021", "verwaltung")}
    last = {row["municipality"] for row in rows("2024", "verwaltung")}
    fields = defaultdict(list)
    for row in items("2021"):
        fields[row["dimension"]].append(row["item"])
    for key in ("silbenstadt", "kommahausen"):
        chosen = {name for name, of_field in fields.items() if any(first[key][item] for item in of_field)}
        assert chosen == {"management", "opening", "engagement", "communication"}
    assert sum(bool(first["vokabelstadt"][item]) for item in fields["engagement"]) < 0.6 * 13
    assert not any(first["kommafelde"][row["item"]] for row in items("2021"))
    assert "kreis-entwurfsstadt" in first and "kreis-entwurfsstadt" not in last
    assert "fantasiehausen" in last and "fantasiehausen" not in first
    assert any(text != text.strip() for text in first["musterhausen"].values())
    assert "überwiegend" in first["beispielstadt"].values()
    assert "verbindlich beschlossen oder angeordnet" in first["beispielstadt"].values()
