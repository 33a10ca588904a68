"""Which column holds which item: as study.toml names it, by the wording, or by the item's id."""

from __future__ import annotations

from pathlib import Path

from small_studies import clean, faults_of, told, write_study

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
