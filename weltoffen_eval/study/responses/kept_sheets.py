"""What was read of a file of answers, as bytes: read back in place of the file while nothing changed."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from weltoffen_eval.raw.table import LogEntry
from weltoffen_eval.study.keys import is_key
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.responses.matrices import Matrices, numeric_items
from weltoffen_eval.study.responses.office_names import has_telephone, is_office
from weltoffen_eval.study.responses.sheets import SheetsOfFile

_MATRICES = ("code", "value", "missing", "empty")
_LINES = ("lines", "record_lines", "sheet_of_record")
_TEXTS = ("tab", "municipality", "perspective", "unit", "respondent", "comments")


class KeptSheets(Protocol):
    """Gives back what was read of a file before, and takes what is read now."""

    def find(self, raw: RawFile) -> bytes | None:
        """What :func:`written` made of the file, if it is still what would be read."""

    def add(self, raw: RawFile, content: bytes) -> None:
        """What :func:`written` makes of it now, or made of it before."""


def stands_alone(raw: RawFile) -> bool:
    """Whether a file is read by itself, and is no form, of which each is read in a moment."""
    return raw.format == "" and not raw.form_folder


def written(sheets: SheetsOfFile, log: Sequence[LogEntry]) -> bytes | None:
    """The sheets of a file and what was changed on reading them; None where a person's name is in them.

    They are to be written before names are replaced: a name that will not stay is written nowhere.
    """
    named = set(zip(sheets.unit, sheets.respondent, strict=True))
    if not all(_stays(name, unit == "institution") for unit, name in named):
        return None
    texts = {name: getattr(sheets, name) for name in _TEXTS}
    texts["log"] = [(e.file, e.tab, e.row, e.column, e.old, e.new, e.rule) for e in log]
    arrays = {name: getattr(sheets.answers, name) for name in _MATRICES}
    lines = {name: np.array(getattr(sheets, name), dtype=np.int64) for name in _LINES}
    stream = io.BytesIO()
    np.savez(
        stream,
        allow_pickle=False,
        texts=np.frombuffer(json.dumps(texts).encode("ascii"), dtype=np.uint8),
        **arrays,
        **lines,
    )
    return stream.getvalue()


def _stays(name: str, of_institution: bool) -> bool:
    if not name or (is_key(name) and not has_telephone(name)):
        return True
    return of_institution and is_office(name)


def read_back(content: bytes, raw: RawFile, instrument: Instrument) -> tuple[SheetsOfFile, list[LogEntry]]:
    """What :func:`written` wrote of a file; each call gives sheets of their own."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        texts: Mapping[str, Any] = json.loads(arrays["texts"].tobytes())
        code, value, missing, empty = (arrays[name] for name in _MATRICES)
        lines = {name: arrays[name].tolist() for name in _LINES}
    place_of = {position: place for place, position in enumerate(numeric_items(instrument))}
    sheets = SheetsOfFile(
        raw=raw,
        tab=str(texts["tab"]),
        answers=Matrices(code, value, missing, empty, place_of),
        municipality=texts["municipality"],
        perspective=texts["perspective"],
        unit=texts["unit"],
        respondent=texts["respondent"],
        comments=[(int(sheet), *cells) for sheet, *cells in texts["comments"]],
        **lines,
    )
    return sheets, [LogEntry(*entry) for entry in texts["log"]]
