"""Setting pages with Typst: its fonts and what they can show, widths of columns, SVG drawn as pixels."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from html import escape, unescape
from typing import Any

import typst

from weltoffen_eval import paths
from weltoffen_eval.block_html import CONTROL
from weltoffen_eval.blocks import Table
from weltoffen_eval.publish.contents import ExportError
from weltoffen_eval.publish.stylesheet import FONTS, characters

# its stubs promise nothing for a list of standards that is not written in place
_compile: Any = typst.compile
_LONG = re.compile(r"\S{24}(?=\S)")
#: Marks of direction and of joining, which have no picture: left out where the font does not know them.
_INVISIBLE = set("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0f\ufeff\t")
_VARIABLE = re.compile(r"var\(--\w+, (#\w+)\)")
#: Letters that columns which do not break may take together; a line holds about 95.
_MOST_UNBROKEN = 70
_DRAWN = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 120mm)
"""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def set_pdf(content: Mapping[str, Any], standards: Sequence[str], day: str) -> bytes:
    """The PDF of the template ``report.typ`` with its content.

    Parameters
    ----------
    day : the date of the data (ISO), which is written into the file; the clock is not

    Raises
    ------
    ExportError
        If Typst cannot hold the standards.
    """
    at = datetime.combine(date.fromisoformat(day) if day else date(1970, 1, 1), time(), UTC)
    try:
        made: bytes = _compile(
            str(paths.TEMPLATES / "typst" / "report.typ"),
            format="pdf",
            sys_inputs={"content": json.dumps(content)},
            font_paths=_fonts(),
            pdf_standards=list(standards),
            timestamp=at,
        )
    except typst.TypstError as error:
        raise ExportError(f"The PDF cannot be set: {error}") from error
    return made


def draw_pixels(svg: str, points_per_inch: int = 200) -> bytes:
    """A PNG of a standalone SVG, 120 mm wide."""
    try:
        made: bytes = _compile(
            _DRAWN.encode(),
            format="png",
            ppi=points_per_inch,
            sys_inputs={"svg": svg},
            font_paths=_fonts(),
        )
    except typst.TypstError as error:
        raise ExportError(f"A picture cannot be drawn: {error}") from error
    return made


def standalone(svg: str) -> str:
    """A drawing of ours outside of a page: with its own colours and font instead of the page's."""
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        # in CSS a name that holds a number is quoted
        "font-family=\"'Source Sans 3'\" "
    )
    drawn = re.sub(r">([^<]*)</text>", lambda found: f">{escape(printable(unescape(found[1])))}</text>", svg)
    return _VARIABLE.sub(r"\1", drawn).replace("<svg ", opening, 1)


def all_printable(value: Any) -> Any:
    """The same data with texts that can be set."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [all_printable(entry) for entry in value]
    return value


def printable(text: str) -> str:
    """Text that the font can show: what it cannot is named by its number; control characters are left out.

    PDF/A and PDF/UA allow no character without a glyph. What has no blank in it, such as a hash, may
    break after every 24 characters.
    """
    shown = CONTROL.sub("", text)
    missing = {character for character in shown if ord(character) not in characters() and character != "\n"}
    for character in missing - _INVISIBLE:
        shown = shown.replace(character, f"[U+{ord(character):04X}]")
    for character in missing & _INVISIBLE:
        shown = shown.replace(character, "")
    return _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", shown)


def column_shares(table: Table) -> list[int]:
    """Shares of the width for texts; 0 for a column that is as wide as its longest cell.

    Where that would leave too little to the texts, every column has a share, and heads break at blanks.
    """
    cells = [max((len(row[n]) for row in table.rows), default=0) for n in range(len(table.columns))]
    longest = [max(length, len(column.head)) for length, column in zip(cells, table.columns, strict=True)]
    shares = [
        0 if column.numeric or length <= 14 else min(length, 50)
        for column, length in zip(table.columns, longest, strict=True)
    ]
    if sum(length for length, share in zip(longest, shares, strict=True) if not share) <= _MOST_UNBROKEN:
        return shares
    words = [max(map(len, column.head.split())) for column in table.columns]
    return [min(max(pair), 30) + 2 for pair in zip(cells, words, strict=True)]
