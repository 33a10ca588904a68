"""The first questions for the workshop are of the field that fell and of the one with the fewest points."""

from __future__ import annotations

from dataclasses import replace

import pytest
from places import REFERENCE
from profiles import profile_of

from weltoffen_eval import load_profile
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.questions_to_discuss import questions_to_talk_about

MINI = REFERENCE / "example" / "study"


def with_points(profile: Profile, fields: dict[str, float], items: dict[str, float]) -> Profile:
    """As if fields and questions had these points."""
    scores = profile.scores.copy()
    for level, points in (("dimension", fields), ("item", items)):
        for name, value in points.items():
            scores.loc[(scores["level"] == level) & (scores["id"] == name), "score"] = value
    return replace(profile, scores=scores)


def lowest_of(profile: Profile) -> str | None:
    item = questions_to_talk_about(profile).lowest
    return None if item is None else item.id


@pytest.fixture(scope="module")
def adorf() -> Profile:
    return load_profile(MINI, "adorf", "2021")


def test_the_question_of_which_least_is_there_is_of_the_field_with_the_fewest_points(adorf: Profile) -> None:
    items = {"A1": 50.0, "A2": 25.0, "A3": 50.0, "B1": 0.0}
    assert lowest_of(with_points(adorf, {"alpha": 40.0, "beta": 60.0}, items)) == "A2"
    assert lowest_of(with_points(adorf, {"alpha": 60.0, "beta": 40.0}, items)) == "B1"


def test_of_equal_points_the_first_field_and_the_first_question_count(adorf: Profile) -> None:
    items = {"A1": 50.0, "A2": 25.0, "A3": 25.0}
    assert lowest_of(with_points(adorf, {"alpha": 40.4, "beta": 41.0}, items)) == "A2"


def test_where_all_fields_print_the_same_points_none_is_the_lowest(adorf: Profile) -> None:
    # 40.4 and 39.6 both print 40
    assert lowest_of(with_points(adorf, {"alpha": 40.4, "beta": 39.6}, {"A1": 0.0})) is None


def test_what_is_there_is_not_proposed(adorf: Profile) -> None:
    items = {"A1": 75.0, "A2": 75.0, "A3": 100.0}
    assert lowest_of(with_points(adorf, {"alpha": 10.0, "beta": 60.0}, items)) is None


def test_the_field_that_fell_comes_first() -> None:
    """Musterstadt told of its access what it had in 2021 and has no more: the help at the start in school."""
    found = questions_to_talk_about(profile_of("beispiel", "musterstadt", "2024"))
    assert found.fallen is not None and found.lowest is not None
    assert {found.fallen.dimension, found.lowest.dimension} == {"access"}
    # the only question of the field that is answered "nicht vorhanden"
    assert found.lowest.id == "FZ06"
    assert found.fallen.id != "FZ06"
    assert questions_to_talk_about(profile_of("beispiel", "musterstadt", "2021")).fallen is None


def test_no_question_is_proposed_twice_and_at_most_ten_are() -> None:
    for wave in ("2021", "2024"):
        found = questions_to_talk_about(profile_of("beispiel", "modellstadt", wave))
        first = [item.id for item in (found.fallen, found.lowest) if item is not None]
        others = [item.id for item in (*found.apart, *found.unanswered)]
        assert len(set(first + others)) == len(first + others)
        assert found.count <= 10
