"""Answers as points: directions, numbers, ends of scales, kinds of non-answers, sheets in their order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis import answers
from weltoffen_eval.analysis.answers import SHEET, ScoringError, item_points, read_answers
from weltoffen_eval.analysis.scheme import ScoringScheme

SCHEME = ScoringScheme("t", TITLE)


def test_points_of_options_of_numbers_and_of_what_is_reversed() -> None:
    items = [
        item("a"),
        item("b", direction=-1),
        item("n", scale="number"),
        item("m", scale="number", direction=-1),
    ]
    rows = responses([{"a": 1, "b": 1, "n": 15.0, "m": 15.0}])
    _, found = read_answers(rows, instrument(items), SCHEME)
    # 10 to 30: 15 is a quarter of the way
    assert found.points.tolist() == [[25, 75, 25, 75]]
    assert found.answered.all()


def test_an_open_question_lies_between_its_worst_and_its_best_option() -> None:
    items = [
        item("a"),
        item("b", scale="narrow"),
        item("r", scale="narrow", direction=-1),
        item("n", scale="number"),
    ]
    rows = responses([dict.fromkeys("abrn", "skipped")])
    scheme = ScoringScheme("t", TITLE, points={"narrow": {0: 10.0}})
    _, found = read_answers(rows, instrument(items), scheme)
    assert found.worst.tolist() == [[0, 10, 40, 0]]
    assert found.best.tolist() == [[100, 60, 90, 100]]
    assert np.isnan(found.points).all()
    assert item_points(items[2], instrument(items), scheme) == ({0: 90, 1: 40}, 40, 90)


def test_what_concerns_whom() -> None:
    kinds = ["skipped", "dont_know", "not_applicable", "not_chosen", "not_asked"]
    items = [item(name) for name in (*kinds, "given", "without_a_row")]
    rows = responses([{**{kind: kind for kind in kinds}, "given": 0}])
    _, found = read_answers(rows, instrument(items), SCHEME)
    assert found.applicable.tolist() == [[True, True, False, False, False, True, True]]
    assert found.answered.tolist() == [[False] * 5 + [True, False]]
    assert found.not_chosen.tolist() == [[False] * 3 + [True] + [False] * 3]
    assert found.not_asked.tolist() == [[False] * 4 + [True] + [False] * 2]


def test_sheets_come_in_the_order_in_which_they_appear(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = pd.concat(
        [
            responses({"z": {"a": 4}}, "m2"), responses({"b": {"a": 3}}, "m1"), responses({"z": {"b": 2}}, "m2"),
            responses({"b": {"a": 1}}, "m1", unit="persons"),
        ]
    )  # fmt: skip
    for most in (None, 2):
        if most:
            # numbers that run out are counted anew
            monkeypatch.setattr(answers, "_MOST_SHEETS", most)
        sheets, found = read_answers(rows, instrument([item("a"), item("b")]), SCHEME)
        assert [*zip(sheets["municipality"], sheets["unit"], strict=True)] == [
            ("m2", "institution"), ("m1", "institution"), ("m1", "persons"),
        ]  # fmt: skip
        np.testing.assert_array_equal(found.points, [[100, 50], [75, np.nan], [25, np.nan]])


@pytest.mark.parametrize("given", [{"a": 9}, {"n": "skipped", "a": 5}])
def test_an_answer_off_its_scale_is_an_error(given: dict[str, int | str]) -> None:
    with pytest.raises(ScoringError, match="answer to a is not on its scale"):
        read_answers(responses([given]), instrument([item("a"), item("n", scale="number")]), SCHEME)


def test_sheets_are_told_apart_however_many_there_could_be() -> None:
    # 2048⁶ combinations are more than a number of 64 bits holds; 512·2048⁵ is 2⁶⁴, which wraps round to 0
    names = [f"{n:04}" for n in range(2048)]
    rows = pd.DataFrame({name: [*names, "0000"] for name in SHEET})
    rows.loc[2048, "municipality"] = "0512"
    rows = rows.assign(item="a", code=pd.array([1] * 2049, "Int64"), value=np.nan, missing=None)
    sheets, found = read_answers(rows, instrument([item("a")]), SCHEME)
    assert list(sheets.columns) == list(SHEET)
    assert sheets.iloc[-1].tolist() == ["0512", *["0000"] * 5]
    assert found.points.tolist() == [[25]] * 2049


def test_without_answers_there_are_no_sheets() -> None:
    sheets, found = read_answers(responses([{"a": 1}]).iloc[:0], instrument([item("a"), item("b")]), SCHEME)
    assert (len(sheets), found.points.shape) == (0, (0, 2))
