"""Bands of the dimensions: the same again, as wide as the choices make them, empty where there is no score."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from weltoffen_eval.analysis.profile import load_profile
from weltoffen_eval.analysis.robustness import CHOICES, Band, robustness_bands, seed_of
from weltoffen_eval.analysis.scheme import load_scheme
from weltoffen_eval.study.definition import load_study

STUDY = load_study("beispiel")
SCHEME = load_scheme(None, STUDY)


def bands(municipality: str, wave: str = "2021", seed: int = 1, **medians: float) -> dict[str, Band]:
    profile = load_profile("beispiel", municipality, wave)
    scores = {d.id: float(profile.score("dimension", d.id)["score"]) for d in profile.instrument.dimensions}
    return robustness_bands(profile.own_responses, profile.instrument, SCHEME, medians, scores, seed)


def test_the_same_seed_gives_the_same_band_and_seeds_come_from_names() -> None:
    assert bands("musterstadt") == bands("musterstadt")
    assert bands("musterstadt") != bands("musterstadt", seed=2)
    assert seed_of("beispiel", "musterstadt") == seed_of("beispiel", "musterstadt")
    assert seed_of("a", "bc") != seed_of("ab", "c")


def test_every_field_with_a_score_has_a_band_on_the_scale_around_it() -> None:
    for municipality, wave in (("musterstadt", "2021"), ("modellstadt", "2024"), ("vokabelstadt", "2021")):
        profile = load_profile("beispiel", municipality, wave)
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
    profile = load_profile("beispiel", "musterstadt", "2021")
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
