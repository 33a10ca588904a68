"""Which answers fit what is published of a few: every expected possibility is counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from weltoffen_eval.analysis.attack_counts import (
    Possible,
    Said,
    ends_of_part,
    possible_counts,
    with_differences,
)
from weltoffen_eval.analysis.findings import Finding

CODES = ("1", "2", "3", "4", "5")
POINTS = np.array([0.0, 25.0, 50.0, 75.0, 100.0])


def fitting(persons: int, own: float, *said: Said) -> set[tuple[int, ...]]:
    found = possible_counts(said, persons, POINTS, own, CODES)
    assert found is not None
    return {tuple(map(int, row)) for row in found.counts}


def of(quantity: str, value: float, half: float = 0.0, **more: object) -> Said:
    return Said(Finding(quantity, value, **more), half, "a.json")  # type: ignore[arg-type]


def test_a_mean_and_the_end_of_its_interval_leave_the_answers_that_have_both() -> None:
    mean = of("score", 50.0, 0.5)
    # of four answers: all in the middle; one to each side by 1 or by 2; two and two; one by 2 against two by 1
    assert fitting(4, 50.0, mean) == {
        (0, 0, 4, 0, 0), (0, 1, 2, 1, 0), (1, 0, 2, 0, 1), (0, 2, 0, 2, 0), (2, 0, 0, 0, 2),
        (1, 1, 0, 1, 1), (1, 0, 1, 2, 0), (0, 2, 1, 0, 1),
    }  # fmt: skip
    # 25, 50, 50, 75: s = sqrt(1250 / 3) = 20.412; t(3; 0.975) = 3.18245; 50 + 3.18245 * 20.412 / 2 = 82.48
    assert fitting(4, 50.0, of("score", 50.0, 0.5, low=17.52, high=82.48)) == {(0, 1, 2, 1, 0)}
    # 25, 25, 75, 75: s = 28.868; 50 + 45.94 = 95.94; wider ones end at the scale
    assert fitting(4, 50.0, of("score", 50.0, 0.5, low=4.06, high=95.94)) == {(0, 2, 0, 2, 0)}


def test_a_share_below_leaves_out_who_is_nearer_than_half_a_category() -> None:
    # the administration said 35: 25 is 10 away, no more than half of 25
    assert fitting(1, 35.0, of("share_below", 1.0)) == {(1, 0, 0, 0, 0)}
    assert fitting(1, 35.0, of("share_above", 1.0)) == {(0, 0, 1, 0, 0), (0, 0, 0, 1, 0), (0, 0, 0, 0, 1)}
    assert fitting(1, 35.0, of("share_equal", 1.0)) == {(0, 1, 0, 0, 0)}


def test_what_is_left_of_a_group_without_a_part_of_it_is_the_difference_of_their_answers() -> None:
    def row(*counts: int) -> Possible:
        return Possible(np.array([counts]), frozenset({"a.json"}))

    found = with_differences({frozenset({0, 1, 2}): row(1, 0, 2), frozenset({0, 1}): row(0, 0, 2)})
    assert set(found) == {frozenset({0, 1, 2}), frozenset({0, 1}), frozenset({2})}
    assert found[frozenset({2})].counts.tolist() == [[1, 0, 0]]
    # a part cannot have said what the whole did not: no such possibility is left
    assert set(with_differences({frozenset({0, 1}): row(1, 0, 1), frozenset({0}): row(0, 1, 0)})) == {
        frozenset({0, 1}), frozenset({0}),
    }  # fmt: skip


def test_the_answers_of_some_persons_lie_between_the_lowest_and_the_highest_that_were_given() -> None:
    possible = Possible(np.array([[1, 0, 2, 0, 1]]), frozenset())
    # 0, 50, 50, 100: two of them have a mean of 25 at least and 75 at most
    assert ends_of_part(possible, 2, POINTS) == pytest.approx((25.0, 75.0))
