"""Answers of persons by hand: what the administration says, who counts in a dimension, ends of scales."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.findings import FIELD_RATING
from weltoffen_eval.analysis.person_answers import PersonAnswers, person_answers
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses

ITEMS = [item("a"), item("b", scale="narrow"), item("c"), item("n", scale="number", dimension="e")]


def matrices(*frames: pd.DataFrame) -> list[PersonAnswers]:
    questionnaire = instrument(ITEMS)
    scheme = ScoringScheme("t", TITLE)
    scores = score_responses(pd.concat(frames), questionnaire, scheme, by="respondent")
    return person_answers(scores, questionnaire, scheme)


def persons(
    *sheets: dict[str, int | float | str], perspective: str = "politics", setting: str = "workshop"
) -> pd.DataFrame:
    return responses(
        {f"{perspective}{n}": sheet for n, sheet in enumerate(sheets)},
        unit="persons",
        perspective=perspective,
        setting=setting,
    )


def test_a_gap_is_the_persons_points_less_the_administrations() -> None:
    own = responses(
        [{"a": 4, "b": 0, "c": "skipped", "n": 20.0}, {"a": 2, "b": "skipped", "c": "skipped", "n": 20.0}]
    )
    (found,) = matrices(
        own,
        persons(
            {"a": 1, "b": 1, "c": 4, "n": 30.0}, {"a": "skipped", "b": "not_applicable", "c": 0, "n": 10.0}
        ),
    )
    assert (found.municipality, found.wave, found.setting) == ("m", "w", "workshop")
    # c was answered by no sheet of the administration; a is the mean of 100 and 50
    assert found.items == ("a", "b", "c", "n")
    assert found.dimensions == ("d", "d", "d", "e")
    np.testing.assert_array_equal(found.own, [75, 40, np.nan, 50])
    np.testing.assert_array_equal(found.points, [[25, 60, 100, 100], [np.nan, np.nan, 0, 0]])
    assert found.applicable.tolist() == [[True, True, True, True], [True, False, True, True]]
    # of five options, of two at 40 and 60, and of a number
    assert found.category.tolist() == [25, 20, 25, 1]
    assert found.lowest.tolist() == [0, 40, 0, 0]
    assert found.highest.tolist() == [100, 60, 100, 100]
    assert found.columns_of("d") == [0, 1, 2]
    # the second answered none of what the administration did
    np.testing.assert_array_equal(found.compared_weights("d"), [[0.5, 0.5, 0, 0], [0, 0, 0, 0]])
    np.testing.assert_array_equal(found.compared_weights("e"), [[0, 0, 0, 1], [0, 0, 0, 1]])


def test_who_answered_half_of_what_applies_counts_and_who_answered_less_does_not() -> None:
    own = responses([{"a": 4, "b": 0, "c": 2}])
    (found,) = matrices(
        own,
        persons(
            {"a": 4, "b": "skipped", "c": "skipped"},
            {"a": 4, "b": "skipped", "c": "not_applicable"},
            {"a": 2, "b": 1, "c": "skipped"},
            dict.fromkeys("abc", "not_applicable"),
        ),
    )
    # one of three; one of two; two of three: (−50 + 20)/2; none of none
    counts = found.compared_weights("d").any(axis=1)
    assert counts.tolist() == [False, True, True, False]
    gaps = (found.compared_weights("d") * np.nan_to_num(found.points - found.own)).sum(axis=1)
    assert gaps[counts].tolist() == [0, -15]


def test_perspectives_are_rows_and_all_persons_together() -> None:
    own = responses([{"a": 4}])
    (found,) = matrices(own, persons({"a": 1}), persons({"a": 2}, {"a": 3}, perspective="business"))
    assert found.perspectives == ("business", "business", "politics")
    assert found.sizes == {"business": 2, "politics": 1}
    assert found.rows_of(["business"]).tolist() == [0, 1]
    assert found.rows_of(["residents"]).tolist() == []
    assert {name: rows.tolist() for name, rows in found.groups(5).items()} == {ALL: [0, 1, 2]}
    assert {name: rows.tolist() for name, rows in found.groups(1).items()} == {
        ALL: [0, 1, 2], "business": [0, 1], "politics": [2],
    }  # fmt: skip
    # nobody's answers are none
    assert found.points[found.rows_of(["residents"])].shape == (0, 4)


def test_answers_stand_below_their_questions_in_the_order_of_the_questionnaire() -> None:
    questionnaire = instrument([item("z"), item("k"), item("a")])
    scheme = ScoringScheme("t", TITLE)
    scores = score_responses(
        persons({"a": "not_asked", "k": 0, "z": 4}), questionnaire, scheme, by="respondent"
    )
    (found,) = person_answers(scores, questionnaire, scheme)
    assert found.items == ("z", "k", "a")
    # a was not put to them
    np.testing.assert_array_equal(found.points, [[100, 0, np.nan]])
    assert found.applicable.tolist() == [[True, True, False]]


def test_a_mean_is_over_all_questions_where_the_administration_answered_none_and_of_ratings() -> None:
    (alone,) = matrices(
        persons({"a": 1, "b": 0, "c": 4, "n": 30.0}, {"a": 1, "b": "skipped", "c": "skipped"})
    )
    # the second answered one of three
    np.testing.assert_allclose(alone.compared_weights("d"), [[1 / 3, 1 / 3, 1 / 3, 0], [0, 0, 0, 0]])
    (beside,) = matrices(responses([{"a": 0}]), persons({"a": 1, "c": 4}))
    np.testing.assert_array_equal(beside.compared_weights("d"), [[1, 0, 0, 0]])
    rated = replace(beside, variant=FIELD_RATING)
    np.testing.assert_array_equal(rated.compared_weights("d"), [[0.5, 0, 0.5, 0]])
    assert (beside.where, rated.where) == (("m", "w", "workshop"), ("m", "w", "workshop=field_rating"))


def test_a_change_is_over_the_answered_questions_of_a_field_that_another_wave_has_too() -> None:
    (found,) = matrices(
        persons({"a": 1, "b": 0, "c": 4, "n": 30.0}, {"a": "skipped", "b": 1, "c": 0, "n": 10.0})
    )
    # n is of another field
    np.testing.assert_array_equal(
        found.changed_weights("d", {"a", "b", "n"}), [[0.5, 0.5, 0, 0], [0, 1, 0, 0]]
    )
    assert not found.changed_weights("d", {"n"}).any()


def test_each_setting_has_its_own_and_without_an_administration_its_points_are_unknown() -> None:
    both = [persons({"a": 1}), persons({"a": 2}, setting="dialogue")]
    assert [m.setting for m in matrices(responses([{"a": 4}]), *both)] == ["dialogue", "workshop"]
    assert [np.isnan(m.own).all() for m in matrices(*both)] == [True, True]
    assert matrices(responses([{"a": 4}])) == []


def own_persons(count: int) -> pd.DataFrame:
    """Persons who answer in the place of the administration."""
    return persons(*[{"a": 4}] * count, perspective="administration", setting="questionnaire")


def test_few_persons_in_the_place_of_an_administration_are_not_its_statement() -> None:
    (_, few) = matrices(own_persons(4), persons({"a": 1}))
    assert np.isnan(few.own).all()
    (enough, workshop) = matrices(own_persons(5), persons({"a": 1}))
    assert workshop.own[0] == 100
    assert (enough.in_place, enough.setting) == (True, "questionnaire")
    # what an association sends is no sheet of the administration
    association = responses([{"a": 0}], setting="workshop", perspective="civil_society")
    assert matrices(own_persons(5), association)[0].in_place


def test_a_sheet_comes_before_persons_and_three_others_beside_them_keep_persons_untold() -> None:
    (*_, workshop) = matrices(own_persons(5), responses([{"a": 0}]), persons({"a": 1}))
    assert workshop.own[0] == 0
    assert not workshop.in_place
    others = persons(*[{"a": 0}] * 3, setting="questionnaire")
    (*_, workshop) = matrices(own_persons(5), others, persons({"a": 1}))
    # all eight less these five would be the three
    assert np.isnan(workshop.own).all()
