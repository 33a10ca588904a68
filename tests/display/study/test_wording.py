"""Sentences on a whole study, for scores that were made up for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from weltoffen_eval.display.study import wording as study_wording
from weltoffen_eval.display.study.telling import ALL_MUNICIPALITIES, StudyTelling
from weltoffen_eval.results.overview import Overview, load_overview


@pytest.fixture(scope="module")
def example() -> Overview:
    return load_overview("beispiel")


def with_steps(example: Overview, steps: dict[str, float]) -> Overview:
    """The first 20 municipalities of 2021, in each field at 0, 1, 2, … steps."""
    rows = example.own_scores
    rows = rows[(rows["wave"] == "2021") & (rows["level"] == "dimension")].astype({"municipality": str})
    rows = rows[rows["municipality"].isin(sorted(set(rows["municipality"]))[:20])]
    place = rows["municipality"].map({key: n for n, key in enumerate(sorted(set(rows["municipality"])))})
    step = rows["id"].astype(str).map(lambda name: steps.get(name, 1.0))
    return replace(example, scores=rows.assign(score=np.asarray(place * step, dtype=float)))


def spread_of(overview: Overview) -> str:
    return study_wording.spread(StudyTelling(overview, ALL_MUNICIPALITIES), "2021").text


def test_the_field_with_the_widest_middle_half_is_named(example: Overview) -> None:
    # 0, 2, …, 38: by mpmath 1.3 (see test_quartiles) 9.0 and 29.0
    said = spread_of(with_steps(example, {"cohesion": 2.0}))
    assert said == (
        "Am weitesten auseinander liegen die Werte im Feld „Zusammenhalt und Begegnung“: Die mittlere Hälfte "
        "reicht von 9 bis 29 Punkten (n = 20)."
    )


def test_fields_that_are_equally_wide_are_named_together(example: Overview) -> None:
    said = spread_of(with_steps(example, {"cohesion": 2.0, "economy": 2.0}))
    assert said == (
        "Am weitesten auseinander liegen die Werte in den Feldern „Arbeit und wirtschaftliche Entwicklung“ "
        "und „Zusammenhalt und Begegnung“."
    )
    said = spread_of(with_steps(example, {}))
    assert said == "In allen Feldern liegen die Werte gleich weit auseinander."
