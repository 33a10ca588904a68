"""Returned forms on their way into a study: read before they lie there, and held against those that do."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from weltoffen_eval.errors import CallError, Fault
from weltoffen_eval.raw.table import LogEntry, folded
from weltoffen_eval.study.asked_files import items_by_office
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.returned import MOST_BYTES, read_returned
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.responses.cleaning import read_wave
from weltoffen_eval.study.responses.merging_rules import check_merging
from weltoffen_eval.study.responses.pseudonyms import name_respondents
from weltoffen_eval.study.responses.resent import settle_resent
from weltoffen_eval.study.responses.returned_forms import read_form
from weltoffen_eval.study.responses.sheets import SheetsOfFile
from weltoffen_eval.study.study_files import check_file


@dataclass(frozen=True)
class ArrivedForm:
    """A form that may be put: what it was called, its bytes, its entry in study.toml and whose it is.

    ``lies_at``: where it lies already, byte for byte; else empty. ``later``: a form of the same office that
    counts in its place.
    """

    name: str
    content: bytes
    entry: RawFile
    municipality: str
    lies_at: str = ""
    later: str = ""


def read_arrived(study: Study, paths: Sequence[Path], faults: list[Fault]) -> list[ArrivedForm]:
    """The forms in these files; every fault of every one, so that all or none are put.

    Raises
    ------
    CallError
        Where study.toml names no folder of forms.
    """
    if not _folders(study):
        raise CallError(f'The study {study.id} has no folder of forms: a [[file]] with format = "form".')
    contents = read_contents(paths, faults)
    arrived: list[ArrivedForm] = []
    new: dict[str, list[SheetsOfFile]] = {}
    with tempfile.TemporaryDirectory() as place:
        for number, (name, content) in enumerate(contents.items()):
            # what was checked is what is put, whatever becomes of the file meanwhile
            copy = Path(place) / f"{number}.xlsx"
            copy.write_bytes(content)
            form = _read_one(study, name, copy, content, new, faults)
            arrived += [form] if form else []
    later = _hold_against_others(study, new, faults)
    return [replace(form, later=later.get(form.name, "")) for form in arrived]


def _folders(study: Study) -> list[RawFile]:
    return [raw for raw in study.form_folders if raw.kind == "responses"]


def read_contents(paths: Sequence[Path], faults: list[Fault]) -> dict[str, bytes]:
    """By name the bytes of each file; the same bytes twice are a fault."""
    found: dict[str, bytes] = {}
    first_of: dict[bytes, str] = {}
    for path in paths:
        name = str(path)
        if name in found or not check_file(path, name, faults):
            continue
        size = path.stat().st_size
        if size > MOST_BYTES:
            expected = f"a form, of at most {MOST_BYTES:,} bytes"
            faults.append(Fault(name, f"a file of {size:,} bytes", expected, "It was not opened."))
            continue
        try:
            content = path.read_bytes()
        except OSError as error:
            faults.append(Fault(name, error.strerror or str(error), "a file that can be read"))
            continue
        if content in first_of:
            faults.append(Fault(name, f"the same content as {first_of[content]}", "each form once"))
            continue
        first_of[content] = name
        found[name] = content
    return found


def _read_one(
    study: Study,
    name: str,
    copy: Path,
    content: bytes,
    new: dict[str, list[SheetsOfFile]],
    faults: list[Fault],
) -> ArrivedForm | None:
    """One form; ``new`` is told its sheets, by wave, where it does not lie there already."""
    form = read_returned(copy, name, {}, faults)
    if form is None:
        return None
    said = form.identity
    entry = _entry_of(study, said)
    if entry is None:
        known = "; ".join(f"{raw.wave}, {raw.setting}, {raw.perspective or 'any'}" for raw in _folders(study))
        found = f"a form of {said.get('wave', '')}, {said.get('setting', '')}, {said.get('perspective', '')}"
        faults.append(Fault(name, found, f"a form for which study.toml names a folder ({known})"))
        return None
    before = len(faults)
    raw = replace(entry, path=name, form_folder=entry.path)
    sheets = read_form(study, raw, study.instruments.get(entry.wave), faults, [], set(), copy)
    if len(faults) > before or not sheets:
        return None
    key = said.get("municipality", "")
    lies_at = find_place(study, entry, content)
    if not lies_at:
        new.setdefault(entry.wave, []).extend(sheets)
    return ArrivedForm(name, content, entry, key, lies_at)


def _entry_of(study: Study, said: Mapping[str, str]) -> RawFile | None:
    fitting = [
        raw
        for raw in _folders(study)
        if (raw.wave, raw.setting) == (said.get("wave"), said.get("setting"))
        and (not raw.perspective or raw.perspective == said.get("perspective"))
    ]
    # one that names the perspective comes before one for any
    return min(fitting, key=lambda raw: not raw.perspective, default=None)


def find_place(study: Study, entry: RawFile, content: bytes) -> str:
    """Where the same bytes lie among the forms of an entry; else empty."""
    for raw in study.files:
        path = study.folder / raw.path
        same_size = raw.form_folder == entry.path and path.is_file() and path.stat().st_size == len(content)
        if same_size and path.read_bytes() == content:
            return raw.path
    return ""


def _hold_against_others(
    study: Study, new: Mapping[str, list[SheetsOfFile]], faults: list[Fault]
) -> dict[str, str]:
    """Faults of what arrived beside what lies there; by name the later form that counts in its place."""
    later: dict[str, str] = {}
    for wave, sheets in new.items():
        log: list[LogEntry] = []
        of_all: list[Fault] = []
        # the faults of what lies there are told by check
        there = read_wave(study, wave, [], [], set())
        settled = settle_resent([*there, *sheets], of_all, log)
        check_merging(settled, of_all)
        name_respondents(settled, of_all, log)
        names = {one.raw.path for one in sheets}
        faults.extend(fault for fault in of_all if fault.file in names)
        later |= {
            entry.file: entry.new for entry in log if entry.rule == "form_replaced" and entry.file in names
        }
    return later


def missing_offices(study: Study, entry: RawFile, municipality: str) -> list[str]:
    """The offices that are responsible for an item of an entry and have sent no form yet."""
    offices = items_by_office(study, entry, municipality)
    there = read_wave(study, entry.wave, [], [], set())
    sent = {
        folded(name)
        for sheets in there
        if (sheets.raw.setting, sheets.raw.form_folder) == (entry.setting, entry.path)
        for key, name in zip(sheets.municipality, sheets.respondent, strict=True)
        if key == municipality
    }
    return [office for office in offices if folded(office) not in sent]
