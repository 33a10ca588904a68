"""What a finding says of single answers, as an equation worked out by hand; and where it says nothing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.attack_equations import Equation, Unknowns, equations
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.known_persons import KnownPersons

#: The first answered one question, the second both; the administration has 0 and 100.
TWO = KnownPersons(
    municipality="m", wave="w", setting="workshop", perspectives=("politics", "residents"), items=("i0", "i1"),
    dimensions=("d", "d"), answered=np.array([[True, False], [True, True]]),
    applicable=np.array([[True, False], [True, True]]), own=np.array([0.0, 100.0]), lowest=np.zeros(2),
    highest=np.full(2, 100.0), codes=(("1", "2", "3"),) * 2,
)  # fmt: skip


def finding(quantity: str, value: float, n: float, entry: str = "d", **more: str) -> Said:
    about = {"municipality": "m", "wave": "w", "setting": "workshop", "perspective": "participants", **more}
    level = "dimension" if entry == "d" else "item"
    return Said(Finding(quantity, value, n=n, level=level, id=entry, **about), 0.0, "a.json")  # type: ignore[arg-type]


def said_by(one: Said, *persons: KnownPersons) -> list[tuple[list[float], float]]:
    """The weights of each equation, from the largest down, and what their sum is."""
    return [_weights(found) for found in equations([one], Unknowns(persons or (TWO,)))]


def _weights(found: Equation) -> tuple[list[float], float]:
    middle = round((found.low + found.high) / 2, 9)
    return sorted((round(weight, 9) for weight in found.coefficients.values()), reverse=True), middle


def test_a_gap_counts_each_person_against_the_questions_they_answered() -> None:
    # answers ½·a + ¼·b + ¼·c; the administration against which they stand: (0 + (0 + 100)/2)/2 = 25
    gap = finding("gap", 10.0, 2, other="administration")
    assert said_by(gap) == [([0.5, 0.25, 0.25], 35.0)]
    unknown = replace(TWO, own=np.array([0.0, math.nan]))
    # of what it did not answer there is no gap: its question leaves the dimension
    assert said_by(gap, unknown) == [([0.5, 0.5], 10.0)]
    assert said_by(finding("gap", 10.0, 1, "i1", other="administration"), unknown) == []


def test_a_number_that_rests_on_other_persons_is_no_equation() -> None:
    assert said_by(finding("score", 40.0, 2)) == [([0.5, 0.25, 0.25], 40.0)]
    assert said_by(finding("score", 40.0, math.nan)) == [([0.5, 0.25, 0.25], 40.0)]
    assert said_by(finding("score", 40.0, 3)) == []
    assert said_by(finding("score", math.nan, 2)) == []
    assert said_by(finding("score", 40.0, 2, municipality="elsewhere")) == []


def test_who_answered_what_must_be_known_for_a_dimension_and_not_for_a_question() -> None:
    unknown = replace(TWO, person_by_person=False)
    assert said_by(finding("score", 40.0, 2), unknown) == []
    assert said_by(finding("score", 40.0, 2, "i0"), unknown) == [([0.5, 0.5], 40.0)]
    everything = replace(unknown, answered=np.ones((2, 2), dtype=bool))
    assert said_by(finding("score", 40.0, 2), everything) == [([0.25] * 4, 40.0)]


def test_points_are_counted_from_the_lowest_of_a_question() -> None:
    low = replace(TWO, lowest=np.array([40.0, 20.0]))
    # (40 + (40 + 20)/2)/2 = 35 are there anyhow
    assert said_by(finding("score", 50.0, 2), low) == [([0.5, 0.25, 0.25], 15.0)]


def test_a_difference_of_groups_rests_on_both() -> None:
    apart = finding("gap", 10.0, 2, "i0", perspective="politics", other="residents")
    assert said_by(apart) == [([1.0, -1.0], 10.0)]
    assert said_by(finding("gap", 10.0, 1, "i0", perspective="politics", other="residents")) == []


def test_a_change_is_over_the_questions_that_enter_it() -> None:
    after = replace(TWO, changed_from=frozenset({"i0"}))
    before = replace(TWO, wave="v", changed_to=frozenset({"i1"}))
    change = finding("change", 5.0, 3, variant="v")
    # two persons now, one before
    assert said_by(change, after, before) == [([0.5, 0.5, -1.0], 5.0)]
    assert said_by(change, after) == []


def test_a_mean_over_municipalities_is_an_equation_where_it_is_clear_which() -> None:
    other = replace(TWO, municipality="n", own=np.array([50.0, 50.0]))
    # of the first 25 are the administration's, of the second 50: 37.5 on average
    two = finding("mean_gap", 10.0, 2, municipality="")
    assert said_by(two, TWO, other) == [([0.25, 0.25, 0.125, 0.125, 0.125, 0.125], 47.5)]
    for n in (1.0, 3.0):
        assert said_by(finding("mean_gap", 10.0, n, municipality=""), TWO, other) == []
    apart = replace(other, wave="v")
    assert said_by(two, TWO, apart) == []


def test_persons_of_a_perspective_who_answered_the_same_are_one_unknown() -> None:
    alike = replace(
        TWO, perspectives=("politics",) * 2, answered=np.ones((2, 2), dtype=bool),
        applicable=np.ones((2, 2), dtype=bool),
    )  # fmt: skip
    unknowns = Unknowns([alike])
    assert unknowns.mean(alike, "politics", "item", "i0", "all") is not None
    assert unknowns.most == [200.0]
    assert unknowns.mean(alike, "residents", "item", "i0", "all") is None
    assert unknowns.mean(alike, "politics", "item", "i9", "all") is None
