"""What another scheme changes, by hand from the worked example."""

from __future__ import annotations

import math

from places import REFERENCE

from weltoffen_eval.analysis.scheme import change_scheme
from weltoffen_eval.analysis.scheme_change import compare_schemes
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses


def test_before_after_and_change_of_the_worked_example_by_hand() -> None:
    study = load_study(REFERENCE / "example" / "study")
    before = load_scheme(None, study)
    after = change_scheme(before, levels="criteria", min_coverage=0.0)
    compared = compare_schemes(study, clean_responses(study).responses, before, after)
    assert list(compared.columns) == ["municipality", "wave", "dimension", "before", "after", "change"]
    assert len(compared) == 6, "nobody but the three administrations"
    found = compared.set_index(["municipality", "dimension"])[["before", "after", "change"]]
    # criteria of Adorf: (100 + 2·100)/3 and 50, of Cekreis: 50 and 2·0 and 0
    assert found.loc[("adorf", "alpha")].tolist() == [87.5, 75, -12.5]
    assert found.loc[("adorf", "beta")].tolist() == [37.5, 37.5, 0]
    cekreis = found.loc[("cekreis", "alpha")].tolist()
    assert [round(value, 9) for value in cekreis] == [12.5, round(25 / 3, 9), round(25 / 3 - 12.5, 9)]
    # one of three answers, withheld before
    bestadt = found.loc[("bestadt", "alpha")].tolist()
    assert [math.isnan(value) for value in bestadt] == [True, False, True]
    assert bestadt[1] == 100
