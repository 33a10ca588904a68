"""Aggregation by hand: weights of 0, criteria and items beside them, the geometric floor, coverage."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from small import TITLE, Given, instrument, item, responses

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.study.instrument import Instrument

GEOMETRIC = dict.fromkeys(("criterion", "dimension", "overall"), "geometric")


def rows(questionnaire: Instrument, sheet: dict[str, Given], **scheme: Any) -> pd.DataFrame:
    rules = ScoringScheme("t", TITLE, **{"min_coverage": 0.5, "overall": True, **scheme})
    return score_responses(responses([sheet]), questionnaire, rules).set_index(["level", "id"])


def test_with_items_as_level_a_dimension_is_the_mean_of_its_items_and_with_criteria_of_them() -> None:
    questionnaire = instrument(
        [item("a", "c", 3.0), item("b", "c"), item("e", "f"), item("g", "", 2.0)], {"f": 4.0}
    )
    sheet: dict[str, Given] = {"a": 4, "b": 0, "e": 2, "g": 1}
    # (3·100 + 0 + 50 + 2·25) / 7
    assert rows(questionnaire, sheet)["score"]["dimension", "d"] == pytest.approx(400 / 7)
    by_criteria = rows(questionnaire, sheet, levels="criteria")["score"]
    # c = 300/4 = 75, weight 1; f = 50, weight 4; the item without a criterion, 25, weight 2
    assert by_criteria["criterion", "c"] == 75
    assert by_criteria["dimension", "d"] == pytest.approx((75 + 200 + 50) / 7)


@pytest.mark.parametrize("levels", ["items", "criteria"])
def test_an_item_of_weight_0_keeps_its_row_and_is_no_part_of_score_coverage_or_bounds(levels: str) -> None:
    questionnaire = instrument([item("a", "c"), item("b", "c", 0.0), item("e", "c")])
    found = rows(questionnaire, {"a": 4, "b": "skipped", "e": 2}, levels=levels)
    for key in (("criterion", "c"), ("dimension", "d"), ("overall", "overall")):
        assert found.loc[key, ["score", "low", "high", "n_items", "n_answered", "coverage"]].tolist() == [
            75,
            75,
            75,
            2,
            2,
            1,
        ]
    assert found.loc[("item", "b"), "withheld"] == "coverage"
    assert found.loc[("item", "b"), "n_items"] == 1


def test_a_criterion_of_weight_0_counts_where_items_are_the_level_only() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f"), item("e", "f")], {"f": 0.0})
    sheet: dict[str, Given] = {"a": 4, "b": 0, "e": "skipped"}
    by_items, by_criteria = (rows(questionnaire, sheet, levels=levels) for levels in ("items", "criteria"))
    # items: (100 + 0)/2, open from 0 to 100 thirds; criteria: c alone
    assert by_items.loc[("dimension", "d"), ["score", "n_items", "n_answered"]].tolist() == [50, 3, 2]
    assert by_items.loc[("dimension", "d"), ["low", "high"]].tolist() == pytest.approx([100 / 3, 200 / 3])
    assert by_criteria.loc[("dimension", "d"), ["score", "low", "high", "n_items"]].tolist() == [
        100,
        100,
        100,
        1,
    ]
    assert by_criteria.loc[("criterion", "f"), "score"] == 0


def test_a_dimension_of_weight_0_is_no_part_of_the_whole() -> None:
    questionnaire = instrument([item("a"), item("b", dimension="e")], dimensions={"e": 0.0})
    found = rows(questionnaire, {"a": 4, "b": "skipped"})
    assert found.loc[("overall", "overall"), ["score", "low", "high", "n_items", "coverage"]].tolist() == [
        100,
        100,
        100,
        1,
        1,
    ]
    assert found.loc[("dimension", "e"), "withheld"] == "coverage"


def test_where_all_weights_are_0_nothing_applies() -> None:
    found = rows(instrument([item("a", weight=0.0)]), {"a": 4})
    assert found.loc[("dimension", "d"), ["withheld", "n", "n_items"]].tolist() == ["not_applicable", 0, 0]
    assert found.loc[("overall", "overall"), "withheld"] == "not_applicable"
    assert math.isnan(found.loc[("dimension", "d"), "coverage"])
    assert found.loc[("item", "a"), "score"] == 100


def test_the_weights_of_a_scheme_stand_in_place_of_the_instruments() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f"), item("e", dimension="e")])
    weights = {"item": {"a": 3.0}, "criterion": {"f": 4.0}, "dimension": {"e": 2.0}}
    sheet: dict[str, Given] = {"a": 4, "b": 0, "e": 0}
    assert rows(questionnaire, sheet, weights=weights)["score"]["dimension", "d"] == 75
    by_criteria = rows(questionnaire, sheet, weights=weights, levels="criteria")["score"]
    assert by_criteria["dimension", "d"] == 20
    assert by_criteria["overall", "overall"] == pytest.approx(20 / 3)


def test_a_withheld_criterion_leaves_score_and_bounds_and_stays_in_the_coverage() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "c"), item("e", "f"), item("g", "f")])
    sheet: dict[str, Given] = {"a": 4, "b": 2, "e": "skipped", "g": "dont_know"}
    found = rows(questionnaire, sheet, levels="criteria")
    assert found.loc[("dimension", "d"), ["score", "low", "high", "coverage"]].tolist() == [75, 75, 75, 0.5]
    # and with items as the level its open items stay in the bounds
    found = rows(questionnaire, sheet)
    assert found.loc[("dimension", "d"), ["score", "low", "high"]].tolist() == [75, 37.5, 87.5]


def test_the_coverage_of_the_whole_is_over_all_items_those_of_withheld_dimensions_too() -> None:
    questionnaire = instrument(
        [item("a"), item("b", dimension="e"), item("g", dimension="e"), item("h", dimension="e")]
    )
    sheet: dict[str, Given] = {"a": 4, "b": 0, "g": "skipped", "h": "skipped"}
    found = rows(questionnaire, sheet)
    # e has one of three answers and is withheld; of all items two of four are answered
    assert found.loc[("dimension", "e"), "withheld"] == "coverage"
    assert found.loc[("overall", "overall"), ["score", "low", "high", "coverage"]].tolist() == [
        100,
        100,
        100,
        0.5,
    ]
    assert rows(questionnaire, sheet, min_coverage=0.6).loc[("overall", "overall"), "withheld"] == "coverage"


def test_a_geometric_mean_by_hand_with_its_floor_in_score_and_bounds() -> None:
    questionnaire = instrument([item("a", weight=3.0), item("b")])
    found = rows(questionnaire, {"a": 4, "b": 0}, aggregation=GEOMETRIC)
    # (100³·1)^(1/4)
    assert found.loc[("dimension", "d"), "score"] == pytest.approx(1_000_000**0.25)
    found = rows(questionnaire, {"a": 4, "b": "skipped"}, aggregation=GEOMETRIC)
    low, high = found.loc[("dimension", "d"), ["low", "high"]]
    assert (low, high) == pytest.approx((1_000_000**0.25, 100))


def test_each_level_has_its_own_mean() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "c"), item("e", "f"), item("g", dimension="e")])
    sheet: dict[str, Given] = {"a": 4, "b": 1, "e": 2, "g": 4}
    means = {"criterion": "geometric", "dimension": "arithmetic", "overall": "geometric"}
    found = rows(questionnaire, sheet, levels="criteria", aggregation=means)["score"]
    # c = √(100·25) = 50, d = (50 + 50)/2, the whole √(50·100)
    assert found["criterion", "c"] == pytest.approx(50)
    assert found["dimension", "d"] == pytest.approx(50)
    assert found["overall", "overall"] == pytest.approx(5000**0.5)


@pytest.mark.parametrize("levels", ["items", "criteria"])
def test_a_criterion_without_items_has_no_score_and_changes_no_other(levels: str) -> None:
    questionnaire = instrument([item("a", "c")], {"empty": 1.0}, {"void": 1.0})
    found = rows(questionnaire, {"a": 3}, levels=levels)
    assert found.loc[("dimension", "d"), "score"] == 75
    assert found.loc[("overall", "overall"), "score"] == 75
    for key in (("criterion", "empty"), ("dimension", "void")):
        assert found.loc[key, ["withheld", "n", "n_items"]].tolist() == ["not_applicable", 0, 0]
