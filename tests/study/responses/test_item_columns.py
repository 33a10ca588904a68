"""Which column holds which item: as study.toml names it, by the wording, or by the item's id."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from small_studies import change, clean, faults_of, told, write_study

PERSONS = 'perspective = "civil_society"'


def test_study_toml_says_which_column_holds_which_item(tmp_path: Path) -> None:
    text = "municipality,respondent,G01Q02[SQ001],A2,B1,B2,G01Time\nadorf,r1,1,0,0,0,12\n"
    keys = f'{PERSONS}\nitems = {{ A1 = "G01Q02[SQ001]" }}\nignore = ["*Time"]'
    responses = clean(write_study(tmp_path, ("a.csv", text), keys=keys)).responses
    assert dict(zip(responses["item"], responses["code"], strict=True))["A1"] == 1


def test_an_item_of_study_toml_that_is_none_is_told(tmp_path: Path) -> None:
    text = "municipality,respondent,A1,A2,B1,B2\nadorf,r1,1,0,0,0\n"
    folder = write_study(tmp_path, ("a.csv", text), keys=f'{PERSONS}\nitems = {{ A9 = "A1" }}')
    assert told(faults_of(folder)) == [("study.toml", None, "a.csv items")]


def test_what_is_left_over_is_left_aside_where_study_toml_says_so(tmp_path: Path) -> None:
    text = "municipality,respondent,A1,A2,B1,B2,x,y\nadorf,r1,1,0,0,0,7,8\n"
    cleaned = clean(write_study(tmp_path, ("a.csv", text), keys=f"{PERSONS}\nignore_rest = true"))
    assert list(cleaned.cleaning_log["column"]) == ["x", "y"]


def codes(folder: Path) -> dict[str, int]:
    rows = clean(folder).responses
    coded = zip(rows["item"], rows["code"].astype(object), strict=True)
    return {item: int(code) for item, code in coded if item.startswith("A")}


def test_a_column_is_headed_by_the_wording_of_its_item_with_html_or_in_brackets(tmp_path: Path) -> None:
    text = "municipality,respondent,<p>FRAGE&nbsp; A1</p>,Alles [Frage A2],Frage B1,B2\nadorf,r1,1,2,0,0\n"
    keys = f'{PERSONS}\nitem_header = "text"'
    assert codes(write_study(tmp_path, ("a.csv", text), keys=keys)) == {"A1": 1, "A2": 2}


@pytest.mark.parametrize("heads", ["Frage A1,Frage  A1", "A1,Frage A1"])
def test_two_columns_for_one_item_are_a_fault_never_a_guess(tmp_path: Path, heads: str) -> None:
    text = f"municipality,respondent,{heads},A2,B1,B2\nadorf,r1,1,2,0,0,0\n"
    folder = write_study(tmp_path, ("a.csv", text), keys=f'{PERSONS}\nitem_header = "text"')
    assert any("columns for A1" in fault.found for fault in faults_of(folder))


def test_a_long_file_calls_its_items_by_other_names_or_by_their_wording(tmp_path: Path) -> None:
    text = "municipality,respondent,item,response\nadorf,r1,F1,1\nadorf,r1,Frage  A2,2\n"
    keys = f'{PERSONS}\nlayout = "long"\nitems = {{ A1 = "F1" }}\nitem_header = "text"'
    folder = write_study(tmp_path, ("a.csv", text), keys=keys)
    assert codes(folder) == {"A1": 1, "A2": 2}


def test_a_name_of_study_toml_is_held_against_what_a_person_sees(tmp_path: Path) -> None:
    text = 'Wo?,"Frage\nnach  u\u0308ber",A2,B1,B2\nadorf,1,2,0,0\n'
    keys = f'{PERSONS}\ncolumns = {{ municipality = "Wo? " }}\nitems = {{ A1 = "Frage nach \u00fcber" }}'
    assert codes(write_study(tmp_path, ("a.csv", text), keys=keys)) == {"A1": 1, "A2": 2}


def test_a_correction_and_a_fault_name_the_column_as_it_is_headed(tmp_path: Path) -> None:
    text = "municipality,respondent,K01[A1],A2,B1,B2\nadorf,r1,7,2,0,0\n"
    folder = write_study(tmp_path, ("a.csv", text), keys=f'{PERSONS}\nitems = {{ A1 = "K01[A1]" }}')
    assert told(faults_of(folder)) == [("a.csv", 2, "K01[A1]")]
    corrections = "file,row,column,old,new,reason\na.csv,2,K01[A1],7,1,typed wrongly\n"
    (folder / "corrections.csv").write_text(corrections, encoding="utf-8")
    assert codes(folder) == {"A1": 1, "A2": 2}


def test_a_column_that_study_toml_names_and_the_file_lacks_is_a_fault(tmp_path: Path) -> None:
    text = "municipality,Nr,A1,A2,B1,B2\nadorf,r1,1,2,0,0\n"
    keys = f'{PERSONS}\nignore_rest = true\ncolumns = {{ respondent = "Nr." }}'
    (fault,) = faults_of(write_study(tmp_path, ("a.csv", text), keys=keys))
    assert (fault.column, fault.advice) == ("Nr.", "Did you mean 'Nr'?")


def test_what_is_left_aside_may_be_hidden_without_name_or_named_twice(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", ""), keys=f"{PERSONS}\nignore_rest = true")
    book = Workbook()
    sheet = book.active
    sheet.append(["municipality", "respondent", "A1", "A2", "B1", "B2", "Notiz", "Notiz", "", "Hilfe"])
    sheet.append(["adorf", "r1", 1, 2, 0, 0, "x", "y", "z", "h"])
    sheet.column_dimensions["J"].hidden = True
    book.save(folder / "a.xlsx")
    change(folder / "study.toml", '"a.csv"', '"a.xlsx"')
    assert codes(folder) == {"A1": 1, "A2": 2}
    logged = {(row.column, row.rule) for row in clean(folder).cleaning_log.itertuples()}
    assert {("Notiz", "column_ignored"), ("9", "column_ignored"), ("Hilfe", "column_hidden")} <= logged


def test_an_item_that_is_hidden_is_a_fault_also_where_the_rest_is_left_aside(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", ""), keys=f"{PERSONS}\nignore_rest = true")
    book = Workbook()
    sheet = book.active
    sheet.append(["municipality", "respondent", "A1", "A2", "B1", "B2"])
    sheet.append(["adorf", "r1", 1, 2, 0, 0])
    sheet.column_dimensions["C"].hidden = True
    book.save(folder / "a.xlsx")
    change(folder / "study.toml", '"a.csv"', '"a.xlsx"')
    assert told(faults_of(folder)) == [("a.xlsx", 1, "A1")]
