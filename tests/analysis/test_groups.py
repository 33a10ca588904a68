"""Groups of respondents: sums that are exact however the sheets are cut, and the same scores from matrices."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis import scoring
from weltoffen_eval.analysis.groups import exact_parts
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses, score_study, score_waves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.generator import write_study
from weltoffen_eval.study.responses.cleaning import clean_responses

POINTS = st.lists(st.floats(0, 100, allow_subnormal=False), max_size=30)


@given(POINTS)
def test_the_parts_of_a_sum_are_exactly_the_sum(values: list[float]) -> None:
    assert sum(map(Fraction, exact_parts(values))) == sum(map(Fraction, values))


def test_a_mean_is_exactly_rounded_however_the_sheets_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    # points of which no sum is a number of a computer; 0.1 + 0.2 + 0.3 is not 0.6 there
    scheme = ScoringScheme("t", TITLE, points={"five": {0: 0.1, 1: 0.2, 2: 0.3, 3: 33.3, 4: 99.9}})
    chance = random.Random(7)
    said = [chance.randrange(5) for _ in range(40)]
    rows = responses([{"a": code} for code in said], unit="persons")
    questionnaire = instrument([item("a")])
    points = [Fraction([0.1, 0.2, 0.3, 33.3, 99.9][code]) for code in said]
    once = score_responses(rows, questionnaire, scheme)
    assert once.set_index("level")["score"]["item"] == pytest.approx(float(sum(points) / 40), rel=1e-15)
    for cut in (1, 3, 7, 39, 40):
        monkeypatch.setattr(scoring, "SHEETS_AT_ONCE", cut)
        pd.testing.assert_frame_equal(once, score_responses(rows, questionnaire, scheme), check_exact=True)


@pytest.mark.parametrize("by", ["municipality", "respondent"])
def test_scores_from_matrices_are_those_from_the_table(
    tmp_path: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(tmp_path, 6)
    study = load_study(tmp_path)
    scheme = load_scheme(None, study)
    cleaned = clean_responses(study)
    from_table = score_study(study, cleaned.responses, scheme, by)
    for cut in (scoring.SHEETS_AT_ONCE, 2):
        monkeypatch.setattr(scoring, "SHEETS_AT_ONCE", cut)
        pd.testing.assert_frame_equal(
            from_table, score_waves(study, cleaned.waves, scheme, by), check_exact=True
        )
