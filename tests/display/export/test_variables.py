"""Variables: codes of missing answers that are no answers, and names that statistics programs take."""

from __future__ import annotations

import pytest

from weltoffen_eval.display.export.variables import missing_codes, variable_names
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, NonAnswer, Option, ResponseScale


def scale(codes: list[int], own: dict[str, int | None], kind: str = "ordinal") -> ResponseScale:
    options = tuple(Option(code, 0, {"de": str(code)}) for code in codes)
    return ResponseScale("s", kind, options, tuple(NonAnswer(k, {"de": k}, code) for k, code in own.items()))


@pytest.mark.parametrize(
    ("codes", "own"),
    [
        ([0, 1, 2], {"dont_know": 98, "not_applicable": 99}),
        ([0, 1, 2], {}),
        ([0, 1, 2], {"dont_know": None}),
        ([1, 2, 3, 4, 5], {"dont_know": 6}),
        ([1, 2, 3, 4, 5], {"dont_know": 0}),
        ([0, 50, 98, 100], {"dont_know": 99}),
        ([-91, -95, 0], {"skipped": -99}),
        ([-200, 1], {}),
        ([0, 1], {"dont_know": -1, "not_applicable": 97, "skipped": 98}),
    ],
)
def test_no_code_of_a_missing_answer_is_one_of_an_answer_or_stands_between_answers(
    codes: list[int], own: dict[str, int | None]
) -> None:
    found = missing_codes(scale(codes, own))
    assert list(found) == list(MISSING_KINDS)
    assert len(set(found.values())) == len(MISSING_KINDS)
    assert not set(codes) & set(range(min(found.values()), max(found.values()) + 1))


def test_codes_of_the_questionnaire_stay_where_they_can() -> None:
    found = missing_codes(scale([0, 1, 2, 3, 4], {"dont_know": 98, "not_applicable": 99}))
    assert (found["dont_know"], found["not_applicable"]) == (98, 99)


def test_on_a_scale_of_numbers_missing_answers_lie_below_every_number() -> None:
    numbers = ResponseScale("n", "numeric", (), (NonAnswer("dont_know", {"de": "?"}, 98),), -150.0, 100.0)
    assert max(missing_codes(numbers).values()) < -150


def test_names_are_taken_by_statistics_programs_and_stand_once() -> None:
    names = variable_names(["MS01", "ms01", "1.1", "name", "and", "a-b", "a.b", "x" * 90])
    assert names == ["MS01", "ms01_2", "v_1_1", "name_2", "and_2", "a_b", "a_b_2", "x" * 60]
