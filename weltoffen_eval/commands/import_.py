"""``weltoffen import``: returned forms, checked and put unchanged into the folder of the study."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import Fault, RefusedError, SurroundingsError
from weltoffen_eval.whole_files import part_beside, parts_of_the_dead

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.responses.arriving_forms import ArrivedForm


@options.as_command("import", "Returned forms: checked, and put unchanged into the folder of the study.")
@click.argument("forms", nargs=-1, required=True, type=options.FilePath())
@click.option("--study", metavar="STUDY", default=None, help="The study (default: the example study).")
@options.as_json
def command(forms: tuple[Path, ...], study: str | None, as_json: bool) -> int:
    """Check all, then put all or none; say where they lie and which offices are missing."""
    from weltoffen_eval.commands import form_corrections
    from weltoffen_eval.publish.keeping.lock import only_writer
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.kinds.arriving_sheets import is_sheet, read_sheets
    from weltoffen_eval.study.responses.arriving_forms import read_arrived

    with only_writer(paths.processed_folder(load_study(study).id)):
        the_study = load_study(study)
        faults: list[Fault] = []
        sent_back, others = form_corrections.split_feedback(forms)
        feedback = form_corrections.read_feedback_forms(the_study, sent_back, faults)
        # what is no form at all is a fault wherever it is read
        only_sheets = bool(the_study.form_folders) and all(
            raw.kind != "responses" for raw in the_study.form_folders
        )
        sheets = [path for path in others if only_sheets or is_sheet(path)]
        of_questionnaire = [path for path in others if path not in sheets]
        arrived = read_arrived(the_study, of_questionnaire, faults) if of_questionnaire else []
        arrived_sheets = read_sheets(the_study, sheets, faults)
        if faults:
            raise RefusedError([_of_what_came_back(fault) for fault in faults])
        corrected = form_corrections.put_corrections(the_study, feedback)
        put = put_forms(the_study.folder, [*arrived, *arrived_sheets])
        missing = _missing(load_study(study), arrived)
    if as_json:
        told = {"study": the_study.id, "files": put, "missing": missing, "corrections": corrected}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for source, count in corrected.items():
        print(f"{source}  {count} new corrections" if count else f"{source}: nothing to correct")
    for form in (*arrived, *arrived_sheets):
        there = " (lies there already)" if form.lies_at else ""
        print(f"{form.name}  {put[form.name]}{there}")
        if form.later:
            print(f"{form.name} does not count: {form.later} of the same office is later.")
    for key, offices in missing.items():
        print(f"{key}: no form yet of {', '.join(offices)}.")
    return 0


def _of_what_came_back(fault: Fault) -> Fault:
    """A form that is not in the study yet is corrected itself; corrections.csv does not know it."""
    return replace(fault, advice=fault.advice.replace("in corrections.csv", "in the file that came back"))


def _missing(study: Study, arrived: Sequence[ArrivedForm]) -> dict[str, list[str]]:
    """By municipality the offices of which no form has come yet."""
    from weltoffen_eval.study.responses.arriving_forms import missing_offices

    found: dict[str, list[str]] = {}
    for form in {(form.entry.path, form.municipality): form for form in arrived}.values():
        offices = missing_offices(study, form.entry, form.municipality)
        if offices:
            found.setdefault(form.municipality, []).extend(offices)
    return found


def put_forms(folder: Path, arrived: Sequence[ArrivedForm]) -> dict[str, str]:
    """Put the forms into a study folder, all or none, over nothing that lies there; by name where each lies.

    Raises
    ------
    SurroundingsError
        Where they cannot be written.
    """
    put = {form.name: form.lies_at for form in arrived}
    done: list[Path] = []
    try:
        with _parts(folder, arrived) as parts:
            for form, part in parts:
                path = _put(part, form.municipality, Path(form.name).suffix.lower())
                done.append(path)
                put[form.name] = f"{form.entry.path}/{path.name}"
    except OSError as error:
        for path in done:
            path.unlink(missing_ok=True)
        reason = error.strerror or error
        raise SurroundingsError(f"{error.filename or folder} cannot be written: {reason}.") from error
    return put


@contextlib.contextmanager
def _parts(folder: Path, arrived: Sequence[ArrivedForm]) -> Iterator[list[tuple[ArrivedForm, Path]]]:
    """The forms that do not lie there yet, written whole beside their place; nothing of them is left."""
    parts: list[tuple[ArrivedForm, Path]] = []
    try:
        for place in {folder / form.entry.path for form in arrived if not form.lies_at}:
            for left in parts_of_the_dead(place):
                left.unlink(missing_ok=True)
        for number, form in enumerate(arrived):
            if form.lies_at:
                continue
            place = folder / form.entry.path
            place.mkdir(parents=True, exist_ok=True)
            part = part_beside(place / str(number))
            parts.append((form, part))
            with part.open("wb") as stream:
                stream.write(form.content)
                stream.flush()
                os.fsync(stream.fileno())
        yield parts
    finally:
        for _, part in parts:
            part.unlink(missing_ok=True)


def _put(part: Path, municipality: str, ending: str) -> Path:
    """Give a form its name: the municipality's key and the next number that is free."""
    named = re.compile(rf"{re.escape(municipality)}-([0-9]+){re.escape(ending)}", re.IGNORECASE)
    taken = [int(match[1]) for path in part.parent.iterdir() if (match := named.fullmatch(path.name))]
    number = max(taken, default=0) + 1
    while True:
        path = part.parent / f"{municipality}-{number}{ending}"
        try:
            # in contrast to renaming, this puts it over nothing
            os.link(part, path)
            return path
        except FileExistsError:
            number += 1
        except OSError:
            # a file system without a second name for a file; nobody else writes here meanwhile
            if path.exists():
                number += 1
                continue
            return part.rename(path)
