"""The RO-Crate of an archive: what each file is, and which notebook made which report from what.

Sources: RO-Crate 1.1 (https://w3id.org/ro/crate/1.1); Process Run Crate 0.5
(https://w3id.org/ro/wfrun/process/0.5).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_CRATE = "https://w3id.org/ro/crate/1.1"
_PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
#: Kinds of file by ending.
MEDIA_TYPES = {
    ".csv": "text/csv", ".html": "text/html", ".json": "application/json",
    ".ipynb": "application/x-ipynb+json",
    ".pdf": "application/pdf", ".toml": "application/toml", ".txt": "text/plain", ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet", ".svg": "image/svg+xml", ".xml": "application/xml",
    ".whl": "application/zip", ".lock": "application/toml", ".yml": "application/yaml",
}  # fmt: skip
_OTHER = "application/octet-stream"


@dataclass(frozen=True)
class CrateFile:
    """A file of the crate: its path, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Action:
    """How a report came about: an id, its title, the files it was made from and those it became."""

    id: str
    title: str
    made_from: Sequence[str]
    made: Sequence[str]


@dataclass(frozen=True)
class CrateText:
    """What the crate says of itself.

    ``date``: of the data, as a day. ``licence``: its SPDX id. ``software``, ``version``: of the program.
    """

    title: str
    description: str
    date: str
    licence: str
    creators: Sequence[str]
    keywords: Sequence[str]
    software: str
    version: str
    software_licence: str


def crate_parts(
    text: CrateText, files: Callable[[], Iterable[CrateFile]], actions: Callable[[], Iterable[Action]]
) -> Iterator[bytes]:
    """The bytes of ro-crate-metadata.json, piece by piece, so that a large one is never held as a whole.

    ``files`` and ``actions`` are called twice, and must give the same each time.
    """
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n'.encode()
    yield _line(_descriptor())
    yield b",\n"
    yield from _root(text, files(), actions())
    for entity in _around(text):
        yield b",\n" + _line(entity)
    for file in files():
        yield b",\n" + _line(_file(file))
    for action in actions():
        yield b",\n" + _line(_action(text, action))
    yield b"\n]}\n"


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _id(path: str) -> str:
    """A path as the id of an entity, a relative address."""
    return quote(path, safe="/-_.~")


def _references(ids: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": name} for name in ids]


def _licence_id(licence: str) -> str:
    known = licence and " " not in licence and "/" not in licence
    return f"https://spdx.org/licenses/{quote(licence)}" if known else "#licence"


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CRATE},
    }


def _root(text: CrateText, files: Iterable[CrateFile], actions: Iterable[Action]) -> Iterator[bytes]:
    """The entity of the whole, which names every file and every action; as _line writes it."""
    told = {
        "@id": "./",
        "@type": "Dataset",
        "name": text.title,
        "description": text.description,
        "datePublished": text.date,
        "license": {"@id": _licence_id(text.licence)},
        "conformsTo": {"@id": _PROCESS},
        "creator": _references(f"#creator-{n}" for n, _ in enumerate(text.creators, start=1)),
        "keywords": ", ".join(text.keywords),
    }
    long = {
        "hasPart": (_id(file.path) for file in files),
        "mentions": (f"#{_id(action.id)}" for action in actions),
    }
    before = b"{"
    for name in sorted({*told, *long}):
        yield before + f"{json.dumps(name)}: ".encode()
        before = b", "
        if name not in long:
            yield _line(told[name])
            continue
        yield b"["
        for number, reference in enumerate(long[name]):
            yield (b", " if number else b"") + _line({"@id": reference})
        yield b"]"
    yield b"}"


def _around(text: CrateText) -> Iterator[dict[str, Any]]:
    """What files and actions refer to: profile, licences, creators, the program."""
    yield {"@id": _PROCESS, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    name = text.licence or "no licence is named"
    described = f"The licence of the study's data, as its folder names it: {name}."
    yield {
        "@id": _licence_id(text.licence), "@type": "CreativeWork", "name": name, "description": described,
    }  # fmt: skip
    for number, creator in enumerate(text.creators, start=1):
        yield {"@id": f"#creator-{number}", "@type": "Organization", "name": creator}
    yield {
        "@id": "#software",
        "@type": "SoftwareApplication",
        "name": text.software,
        "softwareVersion": text.version,
        "version": text.version,
        "url": "https://pypi.org/project/weltoffen-eval/",
        "license": text.software_licence,
    }


def _file(file: CrateFile) -> dict[str, Any]:
    ending = "." + file.path.rpartition(".")[2].lower()
    return {
        "@id": _id(file.path),
        "@type": "File",
        "name": file.path.rpartition("/")[2],
        "contentSize": str(file.size),
        "encodingFormat": MEDIA_TYPES.get(ending, _OTHER),
        "sha256": file.sha256,
    }


def _action(text: CrateText, action: Action) -> dict[str, Any]:
    return {
        "@id": f"#{_id(action.id)}",
        "@type": "CreateAction",
        "name": action.title,
        "instrument": {"@id": "#software"},
        "object": _references(map(_id, action.made_from)),
        "result": _references(map(_id, action.made)),
        "endTime": text.date,
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }
