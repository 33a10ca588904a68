"""``weltoffen form``: the questionnaire to be filled in, as workbooks or to be printed."""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word
from weltoffen_eval.errors import CallError
from weltoffen_eval.study.file_heads import SHEET_KINDS
from weltoffen_eval.study.file_words import SETTINGS

if TYPE_CHECKING:
    from weltoffen_eval.display.forms.asked import AskedForm
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.listed_files import RawFile

#: By what a form becomes: the module of this room whose ``write_forms`` makes it, imported when called.
WRITERS = {"xlsx": "form_workbooks", "pdf": "form_pdf", "limesurvey": "form_survey"}


@dataclass(frozen=True)
class FormCall:
    """What is to be made: of which entry of study.toml, for whom, and where it goes.

    ``municipality`` is a key, or empty where none was named; ``by_office``: ``out`` is a folder then.
    """

    study: Study
    entry: RawFile
    municipality: str
    by_office: bool
    out: Path


@options.as_command("form", "A form to fill in: the questionnaire as a workbook, or to be printed.")
@options.study
@click.option("-m", "--municipality", metavar="KEY", default="", help="For which municipality.")
@click.option("-w", "--wave", metavar="WAVE", default="", help="Of which wave (default: the last).")
@click.option("--setting", type=Word(SETTINGS), default=None, help="Where it is filled in.")
@click.option("--perspective", metavar="P", default="", help="Who answers.")
@click.option(
    "--by", type=Word(("office",)), default=None,
    help="A workbook for each office, by who is responsible; --out is a folder then.",
)  # fmt: skip
@click.option(
    "--to", type=Word(tuple(WRITERS)), default="xlsx", show_default=True, help="What the form becomes."
)
@click.option(
    "--corrections", is_flag=True,
    help="In place of the questionnaire: all answers of the administration as read, to look through.",
)  # fmt: skip
@click.option(
    "--kind", type=Word((*SHEET_KINDS, "minutes")), default=None,
    help="In place of the questionnaire: a sheet for notes, statements, measures and others, or minutes.",
)  # fmt: skip
@click.option("--out", metavar="F", required=True, type=options.FilePath(), help="The file to write.")
@options.as_json
def command(
    study: str | None,
    municipality: str,
    wave: str,
    setting: str | None,
    perspective: str,
    by: str | None,
    to: str,
    corrections: bool,
    kind: str | None,
    out: Path,
    as_json: bool,
) -> int:
    """Choose the entry of study.toml, have the forms made, say where they lie."""
    from weltoffen_eval.commands.table_files import check_out
    from weltoffen_eval.study.asked_files import entry_for, latest_wave
    from weltoffen_eval.study.definition import load_study

    the_study = load_study(study)
    key = the_study.key_of(municipality) if municipality else ""
    check_out(out, the_study)
    made: dict[Path, str]
    if corrections:
        if wave or setting or perspective or by or kind or to != "xlsx":
            raise CallError("--corrections is of all answers of a municipality: say -m and --out only.")
        from weltoffen_eval.commands.form_corrections import write_feedback_form

        made = write_feedback_form(the_study, key, out)
    elif kind:
        if perspective or by or to != "xlsx":
            raise CallError(f"A sheet of {kind} is for all: say -m, -w, --setting and --out only.")
        if kind == "minutes":
            from weltoffen_eval.commands.form_minutes import write_minutes as write_sheet
        else:
            from weltoffen_eval.commands.form_sheets import write_sheet

        made = write_sheet(the_study, kind, key, wave, setting or "", out)
    else:
        entry = entry_for(the_study, wave or latest_wave(the_study), setting or "", perspective)
        call = FormCall(the_study, entry, key, by == "office", out)
        made = importlib.import_module(f"weltoffen_eval.commands.{WRITERS[to]}").write_forms(call)
    if as_json:
        print(json.dumps({"study": the_study.id, "files": list(map(str, made))}))
        return 0
    for path, of in made.items():
        print(f"{path}  {of}" if of else path)
    return 0


def asked_form(call: FormCall) -> AskedForm:
    """What is asked of the municipality that was named.

    Raises
    ------
    CallError
        Where none was.
    """
    from weltoffen_eval.display.forms.asked import AskedForm
    from weltoffen_eval.study.listed_files import unit_of

    if not call.municipality:
        raise CallError("A form is for one municipality: say -m KEY.")
    entry, place = call.entry, call.study.register.by_key[call.municipality]
    unit = unit_of(entry, entry.perspective)
    return AskedForm(call.study, entry.wave, place, entry.setting, entry.perspective, unit)
