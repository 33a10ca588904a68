"""The same thing very often: one fault for each municipality, and no log that nobody could read."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import clean, faults_of, write_study

from weltoffen_eval.study.responses import decoding

HEAD = "municipality,respondent,A1,A2,B1,B2\n"


def many(folder: Path, cell: str, others: str = "1") -> Path:
    """600 sheets of each of two municipalities, all with this answer to A1; others to A2."""
    rows = (f"{'adorf' if n % 2 else 'kreis'},p{n},{cell},{others},1,1\n" for n in range(1200))
    return write_study(folder, ("a.csv", HEAD + "".join(rows)))


def test_a_wrong_answer_that_all_give_is_told_once_for_each_municipality(tmp_path: Path) -> None:
    faults = [(f.row, f.column, f.found, f.municipality) for f in faults_of(many(tmp_path, "7"))]
    assert faults == [
        (2, "A1", "'7', also in 599 rows below", "kreis"),
        (3, "A1", "'7', also in 599 rows below", "adorf"),
    ]


def test_in_a_long_file_too(tmp_path: Path) -> None:
    rows = (f"adorf,p{n},{item},{answer}\n" for n in range(1001) for item, answer in (("A1", 7), ("A2", 1)))
    text = "municipality,respondent,item,response\n" + "".join(rows)
    folder = write_study(tmp_path, ("a.csv", text), keys='perspective = "civil_society"\nlayout = "long"')
    (fault,) = faults_of(folder)
    assert (fault.row, fault.column) == (2, "response")
    assert fault.found == "'7' for A1, also in 1,000 rows below"


def test_what_is_wrong_elsewhere_is_told_beside_it(tmp_path: Path) -> None:
    folder = many(tmp_path, "7")
    with (folder / "a.csv").open("a", encoding="utf-8") as stream:
        stream.write("bestadt,q,8,2,9999,1\n")
    assert [(f.row, f.column, f.municipality) for f in faults_of(folder)] == [
        (2, "A1", "kreis"), (3, "A1", "adorf"), (1202, "A1", "bestadt"), (1202, "B1", "bestadt"),
    ]  # fmt: skip


def test_more_changes_than_a_log_can_hold_are_a_fault_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = many(tmp_path, "1.0", "ja")
    assert len(clean(folder).cleaning_log) == 1200
    monkeypatch.setattr(decoding, "MOST_CHANGES", 1199)
    (fault,) = faults_of(folder)
    assert (fault.row, fault.column) == (1, "A1")
    assert fault.found == "1,200 cells that are not written as the scale has them, such as '1.0'"
    assert fault.expected.startswith("at most 1,199 of them in a file")


def test_no_limit_lies_below_a_million_respondents() -> None:
    from weltoffen_eval.raw.csv_files import MOST_RECORDS
    from weltoffen_eval.study.responses.sheets import MOST_RESPONDENTS

    assert min(MOST_RECORDS, MOST_RESPONDENTS) >= 1_000_000
    assert decoding.MOST_CHANGES >= 1_000_000
