"""What changed between two archives or two folders of reports, by cause, down to the number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import CallError, visible
from weltoffen_eval.publish.keeping.bag_check import Bag
from weltoffen_eval.publish.keeping.comparing_files import IDENTICAL, MISSING, NEW, compare_folders
from weltoffen_eval.publish.keeping.manifest import hash_file
from weltoffen_eval.runs.changed_files import changes_within

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


@dataclass(frozen=True)
class ChangedFile:
    """A file that is another now. ``state``: changed, missing, new; ``within``: what of it, a phrase each."""

    path: str
    state: str
    within: list[str]


@dataclass
class WhatChanged:
    """By cause the files that differ (None for folders); the reports that do, and their numbers."""

    causes: dict[str, list[ChangedFile]] | None = None
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
        found.causes = _by_cause(one / "bag", other / "bag")
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


def _by_cause(one: Path, other: Path) -> dict[str, list[ChangedFile]]:
    found: dict[str, list[ChangedFile]] = {cause: [] for cause in CAUSES}
    known = _of_other_causes(one) | _of_other_causes(other)
    for compared in compare_folders(one, other):
        path = compared.path
        cause = next((cause for cause, of in CAUSES.items() if path.startswith(of)), "")
        if compared.state == IDENTICAL or not cause or path in known:
            continue
        if compared.state in (MISSING, NEW):
            found[cause].append(ChangedFile(path, compared.state, []))
        else:
            within = changes_within(one / path, other / path, values=cause != "data")
            found[cause].append(ChangedFile(path, "changed", within))
    return found


def _of_other_causes(bag: Path) -> set[str]:
    """The files of a study that are its questionnaire or scheme, which stand in the archive by themselves."""
    asked = {path.relative_to(bag / "instrument").as_posix() for path in (bag / "instrument").glob("*/*")}
    rules = hash_file(bag / "scheme.toml")
    found = set()
    for path in (bag / "study").rglob("*"):
        of_questionnaire = "/".join(path.parts[-2:]) in asked
        if path.is_file() and (of_questionnaire or (path.suffix == ".toml" and hash_file(path) == rules)):
            found.add(path.relative_to(bag).as_posix())
    return found


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
