"""Schemes: where a band begins, and changes to try something out."""

from __future__ import annotations

import pytest

from weltoffen_eval.analysis.scheme import ScoringScheme, change_scheme
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.scheme_files import load_scheme


def test_a_band_begins_where_the_one_before_ends() -> None:
    scheme = ScoringScheme("t", {"de": "x"})
    found = [scheme.band(score) for score in (0, 24.9, 25, 74.9, 75, 100)]
    assert [band.below for band in found if band] == [25, 25, 50, 75, 101, 101]


def test_a_changed_scheme_differs_in_what_is_named_and_has_no_hash() -> None:
    scheme = load_scheme("standard")
    changed = change_scheme(
        scheme,
        levels="criteria",
        aggregation="geometric",
        min_coverage=0.0,
        weights={"dimension": {"access": 2.0}},
    )
    assert (changed.id, changed.sha256, changed.levels, changed.min_coverage) == (
        "standard-changed",
        "",
        "criteria",
        0,
    )
    assert set(changed.aggregation.values()) == {"geometric"}
    assert changed.weights["dimension"] == {"access": 2.0}
    more = change_scheme(changed, weights={"dimension": {"work": 3.0}, "item": {"MS01": 0.0}})
    assert more.weights["dimension"] == {"access": 2.0, "work": 3.0}
    assert more.weights["item"] == {"MS01": 0.0}
    assert (more.levels, more.min_coverage) == ("criteria", 0)
    assert change_scheme(scheme).levels == "items"


@pytest.mark.parametrize(
    "change",
    [
        {"levels": "item"}, {"aggregation": "harmonic"}, {"min_coverage": 1.01}, {"min_coverage": -0.01},
        {"weights": {"field": {"x": 1.0}}}, {"weights": {"item": {"x": -1.0, "y": 1.0}}},
    ],
)  # fmt: skip
def test_a_change_that_no_scheme_can_have_is_a_wrong_call(change: dict[str, object]) -> None:
    with pytest.raises(CallError):
        change_scheme(load_scheme("standard"), **change)  # type: ignore[arg-type]
