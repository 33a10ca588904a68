"""Returned sheets on their way into a study: read before they lie there, and held against what does."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from weltoffen_eval.errors import CallError, Fault
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.file_heads import SHEET_KINDS
from weltoffen_eval.study.forms.minutes import ENDING, read_minutes
from weltoffen_eval.study.forms.returned import ReturnedForm, read_returned
from weltoffen_eval.study.kinds.cross_checks import check_across
from weltoffen_eval.study.kinds.reading import read_files, read_form_rows
from weltoffen_eval.study.kinds.returned_sheets import has_rows
from weltoffen_eval.study.kinds.rows import Given
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.responses.arriving_forms import ArrivedForm, find_place, read_contents


def is_sheet(path: Path) -> bool:
    """Whether a file is a sheet of another kind than responses; of what cannot be read nothing is told."""
    if path.suffix.lower() == ENDING:
        return True
    form = read_returned(path, str(path), {}, [])
    return form is not None and form.identity.get("kind") in SHEET_KINDS


def read_sheets(study: Study, paths: Sequence[Path], faults: list[Fault]) -> list[ArrivedForm]:
    """The sheets in these files; every fault of every one, so that all or none are put."""
    arrived: list[ArrivedForm] = []
    new: list[Given] = []
    with tempfile.TemporaryDirectory() as place:
        for number, (name, content) in enumerate(read_contents(paths, faults).items()):
            # what was checked is what is put, whatever becomes of the file meanwhile
            copy = Path(place) / f"{number}{Path(name).suffix.lower()}"
            copy.write_bytes(content)
            form = _read_one(study, name, copy, content, new, faults)
            arrived += [form] if form else []
    if new:
        # the faults of what lies there are told by check
        there, _ = read_files(study, [])
        of_all: list[Fault] = []
        check_across(study, [*there, *new], of_all)
        names = {row.file for row in new}
        faults.extend(fault for fault in of_all if fault.file in names)
    return arrived


def _read_one(
    study: Study, name: str, copy: Path, content: bytes, new: list[Given], faults: list[Fault]
) -> ArrivedForm | None:
    """One sheet; ``new`` is told its rows where it does not lie there already."""
    before = len(faults)
    if copy.suffix == ENDING:
        forms = [form for form in read_minutes(copy, name, faults) if has_rows(form)]
        if not forms and len(faults) == before:
            faults.append(Fault(name, "minutes without any entry", "at least one row that is filled in"))
    else:
        form = read_returned(copy, name, {}, faults)
        forms = [form] if form is not None else []
    if len(faults) > before or not forms:
        return None
    entries = [_entry_of(study, form) for form in forms]
    entry, form = entries[0], forms[0]
    if len({one.path for one in entries}) > 1:
        folders = ", ".join(f"{one.kind}: {one.path}" for one in entries)
        raise CallError(
            f"{name} holds several kinds, for which study.toml names different folders ({folders})."
        )
    rows: list[Given] = []
    for one in entries:
        raw = replace(one, path=name, form_folder=one.path)
        rows += read_form_rows(study, raw, faults, [], set(), copy)
    if len(faults) > before:
        return None
    lies_at = find_place(study, entry, content)
    if not lies_at:
        new.extend(rows)
    return ArrivedForm(name, content, entry, form.identity.get("municipality", ""), lies_at)


def _entry_of(study: Study, form: ReturnedForm) -> RawFile:
    """The folder of study.toml for a sheet; one that names wave and setting comes before one for any.

    Raises
    ------
    CallError
        Where there is none.
    """
    said = form.identity
    kind, wave, setting = (said.get(name, "") for name in ("kind", "wave", "setting"))
    fitting = [
        raw
        for raw in study.form_folders
        if raw.kind == kind and raw.wave in ("", wave) and raw.setting in ("", setting)
    ]
    if not fitting:
        where = f" of the wave {wave}" + (f" and the setting {setting}" if setting else "")
        raise CallError(
            f"The study {study.id} has no folder for sheets of {kind}{where}: "
            f'a [[file]] with kind = "{kind}" and format = "form".'
        )
    return min(fitting, key=lambda raw: (not raw.wave, not raw.setting))
