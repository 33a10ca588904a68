"""Hashes of answers: the same for the same answers in any order, others for others."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small import responses
from small_studies import change, clean, write_study

from weltoffen_eval.results.fingerprints import hash_answers, hash_by_municipality, hash_references

HEAD = "municipality,respondent,A1,A2,B1,B2\n"
ROWS = ["adorf,p1,1,0,12,1\n", "adorf,p2,,2,,\n", "kreis,p1,1,98,7,\n"]


def test_the_order_of_rows_changes_no_hash_and_an_answer_does() -> None:
    rows = responses([{"a": 1, "b": "skipped"}, {"a": 2, "b": 3}])
    assert hash_answers(rows) == hash_answers(rows.iloc[::-1])
    assert hash_answers(rows) == hash_answers(rows.set_axis(range(7, 11)))
    assert hash_answers(rows) != hash_answers(responses([{"a": 1, "b": "skipped"}, {"a": 2, "b": 4}]))
    assert hash_answers(rows) != hash_answers(responses([{"a": 1, "b": "dont_know"}, {"a": 2, "b": 3}]))


def test_what_moves_a_reference_by_less_than_is_printed_changes_no_hash() -> None:
    def reference(median: float, n: int = 9) -> dict[tuple[str, str], str]:
        row = {
            "municipality": "m", "wave": "w", "level": "dimension", "id": "d", "grouping": "family", "n": n,
            "q25": 40.0, "median": median, "q75": 60.0, "position": 0,
        }  # fmt: skip
        return hash_references(pd.DataFrame([row]))

    assert reference(50.1) == reference(50.4)
    assert reference(50.1) != reference(50.6)
    assert reference(50.1) != reference(50.1, n=10)
    assert set(reference(50.0)) == {("m", "w")}


def hashes(folder: Path, text: str) -> dict[tuple[str, str], str]:
    cleaned = clean(write_study(folder, ("a.csv", HEAD + text)))
    return hash_by_municipality(cleaned.waves, cleaned.records, cleaned.cleaning_log)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("p1,1,0", "p1,2,0"),
        ("12", "13"),
        (",0,12", ",98,12"),
        ("p2,,", "p2,0,"),
        ("adorf,p1", "adorf,p9"),
        ("12,1", "12,"),
    ],
)
def test_a_changed_answer_changes_the_hash_of_its_municipality_alone(
    tmp_path: Path, old: str, new: str
) -> None:
    before = hashes(tmp_path / "a", "".join(ROWS))
    assert set(before) == {("adorf", "2024"), ("kreis", "2024")}
    assert hashes(tmp_path / "b", "".join(ROWS)) == before
    after = hashes(tmp_path / "c", "".join(ROWS).replace(old, new, 1))
    assert [key for key in before if before[key] != after[key]] == [("adorf", "2024")]


def test_another_item_in_the_same_place_is_another_hash(tmp_path: Path) -> None:
    before = hashes(tmp_path / "a", "".join(ROWS))
    folder = write_study(tmp_path / "b", ("a.csv", HEAD.replace("A2", "A3") + "".join(ROWS)))
    change(folder / "instrument" / "items.csv", "A2,alpha", "A3,alpha")
    cleaned = clean(folder)
    after = hash_by_municipality(cleaned.waves, cleaned.records, cleaned.cleaning_log)
    assert all(before[key] != after[key] for key in before)
