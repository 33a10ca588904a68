"""The twin of a report found by any file of it, and what an id in it means."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weltoffen_eval.analysis.finding_keys import FIELDS, UnknownKeyError, read_key
from weltoffen_eval.errors import CallError, did_you_mean, visible

#: Files of a report, beside which its twin lies.
_ENDINGS = (".json", ".html", ".pdf", ".docx", ".ipynb")
#: What a twin lists with ids, in the order in which an id is looked for.
_LISTED = ("sentences", "figures", "tables", "given")


@dataclass(frozen=True)
class SaidInReport:
    """What a report says under an id: ``kind`` of entry, its text, the keys it rests on, the entry itself."""

    id: str
    kind: str
    text: str
    keys: tuple[str, ...]
    entry: Mapping[str, Any]


def read_twin(report: Path) -> dict[str, Any]:
    """The twin of a report, of which any file is named.

    Raises
    ------
    CallError
        If the file is none of a report, or its twin is not beside it or cannot be read.
    """
    if report.suffix.lower() not in _ENDINGS:
        known = ", ".join(_ENDINGS)
        raise CallError(f"{visible(str(report))} is no file of a report; these end with {known}.")
    path = report.with_suffix(".json")
    if os.path.lexists(path) and not path.is_file():
        raise CallError(f"{visible(str(path))} is no ordinary file; it was not opened.")
    try:
        twin = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CallError(
            f"There is no {visible(str(path))}: the twin of a report lies beside it, and what is traced "
            "is looked up in it."
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or "it is no JSON"
        raise CallError(f"{visible(str(path))} cannot be read: {why}.") from error
    if not isinstance(twin, dict) or not str(twin.get("schema", "")).startswith("weltoffen-report/"):
        raise CallError(f"{visible(str(path))} is no twin of a report.")
    return twin


def find_said(twin: Mapping[str, Any], wanted: str) -> SaidInReport:
    """What a twin says under an id, or of a key.

    Raises
    ------
    CallError
        If it holds neither; with the closest id.
    """
    for kind in _LISTED:
        for entry in twin.get(kind, ()):
            if entry.get("id") == wanted:
                return SaidInReport(wanted, kind, _text_of(kind, entry), _keys_of(kind, entry), entry)
    keys = {str(finding["key"]) for finding in twin.get("findings", ())}
    try:
        key, _ = read_key(wanted)
    except UnknownKeyError:
        ids = [str(entry["id"]) for kind in _LISTED for entry in twin.get(kind, ())]
        advice = did_you_mean(wanted, ids)
        raise CallError(
            f"The report has no sentence, figure, table or text {visible(wanted)!r}, no such key.{advice}"
            " The ids stand in the anchors of the page and in tables/…-sentences.csv."
        ) from None
    if str(key) not in keys:
        raise CallError(f"The report shows no number of the key {visible(wanted)}.")
    return SaidInReport(wanted, "key", "", (wanted,), {})


def shown(twin: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The finding of a key as the report shows it; empty where only something that rests on it is shown."""
    name = key.rpartition(".")[0] if key.rpartition(".")[2] in FIELDS else key
    return next((dict(finding) for finding in twin.get("findings", ()) if finding["key"] == name), {})


def _text_of(kind: str, entry: Mapping[str, Any]) -> str:
    named = {"sentences": "text", "figures": "alternative", "tables": "file", "given": "text"}
    return str(entry.get(named[kind], ""))


def _keys_of(kind: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
    keys = entry.get("rests_on", ())
    flat = [key for cell in keys for key in cell] if kind == "tables" else list(keys)
    flat += [str(number["key"]) for number in entry.get("numbers", ())]
    names = (key.rpartition(".")[0] if key.rpartition(".")[2] in FIELDS else key for key in flat)
    return tuple(dict.fromkeys(names))
