"""Where gaps repeat and what changed over municipalities, worked out by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.results.overview import Overview
from weltoffen_eval.results.overview_waves import changes_across, compared_from, repeated_gaps
from weltoffen_eval.study.reported import SELF_CHECK
from weltoffen_eval.study.succession import Successions

QUESTIONNAIRE = instrument([item("a"), item("b")])
SCHEME = ScoringScheme("t", TITLE)


def overview_of(municipalities: int, unit: str = "institution") -> Overview:
    """Each answers a and b alike: 0 to 4 in turns, and in the next wave a step more where there is one."""
    frames = []
    for wave, step in (("1", 0), ("2", 1)):
        for n in range(municipalities):
            code = min(4, n % 5 + step)
            sheets: Any = [{"a": code, "b": code}] * (1 if unit == "institution" else 6)
            frames.append(responses(sheets, f"m{n}", unit, wave=wave))
    rows = pd.concat(frames)
    waves = ("1", "2")
    study: Any = SimpleNamespace(
        id="s", instruments=dict.fromkeys(waves, QUESTIONNAIRE), waves=(), files=(), register=None,
        report=SELF_CHECK, successions=Successions((), waves),
    )  # fmt: skip
    scores = pd.concat([score_responses(rows[rows["wave"] == w], QUESTIONNAIRE, SCHEME) for w in waves])
    return Overview(study, SCHEME, rows, scores, {})


def test_it_is_counted_in_how_many_a_field_or_question_has_few_points() -> None:
    found = repeated_gaps(overview_of(10), "1")
    # 0, 25, 50, 75, 100 points twice each: below 50 are four, below 25 two
    assert [(f.id, f.value, f.n) for f in found["dimension"]] == [("d", 4, 10)]
    assert [(f.id, f.value, f.n) for f in found["item"]] == [("a", 2, 10), ("b", 2, 10)]
    assert found["item"][0].key == "@/1/questionnaire/administration/item/a/municipalities_below=25"


def test_a_change_over_municipalities_is_their_mean_and_in_how_many_it_is_named() -> None:
    overview = overview_of(10)
    of = changes_across(overview, "2")["1"]["d"]
    # eight times 25 points, twice 0: mean 20, variance 1000/9, t of 9 degrees 2.262157 (R: qt(.975, 9))
    half = 2.262157 * math.sqrt(1000 / 9 / 10)
    mean = of["mean_change"]
    assert (mean.value, mean.low, mean.high) == pytest.approx((20, 20 - half, 20 + half), abs=1e-5)
    assert (of["municipalities_up"].value, of["municipalities_down"].value, mean.n) == (8, 0, 10)
    assert compared_from(overview, "2", "1") == 10
    assert changes_across(overview, "1") == {}


def test_over_seven_municipalities_nothing_is_told() -> None:
    overview = overview_of(7)
    every = [f for of in repeated_gaps(overview, "1").values() for f in of]
    every += list(changes_across(overview, "2")["1"]["d"].values())
    assert len(every) == 6
    assert all(math.isnan(f.value) and f.reason == "disclosure" for f in every)


def test_persons_in_the_place_of_administrations_are_not_counted() -> None:
    overview = overview_of(10, "persons")
    assert {f.n for of in repeated_gaps(overview, "1").values() for f in of} == {0}
    assert changes_across(overview, "2") == {}
