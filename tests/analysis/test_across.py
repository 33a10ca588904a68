"""Statistics across municipalities against R and published examples."""

from __future__ import annotations

import math

import pytest
from from_r import EXACT, EXPECTED
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.analysis.across import (
    across_findings,
    benjamini_hochberg,
    detectable_effect,
    hodges_lehmann,
    holm,
    ordinal_shift,
    wilcoxon_p,
)
from weltoffen_eval.analysis.findings import Finding


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


def test_what_36_municipalities_can_show() -> None:
    # power.t.test of R, which leaves out the other tail; and the 0.48 of the methods
    assert detectable_effect(36) == pytest.approx(EXPECTED["power36"], abs=1e-4)
    assert math.isnan(detectable_effect(9))


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


def gaps(values: list[float], entry: str = "x", level: str = "dimension") -> list[Finding]:
    return [
        Finding("gap", value, wave="1", setting="workshop", municipality=f"m{n}", level=level, id=entry,
                perspective="participants", other="administration")
        for n, value in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 4, 5, 9])
def test_below_ten_municipalities_nothing_is_tested(n: int) -> None:
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
    found = across_findings([*gaps(moves, "x"), *gaps(still, "y"), *gaps(moves[:9], "z")])
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
