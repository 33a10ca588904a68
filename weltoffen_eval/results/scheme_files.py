"""Scheme files: a scoring scheme read from TOML and held against the questionnaires of a study."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeGuard

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scheme_ids import unknown_ids
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.results.scheme_places import scheme_of_call, scheme_of_study
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.toml_files import Section, read_toml

#: TOML has no larger whole numbers.
_MOST = 2**63


def load_scheme(name: str | Path | None = None, study: Study | None = None) -> ScoringScheme:
    """A scheme by shipped id or by path; without a name that of the study.

    A path given here is taken from the working folder, and where there is no such file, from the
    study folder; a path written in study.toml is taken from the study folder.

    Raises
    ------
    RefusedError
        With every fault of the file, and every id in it that the study's questionnaires do not know.
    """
    faults: list[Fault] = []
    scheme = read_scheme(name, study, faults)
    if scheme is None or faults:
        raise RefusedError(faults)
    return scheme


def read_scheme(name: str | Path | None, study: Study | None, faults: list[Fault]) -> ScoringScheme | None:
    """As :func:`load_scheme`, with faults collected."""
    if name is None or name == "":
        found = (
            scheme_of_study(study, faults) if study else (paths.SCHEMES / "standard.toml", "standard.toml")
        )
    else:
        found = scheme_of_call(str(name), study)
    if found is None:
        return None
    path, label = found
    # what study.toml names stays inside the study; what the call names may lie anywhere
    shipped = path.parent == paths.SCHEMES
    inside = study.folder if study and not name and not shipped else None
    section = read_toml(path, label, faults, inside)
    if section is None:
        return None
    scheme = _read(section, hashlib.sha256(path.read_bytes()).hexdigest())
    if scheme is None or study is None:
        return scheme
    before = len(faults)
    check_fit(scheme, section, study.instruments.values())
    return scheme if len(faults) == before else None


def _read(section: Section, sha256: str) -> ScoringScheme | None:
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.results.scheme_model import SchemeFile
    from weltoffen_eval.study.declared import read_declared

    before = len(section.faults)
    read = read_declared(SchemeFile, section)
    _check_limits(section)
    return None if read is None or len(section.faults) > before else read.as_scheme(sha256)


def _check_limits(section: Section) -> None:
    """Bands rise; told also where something else of them is wrong."""
    bands = section.values.get("bands")
    given = [band.get("below") for band in bands if isinstance(band, dict)] if isinstance(bands, list) else []
    # those that are no limit at all have their fault already
    limits = [value if _is_limit(value) else None for value in given]
    known = [value for value in limits if value is not None]
    if known != sorted(set(known)) or 0 in known:
        section.fault("bands", ", ".join(f"{b:g}" for b in known), "rising values of below, above 0")
    if limits and limits[-1] is not None and limits[-1] <= 100:
        section.fault("bands", f"{limits[-1]:g} in the last band", "more than 100, such as 101")


def _is_limit(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _MOST


def check_fit(scheme: ScoringScheme, section: Section, instruments: Iterable[Instrument]) -> None:
    """A fault for each id that none of the questionnaires knows, and for a dimension without weight."""
    questionnaires = list(instruments)
    if not questionnaires:
        return
    for entry in unknown_ids(scheme, questionnaires):
        section.fault(entry.table, entry.found, entry.expected, entry.advice)
    for questionnaire in questionnaires:
        for dimension in questionnaire.dimensions:
            items = questionnaire.items_of(dimension.id)
            if not any(scheme.weight("item", item.id, item.weight) > 0 for item in items):
                section.fault(
                    "weights.item",
                    f"no item of the dimension {dimension.id!r} with a weight above 0",
                    "at least one",
                )
