"""Sheets of wide and long files: what is not put may stand there empty, and no fault hides another."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import INSTRUMENT, change, clean, faults_of, rules, told, write_study

HEAD = "municipality,respondent,A1,A2,B1,B2"
PERSONS = 'perspective = "civil_society"'
OFFICE = 'perspective = "administration"'
MIXED = 'perspective_column = "Gruppe"'


def wide(folder: Path, *rows: str, head: str = HEAD, keys: str = PERSONS, setting: str = "workshop") -> Path:
    return write_study(folder, ("a.csv", "\n".join([head, *rows]) + "\n"), keys=keys, setting=setting)


def long(folder: Path, *rows: str, keys: str = PERSONS, setting: str = "workshop") -> Path:
    text = "\n".join(["municipality,respondent,item,response", *rows]) + "\n"
    return write_study(folder, ("a.csv", text), keys=f'{keys}\nlayout = "long"', setting=setting)


def missing(folder: Path) -> dict[str, str]:
    rows = clean(folder).responses
    return {r.item: r.missing for r in rows[rows["missing"].notna()].itertuples()}


NOT_ASKED = f'{PERSONS}\nnot_asked = ["B2"]'


def test_the_column_of_an_item_that_was_not_put_may_be_missing_or_empty(tmp_path: Path) -> None:
    assert missing(wide(tmp_path / "a", "adorf,r1,1,1,5", head=HEAD.removesuffix(",B2"), keys=NOT_ASKED)) == {
        "B2": "not_asked"
    }
    assert missing(wide(tmp_path / "b", "adorf,r1,1,1,5, ", keys=NOT_ASKED)) == {"B2": "not_asked"}
    assert missing(long(tmp_path / "c", "adorf,r1,A1,1", "adorf,r1,B2,", keys=NOT_ASKED)) == {
        "A2": "skipped", "B1": "not_chosen", "B2": "not_asked",
    }  # fmt: skip


@pytest.mark.parametrize("answer", ["5", "keine Angabe", "x"])
def test_an_answer_to_an_item_that_was_not_put_is_a_fault_of_its_row(tmp_path: Path, answer: str) -> None:
    faults = faults_of(wide(tmp_path / "a", "adorf,r1,1,1,5,", f"bestadt,r1,1,1,5,{answer}", keys=NOT_ASKED))
    assert told(faults) == [("a.csv", 3, "B2")]
    assert faults[0].municipality == "bestadt"
    faults = faults_of(long(tmp_path / "b", "adorf,r1,A1,1", f"adorf,r1,B2,{answer}", keys=NOT_ASKED))
    assert told(faults) == [("a.csv", 3, "response")]


def test_persons_without_a_name_get_a_running_one(tmp_path: Path) -> None:
    rows = clean(wide(tmp_path, "adorf,,1,1,1,1", "adorf,r1,1,1,1,1", "adorf,,2,2,2,2")).responses
    assert sorted(rows["respondent"].unique()) == ["r1", "r2", "r3"]


def test_one_unnamed_sheet_of_an_institution_is_read_and_a_second_is_a_fault(tmp_path: Path) -> None:
    row = "adorf,,1,1,1,1"
    assert len(clean(wide(tmp_path / "a", row, keys=OFFICE, setting="questionnaire")).responses) == 4
    faults = faults_of(wide(tmp_path / "b", row, row, keys=OFFICE, setting="questionnaire"))
    assert [(f.row, f.found, f.municipality) for f in faults] == [(3, "a second sheet of adorf", "adorf")]


def test_rows_of_unnamed_persons_in_a_long_file_cannot_be_told_apart(tmp_path: Path) -> None:
    assert told(faults_of(long(tmp_path / "a", "adorf,,A1,1", "adorf,,A2,1"))) == [
        ("a.csv", 2, "respondent"),
        ("a.csv", 3, "respondent"),
    ]
    office = long(tmp_path / "b", "adorf,,A1,1", "adorf,,A2,1", keys=OFFICE, setting="questionnaire")
    assert len(clean(office).responses) == 4


def test_not_chosen_needs_a_real_answer_elsewhere_and_empty_cells_only(tmp_path: Path) -> None:
    assert missing(wide(tmp_path / "a", "adorf,r1,weiß nicht,,,")) == {
        "A1": "dont_know", "A2": "skipped", "B1": "skipped", "B2": "skipped",
    }  # fmt: skip
    assert missing(wide(tmp_path / "b", "adorf,r1,1,1,keine Angabe,"))["B2"] == "skipped"
    assert missing(wide(tmp_path / "c", "adorf,r1,1,1,,"))["B2"] == "not_chosen"


def test_a_sheet_of_weiss_nicht_alone_counts_and_one_of_keine_angabe_does_not(tmp_path: Path) -> None:
    cleaned = clean(wide(tmp_path, "adorf,r1,weiß nicht,,,", "adorf,r2,keine Angabe,,,", "adorf,r3,,,,"))
    assert cleaned.responses["respondent"].unique().tolist() == ["r1"]
    assert [(row, rule) for row, _, rule in rules(cleaned) if rule == "sheet_without_answer"] == [
        (3, "sheet_without_answer"),
        (4, "sheet_without_answer"),
    ]


def test_an_item_without_column_is_a_fault_and_without_row_is_skipped(tmp_path: Path) -> None:
    head = HEAD.removesuffix(",B2")
    assert told(faults_of(wide(tmp_path / "a", "adorf,r1,1,1,5", head=head))) == [("a.csv", 1, "B2")]
    assert missing(long(tmp_path / "b", "adorf,r1,A1,1", "adorf,r1,B1,1")) == {
        "A2": "skipped",
        "B2": "skipped",
    }


def test_a_wrong_header_hides_no_fault_of_a_row(tmp_path: Path) -> None:
    head = HEAD.replace("A2", "AX")
    faults = faults_of(wide(tmp_path, "adorf,r1,7,1,1,1", "nirgends,r1,1,1,1,1", head=head))
    assert set(told(faults)) == {
        ("a.csv", 1, "A2"), ("a.csv", 1, "AX"), ("a.csv", 2, "A1"), ("a.csv", 3, "municipality"),
    }  # fmt: skip
    faults = faults_of(
        long(tmp_path / "b", "nirgends,r1,A1,7", "adorf,r1,A9,1", keys='perspective_column = "wer"')
    )
    assert set(told(faults)) == {
        ("a.csv", 1, "wer"), ("a.csv", 2, "municipality"), ("a.csv", 2, "response"), ("a.csv", 3, "item"),
    }  # fmt: skip


def test_a_wrong_instrument_hides_no_fault_of_register_and_rows(tmp_path: Path) -> None:
    folder = wide(tmp_path, "nirgends,r1,1,1,1,1", keys=MIXED, head=HEAD + ",Gruppe")
    change(folder / "a.csv", "1,1,1,1", "1,1,1,1,Niemand")
    change(folder / "instrument" / "instrument.toml", INSTRUMENT, INSTRUMENT + "[[")
    change(folder / "instrument" / "items.csv", "A2,alpha,2,stufen,1", "A2,alpha,2,stufen,7")
    change(folder / "municipalities.csv", "bestadt,Bestadt", "bestadt,")
    assert {(Path(f.file).name, f.row, f.column) for f in faults_of(folder)} == {
        ("instrument.toml", None, ""), ("items.csv", 3, "direction"), ("municipalities.csv", 3, "name"),
        ("a.csv", 2, "municipality"), ("a.csv", 2, "Gruppe"),
    }  # fmt: skip


def test_a_wrong_wave_hides_no_fault_of_its_files(tmp_path: Path) -> None:
    folder = wide(tmp_path, "adorf,r1,7,1,1,1")
    change(folder / "study.toml", 'wave = "2024"', 'wave = "2025"')
    faults = faults_of(folder)
    assert told(faults) == [("study.toml", None, "file 1 wave"), ("a.csv", 2, "A1")]
    assert "2024" not in faults[0].advice, "no wave is like another"


def test_a_row_of_which_nothing_is_an_answer_is_told_once(tmp_path: Path) -> None:
    faults = faults_of(
        wide(tmp_path, "Kommune,Nummer,Frage eins,Frage zwei,Frage drei,Frage vier", "adorf,r1,1,1,1,1")
    )
    assert told(faults) == [("a.csv", 2, "municipality"), ("a.csv", 2, "")]
    assert "skip_rows = [2]" in faults[1].advice


def test_a_record_with_wrong_answers_is_told_cell_by_cell(tmp_path: Path) -> None:
    faults = faults_of(wide(tmp_path, "adorf,r1,7,8,x,y"))
    assert told(faults) == [("a.csv", 2, column) for column in ("A1", "A2", "B1", "B2")]


def test_identifiers_in_data_are_never_advised_by_nearness(tmp_path: Path) -> None:
    faults = faults_of(wide(tmp_path / "a", "adorff,r1,1,1,1,1", "Bestat,r1,1,1,1,1"))
    faults += faults_of(wide(tmp_path / "b", "01001002,r1,1,1,1,1", head=HEAD.replace("municipality", "ags")))
    faults += faults_of(long(tmp_path / "c", "adorf,r1,A11,1"))
    assert len(faults) == 4
    assert not [fault for fault in faults if "Did you mean" in fault.advice]


def test_a_key_and_an_ags_that_agree_are_read_and_those_that_do_not_are_a_fault(tmp_path: Path) -> None:
    head = "ags," + HEAD
    rows = ["010010000001,adorf,r1,1,1,1,1", "1002000,bestadt,r1,1,1,1,1",
            ",adorf,r2,1,1,1,1", "01002000,,r2,1,1,1,1"]  # fmt: skip
    assert len(clean(wide(tmp_path / "a", *rows, head=head)).responses) == 16
    faults = faults_of(
        wide(tmp_path / "b", "01002000,adorf,r1,1,1,1,1", "99,Adorf,r2,1,1,1,1", ",,r3,1,1,1,1", head=head)
    )
    assert told(faults) == [("a.csv", 2, "ags"), ("a.csv", 3, "ags"), ("a.csv", 4, "municipality")]
    assert {fault.municipality for fault in faults} == {""}, "it is not known which of the two it is"


def test_every_fault_in_a_row_of_a_known_municipality_names_it(tmp_path: Path) -> None:
    rows = [
        "adorf,r1,7,1,1,1,Politik",
        "bestadt,r1,1,1,1,1,Niemand",
        "kreis,r1,1,1,1,1,Politik",
        "kreis,r1,2,1,1,1,Politik",
    ]
    faults = faults_of(wide(tmp_path, *rows, head=HEAD + ",Gruppe", keys=MIXED))
    assert {(f.row, f.municipality) for f in faults} == {(2, "adorf"), (3, "bestadt"), (5, "kreis")}
