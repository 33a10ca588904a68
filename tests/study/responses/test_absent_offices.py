"""Offices that are responsible for an item, and of which no sheet came, are told by check as a hint."""

from __future__ import annotations

from pathlib import Path

from small_studies import clean, write_study

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.absent_offices import absent_offices

SHEETS = "municipality,respondent,A1,A2,B1,B2\nadorf,Hauptamt,1,,0,\nadorf,Sozialamt,,1,,0\n"
KEYS = 'perspective = "administration"\nsheets = "merge"\nresponsible = "wer.csv"'


def test_an_office_that_no_sheet_is_called_by_is_found(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", SHEETS), keys=KEYS, setting="questionnaire")
    table = "municipality,item,respondent\n,A1,Hauptamt\n,A2,Bauamt\n,B1,Bauamt\nadorf,B2,Schulamt\n"
    (folder / "wer.csv").write_text(table, encoding="utf-8")
    assert absent_offices(load_study(folder), clean(folder)) == [
        ("wer.csv", "", "Bauamt", 2), ("wer.csv", "adorf", "Schulamt", 1),
    ]  # fmt: skip


def test_where_every_office_gave_a_sheet_nothing_is_told(tmp_path: Path) -> None:
    folder = write_study(tmp_path, ("a.csv", SHEETS), keys=KEYS, setting="questionnaire")
    (folder / "wer.csv").write_text("item,respondent\nA1,Hauptamt\nA2,Sozialamt\n", encoding="utf-8")
    assert absent_offices(load_study(folder), clean(folder)) == []
