"""Answers as matrices: small types, parts of the table that are the table, what a million sheets take."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small import instrument, item
from small_studies import change, clean, write_study

from weltoffen_eval.study.questionnaire.instrument import Decoded
from weltoffen_eval.study.responses.matrices import Matrices
from weltoffen_eval.study.responses.table import rows_in_parts

TWO_WAVES = """id = "klein"
title = "Kleine Studie (synthetisch)"
instrument = "./instrument"
synthetic = true

[[wave]]
id = "2021"
date = 2021-06-30
[[wave]]
id = "2024"
date = 2024-06-30
[[file]]
path = "before.csv"
wave = "2021"
setting = "questionnaire"
perspective = "civil_society"
"""
HEAD = "municipality,respondent,A1,A2,B1,B2\n"


@pytest.fixture(scope="module")
def two_waves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("waves")
    (folder / "before.csv").write_text(f"{HEAD}bestadt,p1,0,98,,7\nadorf,p9,2,,12.5,\n", encoding="utf-8")
    after = f"{HEAD}adorf,p2,1,1,4000,\nadorf,p1,,2,keine Angabe,100\nkreis,p1,,,,\n"
    return write_study(folder, ("after.csv", after), study=TWO_WAVES)


def test_the_table_of_responses_is_what_the_files_say(two_waves: Path) -> None:
    rows = clean(two_waves).responses
    said = [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in rows[["municipality", "wave", "respondent", "item", "code", "value", "missing"]].to_numpy()
    ]
    # by hand; the sheet without an answer is none
    assert said == [
        ("adorf", "2021", "p9", "A1", 2, None, None),
        ("adorf", "2021", "p9", "A2", None, None, "skipped"),
        ("adorf", "2021", "p9", "B1", None, 12.5, None),
        ("adorf", "2021", "p9", "B2", None, None, "skipped"),
        ("bestadt", "2021", "p1", "A1", 0, None, None),
        ("bestadt", "2021", "p1", "A2", None, None, "dont_know"),
        ("bestadt", "2021", "p1", "B1", None, None, "skipped"),
        ("bestadt", "2021", "p1", "B2", None, 7, None),
        ("adorf", "2024", "p1", "A1", None, None, "skipped"),
        ("adorf", "2024", "p1", "A2", 2, None, None),
        ("adorf", "2024", "p1", "B1", None, None, "skipped"),
        ("adorf", "2024", "p1", "B2", None, 100, None),
        ("adorf", "2024", "p2", "A1", 1, None, None),
        ("adorf", "2024", "p2", "A2", 1, None, None),
        ("adorf", "2024", "p2", "B1", None, 4000, None),
        ("adorf", "2024", "p2", "B2", None, None, "skipped"),
    ]


@pytest.mark.parametrize("rows", [1, 3, 4, 5, 7, 16, 100])
def test_the_parts_of_the_table_are_the_table_wherever_it_is_cut(two_waves: Path, rows: int) -> None:
    cleaned = clean(two_waves)
    parts = list(rows_in_parts(cleaned.waves, rows))
    assert [len(part) for part in parts[:-1]] == [rows] * (len(parts) - 1)
    whole = pd.concat([part.astype(object) for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(whole, cleaned.responses.astype(object))
    assert cleaned.count_responses() == len(whole) == 16


def test_a_study_without_answers_has_one_part_without_rows(tmp_path: Path) -> None:
    cleaned = clean(write_study(tmp_path, ("a.csv", f"{HEAD}adorf,p1,,,,\n")))
    assert [len(part) for part in rows_in_parts(cleaned.waves, 10)] == [0]
    assert [len(part) for part in rows_in_parts((), 10)] == [0]
    assert cleaned.count_responses() == 0


def test_an_answer_takes_three_bytes_so_that_a_million_sheets_of_108_fit() -> None:
    # code, kind of non-answer, and whether the cell was empty; 1,000,000 × 108 × 3 = 324 MB
    made = Matrices.of(1_000, instrument([item(f"i{number}") for number in range(108)]), ())
    taken = sum(matrix.nbytes for matrix in (made.code, made.value, made.missing, made.empty))
    assert taken == 1_000 * 108 * 3


@pytest.mark.parametrize("code", [-(10**9), -129, -128, 127, 128, 32_767, 32_768, 10**9])
def test_codes_of_any_size_come_back_as_they_are(tmp_path: Path, code: int) -> None:
    folder = write_study(tmp_path, ("a.csv", f"{HEAD}adorf,p1,{code},2,1,1\n"))
    change(folder / "instrument" / "instrument.toml", "code = 1,", f"code = {code},")
    assert clean(folder).responses["code"].dropna().tolist() == [code, 2]


def test_only_items_with_a_number_have_room_for_one() -> None:
    made = Matrices.of(2, instrument([item("a"), item("n", scale="number")]), ())
    made.set_cell(1, 1, "15", Decoded(value=15.0))
    made.set_cell(1, 0, "2", Decoded(code=2))
    assert made.value.shape == (2, 1)
    assert np.isnan(made.value[0, 0]) and made.value[1, 0] == 15.0
    assert made.code.tolist() == [[0, 0], [2, 0]]
