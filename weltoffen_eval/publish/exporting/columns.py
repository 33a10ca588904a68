"""Columns of a table on paper: how wide each is, and which stand together where not all fit on a page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from fontTools.ttLib import TTFont

from weltoffen_eval.blocks import Table
from weltoffen_eval.publish.exporting.fonts import TEXT, cut

#: A word of more letters may break after so many; hashes and addresses are such.
LONGEST_PIECE = 24
_POINTS = 72 / 25.4  # in a millimetre
_SIZE = 9.0  # of the letters in a cell, points
_PADDING = 8.5  # points beside the text of a cell
#: Points a column of texts needs at least, since German words may be hyphenated.
_LEAST_TEXT = 62.0
_MOST_TEXT = 260.0
#: So many ways in which two columns of texts share their room are tried, over so many rows.
_SHARES, _ROWS_TRIED = 24, 200
#: What of its room a line of several fills.
_FILLED = 0.97
#: Part of the page that the heads of the rows may take where columns are split.
_HEADS_OF_ROWS = 0.4


class ColumnGroup(NamedTuple):
    """Columns (from 0) beside each other, the first of the table always among them; widths in mm.

    ``narrow``: whether a word of its cells is wider than the column.
    """

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    narrow: tuple[bool, ...] = ()


def arrange_columns(table: Table, width: float, room: float = 1.0) -> list[ColumnGroup]:
    """The columns of a table in as many parts as it takes, so that no word of a head or number is broken.

    Parameters
    ----------
    width : of the page's text, in mm
    room : how much wider than in our font letters may be, where another font may stand in
    """
    available = width * _POINTS
    needs = [_need(table, n, room) for n in range(len(table.columns))]
    parts = _parts([least for least, _ in needs], available)
    arranged = []
    for columns in parts:
        widths = _shared_out([needs[n] for n in columns], available)
        widths = _in_few_lines(table, columns, [needs[n] for n in columns], widths)
        words = [max(map(text_width, set(_words(table, number))), default=0.0) for number in columns]
        arranged.append(
            ColumnGroup(
                tuple(columns),
                tuple(round(points / _POINTS, 2) for points in widths),
                tuple(word > width - _PADDING - 1 for word, width in zip(words, widths, strict=True)),
            )
        )
    return arranged


def _need(table: Table, number: int, room: float) -> tuple[float, float]:
    """The least width of a column, at which no number breaks, and the one that suits it, in points."""
    column = table.columns[number]
    cells = {row[number] for row in table.rows}
    head_word = max((text_width(word, 600) for word in _pieces(column.head)), default=0.0)
    cell_word = max(map(text_width, set(_words(table, number))), default=0.0)
    longest = max(map(text_width, cells), default=0.0)
    if column.numeric:
        least = max(head_word, min(longest, _MOST_TEXT), cell_word)
        suits = max(least, min(text_width(column.head, 600), 2 * head_word))
    else:
        least = max(head_word, min(cell_word, _LEAST_TEXT))
        suits = max(least, cell_word, min(longest, _MOST_TEXT))
    return least * room + _PADDING, suits * room + _PADDING


def _parts(least: Sequence[float], available: float) -> list[list[int]]:
    if sum(least) <= available or len(least) == 1:
        return [list(range(len(least)))]
    first = min(least[0], _HEADS_OF_ROWS * available)
    parts: list[list[int]] = []
    taken = available
    for number in range(1, len(least)):
        if taken + least[number] > available:
            parts.append([0])
            taken = first
        parts[-1].append(number)
        taken += least[number]
    return parts


def _shared_out(needs: Sequence[tuple[float, float]], available: float) -> list[float]:
    """What suits every column where there is room; else what is beyond the least is shared."""
    least, suits = [need for need, _ in needs], [need for _, need in needs]
    if sum(suits) <= available:
        return suits
    if sum(least) > available:
        # one column wider than the page: its words break
        over = sum(least) - available
        widest = max(range(len(least)), key=least.__getitem__)
        return [width - over if n == widest else width for n, width in enumerate(least)]
    spare, wanted = available - sum(least), sum(suits) - sum(least)
    return [low + spare * (high - low) / wanted for low, high in needs]


def _in_few_lines(
    table: Table, columns: Sequence[int], needs: Sequence[tuple[float, float]], widths: list[float]
) -> list[float]:
    """The same room, shared between columns of texts so that the rows take the fewest lines."""
    narrow = [
        place
        for place, number in enumerate(columns)
        if widths[place] < needs[place][1] - 1 and not table.columns[number].numeric
    ]
    rows = table.rows[:_ROWS_TRIED]
    if len(narrow) < 2:
        return widths
    cells = [[text_width(row[number]) for row in rows] for number in columns]
    best, made = _lines(cells, widths), list(widths)
    for one, other in combinations(narrow, 2):
        both = made[one] + made[other]
        most = min(needs[one][1], both - needs[other][0])
        least = max(needs[one][0], both - needs[other][1])
        for share in range(_SHARES + 1) if most > least else ():
            tried = list(made)
            tried[one] = least + (most - least) * share / _SHARES
            tried[other] = both - tried[one]
            lines = _lines(cells, tried)
            if lines < best:
                best, made = lines, tried
    return made


def _lines(cells: Sequence[Sequence[float]], widths: Sequence[float]) -> int:
    """About how many lines rows take whose cells are so wide, in columns of these widths."""
    rooms = [width - _PADDING for width in widths]
    taken = [
        [1 if cell <= room + 1e-6 else math.ceil(cell / (_FILLED * room)) for cell in column]
        for column, room in zip(cells, rooms, strict=True)
    ]
    return sum(map(max, *taken))


def _words(table: Table, number: int) -> Iterator[str]:
    """The words of a column's cells."""
    return (word for row in table.rows for word in _pieces(row[number]))


def _pieces(text: str) -> list[str]:
    return [word[:LONGEST_PIECE] for word in text.split()]


@lru_cache(maxsize=50_000)
def text_width(text: str, weight: int = 400) -> float:
    """The width of a line in points at 9 points, without kerning."""
    advances = _advances(weight)
    return sum([advances.get(letter, 0.6) for letter in text]) * _SIZE


@cache
def _advances(weight: int) -> dict[str, float]:
    """The widths of letters, as parts of the size."""
    with TTFont(cut(TEXT, weight), lazy=True) as font:
        widths, unit = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()}
