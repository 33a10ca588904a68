"""A bag read with distrust: what is unsafe in the zip is refused, and every file is held against its hash."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from weltoffen_eval.errors import CallError, visible
from weltoffen_eval.publish.keeping.bag import (
    DECLARATION,
    LAYOUT,
    LAYOUT_KEY,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
)

#: Of all files together, unpacked; of one tag file, which is held in memory.
MOST_BYTES, _MOST_TAG = 200 * 2**30, 512 * 2**20
MOST_FILES = 5_000_000
#: So many times smaller than its content no honest file is.
_MOST_RATIO, _FROM_BYTES = 500, 2**20
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_AT_ONCE = 1 << 20


class UnsafeArchiveError(CallError):
    """A zip file that is not opened further; the sentence names the entry."""

    exit_code = 1


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a file of a bag."""

    path: str
    found: str


class Bag:
    """An opened bag. ``name``: its folder in the zip; ``info``: what bag-info.txt says."""

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
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise CallError(f"{visible(str(path))} cannot be read: {error.strerror or error}.") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise UnsafeArchiveError(f"{visible(str(path))} is no zip file, or not a whole one.") from error
        self._entries = _safe_entries(self._zip)
        tops = {name.partition("/")[0] for name in self._entries}
        if len(tops) != 1:
            raise UnsafeArchiveError("The zip file holds more than one folder; a bag is one.")
        self.name = tops.pop()
        self.files = {name.partition("/")[2]: entry for name, entry in self._entries.items()}
        self.info = self._read_info()

    def __enter__(self) -> Bag:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _read_info(self) -> dict[str, str]:
        if "bag-info.txt" not in self.files:
            raise UnsafeArchiveError("It is no bag: bag-info.txt is missing.")
        try:
            text = self.read("bag-info.txt").decode("utf-8")
        except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
            raise UnsafeArchiveError("bag-info.txt is damaged.") from error
        pairs = (line.partition(": ") for line in text.splitlines())
        return {key: value for key, _, value in pairs}

    def read(self, path: str) -> bytes:
        """A file as a whole; not for payload, which may be large."""
        entry = self.files[path]
        if entry.file_size > _MOST_TAG:
            raise UnsafeArchiveError(f"{visible(path)} is larger than a file of its kind can be.")
        return self._zip.read(entry)

    def parts(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, part by part."""
        with self._zip.open(self.files[path]) as stream:
            while part := stream.read(_AT_ONCE):
                yield part

    def payload(self) -> dict[str, str]:
        """The SHA-256 of each file below ``data/``, by its path there, as the manifest says it."""
        lines = self.read(MANIFEST).decode("utf-8").splitlines()
        listed = (_listed(line) for line in lines)
        return {path.removeprefix(PAYLOAD): digest for path, digest in filter(None, listed)}

    def flaws(self) -> list[Flaw]:
        """Everything that is not as the manifests say: files changed, missing, added, damaged."""
        told, _, digest = self._zip.comment.decode("ascii", errors="replace").partition(" ")
        if told == TAG_MANIFEST and self._hash(TAG_MANIFEST) != digest:
            # what it says of others is worth nothing then
            return [Flaw(TAG_MANIFEST, "changed" if TAG_MANIFEST in self.files else "missing")]
        found = list(self._flaws_of(TAG_MANIFEST, tags=True))
        found += self._flaws_of(MANIFEST, tags=False)
        if self.files.get("bagit.txt") and self._hash("bagit.txt") != _hash_text(DECLARATION):
            found.append(Flaw("bagit.txt", "not the declaration of a bag"))
        if self.info.get(LAYOUT_KEY) != LAYOUT:
            said = self.info.get(LAYOUT_KEY, "nothing")
            found.append(
                Flaw("bag-info.txt", f"{LAYOUT_KEY} is {visible(said)}; this version reads {LAYOUT}")
            )
        return sorted(set(found), key=lambda flaw: (flaw.path, flaw.found))

    def _flaws_of(self, manifest: str, tags: bool) -> Iterator[Flaw]:
        listed = {}
        if manifest not in self.files:
            yield Flaw(manifest, "missing")
            return
        try:
            lines = self.read(manifest).decode("utf-8").splitlines()
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, zipfile.LargeZipFile):
            yield Flaw(manifest, "damaged")
            return
        for number, line in enumerate(lines, start=1):
            entry = _listed(line)
            if entry is None:
                yield Flaw(manifest, f"line {number} is no hash with a path")
                continue
            path, digest = entry
            if path in listed or path.startswith(PAYLOAD) == tags:
                yield Flaw(manifest, f"line {number} names {visible(path)} a second time, or wrongly")
            listed[path] = digest
        for path, digest in listed.items():
            found = self._hash(path)
            if found != digest:
                yield Flaw(path, "missing" if not found else "changed" if found != "damaged" else found)
        there = {p for p in self.files if p.startswith(PAYLOAD) != tags and p != TAG_MANIFEST}
        for path in sorted(there - listed.keys()):
            yield Flaw(path, "not in the manifest: it was added")

    def _hash(self, path: str) -> str:
        if path not in self.files:
            return ""
        digest = hashlib.sha256()
        try:
            for part in self.parts(path):
                digest.update(part)
        # whatever a damaged stream is told by
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            return "damaged"
        except Exception as error:
            if type(error).__module__ == "zlib":
                return "damaged"
            raise
        return digest.hexdigest()

    def extract(self, folder: Path, below: str = PAYLOAD) -> None:
        """Put the files below a path into a folder, under what is left of their paths."""
        for path in self.files:
            if path.startswith(below):
                target = folder / path.removeprefix(below)
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as stream:
                    for part in self.parts(path):
                        stream.write(part)


def _listed(line: str) -> tuple[str, str] | None:
    """The path and the hash of a line of a manifest; None where it is none."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    return match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"), match[1]


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


def _safe_entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of a zip by name; UnsafeArchiveError where one could do harm."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise UnsafeArchiveError(f"The zip file holds more than {MOST_FILES:,} files.")
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    size = 0
    for entry in entries:
        name = entry.filename
        reason = _why_unsafe(entry)
        if name.casefold() in folded:
            reason = "stands in it twice"
        if reason:
            raise UnsafeArchiveError(
                f"The entry {visible(name)!r} of the zip file {reason}; it was not opened."
            )
        folded.add(name.casefold())
        size += entry.file_size
        found[name] = entry
    if size > MOST_BYTES:
        raise UnsafeArchiveError(f"The zip file holds more than {MOST_BYTES // 2**30} GB.")
    return found


def _why_unsafe(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    parts = PurePosixPath(name).parts
    mode = entry.external_attr >> 16
    if "\\" in name or "\0" in entry.orig_filename or ":" in name.partition("/")[0]:
        return "has a name that leads somewhere else on some systems"
    if name.startswith("/") or ".." in parts or "." in name.split("/"):
        return "leads out of its folder"
    if name.endswith("/") or len(parts) < 2:
        return "is no file in a folder"
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "is no ordinary file"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not known here"
    if entry.file_size > _FROM_BYTES and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
        return "unpacks to more than five hundred times its size"
    return ""
