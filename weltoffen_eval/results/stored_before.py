"""A study that is stored anew, and what of the tables that lie there may be taken over.

The tables say themselves what they were made from. What is taken over was made by this program and these
libraries, and lies there byte by byte as it was written.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from weltoffen_eval.results.provenance import read_package

#: What reads, works out and writes tables: another state of one may write other bytes.
_LIBRARIES = ("lxml", "numpy", "openpyxl", "pandas", "pyarrow", "pydantic", "pyreadstat", "python-docx")
_PROGRAM = ("study", "software", "program")


def libraries() -> dict[str, str]:
    """The libraries that have a part in what is stored, with their versions."""
    return {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


@dataclass(frozen=True)
class StoredBefore:
    """The tables of a study as they lie in its folder.

    ``made_from``, ``made_now``: what they were made from, and what those would be that take their place, as
    :func:`provenance_of` tells it. ``sheets``: by file of answers where that lies which was read of it.
    """

    folder: Path
    made_from: Mapping[str, Any]
    made_now: Mapping[str, Any]
    sheets: Mapping[str, str]
    _hashes: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path, made_now: Mapping[str, Any]) -> StoredBefore | None:
        """None where nothing can be taken over: no tables of all municipalities that were made alike."""
        package = read_package(folder)
        made_from, listed = package.get("weltoffen"), package.get("resources")
        if not isinstance(made_from, dict) or not isinstance(listed, list):
            return None
        if package.get("libraries") != libraries() or "left_out" in package:
            return None
        if any(made_from.get(name) != made_now[name] for name in _PROGRAM):
            return None
        if not isinstance(made_from.get("inputs"), dict):
            return None
        kept = package.get("sheets")
        of_files = kept if isinstance(kept, dict) else {}
        told = [of for of in (*listed, *of_files.values()) if isinstance(of, dict)]
        hashes = {str(of.get("path")): str(of.get("hash")) for of in told}
        sheets = {name: str(of.get("path")) for name, of in of_files.items() if isinstance(of, dict)}
        return cls(folder, made_from, made_now, sheets, hashes)

    def contents(self, *names: str) -> dict[str, bytes] | None:
        """The files of these names; None where one is not as it was written."""
        found: dict[str, bytes] = {}
        for name in names:
            try:
                found[name] = (self.folder / name).read_bytes()
            except OSError:
                return None
            if self._hashes.get(name) != "sha256:" + hashlib.sha256(found[name]).hexdigest():
                return None
        return found
