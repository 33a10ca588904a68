"""What changed between two archives or two folders of reports, by cause, down to the number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import CallError, visible
from weltoffen_eval.publish.keeping.bag_check import Bag
from weltoffen_eval.publish.keeping.comparing_files import DIFFERENT, IDENTICAL, compare_folders

#: What can make a report another, with the folders or files of an archive that hold it.
CAUSES: Mapping[str, tuple[str, ...]] = {
    "data": ("study",),
    "instrument": ("instrument",),
    "scheme": ("scheme.toml",),
    "code": ("notebooks", "software/weltoffen_eval-"),
    "environment": ("software/requirements.txt", "software/uv.lock"),
}
_NUMBERS = ("value", "low", "high", "n")


@dataclass(frozen=True)
class ChangedNumber:
    """A number of a report that is another now, or is new or gone (None)."""

    report: str
    key: str
    before: float | None
    after: float | None


@dataclass
class WhatChanged:
    """By cause the files that differ (None for folders); the reports that do, and their numbers."""

    causes: dict[str, list[str]] | None = None
    reports: list[str] = field(default_factory=list)
    numbers: list[ChangedNumber] = field(default_factory=list)


def compare(first: Path, second: Path, work: Path) -> WhatChanged:
    """What changed from one to the other; each an archive, or a folder of reports.

    Raises
    ------
    CallError
        If one is neither.
    """
    one, other = _opened(first, work / "first"), _opened(second, work / "second")
    found = WhatChanged()
    if (one / "bag").is_dir() and (other / "bag").is_dir():
        found.causes = {cause: list(_changed(one / "bag", other / "bag", cause)) for cause in CAUSES}
    before, after = _reports_in(one), _reports_in(other)
    found.reports = [c.path for c in compare_folders(before, after, ("run.json",)) if c.state != IDENTICAL]
    twins = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*.json")
        if path.name not in ("manifest.json", "run.json")
    }
    for name in sorted(twins):
        found.numbers += _changed_numbers(name, _twin(before / name), _twin(after / name))
    return found


def _opened(path: Path, work: Path) -> Path:
    """A folder in which reports lie under ``reports`` and all of an archive under ``bag``."""
    if path.is_dir():
        if not (path / "manifest.json").is_file():
            raise CallError(f"{visible(str(path))} is no folder of reports: it has no manifest.json.")
        work.mkdir(parents=True)
        (work / "reports").symlink_to(path.resolve(), target_is_directory=True)
        return work
    with Bag(path) as bag:
        bag.extract(work / "bag")
    return work


def _reports_in(opened: Path) -> Path:
    return opened / "reports" if (opened / "reports").exists() else opened / "bag" / "reports"


def _changed(one: Path, other: Path, cause: str) -> Iterator[str]:
    for compared in compare_folders(one, other):
        if compared.state != IDENTICAL and compared.path.startswith(CAUSES[cause]):
            where = f" at {compared.where}" if compared.where else ""
            yield f"{compared.path} ({'changed' if compared.state == DIFFERENT else compared.state}){where}"


def _twin(path: Path) -> dict[str, Any]:
    try:
        twin = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return twin if isinstance(twin, dict) else {}


def _changed_numbers(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[ChangedNumber]:
    old, new = (
        {
            f"{finding['key']}.{number}": finding.get(number)
            for finding in twin.get("findings", ())
            for number in _NUMBERS
        }
        for twin in (before, after)
    )
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield ChangedNumber(name, key.removesuffix(".value"), old.get(key), new.get(key))
