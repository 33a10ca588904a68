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


def told_by_settings(folder: Path, case: str, *settings: str) -> Path:
    """A handed case with more said of its only file."""
    shutil.copytree(CASES / case, folder / "study")
    path = folder / "study" / "study.toml"
    path.write_text("\n".join([path.read_text(encoding="utf-8").rstrip(), *settings, ""]), encoding="utf-8")
    return folder / "study"


def codes(folder: Path) -> dict[tuple[str, str, str], int | None]:
    rows = clean(folder).responses
    keys = zip(rows["municipality"], rows["respondent"], rows["item"], strict=True)
    return {
        key: None if code is None else int(code)
        for key, code in zip(keys, rows["code"].astype(object), strict=True)
    }


def test_study_toml_says_which_column_of_limesurvey_is_which_item(tmp_path: Path) -> None:
    folder = told_by_settings(
        tmp_path, "30-limesurvey-headers", 'items = { Q1 = "G01Q02[SQ001]", Q2 = "G01Q02[SQ002]" }'
    )
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text = text.replace('"interviewtime"]', '"interviewtime", "*Time*"]')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    # respondent 2 sent an empty sheet, which is logged and not counted
    assert codes(folder) == {("adorf", "1", "Q1"): 4, ("adorf", "1", "Q2"): 1}


def test_the_rows_of_wordings_and_marks_of_qualtrics_are_skipped(tmp_path: Path) -> None:
    folder = told_by_settings(tmp_path, "31-three-header-rows", "skip_rows = [2, 4]")
    assert codes(folder) == {
        ("adorf", "R_1a", "Q1"): 4, ("adorf", "R_1a", "Q2"): 1,
        ("bestadt", "R_1b", "Q1"): 3, ("bestadt", "R_1b", "Q2"): 2,
    }  # fmt: skip


def test_below_title_rows_the_total_is_a_fault_in_its_row_and_a_hidden_column_is_left_aside(
    tmp_path: Path,
) -> None:
    folder = told_by_settings(tmp_path, "38-title-rows", "header_row = 3", "ignore_rest = true")
    assert {fault.row for fault in faults_of(folder)} == {6}
    assert {fault.column for fault in faults_of(folder)} == {"municipality", "Q1"}
    path = folder / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + "skip_rows = [6]\n", encoding="utf-8")
    assert codes(folder).keys() == {
        (place, "r1", item) for place in ("adorf", "bestadt") for item in ("Q1", "Q2")
    }


def test_three_thousand_columns_are_told_in_one_line_with_the_pattern_that_leaves_them_aside(
    tmp_path: Path,
) -> None:
    folder = told_by_settings(tmp_path, "31-three-header-rows", "skip_rows = [2, 4]")
    lines = ["Kommune,ResponseId,Q1,Q2," + ",".join(f"time_{n}" for n in range(3000))]
    lines += ["adorf,1,4,1" + ",7" * 3000]
    (folder / "qualtrics.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = (folder / "study.toml").read_text(encoding="utf-8").replace("skip_rows = [2, 4]\n", "")
    (folder / "study.toml").write_text(text, encoding="utf-8")
    (fault,) = faults_of(folder)
    assert 'ignore = ["time_*"]' in fault.advice
    text = text.replace('"Finished"]', '"Finished", "time_*"]')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    assert codes(folder) == {("adorf", "1", "Q1"): 4, ("adorf", "1", "Q2"): 1}


def test_an_export_within_a_later_one_is_told_once(tmp_path: Path) -> None:
    shutil.copytree(CASES / "43-sent-twice", tmp_path / "study")
    folder = tmp_path / "study"
    head = (folder / "a.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = [f"{'adorf' if n < 300 else 'bestadt'},{n},4,1" for n in range(400)]
    (folder / "a.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    (folder / "b.csv").write_text("\n".join([head, *rows, "adorf,900,2,2", ""]), encoding="utf-8")
    found = faults_of(folder)
    # once for each municipality, so that it is known whom it concerns
    assert [(fault.file, fault.row, fault.municipality) for fault in found] == [
        ("b.csv", 2, "adorf"), ("b.csv", 302, "bestadt"),
    ]  # fmt: skip
    assert found[0].found.startswith("the same record as in a.csv, row 2, and 299 more of adorf")
    assert "take the older one out" in found[0].advice
