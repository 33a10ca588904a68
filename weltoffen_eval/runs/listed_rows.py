"""The files of other kinds than responses, by whose rows they are: only whose row changed is made anew."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weltoffen_eval.results.given import GivenHash

#: Whose a row is that holds for every municipality.
_EVERYBODY = ""


class ListedRows:
    """What came of whom in files of each kind, told by hashes of the rows that are stored."""

    def __init__(self, given: Iterable[GivenHash]):
        self._rows: dict[tuple[str, str], list[GivenHash]] = defaultdict(list)
        self._of_kind: dict[str, list[GivenHash]] = defaultdict(list)
        for entry in given:
            self._rows[entry.kind, entry.municipality].append(entry)
            self._of_kind[entry.kind].append(entry)

    def came(self, kind: str, setting: str, municipality: str, wave: str) -> bool:
        """Whether there is a row of a municipality in files of a kind; without ``setting`` at any."""
        return any(
            setting in ("", row.setting) or not row.setting for row in self._of(kind, municipality, wave)
        )

    def hash_of(self, kind: str, municipality: str, wave: str) -> str:
        """A hash of the rows of a municipality and wave in files of a kind; empty where there are none."""
        return _hash_all(self._of(kind, municipality, wave))

    def hash_of_all(self, kind: str) -> str:
        """A hash of all rows in files of a kind; empty where there are none."""
        return _hash_all(self._of_kind.get(kind, ()))

    def _of(self, kind: str, municipality: str, wave: str) -> Iterator[GivenHash]:
        for whose in (_EVERYBODY, municipality):
            yield from (row for row in self._rows.get((kind, whose), ()) if row.wave in ("", wave))


def _hash_all(rows: Iterable[GivenHash]) -> str:
    hashes = [f"{row.municipality}/{row.wave}/{row.setting}/{row.hash}" for row in rows]
    return hashlib.sha256("\n".join(hashes).encode("utf-8")).hexdigest() if hashes else ""
