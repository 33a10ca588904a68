"""Alpha and its company against R's psych; where they are not defined they say why."""

from __future__ import annotations

import math

import numpy as np
import pytest
from from_r import ANSWERS, EXACT, EXPECTED

from weltoffen_eval.analysis.reliability import cronbach_alpha, discriminations, effective_weights


@pytest.mark.parametrize("name", ["alpha", "negative"])
def test_alpha_and_its_intervals_as_in_psych(name: str) -> None:
    points = ANSWERS if name == "alpha" else np.array(EXPECTED["negative_rows"], dtype=float)
    expected, found = EXPECTED[name], cronbach_alpha(points)
    assert found.raw == pytest.approx(expected["raw"], abs=EXACT)
    assert found.standardised == pytest.approx(expected["standardised"], abs=EXACT)
    assert [*found.feldt[:2]] == pytest.approx(expected["feldt"], abs=EXACT)
    assert [*found.bonett[:2]] == pytest.approx(expected["bonett"], abs=EXACT)
    assert discriminations(points) == pytest.approx(expected["discrimination"], abs=EXACT)
    assert (found.raw < 0) == (name == "negative"), "a negative alpha is given as it is"


def test_who_left_an_item_open_is_left_out() -> None:
    with_gap = np.vstack([ANSWERS, [np.nan, 0, 0, 0, 0, 0]])
    assert cronbach_alpha(with_gap) == cronbach_alpha(ANSWERS)


def test_a_constant_item_stays_and_is_named() -> None:
    points = np.column_stack([ANSWERS, np.full(len(ANSWERS), 50.0)])
    found = cronbach_alpha(points)
    assert found.constant == (6,)
    assert found.k == 7
    # the same variances in the formula, but seven items
    assert found.raw == pytest.approx(EXPECTED["alpha"]["raw"] * (5 / 6) * (7 / 6), abs=EXACT)
    assert math.isnan(discriminations(points)[6])


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ((0, 6), "too_few"),
        ((1, 6), "too_few"),
        ((9, 6), "too_few"),
        ((12, 1), "too_few"),
        ((12, 2), "too_few"),
    ],
)
def test_too_few_respondents_or_items_have_no_alpha(shape: tuple[int, int], reason: str) -> None:
    found = cronbach_alpha(ANSWERS[: shape[0], : shape[1]])
    assert math.isnan(found.raw)
    assert found.reason == reason


def test_where_nothing_differs_there_is_no_alpha_and_where_all_is_common_no_interval() -> None:
    found = cronbach_alpha(np.full((12, 4), 25.0))
    assert math.isnan(found.raw)
    assert found.reason == "no_variance"
    same = np.repeat(np.linspace(0, 100, 12)[:, None], 4, axis=1)
    found = cronbach_alpha(same)
    assert found.raw == pytest.approx(1)
    assert found.feldt.reason == found.bonett.reason == "no_variance"


def test_effective_weights_are_the_squared_correlations_with_the_mean() -> None:
    whole = ANSWERS.mean(axis=1)
    by_hand = []
    for column in ANSWERS.T:
        deviations = (column - column.mean()) @ (whole - whole.mean())
        by_hand.append(
            deviations**2 / (((column - column.mean()) ** 2).sum() * ((whole - whole.mean()) ** 2).sum())
        )
    assert effective_weights(ANSWERS) == pytest.approx(by_hand, abs=EXACT)
    assert all(math.isnan(weight) for weight in effective_weights(ANSWERS[:9]))


def test_two_items_that_vary_have_a_standardised_alpha() -> None:
    # x and y correlate with 0.8: of (−2 … 2) and (−1 −2 0 2 1), 8/10; 2·0.8/(1 + 0.8)
    x, y = [0.0, 25.0, 50.0, 75.0, 100.0] * 2, [25.0, 0.0, 50.0, 100.0, 75.0] * 2
    found = cronbach_alpha(np.column_stack([x, y, np.full(10, 50.0)]))
    assert found.constant == (2,)
    assert found.standardised == pytest.approx(1.6 / 1.8)


def test_items_that_vary_by_less_than_a_point_vary() -> None:
    little = np.column_stack([50 + np.tile([0.0, 0.5], 5)] * 3)
    assert discriminations(little) == pytest.approx([1, 1, 1])
    assert effective_weights(little) == pytest.approx([1, 1, 1])
