"""The schema of what a notebook shows: blocks, which ``display`` writes and the exporters read.

A block says what something is (a heading, a table with a header row), not how it looks. In a notebook
it travels as JSON under :data:`MIME`. All text in a block is plain text; whoever renders it escapes it.
Sentences, cells and figures name the findings on which they rest by their keys (``rests_on``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field

#: Sheets that a heading can open.
SHEETS = ("wall", "cards")
MIME = "application/vnd.weltoffen.block.v1+json"


class BlockError(ValueError):
    """A block that is incomplete or unsafe, such as a figure without alternative text."""


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is printed: ``name`` in the catalogue, ``rests_on`` keys of findings.

    ``numbers``: key and field of each number that stands in it, and how it is printed. ``foreign``: stretches
    in another language, each with its first character, the one behind its last, and the language. ``id``: in
    the report, given where all of its sentences are known.
    """

    text: str
    name: str = ""
    rests_on: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    foreign: tuple[tuple[int, int, str], ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Link:
    """Leads to an ``anchor`` of the report; ``context`` says where, for who hears the link alone."""

    text: str
    anchor: str
    context: str = ""


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is the title of the report; ``anchor`` an ASCII id, unique in the report.

    ``language``: of the text, where it is not that of the report. ``sheet``: one of :data:`SHEETS` where what
    follows, up to the next heading of this level, has pages of its own in the PDF: ``wall`` to be hung up
    (A3, the entries of a listing are boxes to write in), ``cards`` to be cut (each note is a card).
    """

    level: int
    text: str
    anchor: str
    _: KW_ONLY
    language: str = ""
    sheet: str = ""
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """One or more sentences, with links to what they rest on; ``lead`` opens a part.

    ``sentences``: those that ``text`` consists of, with a blank between them, where they are known.
    """

    text: str
    lead: bool = False
    links: tuple[Link, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    kind: str = "paragraph"


@dataclass(frozen=True)
class Note:
    """A remark beside the text: why something is withheld, that data are synthetic."""

    text: str
    label: str = "Hinweis"
    sentences: tuple[Sentence, ...] = ()
    kind: str = "note"


@dataclass(frozen=True)
class Entry:
    """A short text of a listing, or what a term of facts is here, with links to what it rests on.

    ``sentences``: those of which ``text`` consists, as in a paragraph.
    """

    text: str
    links: tuple[Link, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Facts:
    """A short list of terms and what they are here; ``language``: of the terms, if not the report's."""

    facts: tuple[tuple[str, Entry], ...]
    language: str = ""
    kind: str = "facts"


@dataclass(frozen=True)
class Listing:
    """Short texts below each other."""

    entries: tuple[Entry, ...]
    kind: str = "listing"


@dataclass(frozen=True)
class Column:
    """A column of a table with the unit of its numbers; numbers stand to the right.

    ``language``: of its cells, where it is not that of the report.
    """

    title: str
    numeric: bool = False
    unit: str = ""
    language: str = ""

    @property
    def head(self) -> str:
        """What stands above the column."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class Table:
    """``rows`` hold one text per column; the first column heads its row.

    ``name``: an ASCII id, unique in the report, to which a link can lead and by which its file is called.
    ``anchors``: an id per row, or none. ``folded``: shown on request only, under the caption.
    ``rests_on``: the keys behind each cell, row by row, or none.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str
    anchors: tuple[str, ...] = ()
    folded: bool = False
    rests_on: tuple[tuple[str, ...], ...] = ()
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """``svg`` drawn by us; ``table`` holds the numbers that are drawn; ``rests_on``: the keys behind them.

    ``unfold``: what shows the table on a screen.
    """

    svg: str
    caption: str
    alternative: str
    table: Table
    rests_on: tuple[str, ...] = ()
    unfold: str = "Zahlen zeigen"
    kind: str = "figure"

    @property
    def name(self) -> str:
        """An ASCII id, unique in the report."""
        return f"figure-{self.table.name}"


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


def sentences_in(block: object) -> Iterator[Sentence]:
    """The computed sentences of one block, in their order; none of anything else."""
    match block:
        case Paragraph() | Note():
            yield from block.sentences
        case Listing():
            yield from (sentence for entry in block.entries for sentence in entry.sentences)
        case Facts():
            yield from (sentence for _, entry in block.facts for sentence in entry.sentences)
