"""Forms of the small study, as somebody fills them in with a spreadsheet program."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from small_studies import STUDY, write_study

from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.display.forms.questionnaire import make_form
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.forms.workbooks import write_form

FOLDER = "formulare"
KEYS = 'perspective = "administration"\nformat = "form"'
COLUMNS = {
    "answer": "Antwort",
    "comment": "Kommentar",
    "office": "Zuständige Stelle",
    "evidence": "Beleg oder Beispiel",
}


def form_study(folder: Path, keys: str = KEYS, setting: str = "questionnaire", study: str = STUDY) -> Path:
    """The small study, whose only file is a folder of returned forms."""
    write_study(folder, study=study)
    text = f'\n[[file]]\npath = "{FOLDER}"\nwave = "2024"\nsetting = "{setting}"\n{keys}\n'
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(text)
    (folder / FOLDER).mkdir()
    return folder


def put_form(
    folder: Path,
    name: str,
    answers: Mapping[str, object],
    change: Callable[[openpyxl.Workbook], Any] | None = None,
    municipality: str = "adorf",
    office: str = "",
    day: datetime.date | None = None,
    **asked: Any,
) -> Path:
    """A form filled in and put among those that came back; ``change``: what else was done to it."""
    study = load_study(folder)
    form = AskedForm(study, "2024", study.register.by_key[municipality], **asked)
    path = folder / FOLDER / name
    path.write_bytes(_blank(form))
    book = openpyxl.load_workbook(path)
    for item, given in answers.items():
        place(book, item).value = given  # type: ignore[union-attr]
    if office:
        entry(book, "Ausfüllende Stelle").value = office
    if day:
        entry(book, "Ausgefüllt am").value = day
    if change:
        change(book)
    book.save(path)
    return path


def tab_of(book: openpyxl.Workbook, item: str) -> Worksheet:
    """The tab on which an item stands."""
    return next(sheet for sheet in book.worksheets if any(cell.value == item for cell in sheet["A"]))


def place(book: openpyxl.Workbook, item: str, column: str = "answer") -> Any:
    """The cell of an item in one of the columns to be filled in."""
    sheet = tab_of(book, item)
    row = next(cell.row for cell in sheet["A"] if cell.value == item)
    head = next(row for row in sheet.iter_rows() if row[0].value == "Nr.")
    return sheet.cell(row, next(cell.column for cell in head if cell.value == COLUMNS[column]))


def entry(book: openpyxl.Workbook, label: str) -> Any:
    """The cell of an entry on the first page."""
    sheet = book.worksheets[0]
    return sheet.cell(next(cell.row for cell in sheet["A"] if cell.value == label), 2)


_BLANK: dict[str, bytes] = {}


def _blank(form: AskedForm) -> bytes:
    """The form, made once where the same is asked of the same."""
    key = repr(
        (
            form.study.language,
            form.instrument.sha256,
            form.municipality,
            form.setting,
            form.perspective,
            form.unit,
            form.office,
        )
    )
    if key not in _BLANK:
        _BLANK[key] = write_form(make_form(form))
    return _BLANK[key]
