"""Statistics across municipalities against R and published examples."""

from __future__ import annotations

import math

import numpy as np
import pytest
from from_r import EXACT, EXPECTED
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import TTestPower

from weltoffen_eval.analysis.across import (
    across_findings,
    benjamini_hochberg,
    hodges_lehmann,
    holm,
    wilcoxon_p,
)
from weltoffen_eval.analysis.detectable import detectable_effect
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.ordinal_model import ordinal_shift


def test_wilcoxon_as_in_r_with_ties_and_exactly() -> None:
    assert wilcoxon_p(EXPECTED["gaps"]) == pytest.approx(EXPECTED["wilcoxon_tied"], abs=EXACT)
    assert wilcoxon_p(EXPECTED["untied"]) == pytest.approx(EXPECTED["wilcoxon_exact"], abs=EXACT)


def test_what_differs_by_rounding_only_is_a_tie() -> None:
    gaps = [0.1 + 0.2, 0.3, -0.3, 0.6, 1.2]
    assert wilcoxon_p(gaps) == wilcoxon_p([0.3, 0.3, -0.3, 0.6, 1.2])


def test_without_a_move_there_is_no_p() -> None:
    assert math.isnan(wilcoxon_p([0.0, 0.0, 1e-12]))
    assert math.isnan(wilcoxon_p([]))


def test_hodges_and_lehmann_as_in_r() -> None:
    assert hodges_lehmann(EXPECTED["untied"]) == pytest.approx(EXPECTED["pseudomedian"], abs=EXACT)
    assert math.isnan(hodges_lehmann([]))


def test_holm_and_benjamini_hochberg_as_in_r_and_in_the_paper() -> None:
    p_values = {f"{n:02d}": p for n, p in enumerate(EXPECTED["bh_p"])}
    assert list(holm(p_values).values()) == pytest.approx(EXPECTED["holm"], abs=EXACT)
    found = benjamini_hochberg(p_values)
    assert list(found.values()) == pytest.approx(EXPECTED["bh"], abs=EXACT)
    # Benjamini & Hochberg (1995), section 4.1: four hypotheses are rejected at 0.05
    assert sum(p <= 0.05 for p in found.values()) == 4


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_what_was_not_tested_is_no_part_of_the_family(adjust: object) -> None:
    family = {"a": 0.01, "b": 0.04, "c": 0.03}
    found = adjust({**family, "x": math.nan})  # type: ignore[operator]
    assert math.isnan(found.pop("x"))
    assert found == adjust(family)  # type: ignore[operator]
    assert adjust({}) == {}  # type: ignore[operator]


@pytest.mark.parametrize(("n", "fields"), [(36, 1), (25, 7), (60, 7), (100, 1), (200, 20), (350, 40)])
def test_what_can_be_found_is_what_a_t_test_of_fewer_would_find(n: int, fields: int) -> None:
    # of normal gaps Wilcoxon's test is as good as a t-test of 3/π as many (Hodges & Lehmann 1956)
    of_t = TTestPower().solve_power(nobs=n * 3 / math.pi, alpha=0.05 / fields, power=0.8)
    assert detectable_effect(n, fields) == pytest.approx(of_t, abs=0.04)


def test_what_can_be_found_is_found_by_the_test_that_is_made() -> None:
    # seven fields of 25 municipalities, of which one differs by what the table says
    random = np.random.Generator(np.random.PCG64(7))
    found = 0
    for _ in range(400):
        gaps_of_fields = random.standard_normal((7, 25))
        gaps_of_fields[0] += detectable_effect(25, 7)
        adjusted = holm({str(n): wilcoxon_p(list(field)) for n, field in enumerate(gaps_of_fields)})
        found += adjusted["0"] <= 0.05
    # 0.8 within three standard errors
    assert found / 400 == pytest.approx(0.8, abs=0.06)


def test_where_no_gaps_would_be_found_nothing_can_be() -> None:
    # all of 8 to one side: p = 2/2⁸ = 0.0078, and seven times that is above 0.05; of 9 it is below
    assert math.isnan(detectable_effect(8, 7))
    assert detectable_effect(9, 7) > detectable_effect(10, 7) > detectable_effect(11, 7)
    assert math.isnan(detectable_effect(7, 1))
    # between the rows of the table, and behind them
    assert detectable_effect(28, 7) < detectable_effect(26, 7) < detectable_effect(25, 7)
    assert detectable_effect(1400, 1) == pytest.approx(detectable_effect(350, 1) / 2)
    assert detectable_effect(25, 9) == detectable_effect(25, 10)


def test_proportional_odds_as_in_mass() -> None:
    levels = {"Low": 0, "Medium": 1, "High": 2}
    codes, high, clusters = [], [], []
    for row in EXPECTED["housing"]:
        for number in range(row["Freq"]):
            codes.append(levels[row["Sat"]])
            high.append(row["Cont"] == "High")
            clusters.append(f"c{number % 20}")
    shift, p, reason = ordinal_shift(codes, high, clusters)
    assert reason == ""
    # found by iteration on either side
    assert shift == pytest.approx(EXPECTED["housing_shift"], abs=1e-4)
    assert 0 < p < 1


