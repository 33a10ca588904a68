"""Archives for tests: the one kept from the first layout, and files of one changed with every hash made right."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from places import REFERENCE, ROOT

from weltoffen_eval.publish.keeping.bag import Member, write_bag

LAYOUT_1 = REFERENCE / "archives" / "layout-1.zip"


def own_project(folder: Path) -> Path:
    """A project with a copy of the example, into which a run for the public may write its ledger."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "data" / "raw" / "beispiel", folder / "data" / "raw" / "beispiel")
    return folder


def payload_of(path: Path) -> dict[str, bytes]:
    """What lies below ``data/`` in an archive, by its path there."""
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if "/data/" in name]
        return {name.partition("/data/")[2]: opened.read(name) for name in names}


def laid_out(folder: Path) -> Path:
    """The kept archive's files in a folder."""
    for name, content in payload_of(LAYOUT_1).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def changed_archive(out: Path, changes: Mapping[str, bytes | None], source: Path = LAYOUT_1) -> Path:
    """An archive with other contents of some files (None: without the file), in which every hash is right.

    Only what the change itself makes untrue is untrue in it: manifest of the reports, crate, data package and
    bag name the files as they are now.
    """
    kept = payload_of(source)
    files = {name: content for name, content in kept.items() if name not in changes}
    files |= {name: content for name, content in changes.items() if content is not None}
    named = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}

    def put(name: str, content: object) -> None:
        if name not in changes:
            files[name] = json.dumps(content, ensure_ascii=False).encode()
            named[name] = hashlib.sha256(files[name]).hexdigest()

    manifest = json.loads(kept["reports/manifest.json"])
    for entry in manifest["reports"].values():
        entry["files"] = {
            path: named[f"reports/{path}"] for path in entry["files"] if f"reports/{path}" in named
        }
    put("reports/manifest.json", manifest)
    package = json.loads(kept["datapackage.json"])
    for resource in package["resources"]:
        resource["hash"] = f"sha256:{named[resource['path']]}"
    put("datapackage.json", package)
    crate = json.loads(kept["ro-crate-metadata.json"])
    graph = [one for one in crate["@graph"] if one["@type"] != "File" or one["@id"] in named]
    for entity in graph:
        if entity["@type"] == "File":
            entity["sha256"] = named[entity["@id"]]
        if entity["@type"] == "CreateAction":
            entity["result"] = [one for one in entity["result"] if one["@id"] in named]
    put("ro-crate-metadata.json", {**crate, "@graph": graph})
    members = [Member(path, content) for path, content in files.items()]
    write_bag(out, "mini", members, {"Weltoffen-Audience": "internal"})
    return out
