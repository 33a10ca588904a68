"""A zip file written entry by entry in constant memory, however many entries it gets.

zipfile keeps what it knows of every entry until the end; here that lies in a file beside. The bytes are
those that zipfile writes, whatever version of Python writes them.

Source: .ZIP File Format Specification 6.3.10 (PKWARE APPNOTE.TXT).
"""

from __future__ import annotations

import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable
from typing import IO

from weltoffen_eval.zip_files import DAY, FOR_ALL, ON_UNIX

#: So many times smaller than its content no honest file is, from some size on: it is not packed then.
MOST_RATIO, FROM_BYTES = 500, 2**20
#: The records of a zip file, by the names of the specification; how a file is packed; marks.
LOCAL, CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_BOTH_SIZES = struct.Struct("<2H2Q")
END_64, PLACE_64, END = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL"), struct.Struct("<4s4H2LH")
STORED, DEFLATED, _LEVEL = 0, 8, 6
NAME_IN_UTF_8, _VERSION = 0x800, 45
_DATE = (DAY[0] - 1980) << 9 | DAY[1] << 5 | DAY[2]
#: What no longer fits into four bytes, or two, stands elsewhere. zipfile's limits.
FULL, _LIMIT, _MOST_COUNTED = 0xFFFFFFFF, 2**31 - 1, 0xFFFF

Parts = Callable[[], Iterable[bytes]]


class GrowingZip:
    """A zip file that grows in ``stream``, which can be sought in; nothing tells when or where it was."""

    def __init__(self, stream: IO[bytes]):
        self._stream = stream
        self._directory = tempfile.TemporaryFile(prefix="weltoffen-zip-")  # noqa: SIM115 (closed with the zip)
        self._count = 0

    def __enter__(self) -> GrowingZip:
        return self

    def __exit__(self, *_: object) -> None:
        self._directory.close()

    def add(self, name: str, parts: Parts) -> None:
        """One more entry; ``parts`` gives its bytes, and gives them again if it is called again."""
        start = self._stream.tell()
        method = DEFLATED
        crc, size, packed = self._fill(name, method, parts)
        if size > FROM_BYTES and size > MOST_RATIO * packed:
            # a reader would take it for a bomb
            self._stream.seek(start)
            method = STORED
            crc, size, packed = self._fill(name, method, parts)
        end = self._stream.tell()
        self._stream.seek(start)
        self._stream.write(_local(name, method, crc, size, packed))
        self._stream.seek(end)
        self._directory.write(_central(name, method, crc, size, packed, start))
        self._count += 1

    def _fill(self, name: str, method: int, parts: Parts) -> tuple[int, int, int]:
        """Write an entry whose numbers are not known yet; these: CRC-32, size, packed size."""
        self._stream.write(_local(name, method, 0, 0, 0))
        pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS) if method == DEFLATED else None
        crc = size = packed = 0
        for part in parts():
            crc, size = zlib.crc32(part, crc), size + len(part)
            packed += self._stream.write(part if pack is None else pack.compress(part))
        if pack is not None:
            packed += self._stream.write(pack.flush())
        return crc, size, packed

    def finish(self, comment: bytes) -> None:
        """Write the central directory and the end."""
        start, size = self._stream.tell(), self._directory.tell()
        self._directory.seek(0)
        shutil.copyfileobj(self._directory, self._stream)
        count = self._count
        if count > _MOST_COUNTED or start > _LIMIT or size > _LIMIT:
            self._stream.write(
                END_64.pack(b"PK\6\6", 44, _VERSION, _VERSION, 0, 0, count, count, size, start)
            )
            self._stream.write(PLACE_64.pack(b"PK\6\7", 0, start + size, 1))
        counted = min(count, 0xFFFF)
        told = (counted, counted, min(size, FULL), min(start, FULL), len(comment))
        self._stream.write(END.pack(b"PK\5\6", 0, 0, *told) + comment)


def _name(name: str) -> tuple[bytes, int]:
    return name.encode(), 0 if name.isascii() else NAME_IN_UTF_8


def _local(name: str, method: int, crc: int, size: int, packed: int) -> bytes:
    """The head of an entry; sizes in eight bytes, since they are not known when it is first written."""
    encoded, flags = _name(name)
    sizes = _BOTH_SIZES.pack(1, 16, size, packed)
    head = LOCAL.pack(b"PK\3\4", _VERSION, flags, method, 0, _DATE, crc, FULL, FULL, len(encoded), len(sizes))
    return head + encoded + sizes


def _central(name: str, method: int, crc: int, size: int, packed: int, start: int) -> bytes:
    """What the central directory says of an entry."""
    encoded, flags = _name(name)
    large: list[int] = []
    if size > _LIMIT or packed > _LIMIT:
        large += [size, packed]
        size = packed = FULL
    if start > _LIMIT:
        large.append(start)
        start = FULL
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    head = CENTRAL.pack(
        b"PK\1\2", ON_UNIX << 8 | _VERSION, _VERSION, flags, method, 0, _DATE, crc, packed, size,
        len(encoded), len(extra), 0, 0, 0, FOR_ALL << 16, start,
    )  # fmt: skip
    return head + encoded + extra