def test_separation_and_too_few_municipalities_are_not_estimable() -> None:
    clusters = [f"c{n % 12}" for n in range(48)]
    persons = [n % 2 == 0 for n in range(48)]
    separated = [4 if person else 0 for person in persons]
    assert ordinal_shift(separated, persons, clusters)[2] == "not_estimable"
    assert ordinal_shift([2] * 48, persons, clusters)[2] == "no_variance"
    assert ordinal_shift(separated, persons, ["a"] * 48)[2] == "too_few"


def test_a_reversed_item_keeps_the_sign_of_its_gap() -> None:
    # the same answers as points and as 100 − points: the log odds ratio turns its sign
    points = [25.0 * (n * 7 % 5 if n % 2 else min(n * 3 % 5 + 1, 4)) for n in range(120)]
    persons = [n % 2 == 0 for n in range(120)]
    clusters = [f"c{n % 12}" for n in range(120)]
    shift, p, reason = ordinal_shift(points, persons, clusters)
    turned, again, _ = ordinal_shift([100 - value for value in points], persons, clusters)
    assert reason == "" and shift > 0
    assert (turned, again) == (pytest.approx(-shift, abs=1e-4), pytest.approx(p, abs=1e-4))


def gaps(values: list[float], entry: str = "x", level: str = "dimension") -> list[Finding]:
    return [
        Finding("gap", value, wave="1", setting="workshop", municipality=f"m{n}", level=level, id=entry,
                perspective="participants", other="administration")
        for n, value in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 4, 5, 7])
def test_below_eight_municipalities_nothing_is_tested(n: int) -> None:
    found = across_findings(gaps([-3.0, 4.0, -8.0, 2.0, -9.0, -4.5, -2.5, -1.5, -7.0][:n]))
    by_quantity = {finding.quantity: finding for finding in found}
    for quantity in ("wilcoxon_p", "holm_p"):
        assert math.isnan(by_quantity[quantity].value)
        assert by_quantity[quantity].reason == "too_few"
    assert not math.isnan(by_quantity["mean_gap"].value)
    assert math.isnan(by_quantity["mean_gap"].low)


def test_withheld_gaps_are_no_zeros() -> None:
    withheld = Finding("gap", wave="1", setting="workshop", municipality="w", level="dimension", id="x",
                       perspective="participants", other="administration", reason="group_size")  # fmt: skip
    values = [float(v) for v in EXPECTED["untied"]]
    assert across_findings([*gaps(values), withheld]) == across_findings(gaps(values))
    by_quantity = {finding.quantity: finding for finding in across_findings(gaps(values))}
    assert by_quantity["municipalities_below"].value == 8
    assert by_quantity["municipalities_above"].value == 4


@given(st.lists(st.integers(-100, 100), min_size=10, max_size=30))
def test_p_does_not_know_the_order_nor_the_direction(values: list[int]) -> None:
    p = wilcoxon_p(values)
    again = wilcoxon_p([-value for value in values[::-1]])
    assert p == pytest.approx(again, nan_ok=True)


def test_signs_families_and_reasons_of_what_moves_and_what_does_not() -> None:
    still = [0.0] * 10
    moves = [float(v) for v in EXPECTED["untied"]]
    found = across_findings([*gaps(moves, "x"), *gaps(still, "y"), *gaps(moves[:7], "z")])
    by_key = {(f.id, f.quantity): f for f in found}
    assert (by_key["y", "municipalities_above"].value, by_key["y", "municipalities_below"].value) == (0, 0)
    assert {name: by_key[name, "wilcoxon_p"].reason for name in "xyz"} == {
        "x": "",
        "y": "no_variance",
        "z": "too_few",
    }
    # one test was made, so that nothing is corrected
    assert by_key["x", "holm_p"].value == by_key["x", "wilcoxon_p"].value
    assert {f.method for f in found if f.quantity == "holm_p"} == {"family of 1"}


def test_up_to_fifty_gaps_the_test_is_exact() -> None:
    # all to one side: one of 2⁵⁰ patterns of signs, and its mirror
    assert wilcoxon_p([float(n) for n in range(1, 51)]) == pytest.approx(2.0**-49)
    # from there on normal: the sum of ranks less its mean and a half, over √(n(n + 1)(2n + 1)/24)
    z = (51 * 52 / 2 - 51 * 52 / 4 - 0.5) / math.sqrt(51 * 52 * 103 / 24)
    assert wilcoxon_p([float(n) for n in range(1, 52)]) == pytest.approx(math.erfc(z / math.sqrt(2)))


def test_an_estimate_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    codes = [n % 3 for n in range(60)]
    assert ordinal_shift(codes, [n % 2 == 0 for n in range(60)], [f"c{n % 12}" for n in range(60)])[2] == ""
    assert capsys.readouterr() == ("", "")
