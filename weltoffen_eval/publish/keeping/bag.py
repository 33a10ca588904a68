"""A BagIt bag in one zip file: the same bytes for the same content, written streaming.

Source: RFC 8493, The BagIt File Packaging Format (V1.0).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.growing_zip import GrowingZip
from weltoffen_eval.publish.keeping.sorted_lines import SortedLines
from weltoffen_eval.whole_files import parts_of_the_dead, put_whole

#: The version of our own layout inside the bag.
LAYOUT, LAYOUT_KEY = "1", "Weltoffen-Archive"
PAYLOAD = "data/"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Member:
    """One file of the bag: its path below ``data/`` and where it comes from, a file or bytes.

    ``sha256``: what it must have, where that was told before it is written.
    """

    path: str
    source: Path | bytes
    sha256: str = ""

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
    tags: Mapping[str, Path | bytes] | None = None,
) -> int:
    """Write a bag as a zip file that is final or absent, never half.

    Parameters
    ----------
    name : the folder in the zip that is the bag
    members : its payload, in the order in which it is written; each path once. In the order of their paths,
        they are never held together
    info : of bag-info.txt; what counts the payload is added
    tags : other files beside the payload, by path

    Returns
    -------
    int
        How many files the payload has.

    Raises
    ------
    SurroundingsError
        If a file cannot be read or changes meanwhile, or the zip cannot be written.
    """

    def write(stream: IO[bytes]) -> int:
        with GrowingZip(stream) as archive, SortedLines(_path_in) as lines:
            return _fill(archive, lines, name, members, info, tags or {})

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for left in parts_of_the_dead(out.parent, out.name):
            left.unlink(missing_ok=True)
        return put_whole(out, write)
    except OSError as error:
        raise SurroundingsError(f"{out} cannot be written: {error.strerror or error}.") from error


def _fill(
    archive: GrowingZip,
    lines: SortedLines,
    name: str,
    members: Iterable[Member],
    info: Mapping[str, str],
    tags: Mapping[str, Path | bytes],
) -> int:
    size = 0
    for member in members:
        path = PAYLOAD + member.path
        digest, written = _add(archive, f"{name}/{path}", member.parts)
        if member.sha256 not in ("", digest):
            raise SurroundingsError(f"{member.path} was changed while it was archived; archive it again.")
        lines.add(f"{digest}  {_encoded(path)}\n")
        size += written
    about = {**info, "Payload-Oxum": f"{size}.{len(lines)}", LAYOUT_KEY: LAYOUT}
    of_tags: dict[str, Callable[[], Iterable[bytes]]] = {
        "bagit.txt": lambda: [DECLARATION.encode()],
        "bag-info.txt": lambda: (f"{key}: {_one_line(about[key])}\n".encode() for key in sorted(about)),
        MANIFEST: lambda: _each_once(lines),
        **{path: Member(path, source).parts for path, source in tags.items()},
    }
    hashes = [
        f"{_add(archive, f'{name}/{path}', of_tags[path])[0]}  {_encoded(path)}\n".encode()
        for path in sorted(of_tags)
    ]
    digest, _ = _add(archive, f"{name}/{TAG_MANIFEST}", lambda: hashes)
    # what names all others is named by nothing in a bag
    archive.finish(f"{TAG_MANIFEST} {digest}".encode())
    return len(lines)


def _add(archive: GrowingZip, path: str, parts: Callable[[], Iterable[bytes]]) -> tuple[str, int]:
    """Write one file into the zip; its SHA-256 and its size."""
    digest, size = hashlib.sha256(), 0

    def hashed() -> Iterator[bytes]:
        nonlocal digest, size
        digest, size = hashlib.sha256(), 0
        for part in parts():
            digest.update(part)
            size += len(part)
            yield part

    archive.add(path, hashed)
    return digest.hexdigest(), size


def _path_in(line: str) -> str:
    """The path in a line of a manifest."""
    return line.partition("  ")[2]


def _each_once(lines: SortedLines) -> Iterator[bytes]:
    last = ""
    for line in lines:
        if _path_in(line) == last:
            raise ValueError(f"{last.strip()} twice in a bag")
        last = _path_in(line)
        yield line.encode()


def _encoded(path: str) -> str:
    """A path as it stands in a manifest, where line ends and the percent sign are encoded."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _one_line(text: str) -> str:
    return " ".join(text.split())
