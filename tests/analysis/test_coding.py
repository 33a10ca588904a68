"""Codes: groups are counted, what coders see differently is open, and agreement is as others compute it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weltoffen_eval.analysis.coding import (
    Coded,
    Raised,
    coder_agreement,
    coders_of,
    count_raised,
    gwet_ac1,
    percent_agreement,
    settle_codes,
)


def coded(*rows: str) -> list[Coded]:
    """``s1 anna x y``: the coder anna gave s1 the codes x and y."""
    given = []
    for row in rows:
        statement, coder, *codes = row.split()
        given += [Coded(statement, coder, code) for code in codes]
    return given


def settled(*rows: str) -> tuple[set[str], set[str]]:
    found = settle_codes(coded(*rows))["s1"]
    return set(found.counted), set(found.open)


def test_of_one_coder_all_is_counted_and_nothing_open() -> None:
    assert settled("s1 a x y") == ({"x", "y"}, set())


def test_of_several_coders_what_all_gave_is_counted_and_the_rest_is_open() -> None:
    assert settled("s1 a x y", "s1 b x z") == ({"x"}, {"y", "z"})
    assert settled("s1 a x", "s1 b y") == (set(), {"x", "y"})
    assert settled("s1 a x y", "s1 b x y", "s1 c x") == ({"x"}, {"y"})


def test_what_consensus_gave_is_counted_beside_what_all_gave_and_nothing_stays_open() -> None:
    # only what was in dispute is noted …
    assert settled("s1 a x y", "s1 b x", "s1 consensus y") == ({"x", "y"}, set())
    # … or all that holds
    assert settled("s1 a x y", "s1 b x z", "s1 consensus x z") == ({"x", "z"}, set())
    assert settled("s1 consensus x") == ({"x"}, set())


def test_a_coder_of_other_statements_is_no_coder_of_this_one() -> None:
    found = settle_codes(coded("s1 a x", "s2 b y", "s2 a y"))
    assert found["s1"] == (frozenset("x"), frozenset())


def test_a_group_that_raises_a_topic_five_times_counts_once() -> None:
    statements = {f"s{n}": ("1", "A") for n in range(5)} | {"t": ("1", "B"), "u": ("2", "B"), "v": ("1", "")}
    codes = [Coded(name, "a", "x") for name in statements]
    assert count_raised(statements, settle_codes(codes)) == {
        ("1", "x"): Raised(n_statements=7, n_groups=2),
        ("2", "x"): Raised(n_statements=1, n_groups=1),
    }


def test_what_is_open_or_has_no_code_counts_nowhere() -> None:
    statements = {"s1": ("1", "A"), "s2": ("1", "B")}
    assert count_raised(statements, settle_codes(coded("s1 a x", "s1 b y"))) == {}


# Krippendorff (2011), 4 observers, 12 units, missing ratings; NaN: no rating
KRIPPENDORFF = np.array(
    [
        [1, 1, math.nan, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [math.nan, 5, 5, 5],
        [math.nan, math.nan, 1, 1],
        [math.nan, math.nan, 3, math.nan],
    ]
)


def test_ac1_is_that_of_irrcac() -> None:
    # R, irrCAC 1.0: gwet.ac1.raw(cac.raw4raters)$est, its vignette: pa 0.8181818, coeff.val 0.77544
    assert percent_agreement(KRIPPENDORFF) == pytest.approx(0.8181818, abs=5e-8)
    assert gwet_ac1(KRIPPENDORFF) == pytest.approx(0.77544, abs=5e-6)


def two_coders(both: int, first: int, second: int, neither: int) -> list[Coded]:
    """Codes of two coders whose 2×2 table of the code x is this one."""
    rows = []
    for kind, count in {"both": both, "first": first, "second": second, "neither": neither}.items():
        for number in range(count):
            rows.append(f"{kind}{number} a {'x' if kind in ('both', 'first') else 'y'}")
            rows.append(f"{kind}{number} b {'x' if kind in ('both', 'second') else 'y'}")
    return coded(*rows)


def test_where_nearly_all_agree_ac1_stays_high_and_alpha_does_not() -> None:
    # by hand: pa = 118/125; π = (123 + 120)/250 = 0.972; pe = 2·0.972·0.028; AC1 = (pa − pe)/(1 − pe)
    # alpha: Do = 14/250, De = 2·243·7/(250·249), 1 − Do/De = −0.0250
    found = coder_agreement(two_coders(118, 5, 2, 0), "x")
    assert (found.n, found.table) == (125, (118, 5, 2, 0))
    assert found.percent == pytest.approx(0.944)
    assert found.ac1 == pytest.approx(0.940776, abs=5e-7)
    assert found.alpha == pytest.approx(1 - 0.056 / (2 * 243 * 7 / (250 * 249)))


def test_half_and_half_by_hand() -> None:
    # pa = 0.8; π = 0.5; pe = 0.5; AC1 = 0.6; alpha = 1 − 0.2/(2·10·10/(20·19)) = 0.62
    found = coder_agreement(two_coders(4, 1, 1, 4), "x")
    assert (found.percent, found.ac1, found.alpha) == (
        pytest.approx(0.8), pytest.approx(0.6), pytest.approx(0.62),
    )  # fmt: skip


def test_only_statements_that_two_have_coded_count_and_consensus_is_no_coder() -> None:
    rows = two_coders(4, 1, 1, 4) + coded("alone a x", "both0 consensus y", "alone consensus x")
    assert coder_agreement(rows, "x") == coder_agreement(two_coders(4, 1, 1, 4), "x")
    assert coders_of(rows) == ["a", "b"]


def test_one_coder_has_no_agreement() -> None:
    found = coder_agreement(coded("s1 a x", "s2 a y", "s1 consensus x"), "x")
    assert (found.n, found.table) == (0, None)
    assert all(map(math.isnan, (found.percent, found.alpha, found.ac1)))
    assert coder_agreement([], "x").n == 0


def test_a_code_that_all_gave_has_no_alpha_but_agreement() -> None:
    found = coder_agreement(two_coders(5, 0, 0, 0), "x")
    assert (found.percent, found.ac1) == (1, 1)
    assert math.isnan(found.alpha)


def test_of_three_coders_there_is_no_table() -> None:
    # one statement: two of three gave it, so one of three pairs agrees
    found = coder_agreement(coded("s1 a x", "s1 b x", "s1 c y"), "x")
    assert found.table is None
    assert found.percent == pytest.approx(1 / 3)
