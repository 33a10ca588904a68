"""How high the rows of a table are on paper, where it is certain how many lines each of their cells takes.

Typst sets a row whose height it is not told twice, once to measure it, and half of a PDF's time were its
rows. It breaks lines where the next word has no room. How wide a word is, is known here but for the
kerning of its letters, and where a line may end but for some signs; a cell whose number of lines depends on
neither is certain, and most are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from weltoffen_eval.blocks import Table
from weltoffen_eval.publish.exporting.columns import ColumnGroup, text_width

#: Points from a line to the next and of the letters above the base line, at 9 points; beside and around a
#: text: as ``report.typ`` has them.
LETTERS, LEADING = 5.94, 4.5
LEFT, RIGHT, ABOVE, BELOW = 4.0, 4.0, 3.0, 2.4
_POINTS = 72 / 25.4  # in a millimetre
#: Kerning makes a word or a line of the text's font so many times as wide at most and at least.
_WIDEST, _NARROWEST = 1.012, 0.955
#: Letters and signs of which all is known; a text with others is measured by Typst.
_KNOWN = re.compile(r"[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e .,;:!?()\u201e\u201c\u2013/%+=-]*")
#: Where a line may end for certain: between two words that nothing holds together.
_CERTAIN = re.compile(r"(?:(?<=\w)|(?<=[^\W\d_][,;:.)])) (?=[\w(\u201e])(?!(?<=\d )\d)")
#: Where a word may be broken at all.
_POSSIBLE = re.compile(r"(?<=\W)(?=.)")


def known_heights(table: Table, group: ColumnGroup) -> tuple[float | None, list[float | None]]:
    """The height of the row of heads and of every other row in points; None where it is not certain."""
    rooms = [width * _POINTS - RIGHT - (LEFT if place else 0) for place, width in enumerate(group.widths)]
    columns = [table.columns[number] for number in group.columns]
    head = _height([column.head for column in columns], rooms, 600)
    if any(column.language for column in columns):
        # another language may have other letters
        return head, [None] * len(table.rows)
    return head, [_height([row[number] for number in group.columns], rooms) for row in table.rows]


def _height(texts: Iterable[str], rooms: Iterable[float], weight: int = 400) -> float | None:
    most = 1
    for text, room in zip(texts, rooms, strict=True):
        lines = certain_lines(text, room, weight)
        if lines is None:
            return None
        most = max(most, lines)
    return round(ABOVE + most * LETTERS + (most - 1) * LEADING + BELOW, 2)


def certain_lines(text: str, room: float, weight: int = 400) -> int | None:
    """How many lines a text takes in so many points, or None where that is not certain."""
    # what is more than text has a class of its own
    if type(text) is not str or not _KNOWN.fullmatch(text):
        return None
    whole = text_width(text, weight)
    if whole * _WIDEST <= room:
        return 1
    blank = text_width(" ", weight)
    words = [text_width(word, weight) for word in _CERTAIN.split(text)]
    if max(words) > room:
        return None
    most = _lines([(blank * _WIDEST, width * _WIDEST) for width in words], room)
    # a line is never fuller than its room, but for the blank at its end
    if most == 1 or whole * _NARROWEST - (most - 2) * blank > (most - 1) * room:
        return most
    pieces = [
        (0.0 if place else blank * _NARROWEST, text_width(piece, weight) * _NARROWEST)
        for word in text.split(" ")
        for place, piece in enumerate(_POSSIBLE.split(word))
    ]
    return most if most == _lines(pieces, room) else None


def _lines(words: Iterable[tuple[float, float]], room: float) -> int:
    """How many lines words take, each as full as can be; of each word the blank before it and its width."""
    lines, filled = 0, 0.0
    for blank, width in words:
        if lines and filled + blank + width <= room:
            filled += blank + width
        else:
            lines, filled = lines + 1, width
    return lines
