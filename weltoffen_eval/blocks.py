"""The schema of what a notebook shows: blocks, which ``display`` writes and the exporters read.

A block says what something is (a heading, a table with a header row), not how it looks. In a notebook
it travels as JSON under :data:`MIME`. All text in a block is plain text; whoever renders it escapes it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MIME = "application/vnd.weltoffen.block.v1+json"


class BlockError(ValueError):
    """A block that is incomplete, such as a figure without alternative text."""


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is the title of the report; ``anchor`` an ASCII id, unique in the report."""

    level: int
    text: str
    anchor: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """One or more sentences; ``lead`` opens a part."""

    text: str
    lead: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True)
class Note:
    """A remark beside the text: why something is withheld, that data are synthetic."""

    text: str
    label: str = "Hinweis"
    kind: str = "note"


@dataclass(frozen=True)
class Facts:
    """A short list of terms and what they are here."""

    facts: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """``rows`` hold one text per column; the first column heads its row. ``anchors``: an id per row, or none.

    ``folded``: shown on request only, under the caption.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
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
class Listing:
    """Short texts below each other; each may lead to an anchor of the report (text of the link, anchor)."""

    entries: tuple[tuple[str, str, str], ...]
    kind: str = "listing"


Block = Heading | Paragraph | Note | Facts | Table | Figure | Listing
_KINDS: dict[str, Any] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "note": Note,
    "facts": Facts,
    "table": Table,
    "figure": Figure,
    "listing": Listing,
}


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
    except (KeyError, TypeError, AttributeError) as error:
        raise BlockError(f"not a block of {MIME}: {error}") from error


def _read(entry: dict[str, Any]) -> Block:
    fields = dict(entry)
    if fields["kind"] == "figure":
        fields["table"] = _read(fields["table"])
    if fields["kind"] == "table":
        fields["columns"] = tuple(Column(**column) for column in fields["columns"])
        fields["rows"] = tuple(tuple(row) for row in fields["rows"])
        fields["anchors"] = tuple(fields["anchors"])
    if fields["kind"] == "facts":
        fields["facts"] = tuple((term, text) for term, text in fields["facts"])
    if fields["kind"] == "listing":
        fields["entries"] = tuple((text, link, anchor) for text, link, anchor in fields["entries"])
    block: Block = _KINDS[fields["kind"]](**fields)
    _check(block)
    return block


def _check(block: Block) -> None:
    if isinstance(block, Figure) and not block.alternative.strip():
        raise BlockError(f"The figure {block.caption!r} has no alternative text.")
    if isinstance(block, Table):
        wrong = [row for row in block.rows if len(row) != len(block.columns)]
        if wrong:
            raise BlockError(f"The table {block.caption!r} has rows of another length: {wrong[0]}.")
