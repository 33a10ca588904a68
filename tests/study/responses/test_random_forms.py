"""Forms filled in at random, damaged at random: the same responses, or a fault that names the cell."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_forms import COLUMNS, FOLDER, form_study, place, put_form
from form_answers import CLEAN, ITEMS, NASTY, expected, not_chosen, read, told
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.study.definition import load_study

#: Letters that nobody sees, or that were lost, are a fault also in a comment.
UNSEEN = "\ufffd\u3164\u115f\u1160\uffa0\u034f"
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters=UNSEEN),
    max_size=40,
).filter(lambda text: not re.search("[Ãâ√├┬Â]", text))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return form_study(tmp_path_factory.mktemp("klein") / "klein")


FILLED = st.fixed_dictionaries({item: st.sampled_from(list(known)) for item, known in ITEMS.items()})


def fill_and_read(folder: Path, answers: dict[str, object], comment: str, shuffled: int) -> None:
    def more(book: openpyxl.Workbook) -> None:
        cell = place(book, "A1", "comment")
        cell.value, cell.data_type = comment or None, "s" if comment else "n"
        order = random.Random(shuffled)
        for one, other in (("A1", "A2"), ("B1", "B2")):
            if order.random() < 0.5:
                swap_rows(book, one, other)

    put_form(folder, "a.xlsx", answers, more)
    found, faults, cleaned = read(folder)
    assert faults == []
    meaning = expected(answers)
    assert found == (not_chosen(meaning, answers) if told(meaning) else {})
    written = unicodedata.normalize("NFC", comment).strip()
    assert cleaned.comments["comment"].tolist() == ([written] if written else [])


def swap_rows(book: openpyxl.Workbook, one: str, other: str) -> None:
    first, second = place(book, one), place(book, other)
    sheet = first.parent
    for column in range(1, 7):
        cells = sheet.cell(first.row, column), sheet.cell(second.row, column)
        values = [(cell.value, cell.data_type) for cell in cells]
        for cell, (value, kind) in zip(cells, reversed(values), strict=True):
            cell.value = value
            cell.data_type = kind


@settings(max_examples=15, deadline=None)
@given(FILLED, TEXTS, st.integers(0, 9))
def test_a_form_filled_in_at_random_gives_the_same_responses(
    study: Path, answers: dict[str, object], comment: str, shuffled: int
) -> None:
    fill_and_read(study, answers, comment, shuffled)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(FILLED, TEXTS, st.integers(0, 9))
def test_many_forms_filled_in_at_random_give_the_same_responses(
    study: Path, answers: dict[str, object], comment: str, shuffled: int
) -> None:
    fill_and_read(study, answers, comment, shuffled)


def change_one(folder: Path, item: str, nasty: object) -> None:
    """One cell of a clean form becomes a nasty value: that response changes, or a fault names the cell."""
    before = not_chosen(expected(CLEAN), CLEAN)
    at: list[Any] = []

    def change(book: openpyxl.Workbook) -> None:
        cell = place(book, item)
        cell.value = nasty
        at.append((cell.parent.title, cell.row))

    put_form(folder, "a.xlsx", CLEAN, change)
    found, faults, _ = read(folder)
    if faults:
        assert {(fault.tab, fault.row, fault.column) for fault in faults} == {(*at[0], "Antwort")}
        return
    assert {key for key in before if found[key] != before[key]} <= {item}
    if str(nasty).strip() not in (str(CLEAN[item]), ""):
        assert found[item] != before[item]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(list(ITEMS)), st.sampled_from(NASTY))
def test_one_nasty_cell_changes_one_response_or_is_a_fault(study: Path, item: str, nasty: object) -> None:
    change_one(study, item, nasty)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(list(ITEMS)), st.sampled_from(NASTY))
def test_many_nasty_cells_change_one_response_or_are_a_fault(study: Path, item: str, nasty: object) -> None:
    change_one(study, item, nasty)


BESIDE = ("comment", "office", "evidence")


def change_beside(folder: Path, item: str, column: str, nasty: object) -> None:
    """What stands beside an answer becomes a nasty value: all answers stay, or a fault names the cell."""
    at: list[Any] = []

    def change(book: openpyxl.Workbook) -> None:
        cell = place(book, item, column)
        cell.value = nasty
        at.append((cell.parent.title, cell.row))

    put_form(folder, "a.xlsx", CLEAN, change)
    found, faults, cleaned = read(folder)
    if faults:
        assert {(fault.tab, fault.row, fault.column) for fault in faults} == {(*at[0], COLUMNS[column])}
        return
    assert found == expected(CLEAN)
    texts = cleaned.comments
    kept = [str(text) for name in BESIDE if name in texts for text in texts[name].dropna() if str(text)]
    written = unicodedata.normalize("NFC", str("" if nasty is None else nasty)).strip()
    assert len(kept) == bool(written), (nasty, kept)
    if isinstance(nasty, str) and written:
        assert kept == [{"'ja": "'ja", "_x0031_": "1"}.get(written, written)[:32767]]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(list(ITEMS)), st.sampled_from(BESIDE), st.sampled_from(NASTY))
def test_what_stands_beside_an_answer_changes_none(
    study: Path, item: str, column: str, nasty: object
) -> None:
    change_beside(study, item, column, nasty)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.sampled_from(list(ITEMS)), st.sampled_from(BESIDE), st.sampled_from(NASTY))
def test_many_things_beside_answers_change_none(study: Path, item: str, column: str, nasty: object) -> None:
    change_beside(study, item, column, nasty)


@pytest.mark.slow
def test_a_form_that_libreoffice_has_saved_keeps_its_answers(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("there is no LibreOffice here")
    folder = form_study(tmp_path / "klein")
    path = put_form(
        folder, "a.xlsx", CLEAN, lambda book: setattr(place(book, "A1", "comment"), "value", "'=x")
    )
    before = read(folder)
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"), str(path)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    path.write_bytes((tmp_path / "saved" / "a.xlsx").read_bytes())
    after = read(folder)
    assert after[:2] == before[:2] == (expected(CLEAN), [])
    assert after[2].comments.equals(before[2].comments)
    # what kind of form it is survives too, so that it can be imported
    assert load_study(folder).files[0].path == f"{FOLDER}/a.xlsx"
