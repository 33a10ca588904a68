"""Setting pages with Typst: its fonts and what they can show, SVG drawn as pixels."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from html import escape, unescape
from typing import Any

import typst

from weltoffen_eval import paths
from weltoffen_eval.block_html import CONTROL
from weltoffen_eval.publish.columns import LONGEST_PIECE
from weltoffen_eval.publish.contents import ExportError
from weltoffen_eval.publish.fonts import FONTS, without_glyph
from weltoffen_eval.publish.pdf_tags import complete_tags

# its stubs promise nothing for a list of standards that is not written in place
_compile: Any = typst.compile
_LONG = re.compile(rf"\S{{{LONGEST_PIECE}}}(?=\S)")
#: What joins or parts letters of some scripts and of emoji; all other marks without a picture are left out.
_JOINING = set("\u00ad\u200b\u200c\u200d")
_VARIABLE = re.compile(r"var\(--\w+, (#\w+)\)")
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
    return complete_tags(made)


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
    """Text that our fonts can show, without control characters.

    PDF/A and PDF/UA allow no character without a glyph: one that has none is shown as the letters that mean
    the same (𝑥 as x), else named by its number. What has no blank in it, such as a hash, may break after
    every 24 characters.
    """
    shown = CONTROL.sub("", text).replace("\t", "  ")
    if not shown.isascii():
        shown = "".join(c for c in shown if c in _JOINING or unicodedata.category(c) != "Cf")
        for code in sorted(without_glyph(frozenset(map(ord, set(shown))) - {ord("\n")})):
            shown = shown.replace(chr(code), _instead(chr(code)))
    return _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", shown)


def _instead(character: str) -> str:
    if character in _JOINING or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and not without_glyph(frozenset(map(ord, plain))):
        return plain
    return f"[U+{ord(character):04X}]"
