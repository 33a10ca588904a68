"""study.toml: the waves and files of a study, with its register and its questionnaires."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, Fault, RefusedError, did_you_mean
from weltoffen_eval.study.corrections import Correction, read_corrections
from weltoffen_eval.study.instrument import Instrument
from weltoffen_eval.study.instrument_files import hash_folder, instrument_folder, read_instrument
from weltoffen_eval.study.keys import check_key
from weltoffen_eval.study.perspectives import find_perspective
from weltoffen_eval.study.register import Register, read_register
from weltoffen_eval.study.toml_files import Section, read_toml

SETTINGS = ("questionnaire", "workshop", "dialogue")
UNITS = ("institution", "persons")
FILE_KINDS = (
    "responses",
    "field_ratings",
    "notes",
    "participants",
    "statements",
    "codes",
    "codebook",
    "questions",
    "events",
    "findings",
    "measures",
)


@dataclass(frozen=True)
class Wave:
    """One wave; ``date`` is the date of the data. ``instrument`` is empty where there is none."""

    id: str
    date: datetime.date
    instrument: str = ""


@dataclass(frozen=True)
class RawFile:
    """One [[file]] of study.toml."""

    kind: str
    path: str
    wave: str = ""
    setting: str = ""
    perspective: str = ""
    perspective_column: str = ""
    unit: str = ""
    layout: str = "wide"
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    not_asked: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    """A study as its folder describes it. ``instruments`` holds the questionnaire of each wave."""

    id: str
    title: str
    folder: Path
    scheme: str
    synthetic: bool
    licence: str
    source: str
    waves: tuple[Wave, ...]
    files: tuple[RawFile, ...]
    register: Register
    instruments: Mapping[str, Instrument]
    corrections: tuple[Correction, ...]

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
    for name in ("study.toml", "municipalities.csv", "corrections.csv"):
        if (folder / name).is_file():
            digest.update(name.encode() + (folder / name).read_bytes())
    for name in dict.fromkeys(wave.instrument for wave in study.waves if wave.instrument):
        digest.update(hash_folder(instrument_folder(name, folder)).encode())
    return digest.hexdigest()


def read_study(folder: Path, faults: list[Fault]) -> Study | None:
    """As :func:`load_study` for a folder, with faults collected; None where study.toml is refused."""
    section = read_toml(folder / "study.toml", "study.toml", faults)
    if section is None:
        return None
    before = len(faults)
    study_id = section.text("id") or ""
    check_key(study_id, "a study id", Fault("study.toml", "", "", column="id"), faults)
    title = section.text("title") or ""
    default_instrument = section.text("instrument", "")
    scheme = section.text("scheme", "standard")
    synthetic = section.boolean("synthetic", False)
    licence = section.text("licence", "")
    source = section.text("source", "")
    waves = tuple(
        wave
        for s in section.sections("wave")
        if (wave := _read_wave(s, default_instrument, faults)) is not None
    )
    _check_waves(section, waves)
    wave_ids = [wave.id for wave in waves]
    files = tuple(_read_file(s, wave_ids) for s in section.sections("file"))
    section.finish()
    if not files:
        section.fault("file", "none", "at least one [[file]]")
    register = read_register(folder / "municipalities.csv", "municipalities.csv", faults)
    for wave in waves:
        if wave.id in register.by_key:
            section.fault("wave", f"{wave.id!r}, which is a municipality's key too", "different names")
    corrections = read_corrections(
        folder / "corrections.csv", "corrections.csv", [file.path for file in files], faults
    )
    instruments = _read_instruments(folder, waves, section, faults)
    without_instrument = {wave.id for wave in waves if not wave.instrument}
    for number, file in enumerate(files, start=1):
        if file.kind == "responses" and file.wave in without_instrument:
            section.fault(f"file {number}", "answers to no questionnaire", "instrument = … in study.toml")
    if len(faults) > before and (not waves or not files):
        return None
    return Study(
        study_id,
        title,
        folder,
        scheme,
        synthetic,
        licence,
        source,
        waves,
        files,
        register,
        instruments,
        corrections,
    )


def _read_wave(section: Section, default_instrument: str, faults: list[Fault]) -> Wave | None:
    wave_id = section.text("id") or ""
    check_key(wave_id, "a wave id", Fault("study.toml", "", "", column=f"{section.place} id"), faults)
    date = section.date("date")
    instrument = section.text("instrument", default_instrument)
    section.finish()
    return Wave(wave_id, date, instrument) if date is not None else None


def _check_waves(section: Section, waves: tuple[Wave, ...]) -> None:
    if not waves:
        section.fault("wave", "none", "at least one [[wave]] with id and date")
    ids = [wave.id.casefold() for wave in waves]
    if len(set(ids)) < len(ids):
        section.fault("wave", "the same id twice", "each wave once")
    if [wave.date for wave in waves] != sorted(wave.date for wave in waves):
        section.fault("wave", "waves that are not in order of time", "the earliest first")


def _read_file(section: Section, waves: list[str]) -> RawFile:
    kind = section.choice("kind", FILE_KINDS, "responses")
    path = section.text("path") or ""
    inside = PurePosixPath(path)
    if inside.is_absolute() or ".." in inside.parts or "\\" in path:
        section.fault("path", repr(path), "a path inside the study folder, with /")
    if kind != "responses":
        # read by the modules that come later; here only named
        wave = section.text("wave", "")
        return RawFile(kind, path, wave)
    wave = section.choice("wave", waves) or ""
    setting = section.choice("setting", SETTINGS) or ""
    perspective = section.text("perspective", "")
    if perspective:
        found = find_perspective(perspective)
        if found is None:
            section.fault("perspective", repr(perspective), "a perspective such as administration")
        perspective = found or ""
    raw = RawFile(
        kind,
        path,
        wave,
        setting,
        perspective,
        section.text("perspective_column", ""),
        section.choice("unit", UNITS, ""),
        section.choice("layout", ("wide", "long"), "wide"),
        section.text("sheet", None),
        section.text("encoding", None),
        section.text("delimiter", None),
        section.texts_by_key("columns"),
        tuple(section.texts("not_asked")),
        tuple(section.texts("ignore")),
    )
    if raw.perspective and raw.perspective_column:
        section.fault("perspective", "perspective and perspective_column", "only one of them")
    if raw.delimiter is not None and len(raw.delimiter) != 1:
        section.fault("delimiter", repr(raw.delimiter), "one character")
    known = ("municipality", "ags", "respondent", "perspective", "item", "response", "comment")
    for name in raw.columns:
        if name not in known:
            advice = did_you_mean(name, known).strip()
            section.fault("columns", repr(name), "one of " + ", ".join(known), advice)
    section.finish()
    return raw


def _read_instruments(
    folder: Path, waves: tuple[Wave, ...], section: Section, faults: list[Fault]
) -> dict[str, Instrument]:
    by_name: dict[str, Instrument | None] = {}
    for name in dict.fromkeys(wave.instrument for wave in waves if wave.instrument):
        try:
            by_name[name] = read_instrument(instrument_folder(name, folder), name, faults)
        except CallError as error:
            section.fault("instrument", repr(name), "a questionnaire that exists", str(error))
            by_name[name] = None
    return {wave.id: instrument for wave in waves if (instrument := by_name.get(wave.instrument)) is not None}
