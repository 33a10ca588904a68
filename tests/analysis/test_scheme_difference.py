"""What differs between schemes, what that moves, and what can move nothing; values by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scheme_difference import (
    MovedScores,
    SchemeDifference,
    differences,
    moved_scores,
    remarks_on,
)
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study

STANDARD = load_scheme("standard")


def test_a_scheme_does_not_differ_from_itself_whatever_it_is_called() -> None:
    assert differences(STANDARD, replace(STANDARD, id="other", title={"de": "Anders"}, note="x")) == []


def test_each_setting_that_differs_is_named_as_in_the_file() -> None:
    other = replace(
        STANDARD, min_coverage=0.8, weights={"dimension": {"access": 2.0}}, points={"umsetzung-5": {1: 20.0}}
    )
    assert differences(STANDARD, other) == [
        SchemeDifference("min_coverage", "0.6", "0.8"),
        SchemeDifference("weights.dimension.access", "that of the questionnaire", "2"),
        SchemeDifference("points.umsetzung-5.1", "that of the questionnaire", "20"),
    ]
    assert differences(other, STANDARD)[1] == SchemeDifference(
        "weights.dimension.access", "2", "that of the questionnaire"
    )


def scores(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    columns = ["municipality", "wave", "setting", "perspective", "unit", "respondent", "level", "id", "score"]
    where = ("2021", "questionnaire", "administration", "institution", "")
    return pd.DataFrame(
        [(key, *where, level, "access", score) for key, level, score in rows], columns=columns
    )


def test_how_far_scores_move_is_told_over_those_shown_under_both() -> None:
    before = scores(
        ("a", "dimension", 50), ("b", "dimension", 40), ("c", "dimension", 30), ("d", "dimension", None)
    )
    after = scores(
        ("a", "dimension", 45), ("b", "dimension", 42), ("c", "dimension", None), ("d", "dimension", 10)
    )
    assert moved_scores(before, after) == [MovedScores("dimension", "access", 2, 2, -5.0, 2.0, 1, 1)]


def test_items_and_criteria_are_not_listed() -> None:
    assert moved_scores(scores(("a", "item", 50)), scores(("a", "item", 40))) == []


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        (replace(STANDARD, weights={"dimension": {"access": 2.0}}), "Weights of dimensions move nothing"),
        (replace(STANDARD, weights={"criterion": {"access.sport": 2.0}}), "Weights of criteria move nothing"),
        (replace(STANDARD, weights={"item": {"MS01": 1.0}}), "the weights of MS01 are as without"),
        (replace(STANDARD, points={"umsetzung-5": {0: 10.0}}), "worth 10 to 100 points"),
        (
            replace(STANDARD, aggregation={**STANDARD.aggregation, "overall": "geometric"}),
            "overall score moves",
        ),
        (
            replace(STANDARD, aggregation={**STANDARD.aggregation, "criterion": "geometric"}),
            "The mean of a criterion moves no dimension",
        ),
    ],
)
def test_what_moves_nothing_or_surprises_is_said(scheme: ScoringScheme, said: str) -> None:
    remarks = remarks_on(scheme, list(load_study("beispiel").instruments.values()))
    assert any(said in remark for remark in remarks), remarks


def test_what_stands_alone_or_has_no_criteria_is_said() -> None:
    """The e-government study: one field, here without its criteria."""
    instruments = [replace(next(iter(load_study("egi-chile").instruments.values())), criteria=())]
    scheme = replace(
        STANDARD, levels="criteria", overall=True, weights={"dimension": {instruments[0].dimensions[0].id: 2.0}},
        aggregation={**STANDARD.aggregation, "criterion": "geometric"},
    )  # fmt: skip
    said = " ".join(remarks_on(scheme, instruments))
    assert 'levels = "criteria" moves nothing in' in said
    assert "The mean of a criterion moves nothing in" in said
    assert "nothing stands beside them" in said


def test_of_the_standard_nothing_is_to_be_said() -> None:
    assert remarks_on(STANDARD, list(load_study("beispiel").instruments.values())) == []
    counting = replace(STANDARD, overall=True, weights={"dimension": {"access": 2.0}})
    assert remarks_on(counting, list(load_study("beispiel").instruments.values())) == []
