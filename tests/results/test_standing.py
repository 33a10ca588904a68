"""Of each question its state, and which topics come first: by hand, for points that were made up."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from places import REFERENCE

from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.standing import by_state, state_of, strengths_and_gaps, topics


def with_points(**points: float) -> Profile:
    """The worked example with these points of its items, and of its criteria or fields."""
    profile = load_profile(REFERENCE / "example" / "study", "adorf", "2021")
    scores = profile.scores.copy()
    for name, value in points.items():
        scores.loc[scores["id"] == name, ["score", "withheld"]] = [value, ""]
    return replace(profile, scores=scores)


@pytest.mark.parametrize(
    ("points", "state"),
    [
        (100.0, "present"), (74.5, "present"), (74.4, "under_way"),
        (24.5, "under_way"), (24.4, "absent"), (0.0, "absent"),
    ],
)  # fmt: skip
def test_a_question_is_there_from_75_printed_points_and_missing_below_25(points: float, state: str) -> None:
    assert state_of(with_points(A1=points), "A1") == state


def test_what_nobody_answered_says_so_and_what_does_not_apply_is_no_gap() -> None:
    bestadt = load_profile(REFERENCE / "example" / "study", "bestadt", "2021")
    found = by_state(bestadt, bestadt.instrument.items_of("alpha"))
    assert [item.id for item in found["unanswered"]] == ["A2", "A3"]
    assert [item.id for item in found["absent"] + found["under_way"] + found["present"]] == ["A1"]


def test_strengths_have_most_points_and_gaps_least_and_nothing_is_both() -> None:
    every = topics(with_points())
    names = {topic.entry.id for topic in every}
    profile = with_points(**{name: 80.0 - 30 * n for n, name in enumerate(sorted(names))})
    strengths, gaps = strengths_and_gaps(profile)
    named = [topic.entry.id for topic in strengths]
    assert named == sorted(names)[: len(named)]
    assert not {topic.entry.id for topic in gaps} & set(named)
    if gaps:
        assert max(topic.points for topic in gaps) <= min(topic.points for topic in strengths)


def test_of_topics_with_the_same_points_none_is_a_strength_or_a_gap() -> None:
    names = [topic.entry.id for topic in topics(with_points())]
    assert strengths_and_gaps(with_points(**dict.fromkeys(names, 40.0))) == ([], [])
    # as printed: 40.4 and 39.6 are both 40
    assert strengths_and_gaps(with_points(**dict.fromkeys(names, 40.4) | {names[0]: 39.6})) == ([], [])
    strengths, gaps = strengths_and_gaps(with_points(**dict.fromkeys(names, 40.0) | {names[0]: 90.0}))
    assert strengths[0].entry.id == names[0]
    assert names[0] not in [topic.entry.id for topic in gaps]


def test_a_topic_without_points_is_neither() -> None:
    profile = with_points()
    scores = profile.scores.copy()
    scores.loc[scores["level"].isin(["criterion", "dimension"]), ["score", "withheld"]] = [
        math.nan,
        "coverage",
    ]
    assert topics(replace(profile, scores=scores)) == []
