"""Musterstadt's answers are the story that its page tells."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from places import ROOT

from weltoffen_eval.study.example.story import load_answers, load_workshop
from weltoffen_eval.study.questionnaire.files import load_instrument

EXAMPLE = ROOT / "data" / "raw" / "beispiel"
WAVES = {"2021": "selbstcheck-1", "2024": "selbstcheck-2"}


@pytest.mark.parametrize("wave", WAVES)
def test_the_sheet_in_the_checkout_holds_the_answers_written_by_hand(wave: str) -> None:
    with (EXAMPLE / wave / "verwaltung.csv").open(encoding="utf-8", newline="") as stream:
        (sheet,) = (
            row
            for row in csv.DictReader(stream, delimiter=";" if wave == "2024" else ",")
            if row["municipality"] == "musterstadt"
        )
    told = load_answers(wave)
    items = [item.id for item in load_instrument(WAVES[wave]).items]
    assert {item: sheet[item] for item in items} == {i: "" if told[i] == -1 else str(told[i]) for i in items}
    assert set(told.values()) <= {-1, 0, 1, 2, 3, 4, 98, 99}
    # nothing is told of an item that the wave does not ask
    assert {item for item, code in told.items() if code != -1} <= set(items)


def test_the_council_for_integration_came_between_the_waves() -> None:
    assert [load_answers(wave)["EB10"] for wave in WAVES] == [0, 4]
    assert [load_answers(wave)["EB11"] for wave in WAVES] == [0, 3]


def test_all_fields_gained_but_access_which_lost_with_its_post() -> None:
    before, after = (load_answers(wave) for wave in WAVES)
    field_of = {item.id: item.dimension for item in load_instrument("selbstcheck-1").items}
    change: Counter[str] = Counter()
    for item, field in field_of.items():
        if before[item] in range(5) and after[item] in range(5):
            change[field] += after[item] - before[item]
    assert {field for field, steps in change.items() if steps < 0} == {"access"}
    assert change["access"] == -11 + 1  # eight items lost eleven steps, one gained one: counted in the table
    assert change["engagement"] == max(change.values())


@pytest.mark.parametrize(
    ("wave", "people", "fields"),
    [
        ("2021", {"Verwaltung": 11, "Politik": 6, "Zivilgesellschaft": 14, "Wirtschaft": 3},
         ("opening", "engagement", "communication")),
        ("2024", {"Verwaltung": 12, "Politik": 7, "Zivilgesellschaft": 18, "Wirtschaft": 4},
         ("opening", "access", "engagement")),
    ],
)  # fmt: skip
def test_the_workshops_are_those_of_the_page(
    wave: str, people: dict[str, int], fields: tuple[str, ...]
) -> None:
    workshop = load_workshop(wave)
    assert (dict(workshop.people), workshop.fields) == (people, fields)
    with (EXAMPLE / wave / "workshop.csv").open(encoding="utf-8", newline="") as stream:
        came = Counter(
            row["Gruppe"] for row in csv.DictReader(stream) if row["municipality"] == "musterstadt"
        )
    assert came == people
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert f"{sum(people.values())} Personen" in page
