"""The hash of each file of an archive and who names it, kept on the disk, so that many are not held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator


class ToldHashes:
    """SHA-256 by path, as one list tells it; and what others name, each under a kind of its own."""

    def __init__(self, told: Iterable[tuple[str, str]]):
        # a private temporary database, on the disk as soon as it is large
        self._known = sqlite3.connect("")
        self._known.execute("CREATE TABLE told (path TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID")
        self._known.execute(
            "CREATE TABLE named (kind TEXT, name TEXT, what TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID"
        )
        self._known.executemany("INSERT OR REPLACE INTO told VALUES (?, ?)", told)
        (self.count,) = self._known.execute("SELECT COUNT(*) FROM told").fetchone()

    def __enter__(self) -> ToldHashes:
        return self

    def __exit__(self, *_: object) -> None:
        self._known.close()

    def of(self, path: str) -> str:
        """The hash of a file; empty where it is not told."""
        found = self._known.execute("SELECT sha256 FROM told WHERE path = ?", (path,)).fetchone()
        return str(found[0]) if found else ""

    def name(self, kind: str, name: str, what: str = "") -> None:
        """Keep that something is named, and what is said of it; what was said before is forgotten."""
        self._known.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", (kind, name, what))

    def said(self, kind: str, name: str) -> str | None:
        """What was said of something; None where it is not named."""
        found = self._known.execute(
            "SELECT what FROM named WHERE kind = ? AND name = ?", (kind, name)
        ).fetchone()
        return str(found[0]) if found else None

    def unnamed(self, kind: str) -> Iterator[str]:
        """The paths that are told and not named, in their order."""
        found = self._known.execute(
            "SELECT path FROM told WHERE path NOT IN (SELECT name FROM named WHERE kind = ?) ORDER BY path",
            (kind,),
        )
        return (str(path) for (path,) in found)
