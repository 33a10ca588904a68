"""Small studies that went wrong (tests/reference/cases): where each is named, or that it is read.

They cross several modules, which is why they have a file of their own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import REFERENCE
from small_studies import clean, faults_of, told

CASES = REFERENCE / "cases"
Place = tuple[str, int | None, str]

# what the README of each case says is to be named, and how many places may be told at most
NAMED: dict[str, tuple[set[Place], int]] = {
    "31-three-header-rows": ({("qualtrics.csv", 2, "")}, 1),
    "33-thousands-dot": ({("zahlen.csv", 2, "E1"), ("zahlen.csv", 3, "E1"), ("zahlen.csv", 4, "A1")}, 3),
    "43-sent-twice": ({("b.csv", 2, ""), ("b.csv", 3, "")}, 2),
    "62-settings": (
        {("study.toml", None, column) for column in (
            "id", "synthetic", "min_gruppe", "wave 1 zeit", "file 1 path", "file 1 perspektive")}, 6),
    "64-ags-against-name": ({("answers.csv", row, "ags") for row in range(2, 8)}, 6),
    "66-file-twice": ({("study.toml", None, "file 2 path")}, 1),
    "68-long-number": ({("municipalities.csv", row, "population") for row in (2, 3, 4)}, 3),
    "69-nul": ({("study.toml", None, "instrument")}, 2),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED)
def test_a_case_is_named_at_its_place_and_nothing_else_is(tmp_path: Path, case: str) -> None:
    shutil.copytree(CASES / case, tmp_path / "study")
    places, most = NAMED[case]
    found = told(faults_of(tmp_path / "study"))
    assert places <= set(found)
    assert len(found) <= most


def test_an_ars_and_an_ags_without_zero_are_read_and_logged(tmp_path: Path) -> None:
    shutil.copytree(CASES / "39-ars-and-ags", tmp_path / "study")
    cleaned = clean(tmp_path / "study")
    of_row = dict(zip(cleaned.records["row"], cleaned.records["municipality"], strict=True))
    # 120520000000, 12 0 52 0000 000, 1002000.0, 01001000, 01 0 02 000, 010020000000, 10020000000
    assert [of_row[row] for row in range(2, 9)] == [
        "adorf",
        "adorf",
        "bestadt",
        "kreis",
        "bestadt",
        "bestadt",
        "bestadt",
    ]
    assert cleaned.cleaning_log["row"].tolist() == list(range(2, 9))


def test_a_nul_in_an_encoding_is_a_fault_of_study_toml(tmp_path: Path) -> None:
    shutil.copytree(CASES / "69-nul", tmp_path / "study")
    path = tmp_path / "study" / "study.toml"
    text = path.read_text(encoding="utf-8").replace("./a\\u0000b", "./instrument")
    path.write_text(text + 'encoding = "utf-8\\u0000"\n', encoding="utf-8")
    assert told(faults_of(tmp_path / "study")) == [("study.toml", None, "file 1 encoding")]
