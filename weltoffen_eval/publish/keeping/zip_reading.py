"""A zip file read with distrust, in constant memory: its directory is kept on the disk.

What could do harm is refused by name before anything is unpacked: paths that lead out, links, names twice,
entries that lie over others or unpack to far more than they are; and so is what stands before a zip file.

Source: .ZIP File Format Specification 6.3.10 (PKWARE APPNOTE.TXT).
"""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from weltoffen_eval.errors import CallError, visible
from weltoffen_eval.publish.keeping.growing_zip import (
    CENTRAL,
    DEFLATED,
    END,
    END_64,
    FROM_BYTES,
    FULL,
    LOCAL,
    MOST_RATIO,
    NAME_IN_UTF_8,
    PLACE_64,
    STORED,
)

#: Of all files together, unpacked.
MOST_BYTES = 200 * 2**30
MOST_FILES = 5_000_000
_AT_ONCE, _LONGEST_COMMENT = 1 << 20, 0xFFFF
_ENCRYPTED = 0x1
_TABLE = """
CREATE TABLE entry (
    name TEXT PRIMARY KEY, folded TEXT UNIQUE, start INT, packed INT, size INT, crc INT, method INT,
    encoded BLOB
) WITHOUT ROWID
"""


class UnsafeArchiveError(CallError):
    """A zip file that is not opened further; the sentence names the entry."""

    exit_code = 1


class DamagedError(ValueError):
    """The data of an entry are not what the directory says of them."""


@dataclass(frozen=True, kw_only=True)
class DirectoryEntry:
    """What the directory says of a file. ``start``: of its own head; sizes in bytes; ``mode``: its rights."""

    name: str
    encoded: bytes
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    start: int
    mode: int


