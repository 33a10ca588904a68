"""Sentences on a whole study, for scores that were made up for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from weltoffen_eval.analysis.findings import Finding
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
    # 0, 2, …, 38: hdquantiles of scipy at 9.00 and 29.00
    said = spread_of(with_steps(example, {"cohesion": 2.0}))
    assert said == (
        "Am weitesten auseinander liegen die Werte im Handlungsfeld „Zusammenhalt und Begegnung“: Die mittlere Hälfte "
        "reicht von 9 bis 29 Punkten (n = 20)."
    )


def test_fields_that_are_equally_wide_are_named_together(example: Overview) -> None:
    said = spread_of(with_steps(example, {"cohesion": 2.0, "economy": 2.0}))
    assert said == (
        "Am weitesten auseinander liegen die Werte in den Handlungsfeldern „Arbeit und wirtschaftliche Entwicklung“ "
        "und „Zusammenhalt und Begegnung“."
    )
    said = spread_of(with_steps(example, {}))
    assert said == "In allen Handlungsfeldern liegen die Werte gleich weit auseinander."


def told(example: Overview, *fields: tuple[float, float, int, int], n: int = 26) -> str:
    """What is said of gaps of the first fields: mean gap, corrected p, municipalities below and above."""
    names = [dimension.id for dimension in example.instrument("2021").dimensions]
    made = replace(example)
    made.__dict__["across"] = [
        Finding(quantity, value, n=float(n), wave="2021", setting="workshop", perspective="participants",
                other="administration", level="dimension", id=name)
        for name, (gap, p, below, above) in zip(names, fields, strict=False)
        for quantity, value in (
            ("mean_gap", gap), ("holm_p", p), ("municipalities_below", below), ("municipalities_above", above)
        )
    ]  # fmt: skip
    said = study_wording.gaps(StudyTelling(made, ALL_MUNICIPALITIES), "2021", "workshop")
    return " ".join(sentence.text for sentence in said)


def test_the_direction_of_gaps_is_told(example: Overview) -> None:
    clear, none = (-4.4, 0.01, 20, 6), (-3.0, 0.2, 14, 12)
    assert told(example, clear, clear, clear, clear, clear, (-8.3, 0.001, 23, 3), none) == (
        "In sechs von sieben Handlungsfeldern schätzen die Teilnehmenden den Stand niedriger ein als die "
        "Verwaltung, im Mittel um vier bis acht Punkte. Das zeigt sich in den meisten der 26 Kommunen und "
        "lässt sich kaum durch Zufall erklären."
    )
    assert told(example, *[clear] * 7).startswith("In allen sieben Handlungsfeldern schätzen")
    higher = told(example, (5.2, 0.01, 6, 20), *[none] * 6)
    assert higher.startswith(
        "In einem von sieben Handlungsfeldern schätzen die Teilnehmenden den Stand höher"
    )
    both = told(example, (5.2, 0.01, 6, 20), clear, *[none] * 5)
    assert "niedriger ein als die Verwaltung, im Mittel um vier Punkte." in both
    assert "höher ein als die Verwaltung, im Mittel um fünf Punkte." in both
    assert told(example, *[none] * 7).startswith("In keinem der sieben getesteten Handlungsfelder")


def test_most_municipalities_are_named_only_where_they_are_most(example: Overview) -> None:
    assert told(example, *[(-4.4, 0.04, 13, 13)] * 7).endswith(
        "Punkte. Das lässt sich kaum durch Zufall erklären."
    )


def test_small_gaps_are_told_without_a_wrong_plural(example: Overview) -> None:
    assert "im Mittel um weniger als zwei Punkte." in told(example, *[(-1.4, 0.01, 20, 6)] * 7)
    assert "im Mittel um bis zu vier Punkte." in told(
        example, *[(-1.4, 0.01, 20, 6)] * 6, (-4.2, 0.01, 20, 6)
    )


def test_what_was_not_tested_is_said(example: Overview) -> None:
    nan = float("nan")
    assert told(example, *[(-4.4, nan, 4, 3)] * 7, n=7) == (
        "Getestet ist nichts: Dafür braucht es mindestens acht Kommunen, aus denen genügend Personen "
        "geantwortet haben."
    )
    assert told(example, *[(-4.4, 0.01, 20, 6)] * 2, *[(-4.4, nan, 4, 3)] * 5).endswith(
        "Fünf Handlungsfelder sind nicht getestet, weil aus weniger als acht Kommunen genügend Personen dazu "
        "geantwortet haben."
    )
    nobody = replace(example)
    nobody.__dict__["across"] = []
    (said,) = study_wording.worth_asking(StudyTelling(nobody, ALL_MUNICIPALITIES), "2021")
    assert said.text.startswith("In dieser Welle liegen keine Antworten von Personen vor")
