"""Hashes of answers: the same for the same answers in any order, others for others."""

from __future__ import annotations

import pandas as pd
from small import responses

from weltoffen_eval.analysis.data_hashes import hash_answers, hash_references


def test_the_order_of_rows_changes_no_hash_and_an_answer_does() -> None:
    rows = responses([{"a": 1, "b": "skipped"}, {"a": 2, "b": 3}])
    assert hash_answers(rows) == hash_answers(rows.iloc[::-1])
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
