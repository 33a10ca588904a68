"""Tables in the HTML of a notebook: their heads, cells that span, tables that only place things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.publish.exporting.markup_inline import Surroundings
from weltoffen_eval.publish.exporting.parts import (
    Formula,
    MarkedText,
    Part,
    Picture,
    Place,
    Plain,
    Points,
    Prose,
    Run,
    plain_text,
)

_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d[\d.,]*(?:e[-+]?\d+)?\s?%?", re.IGNORECASE)
_OF_PARTS = "descendant::table|descendant::h1|descendant::h2|descendant::h3|descendant::h4|descendant::pre"
_OF_BLOCKS = f"{_OF_PARTS}|descendant::ul|descendant::ol|descendant::img|descendant::svg|descendant::figure"
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
Cell = tuple[Run, ...]
#: A cell that spans more columns is a mistake of its author.
_WIDEST = 2000


class PartReader(Protocol):
    """Who reads what stands in a cell; tables hold text and text holds tables, so each knows the other."""

    around: Surroundings
    parts: list[Part]
    counted: list[int]

    def beside(self) -> PartReader: ...

    def inside(self, element: Any, depth: int) -> tuple[Part, ...]: ...

    def children(self, element: Any, style: Run, depth: int) -> None: ...

    def element(self, element: Any, style: Run, depth: int) -> None: ...

    def text(self, text: str | None, style: Run) -> None: ...

    def flush(self) -> None: ...


def read_table(element: Any, walker: PartReader, depth: int) -> list[Part]:
    """The table as parts; what stands in no cell of it, such as its pictures, behind it."""
    words = walker.around.words
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    stray = _stray(element, walker, depth)
    if not any(cells):
        return stray
    if _places_only(element, cells):
        inner = [part for row in cells for cell in row for part in _unfolded(cell, walker, depth)]
        return [*_caption_parts(element, walker, depth), *stray, *inner]
    heads = _head_rows(element, rows, cells)
    reader = _Cells(walker, depth)
    grid = _grid(cells, reader)
    width = max(len(row) for row in grid)
    grid = [row + [()] * (width - len(row)) for row in grid]
    heading = [_joined(row[number] for row in grid[:heads]) for number in range(width)]
    instead = [words("row"), *(words("column", number=number) for number in range(2, width + 1))]
    titles = [plain_text(head).strip() or other for head, other in zip(heading, instead, strict=True)]
    rows_shown = tuple(tuple(_shown(cell) for cell in row) for row in grid[heads:])
    right = _right(cells[:heads], width) if walker.around.aligned else None
    columns = tuple(
        Column(
            title,
            right[n] if right else bool(rows_shown) and all(_NUMBER.fullmatch(row[n]) for row in rows_shown),
        )
        for n, title in enumerate(titles)
    )
    walker.counted[0] += 1
    caption = _caption(element) or walker.around.caption(columns[0].title)
    table = Table(caption, columns, rows_shown, f"{walker.around.name}-{walker.counted[0]}")
    names = tuple(reader.names)
    # a head is plain text, so its links stand below
    links = tuple(run for head in heading for run in head if run.target)
    if any(run.formula for head in heading for run in head):
        walker.around.remark("has a formula in the head of a table; its source stands there")
    return [
        *([Place(names)] if names else []),
        *stray,
        table,
        *([Prose(links)] if links else []),
        *reader.parts,
    ]


def _shown(cell: Cell) -> str:
    """The text of a cell, with its runs where they are more than that."""
    text = plain_text(cell).strip() or "–"
    if all(run == Run(run.text) and run.text != "\n" for run in cell):
        return text
    return MarkedText(text, cell)


class _Cells:
    """Reads cells, and keeps what is more than text."""

    def __init__(self, walker: PartReader, depth: int):
        self.walker, self.depth = walker, depth
        self.parts: list[Part] = []
        self.names: list[str] = []

    def read(self, cell: Any) -> Cell:
        if len(cell) == 0:
            # nearly all cells of nearly all tables
            text = " ".join((cell.text or "").split())
            return (Run(text),) if text else ()
        runs: list[Run] = []
        for part in self.walker.inside(cell, self.depth):
            inner = self.runs_of(part)
            runs += [Run("\n"), *inner] if runs and inner else inner
        self.names += [run.anchor for run in runs if run.anchor]
        return tuple(run for run in runs if run.text)

    def runs_of(self, part: Part) -> list[Run]:
        """The runs of a part in a cell; what has none is put behind the table."""
        match part:
            case Prose():
                return list(part.runs)
            case Formula():
                return [Run(part.source, formula=part)]
            case Plain():
                return [Run(part.text.replace("\n", " "), code=True)]
            case Points():
                lines = [
                    [Run(f"{part.start + n}. " if part.ordered else "• "), *self.runs_of(inner)]
                    for n, entry in enumerate(part.entries)
                    for inner in entry[:1]
                ]
                lines += [self.runs_of(inner) for entry in part.entries for inner in entry[1:]]
                return [run for n, line in enumerate(lines) for run in ([Run("\n")] if n else []) + line]
            case Picture():
                self.parts.append(part)
                return [Run(part.alternative)] if part.described else []
            case _:
                self.parts.append(part)
                return []


def _places_only(element: Any, cells: list[list[Any]]) -> bool:
    """Whether the table has no rows and columns to be read, but puts things beside each other."""
    if element.get("role") in ("presentation", "none"):
        return True
    every = [cell for row in cells for cell in row]
    if any(len(cell) and cell.xpath(_OF_PARTS) for cell in every):
        return True
    headed = any(cell.tag == "th" for cell in every)
    return not headed and (len(every) == 1 or any(len(cell) and cell.xpath(_OF_BLOCKS) for cell in every))


def _unfolded(cell: Any, walker: PartReader, depth: int) -> list[Part]:
    inner = walker.beside()
    inner.children(cell, Run(""), depth)
    inner.flush()
    return inner.parts


def _stray(element: Any, walker: PartReader, depth: int) -> list[Part]:
    """What stands in a table but in none of its cells; it is shown before the table."""
    inner = walker.beside()
    groups = [element, *element.findall("thead"), *element.findall("tbody"), *element.findall("tfoot")]
    for group in [*groups, *(row for g in groups for row in g.findall("tr"))]:
        inner.text(group.text, Run(""))
        for child in group:
            if isinstance(child.tag, str) and child.tag not in _STRUCTURE:
                inner.element(child, Run(""), depth + 1)
            inner.text(child.tail, Run(""))
    inner.flush()
    return inner.parts


_STRUCTURE = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"}


def _caption(element: Any) -> str:
    found = element.find("caption")
    return " ".join(" ".join(found.itertext()).split()) if found is not None else ""


def _caption_parts(element: Any, walker: PartReader, depth: int) -> list[Part]:
    found = element.find("caption")
    return _unfolded(found, walker, depth) if found is not None else []


def _head_rows(element: Any, rows: list[Any], cells: list[list[Any]]) -> int:
    """How many rows at the beginning are heads: those of ``thead``, or those that hold nothing but heads."""
    count = 0
    for row, there in zip(rows, cells, strict=True):
        filled = [cell for cell in there if "".join(cell.itertext()).strip()]
        if row.getparent().tag != "thead" and not (
            filled and all(cell.tag == "th" for cell in filled) and element.find("thead") is None
        ):
            break
        count += 1
    return count if count < len(rows) or element.find("thead") is not None else 0


def _grid(rows: list[list[Any]], reader: _Cells) -> list[list[Cell]]:
    """The cells in their places; one that spans several stands in each of them."""
    grid: list[list[Cell]] = []
    spanning: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        for cell in row:
            while (number, len(cells)) in spanning:
                cells.append(spanning.pop((number, len(cells))))
            runs = reader.read(cell)
            below = min(_span(cell, "rowspan"), len(rows) - number)
            for _ in range(min(_span(cell, "colspan"), max(1, _WIDEST - len(cells)))):
                for further in range(1, below):
                    spanning[(number + further, len(cells))] = runs
                cells.append(runs)
        while (number, len(cells)) in spanning:
            cells.append(spanning.pop((number, len(cells))))
        grid.append(cells)
    return grid


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(int(value), 1000) if re.fullmatch(r"\d{1,6}", value) and int(value) > 0 else 1


def _joined(titles: Iterable[Cell]) -> Cell:
    """Heads above each other as one, each of them once."""
    made: list[Run] = []
    for title in dict.fromkeys(title for title in titles if plain_text(title).strip()):
        made += [Run(" – "), *title] if made else title
    return tuple(made)


def _right(heads: list[list[Any]], width: int) -> list[bool]:
    """Which columns a table of Markdown sets to the right."""
    last = heads[-1] if heads else []
    found = [bool(_RIGHT.search(cell.get("style") or "")) for cell in last]
    return (found + [False] * width)[:width]
