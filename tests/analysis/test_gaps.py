"""Gaps by hand, and their edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import (
    absolute_gaps,
    cliffs_delta,
    cliffs_delta_interval,
    gap_findings,
    is_flagged,
)
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.results.scheme_files import load_scheme

SCHEME = load_scheme("standard", None)

#: Points of one step on the scale of these items.
CATEGORY = 25


def matrix(
    points: list[list[float]], perspectives: list[str], own: list[float] | None = None
) -> PersonAnswers:
    """Persons × items of one dimension, in points; the administration says 50 everywhere."""
    said = np.array(points, dtype=float).reshape(len(perspectives), -1)
    items = said.shape[1]
    return PersonAnswers(
        municipality="m", wave="2021", setting="workshop", items=tuple(f"i{n}" for n in range(items)),
        dimensions=("d",) * items, points=said, own=np.array(own or [50.0] * items),
        applicable=np.ones_like(said, dtype=bool), perspectives=tuple(perspectives), lowest=np.zeros(items),
        highest=np.full(items, 100.0), category=np.full(items, 25.0),
    )  # fmt: skip


def found(gaps: PersonAnswers, **wanted: str) -> Finding:
    fitting = [f for f in gap_findings(gaps, SCHEME) if all(getattr(f, k) == v for k, v in wanted.items())]
    assert len(fitting) == 1, fitting
    return fitting[0]


ALL = {"level": "dimension", "perspective": "participants", "other": "administration"}


def test_gaps_by_hand() -> None:
    # persons 75, 75, 50, 25, 100 against 50
    gaps = matrix([[75], [75], [50], [25], [100]], ["politics"] * 5)
    assert found(gaps, quantity="gap", **ALL).value == 15
    assert found(gaps, quantity="share_above", **ALL).value == 0.6
    assert found(gaps, quantity="share_equal", **ALL).value == 0.2
    assert found(gaps, quantity="share_below", **ALL).value == 0.2
    assert found(gaps, quantity="cliffs_delta", **ALL).value == pytest.approx(0.4)
    assert found(gaps, quantity="gap", **ALL).reason == "too_few"


def test_opposite_gaps_cancel_in_the_net_gap_only() -> None:
    gaps = matrix([[100, 0]] * 6, ["politics"] * 6)
    assert found(gaps, quantity="gap", **ALL).value == 0
    sizes = absolute_gaps(gap_findings(gaps, SCHEME), {"i0": "d", "i1": "d"})
    of_dimension = [f for f in sizes if f.level == "dimension"]
    assert [(f.value, f.n, f.perspective) for f in of_dimension] == [(50, 2, "participants")]


def test_who_answered_less_than_half_does_not_count_in_a_dimension() -> None:
    nan = math.nan
    gaps = matrix([[75, 75, 75, 75]] * 5 + [[0, nan, nan, nan], [100, 100, nan, nan]], ["politics"] * 7)
    assert found(gaps, quantity="gap", **ALL).n == 6
    item = found(
        gaps, quantity="gap", level="item", id="i0", perspective="participants", other="administration"
    )
    assert item.n == 7


@pytest.mark.parametrize("n", [0, 1, 4, 5, 9, 10])
def test_sizes_of_a_group(n: int) -> None:
    gaps = matrix([[25.0 * (k % 3)] for k in range(n)] or [[math.nan]], ["politics"] * max(n, 1))
    gap = found(gaps, quantity="gap", **ALL)
    reasons = {0: "no_responses", 1: "group_size", 4: "group_size", 5: "too_few", 9: "too_few", 10: ""}
    assert gap.reason == reasons[n]
    assert gap.n == n
    assert math.isnan(gap.value) == (n < 5)
    assert math.isnan(gap.low) == (n < 10)


def test_where_all_say_the_same_there_is_no_interval() -> None:
    gap = found(matrix([[75.0]] * 12, ["politics"] * 12), quantity="gap", **ALL)
    assert (gap.value, gap.reason) == (25, "no_variance")
    assert math.isnan(gap.low)


def test_two_groups_are_compared_and_have_an_interval_from_ten_on() -> None:
    points = [[75.0 + 25 * (k % 2)] for k in range(10)] + [[25.0 * (k % 2)] for k in range(10)]
    gaps = matrix(points, ["business"] * 10 + ["politics"] * 10)
    gap = found(gaps, quantity="gap", level="dimension", perspective="business", other="politics")
    assert gap.value == 75
    assert gap.low < 75 < gap.high
    few = matrix(points[:9] + points[10:], ["business"] * 9 + ["politics"] * 10)
    gap = found(few, quantity="gap", level="dimension", perspective="business", other="politics")
    assert gap.reason == "too_few"


def test_cliffs_delta_by_hand_and_its_interval() -> None:
    # 1 pair above, 6 below, 2 equal
    assert cliffs_delta(np.array([1.0, 2, 3]), np.array([2.0, 3, 4])) == pytest.approx(-5 / 9)
    one, other = np.arange(12.0), np.arange(12.0) + 3
    interval = cliffs_delta_interval(one, other)
    assert -1 <= interval.low < cliffs_delta(one, other) < interval.high <= 1
    assert cliffs_delta_interval(one, other + 100).reason == "no_variance"
    assert math.isnan(cliffs_delta(one, np.array([])))


def test_an_item_is_flagged_by_size_side_and_number() -> None:
    assert is_flagged(np.array([25.0, 50, 25, 25, -25, 50]), 25)
    assert not is_flagged(np.array([25.0, 50, 25, 25]), 25), "four persons"
    assert not is_flagged(np.array([20.0] * 8), 25), "less than a category"
    assert not is_flagged(np.array([100.0, 100, 100, -25, -25, -25]), 25), "both sides"


def test_intervals_of_gaps_by_hand_and_clipped_to_the_scale() -> None:
    # ten persons at 60 and 80 in turn: gaps 10 and 30, s = 10·√(10/9), t(9; 0.975) = 2.262157
    gaps = matrix([[60.0 + 20 * (k % 2)] for k in range(10)], ["politics"] * 10)
    spread = 2.262157 * 10 * math.sqrt(10 / 9)
    gap, band = found(gaps, quantity="gap", **ALL), found(gaps, quantity="prediction_band", **ALL)
    assert (gap.low, gap.high) == pytest.approx(
        (20 - spread / math.sqrt(10), 20 + spread / math.sqrt(10)), abs=1e-4
    )
    # around the persons' mean, 70, not around their gap
    assert (band.value, band.low, band.high) == pytest.approx(
        (50, 70 - spread * math.sqrt(1.1), 70 + spread * math.sqrt(1.1)), abs=1e-4
    )
    wide = matrix([[100.0 * (k % 2)] for k in range(10)], ["politics"] * 10, own=[30.0])
    band = found(wide, quantity="prediction_band", **ALL)
    assert (band.value, band.low, band.high) == pytest.approx((30, 0, 100))
    top = matrix([[100.0]] * 9 + [[0.0]], ["politics"] * 10, own=[30.0])
    gap = found(top, quantity="gap", **ALL)
    # mean 90, half-width 22.6: to 100, which is 70 above
    assert (gap.value, gap.high) == pytest.approx((60, 70))
    assert gap.low == pytest.approx(60 - 2.262157 * math.sqrt(1000) / math.sqrt(10), abs=1e-4)


def test_the_sides_of_a_flag_are_each_two_thirds_at_least() -> None:
    assert is_flagged(np.array([25.0] * 4 + [24.0, 27.0]), 25)
    assert is_flagged(np.array([-50.0] * 4 + [0.0, 0.0]), 25), "four of six are two thirds"
    assert not is_flagged(np.array([100.0] * 3 + [0.0] * 3), 25), "three of six"


def test_half_a_category_away_is_equal_and_half_a_point_more_is_not() -> None:
    # half a category is 12.5: at it, beyond it, and on either side
    gaps = matrix([[62.5], [63.0], [37.5], [37.0], [49.5], [50.0]], ["politics"] * 6)
    assert found(gaps, quantity="share_above", **ALL).value == pytest.approx(1 / 6)
    assert found(gaps, quantity="share_below", **ALL).value == pytest.approx(1 / 6)
    assert found(gaps, quantity="share_equal", **ALL).value == pytest.approx(4 / 6)
    # which side a person is on is told by any difference: two above, three below
    assert found(gaps, quantity="cliffs_delta", **ALL).value == pytest.approx(-1 / 6)


def test_an_item_is_flagged_from_two_thirds_on_one_side_on() -> None:
    assert is_flagged(np.array([50.0, 50.0, 50.0, 50.0, -25.0, 0.0]), CATEGORY)
    assert is_flagged(np.array([-50.0, -50.0, -50.0, -50.0, 25.0, 0.0]), CATEGORY)
    assert not is_flagged(np.array([75.0, 75.0, 75.0, -25.0, 0.0, 0.0]), CATEGORY)
