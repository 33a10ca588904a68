"""Tags of a PDF as a screen reader needs them: what Typst's wheel cannot say is said afterwards.

Typst marks the cells of a header row only; of a table that is split across its columns it makes several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.pdf_objects import read_objects, write_objects

#: Elements in which a table or a list may stand.
_CONTAINERS = set(b"Document Sect Div BlockQuote L LI LBody Part NonStruct Code".split())
#: Elements that are none without words.
_WORDS = set(b"P H1 H2 H3 H4 H5 H6 Code BlockQuote LBody LI".split())
_GROUPS = set(b"THead TBody TFoot".split())
_FRONT = re.compile(rb"<</Type/StructElem/S/(\w+)/P (\d+) 0 R")
#: What an element holds: other elements, pieces of a page by their number, links. It stands last, and no text
#: of the element looks like it, since a text ends with a bracket.
_KIDS = re.compile(rb"/K\[((?:\d+ 0 R|\d+|<<[^()<>]*>>| )*)\]((?:/Pg \d+ 0 R)?)>>\Z")
_KID = re.compile(rb"(\d+) 0 R|(\d+|<<[^<>]*>>)")
_ROOT_KIDS = re.compile(rb"/K\[((?:\d+ 0 R ?)*)\]")
_ID = re.compile(rb"/ID\(([^()\\]*)\)")
_OF_TABLE = re.compile(rb"/A\[<</O/Table[^<>]*>>")
_FRAME = re.compile(rb"/A\[<</O/Layout/BBox\[[^\]]*\]>>\]")
_NAMES = re.compile(rb"/IDTree<</Names\[[^\[\]]*\]>>")


@dataclass
class Element:
    """An element: its ``kind``, that in which it stands, what is ``said`` of it, its ``page``.

    ``kids``: what it holds, other elements by their number, all else as it is written.
    """

    kind: bytes
    parent: int
    said: bytes
    kids: list[int | bytes]
    page: bytes
    changed: bool = False

    def written(self) -> bytes:
        kids = b" ".join(b"%d 0 R" % kid if isinstance(kid, int) else kid for kid in self.kids)
        fields = (self.kind, self.parent, self.said, kids, self.page)
        return b"<</Type/StructElem/S/%s/P %d 0 R%s/K[%s]%s>>" % fields


def complete_tags(pdf: bytes) -> bytes:
    """The same pages, with better tags; the same bytes for the same bytes.

    The first cell of every row heads its row, and every cell names the heads of its column and of its row.
    Tables without caption continue the one before, column by column. What holds nothing is no element.

    Raises
    ------
    ExportError
        If Typst wrote it otherwise than it is known to do.
    """
    objects = read_objects(pdf)
    tree = _Tree(objects.bodies)
    tree.complete()
    for number in tree.left_out:
        del objects.bodies[number]
    objects.bodies.update(tree.written())
    return write_objects(objects)


class _Tree:
    def __init__(self, bodies: dict[int, bytes]):
        self.elements = {
            number: _element(number, body)
            for number, body in bodies.items()
            if body.startswith(b"<</Type/StructElem")
        }
        roots = [n for n, body in bodies.items() if body.startswith(b"<</Type/StructTreeRoot")]
        if len(roots) != 1:
            raise ExportError("The PDF cannot be completed: it has no tree of tags.")
        self.root, self.body = roots[0], bodies[roots[0]]
        self.heads: dict[bytes, int] = {}
        self.left_out: list[int] = []

    def complete(self) -> None:
        found = _ROOT_KIDS.search(self.body)
        for kid in _kids(found[1]) if found else []:
            if isinstance(kid, int):
                self.inside(kid)

    def written(self) -> dict[int, bytes]:
        """The bodies of what has changed."""
        made = {number: e.written() for number, e in self.elements.items() if e.changed}
        if self.heads:
            names = {found[1]: n for n, e in self.elements.items() if (found := _ID.match(e.said))}
            entries = b"".join(b"(%s)%d 0 R" % (name, names[name]) for name in sorted(names))
            listed = b"/IDTree<</Names[%s]>>" % entries
            made[self.root] = _NAMES.sub(b"", self.body)[:-2] + listed + b">>"
        return made

    def inside(self, number: int) -> None:
        element = self.elements[number]
        kids = element.kids
        if len(kids) == 2 and self.kind(kids[0]) == b"Caption":
            # what is said of a picture is heard after what it shows
            kids.reverse()
            element.changed = True
        kept: list[int | bytes] = []
        table: int | None = None
        for kid in kids:
            kind = self.kind(kid)
            if isinstance(kid, int):
                if kind == b"Table":
                    if table is not None and not self.has_caption(kid):
                        self.append_columns(table, kid)
                        continue
                    table = kid
                elif kind in _CONTAINERS:
                    self.inside(kid)
                if kind in _WORDS and not self.elements[kid].kids:
                    self.left_out.append(kid)
                    continue
            kept.append(kid)
        if len(kept) < len(kids):
            element.kids, element.changed = kept, True
        for kid in kept:
            if isinstance(kid, int) and self.kind(kid) == b"Table":
                self.head_rows(kid)

    def kind(self, kid: int | bytes) -> bytes:
        return self.elements[kid].kind if isinstance(kid, int) else b""

    def held(self, number: int) -> list[int]:
        return [kid for kid in self.elements[number].kids if isinstance(kid, int)]

    def has_caption(self, table: int) -> bool:
        return any(self.kind(kid) == b"Caption" for kid in self.held(table))

    def rows(self, table: int) -> Iterator[tuple[int, bool]]:
        """The rows of a table, each with whether it is a header row."""
        for part in self.held(table):
            kind = self.kind(part)
            if kind == b"TR":
                yield part, False
            elif kind in _GROUPS:
                for row in self.held(part):
                    yield row, kind == b"THead"

    def append_columns(self, table: int, more: int) -> None:
        """Puts cells of further columns at the end of their rows; the repeated head of a row is no cell."""
        first = self.elements[table]
        # the frame of the first columns alone would be wrong
        first.said, first.changed = _FRAME.sub(b"", first.said), True
        for (row, _), (further, _) in zip(self.rows(table), self.rows(more), strict=True):
            repeated, *cells = self.held(further)
            self.left_out += [repeated, further]
            for cell in cells:
                self.elements[cell].parent, self.elements[cell].changed = row, True
            self.elements[row].kids += cells
            self.elements[row].changed = True
        self.left_out += [more, *(kid for kid in self.held(more) if self.kind(kid) in _GROUPS)]

    def head_rows(self, table: int) -> None:
        columns: list[bytes] = []
        for row, is_header in self.rows(table):
            first, *others = self.held(row)
            if is_header:
                columns = [self.name(cell) for cell in (first, *others)]
                continue
            if not columns:
                return
            own = columns[0] + b"r%d" % len(self.heads)
            self.heads[own] = first
            self.elements[first].kind = b"TH"
            self.say(first, b"/Scope/Row/Headers[(%s)]" % columns[0])
            self.elements[first].said = b"/ID(%s)" % own + self.elements[first].said
            for cell, column in zip(others, columns[1:], strict=True):
                self.say(cell, b"/Headers[(%s)(%s)]" % (column, own))

    def name(self, cell: int) -> bytes:
        found = _ID.match(self.elements[cell].said)
        if found is None:
            raise ExportError("The PDF cannot be completed: a head of a table has no name.")
        return found[1]

    def say(self, cell: int, attributes: bytes) -> None:
        """Gives a cell its attributes as part of a table, in place of those it has."""
        element = self.elements[cell]
        written = b"/A[<</O/Table%s>>" % attributes
        if found := _OF_TABLE.search(element.said):
            element.said = element.said[: found.start()] + written + element.said[found.end() :]
        else:
            element.said += written + b"]"
        element.changed = True


def _element(number: int, body: bytes) -> Element:
    front, end = _FRONT.match(body), _KIDS.search(body)
    if front is None or end is None:
        raise ExportError(
            f"The PDF cannot be completed: Typst wrote the element {number} otherwise than it is known to do."
        )
    said = body[front.end() : end.start()]
    return Element(front[1], int(front[2]), said, _kids(end[1]), end[2])


def _kids(written: bytes) -> list[int | bytes]:
    return [int(number) if number else other for number, other in _KID.findall(written)]
