"""Bands of the dimensions: the same again, as wide as the choices make them, empty where there is no score."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from profiles import profile_of
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.draws import CHOICES, Sheets
from weltoffen_eval.analysis.robustness import RobustnessBand, robustness_bands, robustness_findings, seed_of
from weltoffen_eval.analysis.scheme import ScoringScheme, change_scheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study

STUDY = load_study("beispiel")
SCHEME = load_scheme(None, STUDY)


def bands(
    municipality: str, wave: str = "2021", seed: int = 1, **medians: float
) -> dict[str, RobustnessBand]:
    profile = profile_of("beispiel", municipality, wave)
    scores = {d.id: float(profile.score("dimension", d.id)["score"]) for d in profile.instrument.dimensions}
    return robustness_bands(profile.own_responses, profile.instrument, SCHEME, medians, scores, seed)


def test_the_same_seed_gives_the_same_band_and_seeds_come_from_names() -> None:
    assert bands("musterstadt") == bands("musterstadt")
    assert bands("musterstadt") != bands("musterstadt", seed=2)
    assert seed_of("beispiel", "musterstadt") == seed_of("beispiel", "musterstadt")
    assert seed_of("a", "bc") != seed_of("ab", "c")


def test_every_field_with_a_score_has_a_band_on_the_scale_around_it() -> None:
    for municipality, wave in (("musterstadt", "2021"), ("modellstadt", "2024"), ("vokabelstadt", "2021")):
        profile = profile_of("beispiel", municipality, wave)
        found = bands(municipality, wave)
        shown = {
            d.id for d in profile.instrument.dimensions if not profile.score("dimension", d.id)["withheld"]
        }
        assert set(found) == shown
        for band in found.values():
            assert 0 <= band.low <= band.high <= 100
            assert set(band.influence) == set(CHOICES)
            assert band.low - 25 <= band.score <= band.high + 25


def test_a_field_not_chosen_has_none() -> None:
    assert 0 < len(bands("silbenstadt")) < 7


def test_nothing_open_and_all_the_same_moves_nothing() -> None:
    profile = profile_of("beispiel", "musterstadt", "2021")
    answers = profile.own_responses.assign(code=2, value=np.nan, missing=None)
    scores = {d.id: 50.0 for d in profile.instrument.dimensions}
    for band in robustness_bands(answers, profile.instrument, SCHEME, {}, scores, 1).values():
        assert (band.low, band.high) == pytest.approx((50, 50))
        assert band.strongest == ""
        assert math.isnan(band.same_side)


def test_open_items_alone_as_by_hand() -> None:
    # fourteen of fifteen items at 100, one open with five options: a fifth of the draws at either end
    instrument = STUDY.instruments["2021"]
    items = [item.id for item in instrument.items_of("management")]
    assert len(items) == 15
    rows = pd.DataFrame(
        {"municipality": "a", "wave": "2021", "setting": "questionnaire", "perspective": "administration",
         "unit": "institution", "respondent": "b1", "item": items,
         "code": pd.array([*[4] * 14, None], dtype="Int64"), "value": np.nan, "missing": [*[None] * 14, "skipped"]}
    )  # fmt: skip
    band = robustness_bands(rows, instrument, SCHEME, {}, {"management": 100.0}, 1)["management"]
    assert band.influence["open_items"] == pytest.approx(100 / 15)
    assert band.influence["weights"] == pytest.approx(0)
    assert band.strongest == "open_items"


def test_the_side_of_the_reference_is_that_of_the_score() -> None:
    found = bands("musterstadt", **{d.id: 0.0 for d in STUDY.instruments["2021"].dimensions})
    assert {band.same_side for band in found.values()} == {1.0}
    beyond = bands("musterstadt", **{d.id: 100.0 for d in STUDY.instruments["2021"].dimensions})
    assert {band.same_side for band in beyond.values()} == {1.0}


def test_bands_by_hand() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f"), item("e", "g")])
    rows = responses([{"a": 0, "b": 2, "e": 4}])
    scheme = ScoringScheme("t", TITLE)
    band = robustness_bands(rows, questionnaire, scheme, {}, {"d": 50.0}, 1)["d"]
    # 25, 50, 50 and 75 with one of the criteria left out; one item each, so that the level moves nothing
    assert band.influence["left_out"] == 50
    assert band.influence["open_items"] == band.influence["level"] == 0
    assert 20 < band.influence["weights"] < 40
    assert band.strongest == "left_out"
    assert band.low < 25 < 75 < band.high
    assert band.n == 1000
    # the cube root of 1·50·100
    assert band.geometric == pytest.approx(5000 ** (1 / 3))


def test_the_share_on_the_same_side_by_hand() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f")])
    rows = responses([{"a": 0, "b": 4}])
    band = robustness_bands(rows, questionnaire, ScoringScheme("t", TITLE), {"d": 80.0}, {"d": 50.0}, 1)["d"]
    # without c it is 100; with both, weights move it to 75 at most: two thirds stay below 80
    assert band.same_side == pytest.approx(2 / 3, abs=0.05)


def test_on_the_median_a_score_is_on_its_upper_side() -> None:
    rows = responses([{"a": 2}])
    for median, share in ((50.0, 1.0), (51.0, 1.0), (49.0, 1.0)):
        bands_of = robustness_bands(
            rows, instrument([item("a")]), ScoringScheme("t", TITLE), {"d": median}, {"d": 50.0}, 1
        )
        assert bands_of["d"].same_side == share


def test_draws_that_the_coverage_rule_withholds_are_not_counted() -> None:
    questionnaire = instrument([item("a", "c"), item("b", "f"), item("e", "f")])
    rows = responses([{"a": 4, "b": 0, "e": "skipped"}])
    band = robustness_bands(rows, questionnaire, ScoringScheme("t", TITLE), {}, {"d": 50.0}, 1)["d"]
    # without c, one of two is answered: in a third of the draws
    assert band.n == pytest.approx(667, abs=45)
    # with criteria as the level f is withheld, and the score is that of c
    assert band.influence["level"] == 50


def test_below_half_a_point_nothing_is_the_strongest() -> None:
    even = dict.fromkeys(CHOICES, 0.4)
    assert RobustnessBand(50, 50, 50, math.nan, even, 1, math.nan).strongest == ""
    assert RobustnessBand(50, 50, 50, math.nan, even | {"level": 0.5}, 1, math.nan).strongest == "level"


def test_findings_hold_band_side_and_influence() -> None:
    band = RobustnessBand(50.0, 40.0, 60.0, math.nan, dict.fromkeys(CHOICES, 3.0), 900, 45.0)
    first, side, *influences = robustness_findings({"d": band}, "w", "m")
    assert (first.quantity, first.value, first.low, first.high, first.n) == ("band", 50, 40, 60, 900)
    assert (first.wave, first.municipality, first.level, first.id) == ("w", "m", "dimension", "d")
    assert (side.quantity, side.reason) == ("same_side_share", "no_reference")
    assert [(f.quantity, f.variant, f.value) for f in influences] == [("influence", c, 3.0) for c in CHOICES]
    (_, side, *_) = robustness_findings({"d": replace(band, same_side=0.5)}, "w", "m")
    assert (side.value, side.reason) == (0.5, "")


@pytest.mark.parametrize("levels", ["items", "criteria"])
def test_in_a_real_questionnaire_a_draw_without_choices_is_the_score(levels: str) -> None:
    for municipality, wave in (("musterstadt", "2021"), ("modellstadt", "2024"), ("vokabelstadt", "2021")):
        profile = profile_of("beispiel", municipality, wave)
        scheme = change_scheme(SCHEME, levels=levels)
        rows = score_responses(profile.own_responses, profile.instrument, scheme)
        expected = rows[rows["level"] == "dimension"].set_index("id")["score"]
        sheets = Sheets(profile.own_responses, profile.instrument, scheme)
        for dimension in profile.instrument.dimensions:
            (drawn,) = sheets.draw_scores(dimension.id, (), np.random.default_rng(1), 1)
            assert drawn == pytest.approx(expected[dimension.id], abs=1e-9, nan_ok=True)


def test_a_tenth_of_a_point_below_the_median_is_below() -> None:
    # c is 50, f is (20.1 − 10)/20: 50 without f, 50.5 without c, with both 50.125 to 50.375
    questionnaire = instrument([item("a", "c"), item("n", "f", scale="number")])
    rows = responses([{"a": 2, "n": 20.1}])
    band = robustness_bands(rows, questionnaire, ScoringScheme("t", TITLE), {"d": 50.4}, {"d": 50.25}, 1)["d"]
    assert band.same_side == pytest.approx(2 / 3, abs=0.05)


def test_a_seed_is_made_of_the_first_eight_bytes_of_a_hash() -> None:
    # printf 'a\\0b' | sha256sum
    assert seed_of("a", "b") == 0x59B271AE1BBCB1D3
