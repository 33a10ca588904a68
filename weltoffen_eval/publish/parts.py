"""What a notebook holds besides our blocks: prose from Markdown, code, pictures of somebody else's making."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from weltoffen_eval.blocks import Block, Table


@dataclass(frozen=True)
class Formula:
    """A formula: its ``source`` in TeX, and the same as presentation MathML, or nothing if it cannot be set.

    ``display``: it stands in a line of its own.
    """

    source: str
    mathml: str = ""
    display: bool = False


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind; ``text`` of a line feed is a line break.

    ``target``: an address (http, https, mailto, …), ``#anchor`` or nothing. ``anchor``: an id to which
    links lead. ``shift``: "above" or "below" the line. ``formula`` stands in place of
    the text, which is its source.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""
    struck: bool = False
    shift: str = ""
    anchor: str = ""
    formula: Formula | None = None


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Points:
    """A list, ``ordered`` (from ``start``) or not; every entry holds parts of its own, also lists."""

    entries: tuple[tuple[Part, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Quote:
    """Words of somebody else."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Folded:
    """Parts that a screen shows on request only, below their ``title``; paper shows all."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Plain:
    """Text with its own line breaks: what a cell printed, a piece of code."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A picture that we did not draw: ``media_type`` image/png, image/jpeg or image/svg+xml.

    ``alternative`` is never empty; ``described`` tells whether its author wrote it.
    """

    content: bytes
    media_type: str
    alternative: str
    described: bool = True


class MarkedText(str):
    """The text of a table's cell with the ``runs`` that it is made of, where it is more than plain text."""

    runs: tuple[Run, ...]

    def __new__(cls, text: str, runs: tuple[Run, ...] = ()) -> MarkedText:
        made = super().__new__(cls, text)
        made.runs = runs
        return made


@dataclass(frozen=True)
class Place:
    """Names by which links of the notebook call the next part; it is never in a report.

    ``made``: names that Jupyter or GitHub make of a heading, which give way to those that an author gave.
    """

    names: tuple[str, ...]
    made: tuple[str, ...] = ()


Part = Block | Prose | Points | Quote | Folded | Plain | Picture | Formula | Place

_ABOVE = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def plain_text(runs: Iterable[Run]) -> str:
    """Runs as one line of plain text, in which what stands above or below the line keeps its meaning."""
    return "".join(_plain(run) for run in runs)


def _plain(run: Run) -> str:
    text = run.text.replace("\n", " ")
    if run.shift and text.strip():
        signs, mark = (_ABOVE, "^") if run.shift == "above" else (_BELOW, "_")
        if all(ord(sign) in signs for sign in text):
            return text.translate(signs)
        return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
    return text


def change_runs(part: Part, change: Callable[[Run], Run]) -> Part:
    """The part with every run in it changed; a run that becomes empty is left out."""
    match part:
        case Prose():
            return Prose(_changed(part.runs, change))
        case Points():
            entries = tuple(tuple(change_runs(inner, change) for inner in entry) for entry in part.entries)
            return replace(part, entries=entries)
        case Quote() | Folded():
            return replace(part, parts=tuple(change_runs(inner, change) for inner in part.parts))
        case Table() if any(_marked(part)):
            rows = tuple(tuple(_changed_cell(cell, change) for cell in row) for row in part.rows)
            return replace(part, rows=rows)
        case _:
            return part


def _changed(runs: Iterable[Run], change: Callable[[Run], Run]) -> tuple[Run, ...]:
    changed = (change(run) for run in runs)
    return tuple(run for run in changed if run.text or run.anchor or run.formula)


def _changed_cell(cell: str, change: Callable[[Run], Run]) -> str:
    return MarkedText(cell, _changed(cell.runs, change)) if isinstance(cell, MarkedText) else cell


def all_runs(parts: Iterable[Part]) -> Iterator[Run]:
    """Every run in some parts, in their order."""
    for part in parts:
        match part:
            case Prose():
                yield from part.runs
            case Points():
                for entry in part.entries:
                    yield from all_runs(entry)
            case Quote() | Folded():
                yield from all_runs(part.parts)
            case Table():
                for cell in _marked(part):
                    yield from cell.runs


def _marked(table: Table) -> Iterator[MarkedText]:
    return (cell for row in table.rows for cell in row if isinstance(cell, MarkedText))
