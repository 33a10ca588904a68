"""Figures as blocks: one that would be taller than a page is several, each with its rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from matplotlib.figure import Figure as Drawing

from weltoffen_eval.blocks import Figure, Table
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.display.style import as_svg

#: So many rows, with labels of two lines, are as tall as a page leaves beside caption and heading.
MOST_ROWS = 12

Entry = TypeVar("Entry")


def figure_blocks(
    entries: Sequence[Entry],
    draw: Callable[[Sequence[Entry]], Drawing],
    prefix: str,
    caption: str,
    alternative: Callable[[Sequence[Entry]], str],
    table: Table,
    common: Catalogue | None = None,
    most: int = MOST_ROWS,
) -> list[Figure]:
    """The figures of some entries, at most ``most`` in each, as alike in number as can be.

    Parameters
    ----------
    draw, alternative : make the picture and its alternative text of the entries of one part
    prefix : of the ids in the pictures
    table : a row per entry, in their order
    common : what all reports say, in the language of this one; German without it
    """
    said_in = common or load_catalogue("common", "de")
    parts = list(_even_parts(len(entries), most))
    made = []
    for number, rows in enumerate(parts, start=1):
        part, name = entries[rows], table.name if number == 1 else f"{table.name}-{number}"
        which = said_in.text("part", number=number, count=len(parts)) if len(parts) > 1 else ""
        after = f" ({which})" if which else ""
        width = len(table.columns)
        keys = table.rests_on[rows.start * width : rows.stop * width]
        cells = replace(table, caption=table.caption + after, rows=table.rows[rows], name=name, rests_on=keys)
        svg = as_svg(draw(part), prefix if number == 1 else f"{prefix}-{number}")
        said = f"{which}: {alternative(part)}" if which else alternative(part)
        behind = tuple(dict.fromkeys(key for cell in keys for key in cell))
        made.append(Figure(svg, caption + after, said, cells, behind, said_in.text("show_numbers")))
    return made


def _even_parts(count: int, most: int) -> Iterator[slice]:
    parts = max(1, -(-count // most))
    for number in range(parts):
        yield slice(count * number // parts, count * (number + 1) // parts)
