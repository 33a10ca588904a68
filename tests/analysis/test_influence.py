"""Which answers carry most, by hand from the worked example."""

from __future__ import annotations

from places import REFERENCE
from pytest import approx

from weltoffen_eval.analysis.influence import influences
from weltoffen_eval.analysis.scheme import change_scheme
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.responses.cleaning import clean_responses


def test_points_that_a_field_has_with_an_answer_less_those_without_it_by_hand() -> None:
    study = load_study(REFERENCE / "example" / "study")
    rows = clean_responses(study).responses
    own = rows[is_self_check(rows) & (rows["municipality"] == "adorf")]
    (instrument,) = study.instruments.values()
    scheme = load_scheme(None, study)
    found = influences(own, instrument, scheme, {"alpha": 87.5, "beta": 37.5})
    # alpha is (100 + 2·100 + 50)/4, beta (50 + 25)/2; without A1 alpha is 250/3, without A2 150/2, without A3 300/3
    told = {entry.item: entry.points for entry in found}
    assert told == approx({"A2": 12.5, "A3": -12.5, "B1": 12.5, "B2": -12.5, "A1": 87.5 - 250 / 3})
    assert [entry.item for entry in found] == ["A2", "A3", "B1", "B2", "A1"], (
        "the furthest first, then as asked"
    )


def test_what_is_not_answered_and_what_is_all_of_its_field_is_not_told() -> None:
    study = load_study(REFERENCE / "example" / "study")
    rows = clean_responses(study).responses
    own = rows[is_self_check(rows) & (rows["municipality"] == "bestadt")]
    (instrument,) = study.instruments.values()
    scheme = change_scheme(load_scheme(None, study), min_coverage=0.0)
    # of alpha only A1 is answered, of beta only B2
    assert influences(own, instrument, scheme, {"alpha": 100.0, "beta": 50.25}) == []
