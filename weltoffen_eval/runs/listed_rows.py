"""The files of other kinds than responses, by whose rows they are: only whose row changed is made anew."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from weltoffen_eval.errors import Fault

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.listed_files import RawFile


#: Whose a row of a file without such a column is, and one whose key is not in the register.
_EVERYBODY, _NOBODY = "", "@"


class _Row(NamedTuple):
    """A row, with whose it is; ``wave`` and ``setting`` are empty where the file does not say them."""

    municipality: str
    wave: str
    setting: str
    content: str


class ListedRows:
    """The rows of a study's listed files; each file is read when it is first asked for."""

    def __init__(self, study: Study):
        self.study = study
        self._rows = cache(self._read)

    def came(self, kind: str, setting: str, municipality: str, wave: str) -> bool:
        """Whether there is a row of a municipality in files of a kind; without ``setting`` at any."""
        return any(
            setting in ("", row.setting) or not row.setting
            for row in self._of(kind, municipality, wave)
            if row.municipality != _NOBODY
        )

    def hash_of(self, kind: str, municipality: str, wave: str) -> str:
        """A hash of the rows of a municipality and wave in files of a kind; empty where there are none."""
        return _hash([row.content for row in self._of(kind, municipality, wave)])

    def hash_of_all(self, kind: str) -> str:
        """A hash of all rows in files of a kind; empty where there are none."""
        return _hash([row.content for rows in self._rows(kind).values() for row in rows])

    def _of(self, kind: str, municipality: str, wave: str) -> Iterator[_Row]:
        rows = self._rows(kind)
        for whose in (_EVERYBODY, _NOBODY, municipality):
            yield from (row for row in rows.get(whose, ()) if row.wave in ("", wave))

    def _read(self, kind: str) -> dict[str, list[_Row]]:
        found: dict[str, list[_Row]] = defaultdict(list)
        for file in self.study.files:
            if file.kind == kind and file.path:
                for row in _rows_of(file, self.study):
                    found[row.municipality].append(row)
        return found


def _rows_of(file: RawFile, study: Study) -> Iterator[_Row]:
    from weltoffen_eval.study.raw.files import read_table
    from weltoffen_eval.study.raw.table import plain

    path = study.folder / file.path
    # who reads the file for a report says what is wrong in it; here it only counts whether it changed
    faults: list[Fault] = []
    table = read_table(path, file.path, faults, known=("municipality",), tab=file.tab)
    if table is None or faults:
        content = path.read_bytes() if path.is_file() else b""
        if content:
            yield _Row(_EVERYBODY, file.wave, file.setting, hashlib.sha256(content).hexdigest())
        return
    named = "municipality" in table.columns
    for cells in table.rows:
        row = {name: plain(cell) for name, cell in zip(table.columns, cells, strict=True)}
        key = row.get("municipality", _EVERYBODY)
        yield _Row(
            key if not named or key in study.register.by_key else _NOBODY,
            row.get("wave") or file.wave,
            row.get("setting") or file.setting,
            json.dumps([file.path, file.wave, file.setting, sorted(row.items())]),
        )


def _hash(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode("utf-8")).hexdigest() if rows else ""
