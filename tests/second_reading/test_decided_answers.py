"""Decided cases of docs/data.md that concern reading: one test or more per line, every value worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_reading.small_studies import (
    ADMINISTRATION,
    ITEMS,
    RESIDENTS,
    answers_of,
    assert_refused,
    write_small,
)
from weltoffen_eval import load_study
from weltoffen_eval.errors import RefusedError

BY_COLUMN = 'setting = "workshop"\nperspective_column = "Gruppe"\nlayout = "wide"'
LONG = 'setting = "questionnaire"\nperspective = "administration"\nlayout = "long"'


def test_the_five_perspectives_are_known_by_their_id_and_by_their_german_word(tmp_path: Path) -> None:
    words = ["administration", "politics", "civil_society", "business", "residents"]
    words += ["Verwaltung", "Politik", "Zivilgesellschaft", "Wirtschaft", "Einwohnerschaft"]
    text = "municipality,respondent,Gruppe,A1,A2,B1,B2\n" + "".join(
        f"adorf,r{number},{word},0,1,2,0\n" for number, word in enumerate(words)
    )
    read = answers_of(write_small(tmp_path, [(BY_COLUMN, text)]))
    assert sorted(sheet["perspective"] for sheet in read) == sorted(2 * words[:5])


@pytest.mark.parametrize("word", ["verwaltungen", "citizens"])
def test_a_perspective_that_nobody_declared_is_a_fault(tmp_path: Path, word: str) -> None:
    text = f"municipality,respondent,Gruppe,A1,A2,B1,B2\nadorf,1,{word},0,1,2,0\n"
    assert_refused(write_small(tmp_path, [(BY_COLUMN, text)]), "roh0.csv", "row 2", word)


def test_a_dimension_with_a_written_keine_angabe_is_skipped_and_not_left_out(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,2,1,keine Angabe,\nbestadt,2,1,,\n"
    adorf, bestadt = answers_of(write_small(tmp_path, [(ADMINISTRATION, text)]))
    assert (adorf["A1"], adorf["A2"], adorf["B1"], adorf["B2"]) == (2, 1, "skipped", "skipped")
    assert (bestadt["B1"], bestadt["B2"]) == ("not_chosen", "not_chosen")


@pytest.mark.parametrize("cell", ["weiß nicht", "nicht zuständig"])
def test_a_dimension_left_empty_is_not_chosen_only_beside_a_real_answer(tmp_path: Path, cell: str) -> None:
    text = f"municipality,A1,A2,B1,B2\nadorf,{cell},,,\n"
    (adorf,) = answers_of(write_small(tmp_path, [(ADMINISTRATION, text)]))
    assert (adorf["A2"], adorf["B1"], adorf["B2"]) == ("skipped", "skipped", "skipped")


def test_a_dimension_is_not_chosen_only_where_every_sheet_leaves_it_empty(tmp_path: Path) -> None:
    text = "municipality,respondent,A1,A2,B1,B2\nadorf,1,2,1,,\nadorf,2,0,1,weiß nicht,\nbestadt,1,2,1,,\n"
    one, two, three = answers_of(write_small(tmp_path, [(RESIDENTS, text)]))
    sheets = {sheet["municipality"]: [] for sheet in (one, two, three)}  # type: ignore[var-annotated]
    for sheet in (one, two, three):
        sheets[sheet["municipality"]].append((sheet["B1"], sheet["B2"]))
    assert sorted(sheets["adorf"]) == [("dont_know", "skipped"), ("skipped", "skipped")]
    assert sheets["bestadt"] == [("not_chosen", "not_chosen")]


def test_the_sheets_of_another_perspective_say_nothing_about_what_was_chosen(tmp_path: Path) -> None:
    text = "municipality,respondent,Gruppe,A1,A2,B1,B2\nadorf,1,Politik,2,1,,\nadorf,2,Wirtschaft,0,1,2,2\n"
    read = {sheet["perspective"]: sheet for sheet in answers_of(write_small(tmp_path, [(BY_COLUMN, text)]))}
    assert read["politics"]["B1"] == "not_chosen"
    assert read["business"]["B1"] == 2


def test_persons_and_institutions_of_one_perspective_leave_a_dimension_out_together(tmp_path: Path) -> None:
    persons = 'setting = "workshop"\nperspective = "business"\nunit = "persons"\nlayout = "wide"'
    houses = persons.replace("persons", "institution")
    heads = "municipality,respondent,A1,A2,B1,B2\n"
    folder = write_small(
        tmp_path, [(persons, heads + "adorf,p1,2,1,,\n"), (houses, heads + "adorf,Kammer,0,1,,2\n")]
    )
    read = {sheet["unit"]: sheet for sheet in answers_of(folder)}
    assert (read["persons"]["B1"], read["persons"]["B2"]) == ("skipped", "skipped")


def test_a_sheet_of_empty_cells_and_keine_angabe_is_no_response(tmp_path: Path) -> None:
    text = (
        "municipality,respondent,A1,A2,B1,B2\n"
        "adorf,leer,,,,\nadorf,ohne,keine Angabe,,keine Angabe,\nadorf,unsicher,weiß nicht,,,\nadorf,fern,,nicht zuständig,,\n"
    )
    read = answers_of(write_small(tmp_path, [(RESIDENTS, text)]))
    assert sorted((sheet["A1"], sheet["A2"]) for sheet in read) == [
        ("dont_know", "skipped"),
        ("skipped", "not_applicable"),
    ]


def test_persons_without_a_name_get_a_running_one_beside_those_with_one(tmp_path: Path) -> None:
    text = "municipality,respondent,A1,A2,B1,B2\nadorf,1,0,0,0,0\nadorf,,1,1,1,1\nadorf,2,2,2,2,2\nadorf,,0,1,0,1\n"
    read = answers_of(write_small(tmp_path, [(RESIDENTS, text)]))
    assert sorted((sheet["A1"], sheet["A2"]) for sheet in read) == [(0, 0), (0, 1), (1, 1), (2, 2)]
    assert len({sheet["respondent"] for sheet in read} - {""}) == 4


def test_persons_in_a_file_without_names_are_as_many_as_its_rows(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,0,0,0\nadorf,0,0,0,0\nbestadt,1,1,1,1\n"
    read = answers_of(write_small(tmp_path, [(RESIDENTS, text)]))
    assert sorted(sheet["municipality"] for sheet in read) == ["adorf", "adorf", "bestadt"]


@pytest.mark.parametrize("head, cell", [("municipality", "adorf"), ("municipality,respondent", "adorf,")])
def test_an_institution_gives_one_sheet_without_a_name(tmp_path: Path, head: str, cell: str) -> None:
    text = f"{head},A1,A2,B1,B2\n{cell},0,1,2,0\n"
    (adorf,) = answers_of(write_small(tmp_path, [(ADMINISTRATION, text)]))
    assert adorf["respondent"] != ""
    assert (adorf["A1"], adorf["A2"], adorf["B1"], adorf["B2"]) == (0, 1, 2, 0)


def test_a_second_sheet_without_a_name_of_an_institution_is_a_fault(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,0\nadorf,1,1,2,0\n"
    assert_refused(write_small(tmp_path, [(ADMINISTRATION, text)]), "roh0.csv", "adorf")


def test_a_second_sheet_without_a_name_in_another_file_is_a_fault(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,{}\n"
    files = [(ADMINISTRATION, text.format(0)), (ADMINISTRATION, text.format(1))]
    assert_refused(write_small(tmp_path, files), "roh1.csv", "adorf")


def test_a_name_stands_once_in_a_perspective(tmp_path: Path) -> None:
    text = "municipality,respondent,A1,A2,B1,B2\nadorf,1,0,1,2,0\nadorf,1,1,1,2,0\n"
    assert_refused(write_small(tmp_path, [(RESIDENTS, text)]), "roh0.csv", "row 3")


def test_two_perspectives_may_each_number_theirs_from_1_on(tmp_path: Path) -> None:
    text = "municipality,respondent,Gruppe,A1,A2,B1,B2\n"
    text += "adorf,1,Politik,0,0,0,0\nadorf,2,Politik,1,1,1,1\nadorf,1,Wirtschaft,2,2,2,2\nadorf,2,Wirtschaft,0,1,0,1\n"
    read = answers_of(write_small(tmp_path, [(BY_COLUMN, text)]))
    assert sorted((sheet["perspective"], sheet["A1"], sheet["A2"]) for sheet in read) == [
        ("business", 0, 1), ("business", 2, 2), ("politics", 0, 0), ("politics", 1, 1),
    ]  # fmt: skip
    assert len({sheet["respondent"] for sheet in read}) == 4


def test_an_item_without_a_column_is_a_fault(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1\nadorf,0,1,2\n"
    assert_refused(write_small(tmp_path, [(ADMINISTRATION, text)]), "roh0.csv", "B2")


@pytest.mark.parametrize(
    "text", ["municipality,A1,A2,B1\nadorf,0,1,2\n", "municipality,A1,A2,B1,B2\nadorf,0,1,2,\n"]
)
def test_an_item_that_was_not_asked_has_no_column_or_an_empty_one(tmp_path: Path, text: str) -> None:
    (adorf,) = answers_of(write_small(tmp_path, [(ADMINISTRATION + '\nnot_asked = ["B2"]', text)]))
    assert (adorf["B1"], adorf["B2"]) == (2, "not_asked")


def test_an_answer_to_an_item_that_was_not_asked_is_a_fault(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,\nbestadt,0,1,2,1\n"
    folder = write_small(tmp_path, [(ADMINISTRATION + '\nnot_asked = ["B2"]', text)])
    assert_refused(folder, "roh0.csv", "row 3", "B2")


def test_an_item_without_a_row_is_skipped(tmp_path: Path) -> None:
    text = "municipality,respondent,item,response\nadorf,Amt,A1,2\nadorf,Amt,B1,ja\n"
    (adorf,) = answers_of(write_small(tmp_path, [(LONG, text)]))
    assert (adorf["A1"], adorf["A2"], adorf["B1"], adorf["B2"]) == (2, "skipped", 2, "skipped")


def test_rows_of_an_item_that_was_not_asked_may_stand_there_empty(tmp_path: Path) -> None:
    text = "municipality,respondent,item,response\nadorf,Amt,A1,2\nadorf,Amt,B2,\nadorf,Amt,B1,0\n"
    (adorf,) = answers_of(write_small(tmp_path, [(LONG + '\nnot_asked = ["B2"]', text)]))
    assert (adorf["A2"], adorf["B1"], adorf["B2"]) == ("skipped", 0, "not_asked")


def test_an_answer_in_a_row_of_an_item_that_was_not_asked_is_a_fault(tmp_path: Path) -> None:
    text = "municipality,respondent,item,response\nadorf,Amt,A1,2\nadorf,Amt,B2,1\n"
    folder = write_small(tmp_path, [(LONG + '\nnot_asked = ["B2"]', text)])
    assert_refused(folder, "roh0.csv", "row 3", "B2")


@pytest.mark.parametrize(
    "changed, named",
    [({"fields": "alpha beta gamma"}, "gamma"), ({"criteria": "alpha/alpha.eins"}, "alpha.eins")],
)
def test_a_dimension_or_criterion_without_items_is_a_fault_of_the_instrument(
    tmp_path: Path, changed: dict[str, str], named: str
) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,0\n"
    folder = write_small(tmp_path, [(ADMINISTRATION, text)], items=ITEMS, **changed)
    assert_refused(folder, "instrument", named)


def test_a_number_where_a_text_is_wanted_is_read_as_its_text(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,0\n"
    (adorf,) = answers_of(write_small(tmp_path, [(ADMINISTRATION, text)], wave="2025"))
    assert adorf["wave"] == "2025"


@pytest.mark.parametrize(
    "line", ["layout = true", "not_asked = 3", "columns = [1]", 'not_asked = "B2"', "path = ['x']"]
)
def test_any_other_wrong_type_is_a_fault(tmp_path: Path, line: str) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,0\n"
    settings = "\n".join(part for part in ADMINISTRATION.split("\n") if part.split()[0] != line.split()[0])
    folder = write_small(tmp_path, [(settings, text)])
    if line.startswith("path"):
        study = folder / "study.toml"
        study.write_text(study.read_text(encoding="utf-8").replace('path = "roh0.csv"', ""), encoding="utf-8")
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    with pytest.raises(RefusedError) as refusal:
        load_study(folder)
    assert "study.toml" in str(refusal.value)
    assert line.split()[0] in str(refusal.value)


@pytest.mark.parametrize("name", ["participants", "merged", "consensus", "@"])
def test_reserved_words_name_no_respondent(tmp_path: Path, name: str) -> None:
    text = f"municipality,respondent,A1,A2,B1,B2\nadorf,{name},0,1,2,0\n"
    assert_refused(write_small(tmp_path, [(RESIDENTS, text)]), "roh0.csv", "row 2", name)


@pytest.mark.parametrize("name", ["klein-public", "klein-de", "klein-en", "@klein"])
def test_the_end_of_a_study_id_says_nothing_about_audience_or_language(tmp_path: Path, name: str) -> None:
    folder = write_small(tmp_path, [(ADMINISTRATION, "municipality,A1,A2,B1,B2\nadorf,0,1,2,0\n")])
    study = folder / "study.toml"
    study.write_text(
        study.read_text(encoding="utf-8").replace('id = "klein"', f'id = "{name}"'), encoding="utf-8"
    )
    with pytest.raises(RefusedError, match=f"(?s)study.toml.*{name}"):
        load_study(folder)


def test_the_id_of_a_wave_is_no_key_of_a_municipality(tmp_path: Path) -> None:
    text = "municipality,A1,A2,B1,B2\nadorf,0,1,2,0\n"
    folder = write_small(tmp_path, [(ADMINISTRATION, text)], wave='"bestadt"')
    with pytest.raises(RefusedError, match=r"(?s)study\.toml.*bestadt"):
        load_study(folder)
