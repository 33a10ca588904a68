"""Whether what describes an archive agrees with its files: manifest of the reports, crate, data package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from weltoffen_eval.publish.keeping.data_package import DESCRIPTION
from weltoffen_eval.publish.keeping.json_members import entries, members
from weltoffen_eval.publish.keeping.told_hashes import ToldHashes
from weltoffen_eval.runs.verdict import Checked, none_of

MANIFEST, CRATE = "reports/manifest.json", "ro-crate-metadata.json"
#: Reports as people read them.
_READ = (".html", ".pdf", ".docx")
#: Of the whole crate, which name every file and every action.
_LONG = ("hasPart", "mentions")
_FILE, _ACTION = "File", "CreateAction"


def described_alike(work: Path, told: ToldHashes) -> Iterator[Checked]:
    """Each description held against the files, a check each; all are read part by part.

    Parameters
    ----------
    work : the folder of what lies below ``data/``
    told : the hash of each file there, which is known to have it
    """
    lacking = [name for name in (MANIFEST, CRATE, DESCRIPTION) if not told.of(name)]
    yield none_of("files that describe the archive are there", 3, lacking)
    if lacking:
        return
    yield from _manifest(work, told)
    yield from _crate(work, told)
    resources = list(entries(work / DESCRIPTION, "resources"))
    wrong = [one["path"] for one in resources if f"sha256:{told.of(str(one['path']))}" != one["hash"]]
    yield none_of("tables have the hashes of the data package", len(resources), wrong)


def _manifest(work: Path, told: ToldHashes) -> Iterator[Checked]:
    wrong: list[str] = []
    bare: list[str] = []
    count = pages = 0
    for _, entry in _reports(work):
        for path, digest in entry["files"].items():
            count += 1
            if told.of(f"reports/{path}") != digest:
                wrong.append(path)
            if path.endswith(_READ):
                pages += 1
                if not told.of(f"reports/{path.rpartition('.')[0]}.json"):
                    bare.append(path)
    yield none_of("reports have the hashes of their manifest", count, wrong)
    yield none_of("reports that people read have a twin", pages, bare)


def _crate(work: Path, told: ToldHashes) -> Iterator[Checked]:
    other: list[str] = []
    wrong: list[str] = []
    count = actions = 0
    for entity in entries(work / CRATE, "@graph", without=_LONG):
        kind = entity.get("@type")
        if kind == _FILE:
            path, digest = unquote(str(entity["@id"])), told.of(unquote(str(entity["@id"])))
            told.name(_FILE, path)
            count += 1
            if not digest or path == CRATE:
                other.append(path)
            elif entity.get("sha256") and entity["sha256"] != digest:
                wrong.append(path)
        elif kind == _ACTION:
            actions += told.said(_ACTION, str(entity["@id"])) is None
            made = (unquote(str(one["@id"])) for one in entity.get("result", ()))
            told.name(_ACTION, str(entity["@id"]), _as_one(made))
    other += [path for path in told.unnamed(_FILE) if path != CRATE]
    yield none_of("files are in the crate, and none else", told.count - 1, other)
    yield none_of("files have the hashes of the crate", count, wrong)
    wrong = [
        name
        for name, entry in _reports(work)
        if told.said(_ACTION, f"#{quote(f'report/{name}')}")
        != _as_one(f"reports/{path}" for path in entry["files"])
    ]
    yield none_of("actions of the crate made the files of the manifest", actions, wrong)


def _reports(work: Path) -> Iterator[tuple[str, Any]]:
    """The reports that the manifest names, each with what it says of it."""
    return members(work / MANIFEST, "reports")


def _as_one(paths: Iterable[str]) -> str:
    """One text by which sets of paths are told apart."""
    return hashlib.sha256(json.dumps(sorted(set(paths))).encode()).hexdigest()