class ReadZip:
    """An opened zip file, all of whose entries are safe. ``count``: of entries; ``comment``: of the whole."""

    def __init__(self, path: Path):
        """Open it.

        Raises
        ------
        CallError
            If it cannot be read.
        UnsafeArchiveError
            If it is no zip file, or not a whole one, or an entry could do harm.
        """
        try:
            self._stream: IO[bytes] = path.open("rb")
        except OSError as error:
            raise CallError(f"{visible(str(path))} cannot be read: {error.strerror or error}.") from error
        # on the disk, since there may be millions
        self._known = sqlite3.connect("")
        try:
            self.count, self.comment = self._learn()
        except (ValueError, struct.error, OSError) as error:
            self.close()
            raise UnsafeArchiveError(f"{visible(str(path))} is no zip file, or not a whole one.") from error
        except sqlite3.Error as error:
            self.close()
            raise CallError(
                f"The directory of {visible(str(path))} cannot be kept meanwhile: {error}."
            ) from error
        except UnsafeArchiveError:
            self.close()
            raise

    def close(self) -> None:
        self._stream.close()
        self._known.close()

    def _learn(self) -> tuple[int, bytes]:
        count, size, start, comment = _end(self._stream)
        if count > MOST_FILES:
            raise UnsafeArchiveError(f"The zip file holds more than {MOST_FILES:,} files.")
        self._known.execute(_TABLE)
        unpacked = 0
        for entry in _entries(self._stream, count, start, size):
            unpacked += entry.size
            reason = _why_unsafe(entry) or self._put(entry)
            if reason:
                raise UnsafeArchiveError(
                    f"The entry {visible(entry.name)!r} of the zip file {reason}; it was not opened."
                )
        if unpacked > MOST_BYTES:
            raise UnsafeArchiveError(f"The zip file holds more than {MOST_BYTES // 2**30} GB.")
        end = 0
        for name, head, length in self._known.execute(
            "SELECT name, start, packed + length(encoded) FROM entry ORDER BY start"
        ):
            if head < end or head + LOCAL.size + length > start:
                raise UnsafeArchiveError(
                    f"The entry {visible(name)!r} of the zip file lies over another; it was not opened."
                )
            end = head + LOCAL.size + length
        return count, comment

    def _put(self, entry: DirectoryEntry) -> str:
        """Keep what is said of an entry; why it cannot be."""
        numbers = (entry.start, entry.packed, entry.size, entry.crc, entry.method)
        row = (entry.name, entry.name.casefold(), *numbers, entry.encoded)
        try:
            self._known.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            return "stands in it twice"
        except OverflowError:
            return "is larger than a file can be"
        return ""

    def names(self) -> Iterator[str]:
        """The names of all entries, in their order."""
        return (name for (name,) in self._known.execute("SELECT name FROM entry ORDER BY name"))

    def size(self, name: str) -> int | None:
        """Of a file, unpacked; None where there is none of this name."""
        found = self._known.execute("SELECT size FROM entry WHERE name = ?", (name,)).fetchone()
        return None if found is None else int(found[0])

    def parts(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, part by part; several files can be read in turn.

        Raises
        ------
        DamagedError
            If they are not what the directory says of them.
        KeyError
            If there is no such file.
        """
        found = self._known.execute(
            "SELECT start, packed, size, crc, method, encoded FROM entry WHERE name = ?", (name,)
        ).fetchone()
        if found is None:
            raise KeyError(name)
        start, packed, size, crc, method, encoded = found
        head = LOCAL.unpack(self._at(start, LOCAL.size))
        length, extra = head[-2:]
        place = start + LOCAL.size + length + extra
        if head[0] != b"PK\3\4" or self._at(start + LOCAL.size, length) != encoded:
            raise DamagedError(f"{name} has another head")
        got, check = 0, 0
        unpacked = self._packed(place, packed)
        for part in unpacked if method == STORED else _inflated(unpacked):
            got, check = got + len(part), zlib.crc32(part, check)
            if got > size:
                break
            yield part
        if (got, check) != (size, crc):
            raise DamagedError(f"{name} is not what the directory says")

    def _packed(self, place: int, left: int) -> Iterator[bytes]:
        while left:
            part = self._at(place, min(left, _AT_ONCE))
            place, left = place + len(part), left - len(part)
            yield part

    def _at(self, place: int, length: int) -> bytes:
        self._stream.seek(place)
        found = self._stream.read(length)
        if len(found) != length:
            raise DamagedError("the file ends too early")
        return found


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for part in packed:
            while part and not engine.eof:
                yield engine.decompress(part, _AT_ONCE)
                part = engine.unconsumed_tail
        while not engine.eof and (rest := engine.decompress(b"", _AT_ONCE)):
            yield rest
    except zlib.error as error:
        raise DamagedError(str(error)) from error
    if not engine.eof or engine.unused_data:
        raise DamagedError("the packed data end elsewhere")


def _end(stream: IO[bytes]) -> tuple[int, int, int, bytes]:
    """How many entries the directory has, its size, where it begins; the comment of the whole."""
    length = stream.seek(0, os.SEEK_END)
    begin = max(0, length - END.size - _LONGEST_COMMENT)
    stream.seek(begin)
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        raise ValueError("no end of a zip file")
    _, disk, first, here, count, size, start, commented = END.unpack_from(tail, at)
    comment, end = tail[at + END.size :], begin + at
    if (disk, first, here) != (0, 0, count) or len(comment) != commented:
        raise ValueError("the end of another zip file")
    stream.seek(max(0, end - PLACE_64.size))
    place = stream.read(PLACE_64.size)
    if place.startswith(b"PK\6\7"):
        end = PLACE_64.unpack(place)[2]
        stream.seek(end)
        mark, more, _, _, disk, first, here, count, size, start = END_64.unpack(stream.read(END_64.size))
        if (mark, more, disk, first, here) != (b"PK\6\6", 44, 0, 0, count):
            raise ValueError("another end than a zip file has")
    if start + size != end:
        raise ValueError("something stands before the zip file, or within it")
    return count, size, start, comment


def _entries(stream: IO[bytes], count: int, start: int, size: int) -> Iterator[DirectoryEntry]:
    """Every entry of the directory. Nothing else is read from the stream meanwhile."""
    stream.seek(start)
    for _ in range(count):
        told_of = CENTRAL.unpack(stream.read(CENTRAL.size))
        mark, _, _, flags, method, _, _, crc, packed, full, named, more, told, disk, *_ = told_of
        rights, place = told_of[-2:]
        encoded, extra = stream.read(named), stream.read(more)
        size -= CENTRAL.size + named + more + len(stream.read(told))
        if mark != b"PK\1\2" or disk or size < 0:
            raise ValueError("no directory of a zip file")
        full, packed, place = _wide(extra, [full, packed, place])
        name = encoded.decode("utf-8" if flags & NAME_IN_UTF_8 else "cp437")
        yield DirectoryEntry(
            name=name, encoded=encoded, method=method, flags=flags, crc=crc,
            packed=packed, size=full, start=place, mode=rights >> 16,
        )  # fmt: skip
    if size:
        raise ValueError("more stands in the directory than its entries")


def _wide(extra: bytes, told: list[int]) -> list[int]:
    """Numbers that do not fit into four bytes, from where they stand then."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            return [next(wide, number) if number == FULL else number for number in told]
        at += 4 + length
    return told


def _why_unsafe(entry: DirectoryEntry) -> str:
    name = entry.name
    parts = PurePosixPath(name).parts
    if "\\" in name or "\0" in name or ":" in name.partition("/")[0]:
        return "has a name that leads somewhere else on some systems"
    if name.startswith("/") or ".." in parts or "." in name.split("/"):
        return "leads out of its folder"
    if name.endswith("/") or "//" in name or len(parts) < 2:
        return "is no file in a folder"
    if stat.S_IFMT(entry.mode) and not stat.S_ISREG(entry.mode):
        return "is no ordinary file"
    if entry.flags & _ENCRYPTED:
        return "is encrypted"
    if entry.method not in (STORED, DEFLATED):
        return "is packed in a way that is not known here"
    if entry.size > FROM_BYTES and entry.size > MOST_RATIO * max(entry.packed, 1):
        return "unpacks to more than five hundred times its size"
    return ""
