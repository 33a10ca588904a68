"""Agreement against published examples, R and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from from_r import EXACT, EXPECTED
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.analysis.agreement import (
    average_deviation,
    in_words,
    krippendorff_alpha,
    krippendorff_interval,
    one_way_icc,
    van_der_eijk_a,
)

# Shrout & Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges
TARGETS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def ratings(*raters: str) -> np.ndarray:
    """Units × raters; a dot is a missing rating, a letter its place in the alphabet."""
    values = [
        [math.nan if c == "." else float(int(c, 36)) for c in rater.replace(" ", "")] for rater in raters
    ]
    return np.array(values).T


def test_icc_of_shrout_and_fleiss() -> None:
    found = one_way_icc([np.array(row, dtype=float) for row in TARGETS])
    # as printed in table 4
    assert found.single == pytest.approx(0.17, abs=0.005)
    assert found.mean == pytest.approx(0.44, abs=0.005)
    for value, interval, name in (
        (found.single, found.single_interval, "single"),
        (found.mean, found.mean_interval, "mean"),
    ):
        (row,) = EXPECTED["icc"][name]
        assert value == pytest.approx(row["ICC"], abs=EXACT)
        assert [interval.low, interval.high] == pytest.approx(
            [row["lower bound"], row["upper bound"]], abs=EXACT
        )


def test_units_of_different_size_count_with_k0() -> None:
    found = one_way_icc([np.array([1.0, 2.0]), np.array([2.0, 3.0, 4.0]), np.array([8.0, 9.0])])
    # (7 − (4 + 9 + 4)/7) / 2
    assert found.k0 == pytest.approx((7 - 17 / 7) / 2)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([], "too_few"),
        ([[1.0, 2.0]], "too_few"),
        ([[1.0], [2.0], [3.0]], "too_few"),
        ([[5.0, 5.0], [5.0, 5.0]], "no_variance"),
        ([[1.0, 3.0], [1.0, 3.0]], "no_variance"),
    ],
)
def test_where_there_is_no_icc_there_is_a_reason(groups: list[list[float]], reason: str) -> None:
    found = one_way_icc([np.array(group) for group in groups])
    assert found.reason == reason
    assert math.isnan(found.mean)


# Krippendorff (2011), Computing Krippendorff's alpha-reliability: examples A, B, C/D
def test_krippendorffs_examples() -> None:
    binary = ratings("0100000010", "1110010000")
    assert krippendorff_alpha(binary, "nominal") == pytest.approx(0.095, abs=0.0005)
    nominal = ratings("aabbdcccedda", "babbbcccEddd".lower())
    assert krippendorff_alpha(nominal, "nominal") == pytest.approx(0.692, abs=0.0005)
    four = ratings("123321412...", "123322412 5.3", ".33323422 51.", "123324412 51.")
    for metric, value in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        assert krippendorff_alpha(four, metric) == pytest.approx(value, abs=0.0005), metric


def test_where_nothing_can_differ_alpha_is_not_defined() -> None:
    assert math.isnan(krippendorff_alpha(np.full((12, 3), 2.0)))
    assert math.isnan(krippendorff_alpha(np.full((12, 3), np.nan)))
    assert math.isnan(krippendorff_alpha(np.array([[1.0, np.nan], [np.nan, 2.0]])))
    with pytest.raises(ValueError, match="nominal, ordinal or interval"):
        krippendorff_alpha(np.array([[1.0, 2.0]]), "ratio")


def test_the_interval_of_alpha_is_that_of_drawn_units() -> None:
    random = np.random.default_rng(3)
    units = random.integers(0, 5, (25, 1)) + random.integers(0, 2, (25, 4)).astype(float)
    found = krippendorff_interval(units, "ordinal", seed=1)
    # drawn one by one, with other random numbers
    drawn = [krippendorff_alpha(units[random.integers(0, 25, 25)], "ordinal") for _ in range(2000)]
    assert [found.low, found.high] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.02)
    assert krippendorff_interval(units, "ordinal", seed=1) == found
    assert krippendorff_interval(units[:19], "ordinal", seed=1).reason == "too_few"


# by hand from the layers of van der Eijk (2001): [1,3,1] is 3/5 of an even layer (0) and 2/5 of one category (1)
@pytest.mark.parametrize(
    ("frequencies", "agreement"),
    [
        ([0, 0, 10, 0, 0], 1.0),
        ([5, 5, 5, 5, 5], 0.0),
        ([10, 0, 0, 0, 10], -1.0),
        ([1, 3, 1], 0.4),
        ([2, 1, 0], 2 / 3),
        ([0, 5, 5, 0, 0], 0.75),
    ],
)
def test_van_der_eijks_a(frequencies: list[int], agreement: float) -> None:
    assert van_der_eijk_a(frequencies) == pytest.approx(agreement, abs=EXACT)


def test_without_answers_or_with_one_category_there_is_no_a() -> None:
    assert math.isnan(van_der_eijk_a([0, 0, 0]))
    assert math.isnan(van_der_eijk_a([4]))
    assert math.isnan(average_deviation(np.array([])))


@given(st.lists(st.integers(0, 30), min_size=2, max_size=7).filter(any))
def test_a_lies_between_minus_one_and_one_and_does_not_know_left_from_right(frequencies: list[int]) -> None:
    found = van_der_eijk_a(frequencies)
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert van_der_eijk_a(frequencies[::-1]) == pytest.approx(found)


def test_the_words_follow_their_rules() -> None:
    # average deviation by hand: (0 + 0 + 0 + 1)/4; ends at half each; spread without ends
    assert average_deviation(np.array([2.0, 2.0, 2.0, 3.0])) == 0.25
    assert in_words([0, 0, 3, 1, 0]) == "united"
    assert in_words([5, 0, 0, 0, 5]) == "divided"
    assert in_words([2, 2, 2, 2, 2]) == "divided"
    assert in_words([1, 3, 2, 3, 1]) == "mixed"
    assert in_words([0, 0, 0, 0, 0]) == ""


def test_a_group_is_divided_only_if_both_ends_hold_a_fifth() -> None:
    assert van_der_eijk_a([3, 0, 3, 0, 1]) <= 0
    assert in_words([3, 0, 3, 0, 1]) == "mixed", "one of seven at the upper end"
    assert in_words([1, 0, 3, 0, 3]) == "mixed", "one of seven at the lower end"


def test_units_without_ratings_are_no_units() -> None:
    groups = [np.array([1.0, 2.0]), np.array([]), np.array([4.0, 6.0])]
    assert one_way_icc(groups) == one_way_icc([groups[0], groups[2]])
    assert one_way_icc(groups).n_units == 2
