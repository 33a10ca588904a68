"""Quartiles by Harrell and Davis, against numbers from elsewhere."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.analysis.quartiles import quartiles, quartiles_of_others, weights_of

#: Worked out with mpmath 1.3 at 30 digits: the integral of t^(a-1)(1-t)^(b-1) between (i-1)/n and i/n, by the
#: beta function, with a = (n+1)p and b = (n+1)(1-p) (Harrell & Davis 1982, formula 2).
INTEGRATED = [
    ([0, 10, 20, 30, 40, 50, 60, 70], [14.992491420182307, 35.0, 55.007508579817693]),
    ([12, 35, 35, 41, 48, 50, 55, 63, 88], [33.888167245098956, 46.273504489330196, 60.717903333680394]),
    (
        [4.5, 17.25, 33.3, 41, 52, 58.75, 61, 77, 90.5, 95],
        [29.857753363155971, 53.819553483403504, 77.032131803739048],
    ),
]


@pytest.mark.parametrize(("values", "expected"), INTEGRATED)
def test_the_quartiles_are_those_of_the_integral(values: list[float], expected: list[float]) -> None:
    assert quartiles(np.array(values[::-1], dtype=float)) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("n", [11, 15])
def test_with_whole_parameters_the_weights_are_binomial(n: int) -> None:
    """Of whole a and b the beta distribution up to x is P(Bin(a + b − 1, x) ≥ a), an exact fraction."""
    for row, a in enumerate(((n + 1) // 4, (n + 1) // 2, 3 * (n + 1) // 4)):
        up_to = []
        for place in range(n + 1):
            x = Fraction(place, n)
            up_to.append(sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1)))
        expected = [float(after - before) for before, after in pairwise(up_to)]
        assert weights_of(n)[row] == pytest.approx(expected, abs=1e-14)


@given(st.lists(st.one_of(st.none(), st.integers(0, 20)), min_size=1, max_size=40))
def test_leaving_one_out_at_once_is_leaving_out_one_by_one(given_values: list[int | None]) -> None:
    values = np.array([math.nan if v is None else float(v) for v in given_values])
    n, found = quartiles_of_others(values)
    for position in range(len(values)):
        others = np.delete(values, position)
        others = others[~np.isnan(others)]
        assert n[position] == len(others)
        if len(others):
            assert found[position] == pytest.approx(quartiles(others), abs=1e-9)
            assert (found[position] >= others.min()).all()
            assert (found[position] <= others.max()).all()
        else:
            assert np.isnan(found[position]).all()


def test_no_member_alone_makes_a_quartile() -> None:
    for n in (8, 9, 13, 40):
        assert (weights_of(n) >= 0).all()
        assert weights_of(n).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-12)
        assert weights_of(n).max() < 0.4
