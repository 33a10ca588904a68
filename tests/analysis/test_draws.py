"""Draws: with nothing varied the score itself, for every scheme; each choice by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.draws import Sheets
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.study.instrument import Instrument

ARITHMETIC = dict.fromkeys(("criterion", "dimension", "overall"), "arithmetic")
MEANS = st.sampled_from(["arithmetic", "geometric"])
SCHEMES = st.builds(
    ScoringScheme,
    id=st.just("t"),
    title=st.just(TITLE),
    levels=st.sampled_from(["items", "criteria"]),
    aggregation=st.fixed_dictionaries({"criterion": MEANS, "dimension": MEANS, "overall": MEANS}),
    min_coverage=st.sampled_from([0.0, 0.5, 0.6, 1.0]),
    weights=st.fixed_dictionaries({"criterion": st.just({"c0": 3.0}), "item": st.just({"i1": 0.5})}),
    points=st.sampled_from([{}, {"five": {1: 90.0}}]),
)
ANSWER = st.sampled_from([0, 1, 2, 3, 4, 20.0, "skipped", "dont_know", "not_applicable"])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Instrument, list[dict[str, object]]]:
    """Two dimensions, up to three criteria and items without one; weights of 0 too; one to three sheets."""
    items = []
    for number in range(draw(st.integers(3, 9))):
        criterion = draw(st.sampled_from(["", "c0", "c1", "c2"]))
        dimension = "e" if criterion == "c2" else "d" if criterion else draw(st.sampled_from("de"))
        weight = draw(st.sampled_from([0.0, 0.3, 1.0, 2.5]))
        scale = draw(st.sampled_from(["five", "five", "number", "narrow"]))
        items.append(item(f"i{number}", criterion, weight, scale, dimension, draw(st.sampled_from([1, -1]))))
    weights = {e.criterion: draw(st.sampled_from([0.0, 1.0, 2.0])) for e in items if e.criterion}
    sheets = []
    for _ in range(draw(st.integers(1, 3))):
        sheet: dict[str, object] = {}
        for entry in items:
            answer = draw(ANSWER)
            if isinstance(answer, float) != (entry.scale == "number") and not isinstance(answer, str):
                answer = 17.5 if entry.scale == "number" else 1
            sheet[entry.id] = 1 if entry.scale == "narrow" and isinstance(answer, int) else answer
        sheets.append(sheet)
    return instrument(items, weights), sheets


@settings(max_examples=30, deadline=None)
@given(cases(), SCHEMES)
def test_with_nothing_varied_a_draw_is_the_score(
    case: tuple[Instrument, list[dict[str, object]]], scheme: ScoringScheme
) -> None:
    questionnaire, sheets = case
    rows = responses(sheets)  # type: ignore[arg-type]
    scores = score_responses(rows, questionnaire, scheme)
    scores = scores[scores["level"] == "dimension"].set_index("id")
    drawn = Sheets(rows, questionnaire, scheme)
    for dimension in questionnaire.dimensions:
        found = drawn.draw_scores(dimension.id, (), np.random.default_rng(1), 4)
        np.testing.assert_allclose(found, np.full(4, scores["score"][dimension.id]), atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(cases(), SCHEMES)
def test_whatever_is_drawn_for_open_items_the_score_stays_within_its_bounds(
    case: tuple[Instrument, list[dict[str, object]]], scheme: ScoringScheme
) -> None:
    questionnaire, sheets = case
    rows = responses(sheets)  # type: ignore[arg-type]
    scores = score_responses(rows, questionnaire, scheme)
    scores = scores[scores["level"] == "dimension"].set_index("id")
    drawn = Sheets(rows, questionnaire, scheme)
    for dimension in questionnaire.dimensions:
        row = scores.loc[dimension.id]
        found = drawn.draw_scores(dimension.id, ("open_items",), np.random.default_rng(1), 50)
        assert np.isnan(found).all() == bool(row["withheld"])
        if not row["withheld"]:
            assert found.min() >= row["low"] - 1e-9
            assert found.max() <= row["high"] + 1e-9


def draw(
    questionnaire: Instrument, sheets: list[dict[str, object]], varied: tuple[str, ...], scheme: ScoringScheme | None = None,
    draws: int = 40_000,
) -> np.ndarray:  # fmt: skip
    rows = responses(sheets)  # type: ignore[arg-type]
    sheets_of = Sheets(rows, questionnaire, scheme or ScoringScheme("t", TITLE, min_coverage=0.5))
    return sheets_of.draw_scores("d", varied, np.random.default_rng(7), draws)


def shares(found: np.ndarray) -> dict[float, float]:
    """How often each value was drawn."""
    values, counts = np.unique(np.round(found, 6), return_counts=True)
    return {float(v): int(c) / len(found) for v, c in zip(values, counts, strict=True)}


def test_an_open_question_is_each_of_its_options_alike() -> None:
    # answered 100, open 0, 25, 50, 75 or 100
    found = draw(instrument([item("a"), item("b")]), [{"a": 4, "b": "skipped"}], ("open_items",))
    assert shares(found) == pytest.approx({50: 0.2, 62.5: 0.2, 75: 0.2, 87.5: 0.2, 100: 0.2}, abs=0.01)


def test_the_points_of_an_option_are_those_of_the_scheme_and_of_its_direction() -> None:
    scheme = ScoringScheme("t", TITLE, min_coverage=0.5, points={"narrow": {0: 30.0}})
    questionnaire = instrument([item("a"), item("b", scale="narrow", direction=-1)])
    found = draw(questionnaire, [{"a": 0, "b": "dont_know"}], ("open_items",), scheme)
    # 100 − 60 and 100 − 30, half of it since the other answer has 0 points
    assert shares(found) == pytest.approx({20: 0.5, 35: 0.5}, abs=0.01)


def test_an_open_number_lies_anywhere_on_its_scale() -> None:
    questionnaire = instrument([item("a", scale="number"), item("b", scale="number")])
    found = 2 * draw(questionnaire, [{"a": 10.0, "b": "skipped"}], ("open_items",))
    # even from 0 to 100 points: a tenth of the draws in each tenth
    assert np.quantile(found, [0.05, 0.25, 0.5, 0.75, 0.95]) == pytest.approx([5, 25, 50, 75, 95], abs=1)
    assert 0 <= found.min() < 0.1
    assert 99.9 < found.max() <= 100


def test_what_does_not_concern_a_municipality_is_not_drawn() -> None:
    sheet: dict[str, object] = {"a": 4, "b": "not_applicable", "c": "not_asked"}
    assert shares(
        draw(instrument([item("a"), item("b"), item("c")]), [sheet], ("open_items",))
    ) == pytest.approx({100: 1}, abs=0.01)


def test_open_questions_of_two_sheets_are_drawn_apart() -> None:
    questionnaire = instrument([item("a"), item("b", scale="narrow")])
    found = draw(questionnaire, [{"a": 0, "b": "skipped"}] * 2, ("open_items",))
    # each sheet 20 or 30
    assert shares(found) == pytest.approx({20: 0.25, 25: 0.5, 30: 0.25}, abs=0.01)


def test_weights_are_multiplied_by_a_half_to_one_and_a_half() -> None:
    found = draw(instrument([item("a"), item("b")]), [{"a": 0, "b": 4}], ("weights",), draws=200_000)
    # by hand: P(w2 ≤ r·w1) = 9r/8 − 3/4 + 1/(8r) = 0.05 at r = 0.479276; 100·r/(1 + r) = 32.3994
    assert np.quantile(found, [0.05, 0.95]) == pytest.approx([32.3994, 67.6006], abs=0.2)
    assert found.min() == pytest.approx(25, abs=0.2)
    assert found.max() == pytest.approx(75, abs=0.2)


def test_weights_of_criteria_and_of_items_without_one_are_drawn_too() -> None:
    scheme = ScoringScheme("t", TITLE, levels="criteria", weights={"criterion": {"c": 3.0}})
    questionnaire = instrument([item("a", "c"), item("b")])
    found = draw(questionnaire, [{"a": 0, "b": 4}], ("weights",), scheme, draws=200_000)
    # between 100·0.5/(0.5 + 4.5) and 100·1.5/(1.5 + 1.5)
    assert found.min() == pytest.approx(10, abs=0.2)
    assert found.max() == pytest.approx(50, abs=0.2)


def test_the_level_is_items_or_criteria() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "c"), item("e", "f"), item("g")])
    found = draw(questionnaire, [{"a": 4, "b": 4, "e": 0, "g": 0}], ("level",))
    # items: 200/4; criteria: (100 + 0 + 0)/3, the last item beside them
    assert shares(found) == pytest.approx({50: 0.5, round(100 / 3, 6): 0.5}, abs=0.01)


def test_none_or_one_of_the_criteria_is_left_out() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f"), item("e", "g")])
    sheet: dict[str, object] = {"a": 0, "b": 2, "e": 4}
    for levels in ("items", "criteria"):
        found = draw(questionnaire, [sheet], ("left_out",), ScoringScheme("t", TITLE, levels=levels))
        # none or the middle one: 50; the first: 75; the last: 25
        assert shares(found) == pytest.approx({25: 0.25, 50: 0.5, 75: 0.25}, abs=0.01)


def test_one_criterion_is_left_out_only_where_something_else_is_there() -> None:
    alone = draw(instrument([item("a", "c")]), [{"a": 4}], ("left_out",))
    assert shares(alone) == pytest.approx({100: 1}, abs=0.01)
    beside = draw(instrument([item("a", "c"), item("b")]), [{"a": 4, "b": 0}], ("left_out",))
    assert shares(beside) == pytest.approx({0: 0.5, 50: 0.5}, abs=0.01)


def test_a_draw_below_the_coverage_rule_has_no_score() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f"), item("e", "f")])
    sheet: dict[str, object] = {"a": 4, "b": 0, "e": "skipped"}
    found = draw(questionnaire, [sheet], ("left_out",), ScoringScheme("t", TITLE, min_coverage=0.6))
    # two of three: 50; without c one of two, below 0.6; without f 100
    there = found[~np.isnan(found)]
    assert 1 - len(there) / len(found) == pytest.approx(1 / 3, abs=0.01)
    assert shares(there) == pytest.approx({50: 0.5, 100: 0.5}, abs=0.01)


def test_a_criterion_below_the_coverage_rule_stays_out_whatever_is_drawn_for_its_open_questions() -> None:
    questionnaire = instrument(
        [item("a", "c"), item("b", "c"), item("e", "c"), item("g", "f"), item("h", "f")]
    )
    sheet: dict[str, object] = {"a": 4, "b": 4, "e": 4, "g": 0, "h": "skipped"}
    scheme = ScoringScheme("t", TITLE, levels="criteria", min_coverage=0.6)
    # f has one of two answers: the dimension, with four of five, is c alone
    assert shares(draw(questionnaire, [sheet], ("open_items",), scheme)) == pytest.approx({100: 1}, abs=0.01)


def test_a_sheet_below_the_coverage_rule_is_no_part_of_any_draw() -> None:
    questionnaire = instrument([item("a"), item("b")])
    sheets: list[dict[str, object]] = [{"a": 4, "b": 4}, {"a": 0, "b": "skipped"}]
    scheme = ScoringScheme("t", TITLE, min_coverage=0.6)
    assert shares(draw(questionnaire, sheets, ("open_items",), scheme)) == pytest.approx({100: 1}, abs=0.01)


def test_the_order_of_sheets_draws_nothing_else() -> None:
    questionnaire = instrument([item("a"), item("b")])
    rows = responses({"x": {"a": 4, "b": "skipped"}, "y": {"a": 0, "b": "dont_know"}, "z": {"a": 1, "b": 2}})
    scheme = ScoringScheme("t", TITLE, min_coverage=0.5)
    once, again = (
        Sheets(of, questionnaire, scheme).draw_scores("d", ("open_items",), np.random.default_rng(1), 20)
        for of in (rows, rows.iloc[::-1])
    )
    np.testing.assert_array_equal(once, again)
    assert len(set(once)) > 1


def test_the_geometric_score_is_that_of_the_criteria_by_hand() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "c"), item("e", "f"), item("g")], {"c": 2.0})
    rows = responses([{"a": 4, "b": 0, "e": 4, "g": 0}])
    scheme = ScoringScheme("t", TITLE, aggregation=ARITHMETIC)
    # c = 50 with weight 2, f = 100, and the item without a criterion, 0, counts as 1: (50²·100·1)^(1/4)
    assert Sheets(rows, questionnaire, scheme).geometric_score("d") == pytest.approx(250_000**0.25)


def test_the_geometric_score_of_two_sheets_is_the_mean_of_theirs() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f")])
    rows = responses([{"a": 4, "b": 1}, {"a": 2, "b": 2}])
    # √(100·25) = 50 and √(50·50) = 50; of the mean criteria, 75 and 37.5, it would be 53.03
    assert Sheets(rows, questionnaire, ScoringScheme("t", TITLE)).geometric_score("d") == pytest.approx(50)


def test_without_criteria_or_below_the_coverage_rule_there_is_no_geometric_score() -> None:
    scheme = ScoringScheme("t", TITLE)
    assert np.isnan(Sheets(responses([{"a": 4}]), instrument([item("a")]), scheme).geometric_score("d"))
    open_one = responses([{"a": 4, "b": "skipped"}])
    questionnaire = instrument([item("a", "c"), item("b", "f")])
    assert np.isnan(Sheets(open_one, questionnaire, scheme).geometric_score("d"))
