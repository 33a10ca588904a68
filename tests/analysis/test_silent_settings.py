"""What can move no score, by hand for the worked example: two fields, criteria in the first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from places import REFERENCE

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.silent_settings import why_silent
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import Study, load_study


@pytest.fixture(scope="module")
def mini() -> Study:
    return load_study(REFERENCE / "example" / "study")


@pytest.fixture(scope="module")
def scheme(mini: Study) -> ScoringScheme:
    """That of the example: with an overall score, fields from their items."""
    return load_scheme(None, mini)


@pytest.mark.parametrize(
    ("changed", "setting", "why"),
    [
        ({}, "bands", "words_only"),
        ({}, "weights.dimension.alpha", ""),
        ({"overall": False}, "weights.dimension.alpha", "needs_overall"),
        ({"overall": False}, "aggregation.overall", "needs_overall"),
        ({}, "aggregation.overall", ""),
        ({}, "weights.criterion.alpha.eins", "needs_criteria"),
        ({}, "aggregation.criterion", "needs_criteria"),
        ({"levels": "criteria"}, "weights.criterion.alpha.eins", ""),
        ({"levels": "criteria"}, "aggregation.criterion", ""),
        ({}, "levels", ""),
        # the second criterion of the first field has one question
        ({}, "weights.item.A3", ""),
        ({"levels": "criteria"}, "weights.item.A3", "alone"),
        ({}, "min_coverage", ""),
        ({}, "points.stufen.1", ""),
    ],
)
def test_a_setting_that_can_move_nothing_has_a_reason(
    mini: Study, scheme: ScoringScheme, changed: dict[str, object], setting: str, why: str
) -> None:
    (instrument,) = {entry.id: entry for entry in mini.instruments.values()}.values()
    assert why_silent(setting, replace(scheme, **changed), instrument) == why  # type: ignore[arg-type]
