"""The objects of a PDF as Typst writes it, read as they lie in the file and written closer together.

Typst writes a table of where each object begins, and each object plainly; this is no reader of any other
PDF. Written again, objects stand in packed streams (ISO 32000-1, 7.5.7 and 7.5.8), which PDF/A allows.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from itertools import pairwise

from weltoffen_eval.errors import ExportError

#: So many objects stand in one packed stream.
_TOGETHER = 200
_END = b"\nendobj\n"
_TABLE = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_TRAILER = re.compile(rb"trailer\n<</Size \d+(/Root \d+ 0 R/Info \d+ 0 R)/ID\[(\([^()]*\))\([^()]*\)\]>>")


@dataclass
class PdfObjects:
    """``bodies``: of objects by their number; ``head``: what stands before the first.

    ``roots``, ``identity``: what the end of the file says of where to begin and of the document.
    """

    bodies: dict[int, bytes]
    head: bytes
    roots: bytes
    identity: bytes


def read_objects(pdf: bytes) -> PdfObjects:
    """The objects of a PDF that Typst wrote.

    Raises
    ------
    ExportError
        If it is written otherwise.
    """
    start, trailer = _TABLE.search(pdf, max(0, len(pdf) - 64)), _TRAILER.search(pdf, max(0, len(pdf) - 1024))
    if start is None or trailer is None:
        raise _otherwise("its end")
    table = int(start[1])
    _, sizes, *entries = pdf[table : trailer.start()].split(b"\n")
    offsets = {number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"}
    if not sizes.startswith(b"0 ") or len(offsets) + 1 != int(sizes[2:]):
        raise _otherwise("its table of objects")
    bodies = {}
    places = sorted((offset, number) for number, offset in offsets.items())
    for (begin, number), (end, _) in pairwise([*places, (table, 0)]):
        mark = b"%d 0 obj\n" % number
        body = pdf[begin:end].rstrip(b"\n") + b"\n"
        if not (body.startswith(mark) and body.endswith(_END)):
            raise _otherwise(f"object {number}")
        bodies[number] = body[len(mark) : -len(_END)]
    return PdfObjects(bodies, pdf[: places[0][0]], trailer[1], trailer[2])


def write_objects(objects: PdfObjects) -> bytes:
    """The file of these objects; the same bytes for the same objects."""
    made = [objects.head]
    at = len(objects.head)
    #: by its number: kind, place, and which within its stream
    table: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def add(number: int, body: bytes) -> None:
        nonlocal at
        written = b"%d 0 obj\n%s%s" % (number, body, _END)
        table[number] = (1, at, 0)
        made.append(written)
        at += len(written)

    plain = []
    for number, body in objects.bodies.items():
        if body.endswith(b"endstream"):
            add(number, body)
        else:
            plain.append(number)
    last = max(objects.bodies)
    for first in range(0, len(plain), _TOGETHER):
        last += 1
        held = plain[first : first + _TOGETHER]
        for place, number in enumerate(held):
            table[number] = (2, last, place)
        add(last, _held_together([(number, objects.bodies[number]) for number in held]))
    last += 1
    table[last] = (1, at, 0)
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + within.to_bytes(2, "big")
        for kind, place, within in (table.get(number, (0, 0, 65535)) for number in range(last + 1))
    )
    changed = hashlib.sha256(b"".join(made)).hexdigest()[:32].encode()
    said = (last + 1, objects.roots, objects.identity, changed)
    fields = b"/Type/XRef/Size %d/W[1 4 2]%s/ID[%s<%s>]" % said
    made.append(b"%d 0 obj\n%s%sstartxref\n%d\n%%%%EOF\n" % (last, _stream(fields, rows), _END, at))
    return b"".join(made)


def _held_together(objects: list[tuple[int, bytes]]) -> bytes:
    offsets, at = [], 0
    for number, body in objects:
        offsets.append(b"%d %d" % (number, at))
        at += len(body) + 1
    index = b" ".join(offsets) + b"\n"
    fields = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
    return _stream(fields, index + b"\n".join(body for _, body in objects))


def _stream(fields: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    said = b"<<%s/Filter/FlateDecode/Length %d>>" % (fields, len(packed))
    return said + b"\nstream\n" + packed + b"\nendstream"


def _otherwise(what: str) -> ExportError:
    return ExportError(f"The PDF cannot be completed: Typst wrote {what} otherwise than it is known to do.")
