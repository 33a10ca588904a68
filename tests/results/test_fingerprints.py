"""Hashes of answers: the same for the same answers in any order, others for others."""

from __future__ import annotations

import pandas as pd
import pytest
from small import responses

from weltoffen_eval.results.fingerprints import (
    hash_answers,
    hash_by_municipality,
    hash_references,
    tell_report_inputs,
)


def test_the_order_of_rows_changes_no_hash_and_an_answer_does() -> None:
    rows = responses([{"a": 1, "b": "skipped"}, {"a": 2, "b": 3}])
    assert hash_answers(rows) == hash_answers(rows.iloc[::-1])
    assert hash_answers(rows) == hash_answers(rows.set_axis(range(7, 11)))
    assert hash_answers(rows) != hash_answers(responses([{"a": 1, "b": "skipped"}, {"a": 2, "b": 4}]))
    assert hash_answers(rows) != hash_answers(responses([{"a": 1, "b": "dont_know"}, {"a": 2, "b": 3}]))


def test_what_moves_a_reference_by_less_than_is_printed_changes_no_hash() -> None:
    def reference(median: float, n: int = 9) -> dict[tuple[str, str], str]:
        row = {
            "municipality": "m", "wave": "w", "level": "dimension", "id": "d", "grouping": "all", "n": n,
            "q25": 40.0, "median": median, "q75": 60.0, "position": 0,
        }  # fmt: skip
        return hash_references(pd.DataFrame([row]))

    assert reference(50.1) == reference(50.4)
    assert reference(50.1) != reference(50.6)
    assert reference(50.1) != reference(50.1, n=10)
    assert set(reference(50.0)) == {("m", "w")}


Made = dict[tuple[str, str], str]


def answers(first: float | str | None = 1.5, other: int = 3) -> pd.DataFrame:
    """Two municipalities, the rows of one between those of the other."""
    one = [responses([{"n": first}], "m1"), responses([{"a": 2}], "m1")]
    return pd.concat([one[0], responses([{"a": other}], "m2"), one[1]])


def records(counted: bool = True) -> pd.DataFrame:
    """A sheet of each of the administrations, and of persons of a third municipality."""
    rows = [
        ("m1", "a.csv", 2, "questionnaire", "administration", counted),
        ("m2", "a.csv", 3, "questionnaire", "administration", True),
        ("m3", "b.csv", 2, "workshop", "politics", True),
    ]
    names = ["municipality", "file", "row", "setting", "perspective", "counted"]
    return pd.DataFrame(rows, columns=names).assign(wave="w", tab="")


def log(row: int = 2, rule: str = "trimmed") -> pd.DataFrame:
    return pd.DataFrame({"file": ["a.csv"], "tab": [""], "row": pd.array([row], "Int64"), "rule": [rule]})


BEFORE = hash_by_municipality(answers(), records(), log())
ONE, OTHER, THIRD = ("m1", "w"), ("m2", "w"), ("m3", "w")


@pytest.mark.parametrize(
    ("made", "changed"),
    [
        (hash_by_municipality(answers(first=1.25), records(), log()), {ONE}),
        # what only prints alike is another number
        (hash_by_municipality(answers(first=1.5 + 2**-52), records(), log()), {ONE}),
        (hash_by_municipality(answers(first="skipped"), records(), log()), {ONE}),
        (hash_by_municipality(answers(other=4), records(), log()), {OTHER}),
        (hash_by_municipality(answers(), records(counted=False), log()), {ONE}),
        (hash_by_municipality(answers(), records(), log(rule="spelling")), {ONE}),
        (hash_by_municipality(answers(), records(), log(row=3)), {ONE, OTHER}),
        (hash_by_municipality(answers(), records(), log(row=9)), {ONE}),
        (hash_by_municipality(answers(), records(), log().iloc[:0]), {ONE}),
        (hash_by_municipality(answers().iloc[:0], records(), log()), {ONE, OTHER}),
        (hash_by_municipality(answers().set_axis(range(9, 12)), records(), log()), set()),
        (hash_by_municipality(answers().iloc[[1, 0, 2]], records(), log()), set()),
    ],
)
def test_a_hash_changes_with_the_rows_of_its_own_municipality(made: Made, changed: set[object]) -> None:
    assert made.keys() == BEFORE.keys() == {ONE, OTHER, THIRD}
    assert {key for key in made if made[key] != BEFORE[key]} == changed
    assert len(set(made.values())) == 3


def test_a_row_that_is_in_two_tables_is_not_a_row_that_moved() -> None:
    table = records()[["municipality", "wave", "file", "tab", "row"]]
    assert hash_by_municipality(table, table, log()) != hash_by_municipality(
        pd.concat([table, table]), table.iloc[:0], log()
    )


@pytest.mark.parametrize(("counted", "said"), [(True, "counted"), (False, "empty")])
def test_reports_rest_on_the_own_rows_and_the_reference(counted: bool, said: str) -> None:
    reference = pd.DataFrame(
        [{"municipality": "m2", "wave": "w", "level": "dimension", "id": "d", "grouping": "all", "n": 9,
          "q25": 40.0, "median": 50.0, "q75": 60.0, "position": 0}]
    )  # fmt: skip
    found = tell_report_inputs(answers(), records(counted), log(), reference)
    assert list(found.columns) == ["municipality", "wave", "self_check", "answers", "reference"]
    own = hash_by_municipality(answers(), records(counted), log())
    compared = hash_references(reference)[OTHER]
    # persons alone are no self-check
    assert found.to_numpy().tolist() == [
        ["m1", "w", said, own[ONE], ""],
        ["m2", "w", "counted", own[OTHER], compared],
        ["m3", "w", "", own[THIRD], ""],
    ]
