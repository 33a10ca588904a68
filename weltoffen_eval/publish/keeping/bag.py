"""A BagIt bag in one zip file: the same bytes for the same content, written streaming.

Source: RFC 8493, The BagIt File Packaging Format (V1.0).
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.whole_files import put_whole
from weltoffen_eval.zip_files import fixed_entry

#: The version of our own layout inside the bag.
LAYOUT, LAYOUT_KEY = "1", "Weltoffen-Archive"
PAYLOAD = "data/"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Member:
    """One file of the bag: its path below ``data/`` and where it comes from, a file or bytes."""

    path: str
    source: Path | bytes

    def parts(self) -> Iterator[bytes]:
        """Its bytes, part by part."""
        if isinstance(self.source, bytes):
            yield self.source
            return
        try:
            with self.source.open("rb") as stream:
                while part := stream.read(_AT_ONCE):
                    yield part
        except OSError as error:
            raise SurroundingsError(f"{self.source} cannot be read: {error.strerror or error}.") from error


def write_bag(
    out: Path,
    name: str,
    members: Iterable[Member],
    info: Mapping[str, str],
    tags: Mapping[str, bytes] | None = None,
) -> int:
    """Write a bag as a zip file that is final or absent, never half.

    Parameters
    ----------
    name : the folder in the zip that is the bag
    members : its payload, in the order in which it is written; each path once
    info : of bag-info.txt; what counts the payload is added
    tags : other files beside the payload, by path

    Returns
    -------
    int
        How many files the payload has.

    Raises
    ------
    SurroundingsError
        If a file cannot be read, or the zip cannot be written.
    """

    def write(stream: IO[bytes]) -> int:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            return _fill(archive, name, members, info, tags or {})

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return put_whole(out, write)
    except OSError as error:
        raise SurroundingsError(f"{out} cannot be written: {error.strerror or error}.") from error


def _fill(
    archive: zipfile.ZipFile,
    name: str,
    members: Iterable[Member],
    info: Mapping[str, str],
    tags: Mapping[str, bytes],
) -> int:
    lines: list[str] = []
    seen: set[str] = set()
    size = 0
    for member in members:
        path = PAYLOAD + member.path
        if path in seen:
            raise ValueError(f"{path} twice in a bag")
        seen.add(path)
        digest, written = _add(archive, f"{name}/{path}", member.parts())
        lines.append(f"{digest}  {_encoded(path)}\n")
        size += written
    about = {**info, "Payload-Oxum": f"{size}.{len(lines)}", LAYOUT_KEY: LAYOUT}
    of_tags = {
        "bagit.txt": DECLARATION.encode(),
        "bag-info.txt": "".join(f"{key}: {_one_line(about[key])}\n" for key in sorted(about)).encode(),
        MANIFEST: "".join(sorted(lines, key=lambda line: line.partition("  ")[2])).encode(),
        **tags,
    }
    hashes = [
        f"{_add(archive, f'{name}/{path}', [of_tags[path]])[0]}  {_encoded(path)}\n"
        for path in sorted(of_tags)
    ]
    digest, _ = _add(archive, f"{name}/{TAG_MANIFEST}", ["".join(hashes).encode()])
    # what names all others is named by nothing in a bag
    archive.comment = f"{TAG_MANIFEST} {digest}".encode()
    return len(lines)


def _add(archive: zipfile.ZipFile, path: str, parts: Iterable[bytes]) -> tuple[str, int]:
    """Write one file into the zip; its SHA-256 and its size."""
    digest, size = hashlib.sha256(), 0
    with archive.open(fixed_entry(path), "w", force_zip64=True) as stream:
        for part in parts:
            digest.update(part)
            size += len(part)
            stream.write(part)
    return digest.hexdigest(), size


def _encoded(path: str) -> str:
    """A path as it stands in a manifest, where line ends and the percent sign are encoded."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _one_line(text: str) -> str:
    return " ".join(text.split())
