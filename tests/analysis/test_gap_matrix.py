"""Gaps of single persons by hand: items that both answered, the mean of several sheets, half of the questions."""

from __future__ import annotations

import numpy as np
import pandas as pd
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.gap_matrix import ALL, GapMatrix, gap_matrices
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses

ITEMS = [item("a"), item("b", scale="narrow"), item("c"), item("n", scale="number", dimension="e")]


def matrices(*frames: pd.DataFrame) -> list[GapMatrix]:
    questionnaire = instrument(ITEMS)
    scores = score_responses(pd.concat(frames), questionnaire, ScoringScheme("t", TITLE), by="respondent")
    return gap_matrices(scores, questionnaire)


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
    assert found.items == ("a", "b", "n")
    assert found.dimensions == ("d", "d", "e")
    assert found.points.tolist() == [75, 40, 50]
    np.testing.assert_array_equal(found.gaps, [[-50, 20, 50], [np.nan, np.nan, -50]])
    assert found.applicable.tolist() == [[True, True, True], [True, False, True]]
    # 25, 100 and, of a number, half a point
    assert found.half_category.tolist() == [12.5, 50, 0.5]
    assert found.columns_of("d") == [0, 1]
    np.testing.assert_array_equal(found.person_gaps("d"), [-15, np.nan])
    np.testing.assert_array_equal(found.person_gaps("e"), [50, -50])


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
    np.testing.assert_array_equal(found.person_gaps("d"), [np.nan, 0, -15, np.nan])


def test_perspectives_are_rows_and_all_persons_together() -> None:
    own = responses([{"a": 4}])
    (found,) = matrices(own, persons({"a": 1}), persons({"a": 2}, {"a": 3}, perspective="business"))
    assert found.perspectives == ("business", "business", "politics")
    assert found.persons_of("business").tolist() == [0, 1]
    assert found.persons_of("politics").tolist() == [2]
    assert found.persons_of(ALL).tolist() == [0, 1, 2]
    assert found.persons_of("residents").tolist() == []


def test_each_setting_has_its_own_and_without_an_administration_there_is_none() -> None:
    both = [persons({"a": 1}), persons({"a": 2}, setting="dialogue")]
    assert [m.setting for m in matrices(responses([{"a": 4}]), *both)] == ["dialogue", "workshop"]
    assert matrices(*both) == []
