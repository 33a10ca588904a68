"""A bag read with distrust: every file is held against its hash, however many there are."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from weltoffen_eval.errors import CallError, SurroundingsError, visible
from weltoffen_eval.publish.keeping.bag import (
    DECLARATION,
    LAYOUT,
    LAYOUT_KEY,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
)
from weltoffen_eval.publish.keeping.sorted_lines import SortedLines
from weltoffen_eval.publish.keeping.zip_reading import DamagedError, ReadZip, UnsafeArchiveError

#: Of one tag file that is held in memory, and of a line of a manifest, which has a path.
_MOST_TAG, _LONGEST_LINE = 16 * 2**20, 1 << 17
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a file of a bag."""

    path: str
    found: str


class Bag:
    """An opened bag. ``name``: its folder in the zip; ``count``: of its files; ``info``: of bag-info.txt."""

    def __init__(self, path: Path):
        """Open it.

        Raises
        ------
        CallError
            If there is no such file, or it is no zip.
        UnsafeArchiveError
            If an entry could do harm, or it is no bag of ours.
        """
        check_ordinary(path)
        self._zip = ReadZip(path)
        self.count = self._zip.count
        try:
            self.name = self._only_folder()
            self.info = self._read_info()
        except UnsafeArchiveError:
            self._zip.close()
            raise

    def __enter__(self) -> Bag:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _only_folder(self) -> str:
        top = next(self._zip.names(), "").partition("/")[0]
        if not top or any(not name.startswith(f"{top}/") for name in self._zip.names()):
            raise UnsafeArchiveError("The zip file holds no folder, or more than one folder; a bag is one.")
        return top

    def _read_info(self) -> dict[str, str]:
        if not self._has("bag-info.txt"):
            raise UnsafeArchiveError("It is no bag: bag-info.txt is missing.")
        try:
            text = self._read("bag-info.txt").decode("utf-8")
        except ValueError as error:
            raise UnsafeArchiveError("bag-info.txt is damaged.") from error
        pairs = (line.partition(": ") for line in text.splitlines())
        return {key: value for key, _, value in pairs}

    def paths(self) -> Iterator[str]:
        """The paths of all files in the bag, in their order."""
        return (name.partition("/")[2] for name in self._zip.names())

    def parts(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, part by part; a DamagedError where they are not whole."""
        return self._zip.parts(f"{self.name}/{path}")

    def _has(self, path: str) -> bool:
        return self._zip.size(f"{self.name}/{path}") is not None

    def _read(self, path: str) -> bytes:
        """A file as a whole; not for what may be large."""
        if (self._zip.size(f"{self.name}/{path}") or 0) > _MOST_TAG:
            raise UnsafeArchiveError(f"{visible(path)} is larger than a file of its kind can be.")
        return b"".join(self.parts(path))

    def payload(self) -> Iterator[tuple[str, str]]:
        """The path below ``data/`` and the SHA-256 of each file there, as the manifest says it."""
        for line in _lines(self.parts(MANIFEST)):
            listed = _listed(line)
            if listed is not None:
                yield listed[0].removeprefix(PAYLOAD), listed[1]

    def flaws(self) -> list[Flaw]:
        """Everything that is not as the manifests say: files changed, missing, added, damaged."""
        told, _, digest = self._zip.comment.decode("ascii", errors="replace").partition(" ")
        if told == TAG_MANIFEST and self._hash(TAG_MANIFEST) != digest:
            # what it says of others is worth nothing then
            return [Flaw(TAG_MANIFEST, "changed" if self._has(TAG_MANIFEST) else "missing")]
        found = {*self._flaws_of(TAG_MANIFEST, tags=True), *self._flaws_of(MANIFEST, tags=False)}
        if self._has("bagit.txt") and self._hash("bagit.txt") != _hash_text(DECLARATION):
            found.add(Flaw("bagit.txt", "not the declaration of a bag"))
        if self.info.get(LAYOUT_KEY) != LAYOUT:
            said = self.info.get(LAYOUT_KEY, "nothing")
            found.add(Flaw("bag-info.txt", f"{LAYOUT_KEY} is {visible(said)}; this version reads {LAYOUT}"))
        return sorted(found, key=lambda flaw: (flaw.path, flaw.found))

    def _flaws_of(self, manifest: str, tags: bool) -> Iterator[Flaw]:
        if not self._has(manifest):
            yield Flaw(manifest, "missing")
            return
        with SortedLines(_path_of) as listed:
            try:
                for number, line in enumerate(_lines(self.parts(manifest)), start=1):
                    entry = _listed(line)
                    if entry is None:
                        yield Flaw(manifest, f"line {number} is no hash with a path")
                        continue
                    path, digest = entry
                    if path.startswith(PAYLOAD) == tags:
                        yield Flaw(
                            manifest, f"line {number} names {visible(path)}, which does not belong there"
                        )
                    listed.add(f"{line.partition('  ')[2]}\n")
                    found = self._hash(path)
                    if found != digest:
                        yield Flaw(
                            path, "missing" if not found else "changed" if found != "damaged" else found
                        )
            except ValueError:
                yield Flaw(manifest, "damaged")
                return
            there = (p for p in self.paths() if p.startswith(PAYLOAD) != tags and p != TAG_MANIFEST)
            yield from _unlike(manifest, map(_path_of, listed), there)

    def _hash(self, path: str) -> str:
        if not self._has(path):
            return ""
        digest = hashlib.sha256()
        try:
            for part in self.parts(path):
                digest.update(part)
        except DamagedError:
            return "damaged"
        return digest.hexdigest()

    def extract(self, folder: Path, below: str = PAYLOAD) -> None:
        """Put the files below a path into a folder, under what is left of their paths.

        Raises
        ------
        SurroundingsError
            If one cannot be written.
        UnsafeArchiveError
            If one is damaged.
        """
        for path in self.paths():
            if path.startswith(below):
                target = folder / path.removeprefix(below)
                try:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("wb") as stream:
                        stream.writelines(self.parts(path))
                except OSError as error:
                    reason = error.strerror or error
                    raise SurroundingsError(f"{visible(path)} cannot be unpacked: {reason}.") from error
                except DamagedError as error:
                    raise UnsafeArchiveError(f"{visible(path)} in the zip file is damaged.") from error


def _unlike(manifest: str, listed: Iterable[str], there: Iterable[str]) -> Iterator[Flaw]:
    """What is listed twice, and what is there and not listed; both in their order."""
    rest = iter(listed)
    last, name = "", next(rest, "")
    for path in there:
        while name and name <= path:
            if name == last:
                yield Flaw(manifest, f"names {visible(name)} a second time")
            last, name = name, next(rest, "")
        if last != path:
            yield Flaw(path, "not in the manifest: it was added")


def _lines(parts: Iterable[bytes]) -> Iterator[str]:
    """The lines of a text in UTF-8; a ValueError where it is none, or where one has no end."""
    rest = b""
    for part in parts:
        *whole, rest = (rest + part).split(b"\n")
        yield from (line.decode().removesuffix("\r") for line in whole)
        if len(rest) > _LONGEST_LINE:
            raise ValueError("a line without an end")
    if rest:
        yield rest.decode()


def _path_of(line: str) -> str:
    """The path that stands encoded in a line of its own."""
    return line.removesuffix("\n").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def _listed(line: str) -> tuple[str, str] | None:
    """The path and the hash of a line of a manifest; None where it is none."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    return _path_of(match[2]), match[1]


def check_ordinary(path: Path) -> None:
    """Raise CallError for what is no ordinary file: a pipe would never answer, a device never end."""
    try:
        ordinary = path.is_file()
    except (OSError, ValueError):
        ordinary = False
    if not ordinary:
        what = "no ordinary file; it was not opened" if os.path.lexists(path) else "not there"
        raise CallError(f"{visible(str(path))} is {what}.")


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
