"""What is another within a file of an archive: cells, entries, libraries, modules of the program."""

from __future__ import annotations

import json
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import visible
from weltoffen_eval.publish.keeping.comparing_files import csv_rows, unlike

#: The columns that say whose row it is, the first that is there.
_WHOSE = ("municipality", "item")


def changes_within(before: Path, after: Path, values: bool = True) -> list[str]:
    """What differs in two states of a file, a phrase each; nothing where its kind does not tell.

    ``values``: whether what stands in a cell is told; not of data, since it may be what a person answered.
    """
    kinds: dict[str, Callable[[Path, Path], Iterator[str]]] = {
        ".csv": partial(_cells, values=values), ".toml": _entries, ".json": _entries, ".txt": _lines,
        ".whl": _modules,
    }  # fmt: skip
    kind = kinds.get(before.suffix)
    try:
        return list(kind(before, after)) if kind else []
    except (ValueError, OSError, zipfile.BadZipFile, RecursionError):
        # that it is another file is told anyway
        return []


def _cells(before: Path, after: Path, values: bool) -> Iterator[str]:
    """Each changed cell with its row, its column and whose it is; else whose rows are others."""
    old, new = csv_rows(before.read_bytes()), csv_rows(after.read_bytes())
    head = old[0] if old else []
    if old[:1] == new[:1] and [len(row) for row in old] == [len(row) for row in new]:
        for number, (one, other) in enumerate(zip(old, new, strict=True), start=1):
            for place, (left, right) in enumerate(zip(one, other, strict=True)):
                if left != right:
                    column = head[place] if place < len(head) else str(place + 1)
                    whose = _whose(head, one)
                    told = f": {_told(left)} → {_told(right)}" if values else ""
                    yield f"row {number}, column {visible(column)}{whose}{told}"
        return
    if old[:1] != new[:1]:
        yield "other columns: " + ", ".join(sorted({*head} ^ {*(new[0] if new else [])}) or ["their order"])
    for what, rows in (
        ("gone", Counter(map(tuple, old[1:])) - Counter(map(tuple, new[1:]))),
        ("new", Counter(map(tuple, new[1:])) - Counter(map(tuple, old[1:]))),
    ):
        named = Counter(_whose(head, row) for row in rows.elements())
        yield from (f"{count} rows{whose} {what}" for whose, count in sorted(named.items()))


def _whose(head: Sequence[str], row: Sequence[str]) -> str:
    at = next((head.index(name) for name in _WHOSE if name in head), len(row))
    return f" of {visible(row[at])}" if at < len(row) else ""


def _entries(before: Path, after: Path) -> Iterator[str]:
    read: Any = tomllib.loads if before.suffix == ".toml" else json.loads
    pairs = unlike(read(before.read_text(encoding="utf-8")), read(after.read_text(encoding="utf-8")))
    found = [visible(place.removeprefix("/")) for place, _ in pairs]
    yield from found or ["the same entries, written otherwise"]


def _lines(before: Path, after: Path) -> Iterator[str]:
    """Versions of libraries that are others; of other texts the lines."""
    old, new = (dict(_named(path.read_text(encoding="utf-8"))) for path in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"{visible(name)}: {old.get(name, 'nothing')} → {new.get(name, 'nothing')}"


def _named(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        name, _, version = line.partition("==")
        yield name, version or "there"


def _modules(before: Path, after: Path) -> Iterator[str]:
    """Files of the program that are others; what lists them all tells nothing more."""
    old, new = (_checked(path) for path in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name) and not name.endswith("/RECORD"):
            yield visible(name) + (
                "" if name in old and name in new else " is gone" if name in old else " is new"
            )


def _checked(wheel: Path) -> dict[str, tuple[int, int]]:
    with zipfile.ZipFile(wheel) as opened:
        return {entry.filename: (entry.CRC, entry.file_size) for entry in opened.infolist()}


def _told(text: str) -> str:
    return visible(json.dumps(text if len(text) <= 60 else f"{text[:57]}…", ensure_ascii=False))
