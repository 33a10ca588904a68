"""``weltoffen form --to xlsx``: a workbook for a municipality, or one for each of its offices."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.commands.form import FormCall, asked_form
from weltoffen_eval.commands.table_files import write_unfilled
from weltoffen_eval.errors import CallError, Fault

if TYPE_CHECKING:
    from weltoffen_eval.display.forms.asked import AskedForm
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.responses.cleaning import CleanedStudy

_LONGEST_PART = 40


def write_forms(call: FormCall) -> dict[Path, str]:
    """Write them; by file for whom it is."""
    asked = asked_form(call)
    if call.by_office:
        return _write_by_office(call, asked)
    if call.out.suffix.lower() != ".xlsx":
        raise CallError(f"--out is {call.out}, but the form is a workbook; name {call.out.stem}.xlsx.")
    write_unfilled({call.out: _workbook(asked)})
    return {call.out: ""}


def _write_by_office(call: FormCall, asked: AskedForm) -> dict[Path, str]:
    from weltoffen_eval.display.forms.answers_before import with_answers_before
    from weltoffen_eval.study.asked_files import items_by_office

    if asked.of_persons:
        raise CallError("--by office is for forms of an institution, and these are of persons.")
    if call.out.suffix or (call.out.exists() and not call.out.is_dir()):
        raise CallError(f"--out is {call.out}, but --by office writes several workbooks; name a folder.")
    offices = items_by_office(call.study, call.entry, asked.municipality.key)
    if not offices:
        raise CallError(
            f"Nobody is responsible for an item of {asked.municipality.key}: "
            "name a table with item,respondent as responsible in study.toml."
        )
    cleaned = _answers_so_far(call.study)
    made, contents = {}, {}
    for number, (office, items) in enumerate(offices.items(), start=1):
        name = "-".join(filter(None, (asked.municipality.key, f"{number:02}", _ascii(office))))
        of_office = replace(asked, office=office, own_items=items)
        path = call.out / f"{name}.xlsx"
        contents[path] = _workbook(with_answers_before(of_office, cleaned) if cleaned else of_office)
        made[path] = f"{office} ({len(items)})"
    write_unfilled(contents)
    return made


def _answers_so_far(study: Study) -> CleanedStudy | None:
    """What was answered already; None, which is said, where that cannot be read."""
    from weltoffen_eval.study.responses.cleaning import read_responses
    from weltoffen_eval.study.responses.faulty_rows import number_of

    faults: list[Fault] = []
    cleaned = read_responses(study, faults)
    if faults:
        told = f"Answers so far are left out of the forms: {number_of(faults)}, see weltoffen check."
        print(told, file=sys.stderr)
        return None
    return cleaned


def _workbook(asked: AskedForm) -> bytes:
    from weltoffen_eval.display.forms.questionnaire import make_form
    from weltoffen_eval.study.forms.workbooks import write_form

    return write_form(make_form(asked))


def _ascii(text: str) -> str:
    """An office's name as a part of a file's name: letters, digits and hyphens of ASCII."""
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.casefold().replace(letter, written)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_PART].rstrip("-")
