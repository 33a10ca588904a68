"""Forms filled in at random, damaged at random: the same responses, or a fault that names the cell."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import unicodedata
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_forms import FOLDER, form_study, place, put_form
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import load_study, read_study
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses

#: What may be written into a cell for an item, and what that means: code, number, or what is missing.
STEPS: dict[object, object] = {
    None: "skipped", "nein": 0, "teilweise": 1, "ja": 2, "weiß nicht": "dont_know", "keine Angabe": "skipped",
    0: 0, 1: 1, 2: 2, "2 – ja": 2, " TEILWEISE ": 1,
}  # fmt: skip
NUMBERS: dict[object, object] = {
    None: "skipped",
    0: 0.0,
    12.5: 12.5,
    "7,25": 7.25,
    "100": 100.0,
    "keine Angabe": "skipped",
}
# the share has no answers beside its numbers
ITEMS = {
    "A1": STEPS,
    "A2": STEPS,
    "B1": NUMBERS,
    "B2": {key: NUMBERS[key] for key in (None, 0, 12.5, "7,25", "100")},
}
#: Letters that nobody sees, or that were lost, are a fault also in a comment.
UNSEEN = "\ufffd\u3164\u115f\u1160\uffa0\u034f"
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters=UNSEEN),
    max_size=40,
).filter(lambda text: not re.search("[Ãâ√├┬Â]", text))
#: What one cell may be changed to: nothing of it may go unnoticed.
NASTY = [
    "vielleicht", "3", 3, -1, 1e300, "1e9", "=1+1", "#N/A", "ja\u200b", "\u202eja", "ja nein", "1.000,5", "1 000",
    "ｊａ", "Ja!", True, "2 – nein", "2–", "– ja", "NULL", "nan", "inf", "-0", "٣", "０", "0x1", "1_0", "½", "", " ",
    "\n", "ja\nnein", "'ja", "_x0031_", "1.2.2024", 0.5, 99, "a" * 40000,
]  # fmt: skip


def read(folder: Path) -> tuple[dict[str, object], list[Fault], CleanedStudy]:
    """By item what it means; the faults."""
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None
    cleaned = read_responses(study, faults)
    found: dict[str, object] = {}
    for item, code, value, missing in (
        cleaned.responses[["item", "code", "value", "missing"]].astype(object).to_numpy()
    ):
        given = [part for part in (code, value, missing) if str(part) not in ("<NA>", "nan")]
        (found[str(item)],) = given
    return found, faults, cleaned


def expected(answers: dict[str, object]) -> dict[str, object]:
    return {item: ITEMS[item][answers[item]] for item in ITEMS}


def told(meaning: dict[str, object]) -> bool:
    """Whether anything is answered: a sheet of nothing but empty cells is no response."""
    return any(answer != "skipped" for answer in meaning.values())


def not_chosen(meaning: dict[str, object], answers: dict[str, object]) -> dict[str, object]:
    """A field whose cells are all empty beside a real answer in the other is not chosen (03)."""
    fields = (("A1", "A2"), ("B1", "B2"))
    made = dict(meaning)
    for field, other in (fields, fields[::-1]):
        real = any(not isinstance(meaning[item], str) for item in other)
        if real and all(answers[item] is None for item in field):
            made |= dict.fromkeys(field, "not_chosen")
    return made


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


CLEAN: dict[str, object] = {"A1": "ja", "A2": "nein", "B1": 12.5, "B2": "100"}


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


DAMAGE = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=6)), min_size=1, max_size=3
)


def answers_by_openpyxl(path: Path) -> dict[str, object] | None:
    """By item what stands in its row below the head of the answers; None where nothing can be read so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            sheets = openpyxl.load_workbook(path, data_only=True).worksheets
            rows = [[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()]
        except Exception:
            # whatever it stumbles over
            return None
    found: dict[str, object] = {}
    at = 0
    for row in rows:
        at = row.index("Antwort") if "Antwort" in row else at
        if row and str(row[0]).strip() in ITEMS:
            given = row[at]
            known = ITEMS[str(row[0]).strip()]
            found[str(row[0]).strip()] = known.get(given.strip() if isinstance(given, str) else given, given)
    return found


def damage(folder: Path, part: int, damages: list[tuple[float, int, bytes]]) -> str:
    """One part of a form is damaged: it is refused with faults, or read as another reader reads it."""
    path = put_form(folder, "a.xlsx", CLEAN)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as container:
        contents = {name: container.read(name) for name in container.namelist()}
    name = sorted(contents)[part % len(contents)]
    content = bytearray(contents[name])
    for where, removed, splinter in damages:
        begin = int(where * len(content))
        content[begin : begin + removed] = splinter
    contents[name] = bytes(content)
    with zipfile.ZipFile(path, "w") as container:
        for other, text in contents.items():
            container.writestr(other, text)
    found, faults, cleaned = read(folder)
    assert all(fault.file and fault.found and fault.expected for fault in faults)
    if faults:
        return "refused"
    assert {*cleaned.responses["municipality"]} <= {"adorf"}
    if found == expected(CLEAN):
        return "as before"
    other = answers_by_openpyxl(path)
    # a row that is gone, and whole fields of these, are told in the log
    absent = dict.fromkeys(ITEMS, "skipped") | (other or {})
    assert other is None or found in (absent, not_chosen(absent, {i: other.get(i) for i in ITEMS})), (
        found,
        other,
    )
    return "as another reader"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), DAMAGE)
def test_a_damaged_form_is_refused_or_means_something(
    study: Path, part: int, damages: list[tuple[float, int, bytes]]
) -> None:
    damage(study, part, damages)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(st.integers(0, 50), DAMAGE)
def test_many_damaged_forms_are_refused_or_mean_something(
    study: Path, part: int, damages: list[tuple[float, int, bytes]]
) -> None:
    damage(study, part, damages)


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
