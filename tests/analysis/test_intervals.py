"""Intervals against published tables and R, and where there are none."""

from __future__ import annotations

import math

import pytest
from from_r import EXACT, EXPECTED
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.analysis.intervals import (
    mean_interval,
    newcombe_interval,
    prediction_interval,
    too_few,
    welch_interval,
    wilson_interval,
)

scores = st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]), min_size=10, max_size=40)


# Newcombe (1998), Statistics in Medicine 17, 857–872, table I: method 3, four decimals
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_in_the_table_of_newcombe(successes: int, n: int, low: float, high: float) -> None:
    found = wilson_interval(successes, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


# Newcombe (1998), Statistics in Medicine 17, 873–890, table II: method 10, four decimals
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_of_shares_as_in_the_table_of_newcombe(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe_interval(*one, *other)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_means_and_their_differences_as_in_r() -> None:
    welch = EXPECTED["welch"]
    found = mean_interval(welch["a"], 0, 100)
    assert [found.low, found.high] == pytest.approx(EXPECTED["t"], abs=EXACT)
    found = welch_interval(welch["a"], welch["b"])
    assert [found.low, found.high] == pytest.approx(welch["interval"], abs=EXACT)


def test_a_prediction_band_by_hand() -> None:
    # mean 50, standard deviation 10, n = 10: t(9; 0.975) = 2.262157, times 10·√1.1
    values = [50 + 10 * math.sqrt(0.9) * sign for sign in (1, -1) * 5]
    found = prediction_interval(values)
    assert found.low == pytest.approx(50 - 2.262157 * 10 * math.sqrt(1.1), abs=1e-5)
    assert found.high == pytest.approx(50 + 2.262157 * 10 * math.sqrt(1.1), abs=1e-5)


@pytest.mark.parametrize("n", [0, 1, 4, 5, 9])
def test_below_ten_there_is_no_interval_of_a_mean(n: int) -> None:
    values = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0][:n]
    for found in (mean_interval(values), prediction_interval(values), welch_interval(values, values)):
        assert math.isnan(found.low)
        assert math.isnan(found.high)
        assert found.reason == "too_few"


def test_where_all_are_equal_there_is_no_interval_of_a_mean() -> None:
    same = [75.0] * 12
    for found in (mean_interval(same), prediction_interval(same), welch_interval(same, same)):
        assert math.isnan(found.low)
        assert found.reason == "no_variance"


def test_a_share_of_nobody_has_no_interval() -> None:
    assert wilson_interval(0, 0).reason == "no_responses"
    assert newcombe_interval(1, 2, 0, 0).reason == "no_responses"


@given(scores)
def test_an_interval_holds_its_mean_and_stays_on_the_scale(values: list[float]) -> None:
    found = mean_interval(values, 0, 100)
    if not found.reason:
        assert 0 <= found.low <= sum(values) / len(values) <= found.high <= 100


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_share_lies_in_its_interval(successes: int, n: int) -> None:
    successes = min(successes, n)
    found = wilson_interval(successes, n)
    assert 0 <= found.low <= successes / n <= found.high <= 1


def test_what_is_enough_is_not_too_few() -> None:
    assert [too_few(n) for n in (9, 10)] == ["too_few", ""]
    assert [too_few(n, 20) for n in (19, 20)] == ["too_few", ""]
    assert newcombe_interval(0, 0, 1, 2).reason == "no_responses"
