"""What a form is made of: pages with lines and tables, cells to fill in, lists of answers to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from weltoffen_eval.errors import visible


@dataclass(frozen=True)
class EntryCell:
    """A cell to fill in, and what stands in it beforehand.

    ``choices`` names a list of the form from which is chosen; ``between`` the ends of a number. ``hint`` is
    shown where the cell is selected, ``refused`` where something else is typed.
    """

    text: str = ""
    choices: str = ""
    between: tuple[float, float] | None = None
    is_date: bool = False
    hint: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Count:
    """How many of the entries in a column (from 1) of a page are filled: a formula of ours."""

    page: str
    column: int


@dataclass(frozen=True)
class Strong:
    """A text that stands out."""

    text: str


@dataclass(frozen=True)
class TabLink:
    """A text that leads to another page."""

    text: str
    page: str


Cell = str | int | Strong | TabLink | EntryCell | Count


@dataclass(frozen=True)
class TextLine:
    """A line of text across the page; ``look``: title, lead, heading, text, note or list."""

    text: str
    look: str = "text"


@dataclass(frozen=True)
class FormRow:
    """A row of a table; ``look``: plain, group (a heading within the table) or aside (not needed here)."""

    cells: tuple[Cell, ...]
    look: str = "plain"


@dataclass(frozen=True)
class FormTable:
    """A table with its heads, in the first columns of the page."""

    heads: tuple[str, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class Page:
    """A tab. ``widths`` of its columns are in letters, ``parts`` stand below each other.

    ``is_frozen``: what stands above the rows of its first table stays in view and is printed on each sheet.
    """

    name: str
    widths: tuple[float, ...]
    parts: tuple[TextLine | FormTable, ...]
    is_frozen: bool = False
    is_landscape: bool = False


@dataclass(frozen=True)
class Form:
    """A workbook to fill in.

    ``identity`` says, hidden inside, what form it is: see :mod:`weltoffen_eval.study.forms.returned`.
    ``choices``: by name the answers to choose from. ``running``: what stands at the foot of every printed
    sheet, left; ``page_of``: the page there, right, as in "Seite {page} von {pages}".
    """

    title: str
    identity: Mapping[str, str]
    pages: tuple[Page, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    running: str = ""
    page_of: str = "{page} / {pages}"
    language: str = "de-DE"


#: The most letters that a program takes for the name of a tab, and letters that it does not take.
LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def page_names(titles: list[str]) -> list[str]:
    """Names for tabs, numbered from 1, so that no two are the same and each is short enough."""
    names = []
    for number, title in enumerate(titles, start=1):
        name = " ".join(f"{number} {visible(title).translate(_NOT_IN_NAMES)}".split())
        names.append(name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…")
    return names
