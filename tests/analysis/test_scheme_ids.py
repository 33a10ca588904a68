"""A scheme that names what no questionnaire has: refused by who scores, as by who reads its file."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from weltoffen_eval.analysis.scheme import change_scheme
from weltoffen_eval.analysis.scheme_change import compare_schemes
from weltoffen_eval.analysis.scheme_ids import unknown_ids
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({"item": {"MS0I": 2.0}}, r"weights\.item: 'MS0I', expected is the id of a item\. Did you mean 'MS"),
        ({"dimension": {"acces": 2.0}}, "Did you mean 'access'"),
        ({"criterion": {"nothing": 2.0}}, r"weights\.criterion: 'nothing'"),
    ],
)
def test_a_mistyped_id_is_refused_where_scores_are_made_and_compared(
    weights: dict[str, dict[str, float]], told: str
) -> None:
    study = load_study("beispiel")
    standard = load_scheme(None, study)
    mistyped = change_scheme(standard, weights=weights)
    nobody = pd.DataFrame({"wave": []})
    with pytest.raises(CallError, match=told):
        score_study(study, nobody, mistyped)
    with pytest.raises(CallError, match=told):
        compare_schemes(study, clean_responses(study).responses, standard, mistyped)


def test_an_option_that_no_scale_has_is_unknown_and_what_all_know_is_not() -> None:
    study = load_study("egi-chile")
    standard = load_scheme(None, study)
    assert unknown_ids(standard, study.instruments.values()) == []
    (entry,) = unknown_ids(replace(standard, points={"ja-nein": {9: 10.0}}), study.instruments.values())
    assert (entry.table, entry.found) == ("points.ja-nein", "9")
