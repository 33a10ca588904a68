"""Cleaning without the municipalities that have a fault in a row: theirs is gone, the others' is untouched."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from weltoffen_eval.errors import RefusedError
from weltoffen_eval.results.provenance import stored_faults
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import store_healthy, store_study
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses
from weltoffen_eval.study.responses.faulty_rows import FaultyRows
from weltoffen_eval.study.responses.healthy import clean_healthy


def change(folder: Path, old: str, new: str, file: str = "verwaltung.csv") -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_without_faults_it_is_cleaning(example: Path) -> None:
    study = load_study(example)
    cleaned, left_out = clean_healthy(study)
    plain = clean_responses(study)
    for name in ("responses", "comments", "records", "cleaning_log"):
        pd.testing.assert_frame_equal(getattr(cleaned, name), getattr(plain, name))
    assert left_out == FaultyRows()


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column"),
    [
        ("verwaltung.csv", "adorf,ja", "adorf,7", 2, "A1"),
        ("workshop.csv", "adorf,p2,Zivilgesellschaft", "adorf,p2,Niemand", 3, "Gruppe"),
        ("workshop.csv", "adorf,p3,", "adorf,p2,", 4, ""),
    ],
)
def test_who_has_a_fault_in_a_row_is_left_out_of_everything(
    example: Path, file: str, old: str, new: str, row: int, column: str
) -> None:
    change(example, old, new, file)
    study = load_study(example)
    cleaned, left_out = clean_healthy(study)
    assert [(f.municipality, f.file, f.row, f.column) for f in left_out.faults] == [
        ("adorf", file, row, column)
    ]
    assert left_out.waves == {"adorf": ("2021",)}
    assert (left_out.count_in(["2021"]), left_out.count_in(["2024"])) == (1, 0)
    for name in ("responses", "records"):
        assert set(getattr(cleaned, name)["municipality"]) == {"bestadt", "cekreis"}
    # the records of adorf, one of the administration and six of the workshop
    assert not set(cleaned.cleaning_log["row"][cleaned.cleaning_log["file"] == "verwaltung.csv"]) & {2}
    assert cleaned.cleaning_log[cleaned.cleaning_log["file"] == "workshop.csv"].empty
    # bestadt and cekreis, five items each
    assert len(cleaned.responses) == 2 * 5
    with pytest.raises(RefusedError):
        clean_responses(study)


def test_the_rows_of_the_others_are_those_of_a_study_without_faults(example: Path) -> None:
    whole = clean_responses(load_study(example)).responses
    change(example, "adorf,ja", "adorf,7")
    healthy = clean_healthy(load_study(example))[0].responses
    others = whole[whole["municipality"] != "adorf"].reset_index(drop=True)
    assert healthy.astype(str).equals(others.astype(str))


@pytest.mark.parametrize(
    ("old", "new"),
    [("cekreis,1", "zekreis,1"), ("municipality,A1", "municipality,A9"), ("adorf,ja", "adorf,ja,2")],
)
def test_a_fault_of_a_header_or_of_nobody_known_concerns_all(example: Path, old: str, new: str) -> None:
    change(example, old, new)
    change(example, "bestadt,2", "bestadt,7")
    with pytest.raises(RefusedError) as refused:
        clean_healthy(load_study(example))
    assert any(not fault.municipality for fault in refused.value.faults)


def test_the_store_keeps_who_is_left_out_and_why(example: Path, tmp_path: Path) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    store_study(tmp_path / "store", study, scheme)
    assert stored_faults(tmp_path / "store") == FaultyRows()
    change(example, "adorf,ja", "adorf,7")
    study = load_study(example)
    store_healthy(tmp_path / "store", study, scheme)
    kept = stored_faults(tmp_path / "store")
    assert kept == clean_healthy(study)[1]
    assert kept.of(["adorf"])[0].found == "'7'"
    assert kept.of(["bestadt"]) == []
    with pytest.raises(RefusedError):
        store_study(tmp_path / "store", study, scheme)


def test_of_whom_a_fault_is_known_what_came_at_which_setting(example: Path) -> None:
    # verwaltung.csv holds all three municipalities, workshop.csv Adorf only
    change(example, "adorf,ja", "adorf,7")
    change(example, "bestadt,2", "bestadt,7")
    left_out = clean_healthy(load_study(example))[1]
    assert left_out.came == {
        "adorf": (("2021", "responses", "questionnaire"), ("2021", "responses", "workshop")),
        "bestadt": (("2021", "responses", "questionnaire"),),
    }
    assert left_out.has_come("adorf", "2021", "responses", "workshop")
    assert not left_out.has_come("bestadt", "2021", "responses", "workshop")
    assert not left_out.has_come("adorf", "2024", "responses")
    assert FaultyRows.from_json(json.loads(json.dumps(left_out.as_json()))) == left_out
