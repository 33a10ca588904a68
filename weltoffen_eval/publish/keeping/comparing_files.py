"""Two folders of files compared: identical, equal after rounding, different, missing, new."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weltoffen_eval.publish.keeping.manifest import hash_file

#: Numbers that differ by no more than this share of the larger are equal after rounding.
CLOSE = 1e-9
IDENTICAL, ROUNDED, DIFFERENT, MISSING, NEW = (
    "identical",
    "equal after rounding",
    "different",
    "missing",
    "new",
)


@dataclass(frozen=True)
class Compared:
    """How a file of the first folder stands in the second; ``where``: where they first differ."""

    path: str
    state: str
    where: str = ""


def compare_folders(first: Path, second: Path, without: tuple[str, ...] = ()) -> Iterator[Compared]:
    """Every file of two folders, sorted by path; hidden ones and names in ``without`` are left out."""
    one, other = (_files(folder, without) for folder in (first, second))
    for path in sorted(one.keys() | other.keys()):
        if path not in other:
            yield Compared(path, MISSING)
        elif path not in one:
            yield Compared(path, NEW)
        elif hash_file(one[path]) == hash_file(other[path]):
            yield Compared(path, IDENTICAL)
        else:
            yield _compare(path, one[path].read_bytes(), other[path].read_bytes())


def _files(folder: Path, without: tuple[str, ...]) -> dict[str, Path]:
    found = {}
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts) and parts[-1] not in without:
            found["/".join(parts)] = path
    return found


def _compare(path: str, one: bytes, other: bytes) -> Compared:
    if path.endswith(".json"):
        try:
            pairs = list(unlike(json.loads(one), json.loads(other)))
        except ValueError:
            return Compared(path, DIFFERENT)
    elif path.endswith(".csv"):
        pairs = list(unlike(csv_rows(one), csv_rows(other)))
    else:
        return Compared(path, DIFFERENT)
    if not pairs:
        # the same content, written otherwise
        return Compared(path, ROUNDED)
    far = [place for place, close in pairs if not close]
    return Compared(path, DIFFERENT if far else ROUNDED, far[0] if far else pairs[0][0])


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file of ours, its head among them; parted by semicolons or commas."""
    text = content.decode("utf-8-sig", errors="replace")
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def unlike(one: Any, other: Any, place: str = "") -> Iterator[tuple[str, bool]]:
    """Places at which two documents differ, and whether by rounding only."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            if key in one and key in other:
                yield from unlike(one[key], other[key], f"{place}/{key}")
            else:
                yield f"{place}/{key}", False
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True), start=1):
            yield from unlike(left, right, f"{place}/{number}")
    elif one != other:
        yield f"{place}: {_short(one)} and {_short(other)}", _close(one, other)


def _close(one: Any, other: Any) -> bool:
    try:
        left, right = (float(str(value).replace(",", ".")) for value in (one, other))
    except ValueError:
        return False
    return math.isclose(left, right, rel_tol=CLOSE, abs_tol=CLOSE)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"
