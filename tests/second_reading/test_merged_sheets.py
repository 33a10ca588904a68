"""Sheets of several offices that are parts of one questionnaire, by hand; the second reading must have the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_reading.small_studies import ADMINISTRATION, answers_of, score_of, write_small
from second_reading.test_decided_scores import NAMED, ONE, assert_row
from weltoffen_eval import clean_responses, load_profile, load_scheme, load_study, score_study
from weltoffen_eval.errors import Fault
from weltoffen_eval.results.fingerprints import hash_by_municipality
from weltoffen_eval.results.statistics_table import analyse
from weltoffen_eval.results.talking_points import disagreements, unanswered_items
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.responses.cleaning import read_responses

MERGE = ADMINISTRATION + '\nsheets = "merge"'
RESPONSIBLE = MERGE + '\nresponsible = "zuständig.csv"'
#: Three offices, each with a part of the questionnaire: all of it is answered.
PARTS = NAMED + "adorf,Hauptamt,2,,,\nadorf,Bauamt,,1,,\nadorf,Sozialamt,,,0,2\n"
#: A1 differs (100, 50, 0 points), A2 is alike, B1 is answered once, B2 by none.
DIFFERING = NAMED + "adorf,Hauptamt,2,1,,98\nadorf,Bauamt,1,1,2,99\nadorf,Sozialamt,0,,,\n"


def responsible(folder: Path, text: str) -> Path:
    (folder / "zuständig.csv").write_text(text, encoding="utf-8")
    return folder


def test_what_three_offices_answer_between_them_is_one_sheet(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "merged", [(MERGE, PARTS)])
    row = score_of(folder, "dimension/alpha")
    assert_row(row, score=75.0, low=75.0, high=75.0, n_items=2.0, n_answered=2.0, coverage=1.0, **ONE)
    assert_row(score_of(folder, "overall/overall"), score=62.5, n_items=4.0, n_answered=4.0, coverage=1.0)
    # each sheet stays as it came, and by respondent there is one, called merged
    assert {sheet["respondent"] for sheet in answers_of(folder)} == {"Hauptamt", "Bauamt", "Sozialamt"}
    assert score_of(folder, "dimension/beta", respondent=0)["respondent"] == "merged"
    # as several opinions, each answers half of one field
    averaged = score_of(write_small(tmp_path / "averaged", [(ADMINISTRATION, PARTS)]), "dimension/alpha")
    assert_row(averaged, score=75.0, n=2, n_items=2.0, n_answered=2 / 3)


def test_where_offices_differ_the_mean_of_all_that_answered_counts(tmp_path: Path) -> None:
    folder = write_small(tmp_path, [(MERGE, DIFFERING)])
    assert_row(score_of(folder, "item/A1"), score=50.0, low=50.0, high=50.0, n_answered=1.0, **ONE)
    assert_row(score_of(folder, "item/A2"), score=50.0, **ONE)
    assert_row(score_of(folder, "item/B1"), score=100.0, **ONE)
    # two of three at 100: each office once, not each answer once
    (folder / "roh0.csv").write_text(
        NAMED + "adorf,a,2,,,\nadorf,b,2,,,\nadorf,c,0,2,2,2\n", encoding="utf-8"
    )
    assert_row(score_of(folder, "item/A1"), score=200 / 3, **ONE)


@pytest.mark.parametrize(
    ("rows", "score"),
    [
        ("item,respondent\nA1,Bauamt\n", 50.0),
        ("item,respondent\nA1,hauptamt\n", 100.0),
        # the office named last for all, but in Adorf another
        ("item,respondent,municipality\nA1,Hauptamt,\nA1,Sozialamt,adorf\n", 0.0),
        ("item,respondent,municipality\nA1,Hauptamt,\nA1,Sozialamt,bestadt\n", 100.0),
        # who is responsible gave no answer, or no sheet
        ("item,respondent\nA1,Jugendamt\nB1,Hauptamt\n", 50.0),
    ],
)
def test_the_answer_of_who_is_responsible_counts(tmp_path: Path, rows: str, score: float) -> None:
    folder = responsible(write_small(tmp_path, [(RESPONSIBLE, DIFFERING)]), rows)
    study = load_study(folder)
    found = score_study(study, clean_responses(study).responses, load_scheme(None, study))
    items = found[found["level"] == "item"].set_index("id")["score"]
    assert items["A1"] == score
    assert items["B1"] == 100, "an answer that one office alone gave counts, whoever is responsible"


@pytest.mark.parametrize(
    ("given", "withheld", "n_items"),
    [
        ("98 99 -", "coverage", 1),
        ("99 98 -", "coverage", 1),
        ("99 - -", "not_applicable", 0),
        ("- 99 kA", "not_applicable", 0),
        ("- kA -", "coverage", 1),
    ],
)
def test_where_no_office_answered_weiss_nicht_comes_first_then_not_applicable(
    tmp_path: Path, given: str, withheld: str, n_items: int
) -> None:
    cells = [{"-": "", "kA": "keine Angabe"}.get(cell, cell) for cell in given.split()]
    # A1 is answered by each, so that every sheet counts and the field is chosen
    sheets = "".join(f"adorf,r{n},2,2,2,{cell}\n" for n, cell in enumerate(cells, start=1))
    row = score_of(write_small(tmp_path, [(MERGE, NAMED + sheets)]), "item/B2")
    assert_row(row, n_items=float(n_items), n_answered=0.0, withheld=withheld)


def test_what_one_file_did_not_ask_another_may_have(tmp_path: Path) -> None:
    one = MERGE + '\nnot_asked = ["A2", "B1", "B2"]', "municipality,respondent,A1\nadorf,a,2\n"
    other = MERGE + '\nnot_asked = ["A1", "B2"]', "municipality,respondent,A2,B1\nadorf,b,0,\n"
    folder = write_small(tmp_path, [one, other])
    assert_row(score_of(folder, "dimension/alpha"), score=50.0, n_items=2.0, **ONE)
    assert_row(score_of(folder, "dimension/beta"), withheld="not_chosen", n_items=0.0)


def test_of_one_place_some_municipalities_are_merged_and_others_averaged(tmp_path: Path) -> None:
    files = [(MERGE, PARTS), (ADMINISTRATION, PARTS.replace("adorf", "bestadt"))]
    study = load_study(write_small(tmp_path, files))
    found = score_study(study, clean_responses(study).responses, load_scheme(None, study))
    alpha = found[found["id"] == "alpha"].set_index("municipality")
    assert alpha.loc["adorf", ["n", "n_answered"]].tolist() == [1, 2]
    assert alpha.loc["bestadt", ["n", "n_answered"]].tolist() == [2, 2 / 3]


def test_a_profile_has_one_sheet_and_tells_what_offices_answered_differently(tmp_path: Path) -> None:
    profile = load_profile(write_small(tmp_path / "merged", [(MERGE, DIFFERING)]), "adorf", "2021")
    assert profile.merged
    assert profile.sheets == 3
    assert [item.id for item in disagreements(profile)] == ["A1"]
    assert profile.together == {"A1": "", "A2": "", "B1": "", "B2": "dont_know"}
    assert [item.id for item in unanswered_items(profile)] == ["B2"]
    # beta: B1 100, B2 open; a draw of the open item alone gives 50, 75 or 100
    assert profile.bands["beta"].score == 100
    assert profile.bands["beta"].influence["open_items"] > 0
    # all of alpha is answered: no draw of open items moves it
    assert profile.bands["alpha"].influence["open_items"] == 0
    other = load_profile(write_small(tmp_path / "averaged", [(ADMINISTRATION, DIFFERING)]), "adorf", "2021")
    assert not other.merged
    assert [item.id for item in unanswered_items(other)] == ["B2"], "of opinions too, what no sheet answered"


def test_gaps_are_to_the_merged_sheet(tmp_path: Path) -> None:
    people = 'setting = "workshop"\nperspective = "residents"\nlayout = "wide"'
    # five persons at 100 points in A1; the administration at 0, the answer of the office that is responsible
    persons = NAMED + "".join(f"adorf,p{n},2,1,2,2\n" for n in range(5))
    folder = write_small(tmp_path, [(RESPONSIBLE, DIFFERING), (people, persons)], scheme="min_group_size = 5")
    responsible(folder, "item,respondent\nA1,Sozialamt\n")
    study = load_study(folder)
    found = analyse(study, clean_responses(study).responses, load_scheme(None, study), "gaps")
    gaps = found[(found["quantity"] == "gap") & (found["perspective"] == "participants")].set_index("id")
    assert gaps.loc["A1", "value"] == 100
    # over A1 (+100) and A2 (0); B1 (0) was answered by one office alone
    assert gaps.loc["alpha", "value"] == 50
    assert gaps.loc["beta", "value"] == 0


def test_another_rule_is_another_hash_of_those_whom_it_concerns(tmp_path: Path) -> None:
    text = DIFFERING + "bestadt,Hauptamt,1,1,1,1\n"

    def hashes(name: str, settings: str, rows: str = "") -> dict[tuple[str, str], str]:
        study = load_study(responsible(write_small(tmp_path / name, [(settings, text)]), rows or "x"))
        cleaned = clean_responses(study)
        merging = merging_of(study, cleaned.records)
        return hash_by_municipality(cleaned.waves, cleaned.records, cleaned.cleaning_log, merging)

    averaged, merged = hashes("a", ADMINISTRATION), hashes("b", MERGE)
    assert all(averaged[key] != merged[key] for key in averaged)
    assert hashes("c", MERGE) == merged
    of_adorf = hashes("d", RESPONSIBLE, "item,respondent,municipality\nA1,Bauamt,adorf\n")
    assert [key[0] for key in merged if merged[key] != of_adorf[key]] == ["adorf"]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("item,respondent\nA1,Bauamt\n", ["'Bauamt' responsible for A1, beside 'Hauptamt' for roh0.csv"]),
        ("item,respondent\nA1,hauptamt\n", []),
        ("item,respondent\nA2,Bauamt\n", []),
        # of another municipality, or of this one by its key
        ("item,respondent,municipality\nA1,Bauamt,bestadt\n", []),
        (
            "item,respondent,municipality\nA1,Bauamt,adorf\n",
            ["'Bauamt' responsible for A1, beside 'Hauptamt' for roh0.csv"],
        ),
    ],
)
def test_two_files_of_a_municipality_name_one_office_for_an_item(
    tmp_path: Path, second: str, told: list[str]
) -> None:
    other = MERGE + '\nresponsible = "zweite.csv"'
    folder = write_small(
        tmp_path,
        [(RESPONSIBLE, NAMED + "adorf,Hauptamt,2,,,\n"), (other, NAMED + "adorf,Bauamt,1,1,,\n")],
    )
    responsible(folder, "item,respondent\nA1,Hauptamt\n")
    (folder / "zweite.csv").write_text(second, encoding="utf-8")
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None and faults == []
    read_responses(study, faults)
    assert [fault.found for fault in faults] == told
    assert {fault.municipality for fault in faults} <= {"adorf"}
