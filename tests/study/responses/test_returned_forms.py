"""Returned forms are read whatever people did to them; what is not certain is a fault at its cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from filled_forms import COLUMNS, FOLDER, KEYS, entry, form_study, place, put_form, tab_of
from small_studies import change, clean, faults_of, told

from weltoffen_eval.study.responses.cleaning import CleanedStudy

ANSWERS = {"A1": "ja", "A2": "weiß nicht", "B1": "12", "B2": 45.5}


def answers_of(cleaned: CleanedStudy, respondent: str = "adorf") -> dict[str, object]:
    """By item the code, the number or what is missing."""
    rows = cleaned.responses[cleaned.responses["respondent"].astype(str) == respondent]
    found = rows[["code", "value", "missing"]].astype(object)
    return {
        str(item): next(part for part in given if not pd.isna(part))
        for item, given in zip(rows["item"], found.to_numpy().tolist(), strict=True)
    }


def rules_of(cleaned: CleanedStudy) -> set[tuple[str, str, str]]:
    log = cleaned.cleaning_log
    return set(zip(log["tab"], log["column"], log["rule"], strict=True)) - {
        ("Deckblatt", "Eintrag", "date_format")
    }


READ = {"A1": 2, "A2": "dont_know", "B1": 12.0, "B2": 45.5}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return form_study(tmp_path / "klein")


def test_a_form_is_read_and_every_answer_ends_in_its_tab_and_row(study: Path) -> None:
    put_form(study, "a.xlsx", ANSWERS)
    cleaned = clean(study)
    assert answers_of(cleaned) == READ
    records = cleaned.records[["file", "tab", "municipality", "perspective", "unit", "respondent", "counted"]]
    assert records.drop_duplicates().to_numpy().tolist() == [
        [f"{FOLDER}/a.xlsx", tab, "adorf", "administration", "institution", "adorf", True]
        for tab in ("Deckblatt", "1 Feld A", "2 Feld B")
    ]
    book = openpyxl.load_workbook(study / FOLDER / "a.xlsx")
    assert cleaned.records["row"].tolist()[1:] == [place(book, item).row for item in READ]


def test_comment_office_and_evidence_go_with_the_comments(study: Path) -> None:
    def write(book: openpyxl.Workbook) -> None:
        place(book, "A1", "comment").value = "=Beschluss folgt"
        place(book, "A1", "comment").data_type = "s"
        place(book, "A1", "evidence").value = "Ratsbeschluss vom 3. Mai"
        place(book, "B1", "office").value = "Bauamt"

    put_form(study, "a.xlsx", ANSWERS, write)
    comments = clean(study).comments
    assert comments[["item", "comment", "office", "evidence"]].to_numpy().tolist() == [
        ["A1", "=Beschluss folgt", "", "Ratsbeschluss vom 3. Mai"],
        ["B1", "", "Bauamt", ""],
    ]


# how an answer may be written, and the rule by which it is read
WRITTEN: dict[str, tuple[object, str]] = {
    "chosen": ("ja", ""),
    "typed with blanks": (" ja ", "trimmed"),
    "typed in capitals": ("JA", "spelling"),
    "its code as a number": (2, ""),
    "its code as a text": ("2", ""),
    "code and label": ("2 – ja", "code_and_label"),
    "code and label with a hyphen": ("2 - Ja", "code_and_label"),
    "code and label with an equals sign": ("2 = ja", "code_and_label"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_an_answer_may_be_typed_instead_of_chosen(study: Path, name: str) -> None:
    written, rule = WRITTEN[name]
    put_form(study, "a.xlsx", {**ANSWERS, "A1": written})
    cleaned = clean(study)
    assert answers_of(cleaned) == READ
    assert rules_of(cleaned) == ({("1 Feld A", "Antwort", rule)} if rule else set())


@pytest.mark.parametrize(
    "written", ["vielleicht", "1 – ja", "2 – vielleicht", 7, "ja, nein", True, datetime.date(2024, 2, 1)]
)
def test_what_is_no_answer_is_a_fault_at_its_cell(study: Path, written: object) -> None:
    put_form(study, "a.xlsx", {**ANSWERS, "A1": written})
    (fault,) = faults_of(study)
    assert (fault.file, fault.tab, fault.column, fault.municipality) == (
        f"{FOLDER}/a.xlsx", "1 Feld A", "Antwort", "adorf",
    )  # fmt: skip


def sort_rows(book: openpyxl.Workbook) -> None:
    sheet = tab_of(book, "A1")
    one, other = place(book, "A1").row, place(book, "A2").row
    for column in range(1, 7):
        first, second = sheet.cell(one, column), sheet.cell(other, column)
        first.value, second.value = second.value, first.value


def add_column(book: openpyxl.Workbook) -> None:
    sheet = tab_of(book, "A1")
    row = place(book, "A1").row
    sheet.cell(row - 1, 8).value, sheet.cell(row, 8).value = "Rücksprache", "ja"


def rename_tabs(book: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Tabelle{number}"


def unprotect(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.protection.sheet = False
        sheet.data_validations.dataValidation.clear()
    book.security.lockStructure = False


def merge_comment(book: openpyxl.Workbook) -> None:
    sheet, cell = tab_of(book, "A1"), place(book, "A1")
    sheet.merge_cells(
        start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1
    )


def copy_head(book: openpyxl.Workbook) -> None:
    sheet = tab_of(book, "A1")
    head = next(row for row in sheet.iter_rows() if row[0].value == "Nr.")
    for cell in head:
        sheet.cell(sheet.max_row + 1 if cell.column == 1 else sheet.max_row, cell.column).value = cell.value


def note_tab(book: openpyxl.Workbook) -> None:
    book.create_sheet("Notizen")["A1"] = "mit dem Hauptamt klären"


def copy_pages(book: openpyxl.Workbook) -> None:
    """As people do who keep the empty page beside the filled one."""
    for page in (book.worksheets[0], tab_of(book, "A1"), book["Formular"]):
        copy = book.copy_worksheet(page)
        if page is not book["Formular"]:
            copy.title = f"Kopie {page.title[:20]}"


def copy_page_of_other(book: openpyxl.Workbook) -> None:
    entry(book, "Ausfüllende Stelle").value = "Bauamt"
    copy = book.copy_worksheet(book.worksheets[0])
    row = next(cell.row for cell in copy["A"] if cell.value == "Ausfüllende Stelle")
    copy.cell(row, 2).value = "Hauptamt"


def add_tab_of_other(book: openpyxl.Workbook) -> None:
    copy = book.copy_worksheet(book["Formular"])
    row = next(cell.row for cell in copy["A"] if cell.value == "municipality")
    copy.cell(row, 2).value = "bestadt"


DONE: dict[str, tuple[Callable[[openpyxl.Workbook], Any], set[tuple[str, str]]]] = {
    "rows sorted": (sort_rows, set()),
    "a column added": (add_column, {("Rücksprache", "column_ignored")}),
    "tabs renamed": (rename_tabs, set()),
    "protection removed": (unprotect, set()),
    "an answer merged with its comment": (merge_comment, {("Antwort", "cells_merged")}),
    "the heads copied below": (copy_head, set()),
    "a tab with notes": (note_tab, set()),
    "pages copied": (copy_pages, {("Nr.", "row_repeated")}),
}


@pytest.mark.parametrize("name", DONE)
def test_whatever_was_done_to_a_form_its_answers_are_the_same(study: Path, name: str) -> None:
    do, rules = DONE[name]
    put_form(study, "a.xlsx", ANSWERS, do)
    cleaned = clean(study)
    assert answers_of(cleaned) == READ
    assert {(column, rule) for _, column, rule in rules_of(cleaned)} == rules


def test_an_item_whose_row_is_gone_is_not_answered_and_that_is_told(study: Path) -> None:
    put_form(study, "a.xlsx", ANSWERS, lambda book: tab_of(book, "A2").delete_rows(place(book, "A2").row))
    cleaned = clean(study)
    assert answers_of(cleaned) == {**READ, "A2": "skipped"}
    assert rules_of(cleaned) == {("Deckblatt", "A2", "form_row_missing")}


def set_id(book: openpyxl.Workbook, item: str, text: str | None) -> None:
    cell = place(book, item)
    cell.parent.cell(cell.row, 1).value = text


def repeat(book: openpyxl.Workbook, answer: object) -> None:
    sheet, cell = tab_of(book, "A1"), place(book, "A1")
    below = sheet.max_row + 1
    sheet.cell(below, 1).value = "A1"
    sheet.cell(below, cell.column).value = answer


def set_identity(book: openpyxl.Workbook, name: str, text: str) -> None:
    sheet = book["Formular"]
    row = next(cell.row for cell in sheet["A"] if cell.value == name)
    sheet.cell(row, 2).value = text


# what is done, and what the fault says
WRONG: dict[str, tuple[Callable[[openpyxl.Workbook], Any], str]] = {
    "an id deleted": (lambda b: set_id(b, "A1", None), "an answer without the id of its question"),
    "an id mistyped": (lambda b: set_id(b, "A1", "Al"), "an answer to 'Al'"),
    "an item twice": (lambda b: repeat(b, "nein"), "A1 once more, answered otherwise"),
    "another study": (lambda b: set_identity(b, "study", "gross"), "a form of the study 'gross'"),
    "another wave": (lambda b: set_identity(b, "wave", "2021"), "a form of the wave '2021'"),
    "another perspective": (
        lambda b: set_identity(b, "perspective", "politics"),
        "a form of the perspective 'politics'",
    ),
    "an older edition": (
        lambda b: set_identity(b, "edition", "0"),
        "a form of the questionnaire klein, edition 0",
    ),
    "an unknown municipality": (lambda b: set_identity(b, "municipality", "zett"), "a form for 'zett'"),
    "another kind": (lambda b: set_identity(b, "kind", "measures"), "a form of the kind 'measures'"),
    "another name on it": (
        lambda b: setattr(entry(b, "Kommune"), "value", "Bestadt"),
        "'Bestadt' in a form for adorf",
    ),
    "no date": (lambda b: setattr(entry(b, "Ausgefüllt am"), "value", "gestern"), "'gestern'"),
    "a first page of another office": (copy_page_of_other, "Ausfüllende Stelle once more"),
    "a hidden tab of another form": (add_tab_of_other, "tabs of two forms"),
    "no hidden tab": (lambda b: b.remove(b["Formular"]), "no tab that says what form it is"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_form_is_a_fault(study: Path, name: str) -> None:
    do, found = WRONG[name]
    put_form(study, "a.xlsx", ANSWERS, do)
    (fault,) = faults_of(study)
    assert fault.found == found
    assert fault.file == f"{FOLDER}/a.xlsx"


def test_a_row_repeated_alike_is_told(study: Path) -> None:
    put_form(study, "a.xlsx", ANSWERS, lambda book: repeat(book, "ja"))
    cleaned = clean(study)
    assert answers_of(cleaned) == READ
    assert rules_of(cleaned) == {("1 Feld A", "Nr.", "row_repeated")}


def test_a_correction_changes_a_cell_of_a_form(study: Path) -> None:
    path = put_form(study, "a.xlsx", {**ANSWERS, "A1": "jein"})
    row = place(openpyxl.load_workbook(path), "A1").row
    (study / "corrections.csv").write_text(
        f"file,tab,row,column,old,new,reason\n{FOLDER}/a.xlsx,1 Feld A,{row},Antwort,jein,ja,Rückfrage\n",
        encoding="utf-8",
    )
    assert answers_of(clean(study)) == READ


def test_a_form_in_another_language_is_read_by_the_heads_that_it_says_it_has(study: Path) -> None:
    change(study / "study.toml", "synthetic = true", 'synthetic = true\nlanguage = "en"')

    def fill(book: openpyxl.Workbook) -> None:
        sheet = tab_of(book, "A1")
        head = next(row for row in sheet.iter_rows() if row[0].value == "No.")
        assert [cell.value for cell in head][1:4] == ["Question", "Answer", "Comment"]
        sheet.cell(head[0].row + 1, 3).value = "ja"
        entry(book, "Filled in by").value = "Bauamt"

    put_form(study, "a.xlsx", {}, fill)
    assert answers_of(clean(study), "Bauamt")["A1"] == 2


def test_offices_answer_parts_of_one_questionnaire(study: Path) -> None:
    change(study / "study.toml", KEYS, f'{KEYS}\nsheets = "merge"')
    put_form(study, "a.xlsx", {"A1": "ja"}, office="Hauptamt")
    put_form(study, "b.xlsx", {"A2": "nein"}, office="Bauamt")
    cleaned = clean(study)
    assert set(cleaned.records["respondent"]) == {"Hauptamt", "Bauamt"}
    assert answers_of(cleaned, "Bauamt")["A2"] == 0


def test_a_second_form_of_an_office_is_a_fault_that_names_both(study: Path) -> None:
    put_form(study, "a.xlsx", ANSWERS, office="Bauamt")
    put_form(study, "b.xlsx", {"A1": "nein"}, office="bauamt ")
    (fault,) = faults_of(study)
    assert (fault.file, fault.municipality) == (f"{FOLDER}/b.xlsx", "adorf")
    assert f"{FOLDER}/a.xlsx" in fault.found


JUNE, JULY = datetime.date(2024, 6, 1), datetime.date(2024, 7, 1)


def replacing(study: Path) -> None:
    change(study / "study.toml", KEYS, f'{KEYS}\nresent = "replace"')


@pytest.mark.parametrize("first", [JUNE, JULY])
def test_with_replace_the_later_date_inside_counts_and_that_is_logged(
    study: Path, first: datetime.date
) -> None:
    replacing(study)
    put_form(study, "a.xlsx", ANSWERS, office="Bauamt", day=first)
    put_form(study, "b.xlsx", {"A1": "nein"}, office="Bauamt", day=JULY if first == JUNE else JUNE)
    cleaned = clean(study)
    later = "b.xlsx" if first == JUNE else "a.xlsx"
    assert set(cleaned.records["file"]) == {f"{FOLDER}/{later}"}
    replaced = cleaned.cleaning_log[cleaned.cleaning_log["rule"] == "form_replaced"]
    assert replaced["new"].tolist() == [f"{FOLDER}/{later}"]


@pytest.mark.parametrize("days", [(None, None), (JUNE, None), (JULY, JULY)])
def test_which_of_two_forms_is_later_is_never_guessed(study: Path, days: tuple[Any, Any]) -> None:
    replacing(study)
    put_form(study, "a.xlsx", ANSWERS, office="Bauamt", day=days[0])
    put_form(study, "b.xlsx", {"A1": "nein"}, office="Bauamt", day=days[1])
    (fault,) = faults_of(study)
    assert "without two different dates" in fault.found


def test_a_form_without_an_answer_replaces_none(study: Path) -> None:
    replacing(study)
    put_form(study, "a.xlsx", ANSWERS, office="Bauamt", day=JUNE)
    put_form(study, "b.xlsx", {}, office="Bauamt", day=JULY)
    cleaned = clean(study)
    assert answers_of(cleaned, "Bauamt") == READ
    assert "sheet_without_answer" in set(cleaned.cleaning_log["rule"])


def test_forms_of_persons_say_who_answers(tmp_path: Path) -> None:
    study = form_study(
        tmp_path / "klein", 'format = "form"\nunit = "persons"\nperspective_column = "Gruppe"', "workshop"
    )
    asked: dict[str, Any] = {"setting": "workshop", "unit": "persons", "perspective": ""}

    def say(word: str) -> Callable[[openpyxl.Workbook], None]:
        return lambda book: setattr(entry(book, "Es antwortet"), "value", word)

    put_form(study, "a.xlsx", ANSWERS, say("Politik"), **asked)
    put_form(study, "b.xlsx", {"A1": "nein"}, say("Wirtschaft"), **asked)
    cleaned = clean(study)
    assert set(cleaned.records["perspective"]) == {"politics", "business"}
    put_form(study, "c.xlsx", {"A1": "nein"}, **asked)
    (fault,) = faults_of(study)
    assert fault.found == "nothing"


def test_a_folder_that_is_not_there_is_a_fault_and_an_empty_one_is_told(study: Path) -> None:
    assert clean(study).cleaning_log["rule"].tolist() == ["no_form_yet"]
    (study / FOLDER).rmdir()
    assert told(faults_of(study)) == [(FOLDER, None, "")]


def test_what_is_no_form_in_the_folder_is_a_fault_but_what_programs_leave_there(study: Path) -> None:
    put_form(study, "a.xlsx", ANSWERS)
    for name in ("~$a.xlsx", ".~lock.a.xlsx#", "Thumbs.db"):
        (study / FOLDER / name).write_bytes(b"x")
    assert answers_of(clean(study)) == READ
    (study / FOLDER / "notiz.txt").write_text("hallo", encoding="utf-8")
    (study / FOLDER / "mehr").mkdir()
    assert [fault.file for fault in faults_of(study)] == [f"{FOLDER}/mehr", f"{FOLDER}/notiz.txt"]


def test_the_columns_of_a_form_are_those_that_the_tests_fill_in() -> None:
    assert len(set(COLUMNS.values())) == 4


def test_an_id_beside_the_question_of_another_is_a_fault_at_its_cell(study: Path) -> None:
    def swap(book: openpyxl.Workbook) -> None:
        sheet, rows = tab_of(book, "A1"), [place(book, item).row for item in ("A1", "A2")]
        for row, item in zip(rows, ("A2", "A1"), strict=True):
            sheet.cell(row, 1).value = item

    put_form(study, "a.xlsx", ANSWERS, swap)
    found = [(fault.tab, fault.column, fault.found) for fault in faults_of(study)]
    assert found == [
        ("1 Feld A", "Nr.", "A2 beside the question of A1"),
        ("1 Feld A", "Nr.", "A1 beside the question of A2"),
    ]


@pytest.mark.parametrize("text", ["Eine Frage, gekürzt", None])
def test_a_question_that_was_edited_contradicts_nothing(study: Path, text: str | None) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        tab_of(book, "A1").cell(place(book, "A1").row, 2).value = text

    put_form(study, "a.xlsx", ANSWERS, edit)
    assert answers_of(clean(study)) == READ


def test_a_number_typed_with_a_dot_before_three_digits_has_two_readings(study: Path) -> None:
    put_form(study, "a.xlsx", {**ANSWERS, "B2": "1.234"})
    (fault,) = faults_of(study)
    assert (fault.tab, fault.column) == ("2 Feld B", "Antwort")
    assert "1234 or 1.234" in fault.found


def test_the_same_stored_as_a_number_has_one(study: Path) -> None:
    put_form(study, "a.xlsx", {**ANSWERS, "B2": 1.234})
    assert answers_of(clean(study))["B2"] == 1.234


def test_the_first_page_is_held_against_the_municipality_that_the_form_is_for(study: Path) -> None:
    def give_to_another(book: openpyxl.Workbook) -> None:
        (cell,) = [row[1] for row in book["Formular"].iter_rows() if row[0].value == "municipality"]
        cell.value = "bestadt"

    put_form(study, "a.xlsx", ANSWERS, give_to_another)
    (fault,) = faults_of(study)
    assert (fault.tab, fault.found) == ("Deckblatt", "'Adorf' in a form for bestadt")
