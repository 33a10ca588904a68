"""The form as it is read by who fills it in: every sentence of it is printed, and answers can be chosen."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import outloud
import pdfua
import pytest
from small_studies import write_study

from weltoffen_eval.commands.main import main
from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.display.forms.printed import printed_form
from weltoffen_eval.display.forms.questionnaire import make_form
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.study.definition import Study, load_study
from weltoffen_eval.study.forms.pages import EntryCell, Form, FormTable, TextLine
from weltoffen_eval.study.forms.workbooks import write_form


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study("beispiel")


def asked(study: Study, key: str, **more: object) -> AskedForm:
    return replace(AskedForm(study, "2024", study.register.by_key[key]), **more)  # type: ignore[arg-type]


def texts_of(form: Form) -> list[str]:
    """All that a form says."""
    said = [form.running, form.page_of.format(page="1", pages="2")]
    for page in form.pages:
        said.append(page.name)
        for part in page.parts:
            if isinstance(part, TextLine):
                said.append(part.text)
            elif isinstance(part, FormTable):
                said += part.heads
                for cell in (cell for row in part.rows for cell in row.cells):
                    text = cell if isinstance(cell, str) else getattr(cell, "text", "")
                    said += [text, getattr(cell, "hint", ""), getattr(cell, "refused", "")]
    return said


def small(folder: Path) -> AskedForm:
    loaded = load_study(
        write_study(folder, ("a.csv", "municipality,respondent,A1,A2,B1,B2\nadorf,1,ja,,,\n"))
    )
    return AskedForm(loaded, "2024", loaded.register.by_key["adorf"])


def test_every_sentence_of_a_form_is_printed(study: Study, tmp_path: Path) -> None:
    own = asked(
        study,
        "musterstadt",
        office="Hauptamt",
        own_items=("MS02",),
        before={"MS02": (("vereinzelt", "Bauamt"),)},
    )
    persons = asked(study, "musterstadt", unit="persons", setting="workshop", perspective="")
    of_kreis = asked(study, "kreis-skizzenfelde")
    forms = [own, persons, asked(study, "musterstadt"), of_kreis, small(tmp_path)]
    said = [text for one in forms for text in texts_of(make_form(one))]
    said += [str(block) for one in (of_kreis, small(tmp_path)) for block in printed_form(one)]
    catalogue = load_catalogue("form", "de")
    for name, worded in catalogue.worded.items():
        literal = max(worded.texts["other"].replace("}", "{").split("{")[::2], key=len)
        assert any(literal in text for text in said), name


def test_each_item_stands_once_with_the_answers_of_its_scale(study: Study) -> None:
    one = asked(study, "musterstadt", office="Hauptamt", own_items=("MS02", "IO01"))
    form = make_form(one)
    found = {}
    for page in form.pages[1:]:
        (table,) = (part for part in page.parts if isinstance(part, FormTable))
        for row in table.rows:
            if row.cells[0]:
                assert row.cells[0] not in found
                found[row.cells[0]] = row.cells[2]
    assert found.keys() == one.instrument.item_by_id.keys()
    for item, cell in found.items():
        assert isinstance(cell, EntryCell)
        scale = one.instrument.scale_of(str(item))
        labels = form.choices[cell.choices]
        assert labels == tuple(answer.label["de"] for answer in (*scale.options, *scale.non_answers))
    own = form.pages[1]
    assert own.name == "1 Ihre Fragen"


def test_what_is_not_put_to_a_kind_stands_apart_and_does_not_count(study: Study) -> None:
    one = asked(study, "kreis-skizzenfelde")
    aside = {item.id for item in one.instrument.items if not one.is_put(item)}
    assert aside
    rows = [
        row
        for page in make_form(one).pages[1:]
        for part in page.parts
        if isinstance(part, FormTable)
        for row in part.rows
    ]
    assert {row.cells[0] for row in rows if row.look == "aside"} == aside
    book = openpyxl.load_workbook(io.BytesIO(write_form(make_form(one))))
    progress = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
    counted = sum(
        int(end[1:]) - int(begin.rpartition("C")[2]) + 1
        for cell in progress
        for begin, end in (part.split(":") for part in str(cell.value).replace(")", "").split("+"))
    )
    assert counted == len(one.instrument.items) - len(aside)


def test_a_form_has_no_formula_but_those_of_progress(study: Study) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_form(make_form(asked(study, "musterstadt")))))
    formulas = [
        (sheet.title, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert {tab for tab, _ in formulas} == {"Deckblatt"}
    assert all(str(value).startswith("=COUNTA(") for _, value in formulas)
    assert len(formulas) == 7


def test_the_empty_pdf_passes_the_independent_checkers_and_is_the_same_each_time(tmp_path: Path) -> None:
    written = []
    for name in ("a.pdf", "b.pdf"):
        out = tmp_path / name
        assert main(["form", "beispiel", "-m", "kreis-skizzenfelde", "--to", "pdf", "--out", str(out)]) == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]
    path = str(tmp_path / "a.pdf")
    assert [finding.message for finding in pdfua.validate(path).findings] == []
    result = outloud.check(path)
    assert result.error is None
    # of a table of one or two rows it has a doubt that is none, see tests/reports/test_one_reading.py
    doubts = [f for f in result.findings if f.rule != "TBL-010" or "header rows" in f.message]
    assert [f for f in doubts if f.rule != "TAG-002" or "Nr." not in f.evidence] == []
