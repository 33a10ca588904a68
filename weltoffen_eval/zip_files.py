"""Zip files of the same bytes for the same content: fixed dates, the same rights, parts in a fixed order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

#: The first day that a zip file can tell.
DAY = (1980, 1, 1, 0, 0, 0)
#: Rights of an ordinary file: of one that all may read, and of a part of an office file.
FOR_ALL, OF_OFFICE = 0o100644, 0o600
#: Unix, whatever system writes it: else rights mean something else.
ON_UNIX = 3


def fixed_entry(name: str, rights: int = FOR_ALL) -> zipfile.ZipInfo:
    """An entry of a zip file that tells nothing of when and where it was written."""
    entry = zipfile.ZipInfo(name, DAY)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, rights << 16
    entry.create_system = ON_UNIX
    return entry


def fixed_office_file(
    written: io.BytesIO, changed: Callable[[str, bytes], bytes] = lambda _, content: content
) -> bytes:
    """A workbook or document, as a library has written it, in bytes that are the same each time.

    Parameters
    ----------
    changed : what becomes of a part, by its name and its content
    """
    with zipfile.ZipFile(written) as source:
        return office_file({name: changed(name, source.read(name)) for name in source.namelist()})


def office_file(parts: Mapping[str, bytes], packed_once: str = "/", as_they_are: str = "/") -> bytes:
    """A workbook or document of these parts, by their names in the file.

    Parameters
    ----------
    packed_once : how names end of which the content is the same in many files
    as_they_are : how names end of which the content cannot be packed closer
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        # the list of parts comes first, as readers expect it
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry, content = fixed_entry(name, OF_OFFICE), parts[name]
            if name.endswith(as_they_are):
                entry.compress_type = zipfile.ZIP_STORED
            if not name.endswith(packed_once):
                target.writestr(entry, content)
                continue
            with target.open(entry, "w") as opened:
                writing: Any = opened
                writing._compressor = _Packed(_packed(content))
                writing.write(content)
    return stream.getvalue()


class _Packed:
    """In place of what packs a part of a zip file: it is packed already."""

    def __init__(self, packed: bytes):
        self.packed = packed

    def compress(self, content: bytes) -> bytes:
        return b""

    def flush(self) -> bytes:
        return self.packed


@lru_cache(maxsize=8)
def _packed(content: bytes) -> bytes:
    """As zipfile packs it."""
    packing = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    return packing.compress(content) + packing.flush()
