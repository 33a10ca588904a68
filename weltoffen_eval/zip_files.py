"""Zip files of the same bytes for the same content: fixed dates, the same rights, parts in a fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

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
    stream = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        # the list of parts comes first, as readers expect it
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(fixed_entry(name, OF_OFFICE), changed(name, source.read(name)))
    return stream.getvalue()
