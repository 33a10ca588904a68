"""study.toml: the waves and files of a study, with its register and its questionnaires."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, Fault, RefusedError, closest, did_you_mean
from weltoffen_eval.study.brand import Brand
from weltoffen_eval.study.corrections import Correction, read_corrections
from weltoffen_eval.study.forms.folders import each_form, form_files, is_form_folder
from weltoffen_eval.study.listed_files import RawFile, check_listed_once, read_listed_file
from weltoffen_eval.study.perspectives import (
    PERSPECTIVES,
    OwnPerspectives,
    doubled_perspectives,
    find_perspective,
)
from weltoffen_eval.study.questionnaire.files import hash_folder, instrument_folder, read_instrument
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.received import written_tables
from weltoffen_eval.study.register import Register, read_register
from weltoffen_eval.study.reported import SELF_CHECK, ReportedAnswers
from weltoffen_eval.study.succession import Successions, read_successions
from weltoffen_eval.study.toml_files import Section, read_toml

if TYPE_CHECKING:
    from weltoffen_eval.study.study_tables import PerspectiveTable, ReportTable


@dataclass(frozen=True)
class Wave:
    """One wave; ``date`` is the date of the data. ``instrument`` is empty where there is none."""

    id: str
    date: datetime.date
    instrument: str = ""


@dataclass(frozen=True)
class StudyWords:
    """What a unit and its answers are called: [words] of study.toml, each by language, empty where not said.

    ``unit``: one and several (Schule, Schulen). ``answers_from``: what the answers are of.
    """

    unit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    answers_from: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """A study as its folder describes it. ``instruments`` holds the questionnaire of each wave.

    ``perspectives``: those that it declares beside the five, their titles by id. ``brand`` is that of
    study.toml; a questionnaire may have one of its own. ``files`` holds each returned form, ``form_folders``
    the folders in which they lie.
    """

    id: str
    title: str
    folder: Path
    scheme: str
    language: str
    synthetic: bool
    licence: str
    source: str
    waves: tuple[Wave, ...]
    files: tuple[RawFile, ...]
    register: Register
    instruments: Mapping[str, Instrument]
    corrections: tuple[Correction, ...]
    perspectives: OwnPerspectives = field(default_factory=dict)
    report: ReportedAnswers = SELF_CHECK
    words: StudyWords = field(default_factory=StudyWords)
    brand: Brand | None = None
    successions: Successions = field(default_factory=Successions)
    form_folders: tuple[RawFile, ...] = ()

    def brand_of(self, wave: str) -> Brand | None:
        """The brand at the head of the reports of a wave: that of the study, else of its questionnaire."""
        instrument = self.instruments.get(wave)
        return self.brand or (instrument.brand if instrument else None)

    def wave(self, wave: str) -> Wave:
        """The wave with this id; a CallError names the others where there is none."""
        for entry in self.waves:
            if entry.id == wave:
                return entry
        names = [entry.id for entry in self.waves]
        raise CallError(
            f"The study {self.id} has no wave {wave!r}; it has {', '.join(names)}.{did_you_mean(wave, names)}"
        )

    def check_municipality(self, municipality: str) -> None:
        """A CallError with the closest key where the register does not hold this one."""
        if municipality not in self.register.by_key:
            raise CallError(
                f"The study {self.id} has no municipality {municipality!r}."
                f"{did_you_mean(municipality, self.register.by_key)}"
            )

    def key_of(self, municipality: str) -> str:
        """The key of a municipality that a call names by its key or by exactly its name.

        Raises
        ------
        CallError
            With the closest key where there is none, with the keys where several have the name.
        """
        if municipality in self.register.by_key:
            return municipality
        named = [entry.key for entry in self.register.municipalities if entry.name == municipality]
        if len(named) > 1:
            raise CallError(
                f"Several municipalities of the study {self.id} are called {municipality!r}: "
                f"{', '.join(named)}. Name the key."
            )
        if not named:
            keys = {entry.name: entry.key for entry in self.register.municipalities}
            keys |= {key: key for key in self.register.by_key}
            meant = closest(municipality, keys)
            advice = f" Did you mean {keys[meant]!r}?" if meant else ""
            raise CallError(f"The study {self.id} has no municipality {municipality!r}.{advice}")
        return named[0]


def load_study(study: str | Path | None = None) -> Study:
    """The study in a folder or of a name under data/raw/; without argument the example study.

    Raises
    ------
    CallError
        If there is no such study.
    RefusedError
        With every fault of study.toml, register, corrections and questionnaires.
    """
    folder = paths.study_folder(study)
    if folder in _loaded and _loaded[folder][0] == _hash_files(folder, _loaded[folder][1]):
        return _loaded[folder][1]
    faults: list[Fault] = []
    loaded = read_study(folder, faults)
    if loaded is None or faults:
        raise RefusedError(faults)
    _loaded[folder] = _hash_files(folder, loaded), loaded
    return loaded


#: The studies that this process has loaded, or that from which it was forked, with the hash of their files:
#: checking the register of thousands of municipalities takes longer than anything else in a report.
_loaded: dict[Path, tuple[str, Study]] = {}


def _hash_files(folder: Path, study: Study) -> str:
    """SHA-256 of what a study is read from."""
    digest = hashlib.sha256()
    for name in written_tables(folder, study.files):
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    for raw in study.form_folders:
        digest.update("\0".join([raw.path, *form_files(folder, raw.path)]).encode(errors="surrogateescape"))
    for name in dict.fromkeys(wave.instrument for wave in study.waves if wave.instrument):
        digest.update(hash_folder(instrument_folder(name, folder)).encode())
    return digest.hexdigest()


def read_study(folder: Path, faults: list[Fault]) -> Study | None:
    """As :func:`load_study` for a folder, with faults collected; None where study.toml is no TOML."""
    section = read_toml(folder / "study.toml", "study.toml", faults, folder)
    register = read_register(folder / "municipalities.csv", "municipalities.csv", faults)
    if section is None:
        return None
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.declared import each_table, read_as_far
    from weltoffen_eval.study.study_tables import StudyFile

    read = read_as_far(StudyFile, section)
    # without a date there is a fault, and the wave is only there for its files to be read
    waves = tuple(
        Wave(table.id or "", table.date or datetime.date.min, table.instrument or read.instrument or "")
        for table in read.wave
    )
    _check_waves(section, waves, register)
    wave_ids = [wave.id for wave in waves if wave.id]
    own = {table.id: table.title for table in read.perspective if table.id}
    _check_perspectives(section, read.perspective, own)
    files = tuple(read_listed_file(s, folder, wave_ids, own) for s in each_table(section, "file"))
    if not files:
        section.fault("file", "none", "at least one [[file]]")
    check_listed_once(files, folder, lambda number, *told: section.fault(f"file {number} path", *told))
    successions = read_successions(folder, register.by_key, wave_ids, faults)
    received = each_form(files, folder)
    correctable = [file.path for file in received]
    correctable += [file.attributes for file in files if file.attributes]
    corrections = read_corrections(folder, correctable, faults)
    instruments = _read_instruments(folder, waves, section, faults)
    _check_responsible(files, register, instruments, faults)
    # one that is named, but refused, has its fault already
    refused = any(f.file == "study.toml" and f.column.endswith("instrument") for f in faults)
    without_instrument = {wave.id for wave in waves if not wave.instrument and not refused}
    for number, file in enumerate(files, start=1):
        if file.kind == "responses" and file.wave in without_instrument:
            section.fault(f"file {number}", "answers to no questionnaire", "instrument = … in study.toml")
    return Study(
        id=read.id,
        title=read.title or "",
        folder=folder,
        scheme=read.scheme or "",
        language=read.language,
        synthetic=bool(read.synthetic),
        licence=read.licence or "",
        source=read.source or "",
        waves=waves,
        files=received,
        form_folders=tuple(filter(is_form_folder, files)),
        register=register,
        instruments=instruments,
        corrections=corrections,
        perspectives=own,
        report=_shown_in_report(section, read.report, own),
        words=StudyWords(read.words.unit, read.words.answers_from),
        brand=read.brand.as_brand(folder, section) if read.brand else None,
        successions=successions,
    )


def _check_perspectives(section: Section, tables: list[PerspectiveTable], own: OwnPerspectives) -> None:
    for number, table in enumerate(tables, start=1):
        others = [other.id for other in tables[: number - 1]]
        if table.id in PERSPECTIVES or table.id in others:
            expected = "an id that no other perspective has"
            section.fault(f"perspective {number} id", repr(table.id), expected)
    for word in doubled_perspectives({key: titles for key, titles in own.items() if key not in PERSPECTIVES}):
        section.fault("perspective", f"{word!r} for two perspectives", "a word means one perspective")


def _shown_in_report(section: Section, table: ReportTable, own: OwnPerspectives) -> ReportedAnswers:
    perspective = find_perspective(table.perspective or "", own)
    if table.perspective and perspective is None:
        expected = "one of " + ", ".join([*PERSPECTIVES, *own])
        section.fault("report perspective", repr(table.perspective), expected)
    return ReportedAnswers(table.setting or "questionnaire", perspective or "administration")


def _check_responsible(
    files: tuple[RawFile, ...], register: Register, instruments: Mapping[str, Instrument], faults: list[Fault]
) -> None:
    """Who is responsible is so for an item that is asked, in a municipality that takes part."""
    for raw in files:
        instrument = instruments.get(raw.wave)
        for municipality, item in raw.responsible:
            place = Fault(raw.responsible_path, "", "", municipality="")
            if instrument is not None and item and item not in instrument.item_by_id:
                advice = did_you_mean(item, instrument.item_by_id).strip()
                found, expected = repr(item), f"the id of an item of {instrument.id}"
                faults.append(replace(place, found=found, expected=expected, advice=advice, column="item"))
            if municipality and register.municipalities and municipality not in register.by_key:
                found, expected = repr(municipality), "the key of a municipality, or nothing"
                faults.append(replace(place, found=found, expected=expected, column="municipality"))


def _check_waves(section: Section, waves: tuple[Wave, ...], register: Register) -> None:
    if not waves:
        section.fault("wave", "none", "at least one [[wave]] with id and date")
    ids = [wave.id.casefold() for wave in waves]
    if len(set(ids)) < len(ids):
        section.fault("wave", "the same id twice", "each wave once")
    dates = [wave.date for wave in waves if wave.date > datetime.date.min]
    if dates != sorted(dates):
        section.fault("wave", "waves that are not in order of time", "the earliest first")
    keys = {key.casefold() for key in register.by_key}
    for wave in waves:
        if wave.id.casefold() in keys:
            section.fault("wave", f"{wave.id!r}, which is a municipality's key too", "different names")


def _read_instruments(
    folder: Path, waves: tuple[Wave, ...], section: Section, faults: list[Fault]
) -> dict[str, Instrument]:
    by_name: dict[str, Instrument | None] = {}
    for name in dict.fromkeys(wave.instrument for wave in waves if wave.instrument):
        try:
            by_name[name] = read_instrument(instrument_folder(name, folder), name, faults)
        except CallError as error:
            expected = "a questionnaire that exists, shipped or in the study folder"
            section.fault("instrument", repr(name), expected, str(error))
            by_name[name] = None
    return {wave.id: instrument for wave in waves if (instrument := by_name.get(wave.instrument)) is not None}
