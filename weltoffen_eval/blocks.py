"""The schema of what a notebook shows: blocks, which ``display`` writes and the exporters read.

A block says what something is (a heading, a table with a header row), not how it looks. In a notebook
it travels as JSON under :data:`MIME`. All text in a block is plain text; whoever renders it escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from weltoffen_eval.drawings import DrawingError, check_drawing

MIME = "application/vnd.weltoffen.block.v1+json"


#: An id of a page, which is the name of a file too: nothing in it leads anywhere.
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?!\.)){0,199}")


class BlockError(ValueError):
    """A block that is incomplete or unsafe, such as a figure without alternative text."""


@dataclass(frozen=True)
class Link:
    """Leads to an ``anchor`` of the report; ``context`` says where, for who hears the link alone."""

    text: str
    anchor: str
    context: str = ""


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is the title of the report; ``anchor`` an ASCII id, unique in the report."""

    level: int
    text: str
    anchor: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """One or more sentences, with links to what they rest on; ``lead`` opens a part."""

    text: str
    lead: bool = False
    links: tuple[Link, ...] = ()
    kind: str = "paragraph"


@dataclass(frozen=True)
class Note:
    """A remark beside the text: why something is withheld, that data are synthetic."""

    text: str
    label: str = "Hinweis"
    kind: str = "note"


@dataclass(frozen=True)
class Entry:
    """A short text of a listing, or what a term of facts is here, with links to what it rests on."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Facts:
    """A short list of terms and what they are here."""

    facts: tuple[tuple[str, Entry], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Listing:
    """Short texts below each other."""

    entries: tuple[Entry, ...]
    kind: str = "listing"


@dataclass(frozen=True)
class Column:
    """A column of a table with the unit of its numbers; numbers stand to the right."""

    title: str
    numeric: bool = False
    unit: str = ""

    @property
    def head(self) -> str:
        """What stands above the column."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class Table:
    """``rows`` hold one text per column; the first column heads its row.

    ``name``: an ASCII id, unique in the report, to which a link can lead and by which its file is called.
    ``anchors``: an id per row, or none. ``folded``: shown on request only, under the caption.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str
    anchors: tuple[str, ...] = ()
    folded: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """``svg`` drawn by us; ``table`` holds the numbers that are drawn."""

    svg: str
    caption: str
    alternative: str
    table: Table
    kind: str = "figure"


@dataclass(frozen=True)
class DataFile:
    """The numbers unrounded, as a CSV file called ``name`` to take along; ``text`` is its content."""

    name: str
    title: str
    text: str
    kind: str = "data_file"


Block = Heading | Paragraph | Note | Facts | Listing | Table | Figure | DataFile


@dataclass(frozen=True)
class Bundle:
    """The blocks that one cell shows, in their order."""

    blocks: tuple[Block, ...] = field(default_factory=tuple)


def to_json(bundle: Bundle) -> dict[str, Any]:
    """The bundle as plain data for a notebook."""
    for block in bundle.blocks:
        _check(block)
    return {"blocks": [asdict(block) for block in bundle.blocks]}


def from_json(content: Any) -> Bundle:
    """The bundle that :func:`to_json` wrote; a BlockError where it is none."""
    try:
        return Bundle(tuple(_read(entry) for entry in content["blocks"]))
    except BlockError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BlockError(f"not a block of {MIME}: {error}") from error


def _links(entries: Iterable[dict[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(**entry) for entry in entries)


def _entry(fields: dict[str, Any]) -> Entry:
    return Entry(fields["text"], _links(fields["links"]))


def _table(fields: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in fields.pop("columns"))
    rows = tuple(tuple(row) for row in fields.pop("rows"))
    return Table(columns=columns, rows=rows, anchors=tuple(fields.pop("anchors")), **fields)


#: How each kind comes back from JSON.
_READERS: dict[str, Callable[[dict[str, Any]], Block]] = {
    "heading": lambda fields: Heading(**fields),
    "paragraph": lambda fields: Paragraph(**{**fields, "links": _links(fields["links"])}),
    "note": lambda fields: Note(**fields),
    "facts": lambda fields: Facts(tuple((term, _entry(entry)) for term, entry in fields["facts"])),
    "listing": lambda fields: Listing(tuple(_entry(entry) for entry in fields["entries"])),
    "table": _table,
    "figure": lambda fields: Figure(**{**fields, "table": _table(dict(fields["table"]))}),
    "data_file": lambda fields: DataFile(**fields),
}


def _read(entry: dict[str, Any]) -> Block:
    block = _READERS[entry["kind"]](dict(entry))
    _check(block)
    return block


def _check(block: Block) -> None:
    for name in _names(block):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise BlockError(
                f"{str(name)[:60]!r} is no name of a place in a page: letters, digits, hyphens, dots."
            )
    match block:
        case Heading():
            if block.level not in range(1, 7):
                raise BlockError(f"The heading {block.text!r} is of level {block.level}; there are 1 to 6.")
        case Figure():
            if not block.alternative.strip():
                raise BlockError(f"The figure {block.caption!r} has no alternative text.")
            try:
                check_drawing(block.svg)
            except DrawingError as error:
                raise BlockError(f"The figure {block.caption!r} cannot be shown: {error}.") from error
            _check(block.table)
        case Table():
            wrong = [row for row in block.rows if len(row) != len(block.columns)]
            if wrong:
                raise BlockError(f"The table {block.caption!r} has rows of another length: {wrong[0]}.")


def _names(block: Block) -> Iterator[str]:
    """The ids that a block has and those to which it leads."""
    match block:
        case Heading():
            yield block.anchor
        case Table():
            yield block.name
            yield from block.anchors
        case DataFile():
            yield block.name
        case Paragraph():
            yield from (link.anchor for link in block.links)
        case Listing():
            yield from (link.anchor for entry in block.entries for link in entry.links)
        case Facts():
            yield from (link.anchor for _, entry in block.facts for link in entry.links)
