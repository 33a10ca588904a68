"""The files of an archive with size and hash, listed in a file, so that many are not held together."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from weltoffen_eval.errors import CallError, SurroundingsError, visible
from weltoffen_eval.publish.keeping.manifest import hash_file


@dataclass(frozen=True)
class ArchivedFile:
    """A file: its path in the archive, where it lies, its size in bytes, its SHA-256."""

    path: str
    source: str
    size: int
    sha256: str


class FileList:
    """Files in an order; gone through as often as needed. ``file``: where the list is kept."""

    def __init__(self, file: Path, found: Iterable[tuple[str, Path]]):
        """List files: the path of each in the archive, and where it lies.

        Raises
        ------
        SurroundingsError
            If one cannot be read.
        """
        self._file = file
        with file.open("w", encoding="utf-8") as stream:
            for path, source in found:
                digest = hash_file(source)
                if digest is None:
                    raise SurroundingsError(f"{visible(str(source))} is not there any more.")
                one = ArchivedFile(path, str(source), source.stat().st_size, digest)
                stream.write(json.dumps(astuple(one)) + "\n")

    def __iter__(self) -> Iterator[ArchivedFile]:
        with self._file.open(encoding="utf-8") as stream:
            for line in stream:
                yield ArchivedFile(*json.loads(line))


def files_in_order(folder: Path, prefix: str, without: tuple[str, ...] = ()) -> Iterator[tuple[str, Path]]:
    """The ordinary files below a folder, in the order of their paths, each under a path that begins so.

    Hidden ones, backups of editors (``~``) and names in ``without`` are left out, and so are links.

    Raises
    ------
    CallError
        If a file has a name that not every system can have beside the others.
    SurroundingsError
        If a folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.name.startswith((".", "~"))]
    except OSError as error:
        raise SurroundingsError(
            f"{visible(str(folder))} cannot be read: {error.strerror or error}."
        ) from error
    named: dict[str, str] = {}
    # a folder stands where the paths of what is in it do
    keyed = {f"{one.name}/" if one.is_dir(follow_symlinks=False) else one.name: one for one in found}
    for key in sorted(keyed):
        entry = keyed[key]
        if entry.is_symlink() or entry.name in without:
            continue
        _check_name(entry.path, entry.name, named.setdefault(entry.name.casefold(), entry.name))
        path = f"{prefix}/{entry.name}"
        if key.endswith("/"):
            yield from files_in_order(Path(entry.path), path, without)
        elif entry.is_file():
            yield path, Path(entry.path)


def _check_name(path: str, name: str, first: str) -> None:
    """``first``: that of the files beside it which has this name in small letters."""
    why = ""
    if first != name:
        why = f"has the name of {first} but for large and small letters"
    elif "\\" in name:
        why = "has a backslash in its name, which other systems take for a folder"
    elif not _is_text(name):
        why = "has a name that is no text in UTF-8"
    if why:
        raise CallError(f"{visible(path)} {why}: it cannot be archived. Give it another name.")


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
