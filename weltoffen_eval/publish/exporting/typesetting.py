"""Setting pages with Typst: its fonts and what they can show, SVG drawn as pixels."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from html import escape, unescape
from itertools import groupby, pairwise
from typing import Any

import typst

from weltoffen_eval import paths
from weltoffen_eval.block_html import CONTROL
from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.columns import LONGEST_PIECE
from weltoffen_eval.publish.exporting.fonts import FONTS, family, fonts_of, without_glyph
from weltoffen_eval.publish.exporting.pdf_tags import complete_tags

_LONG = re.compile(rf"\S{{{LONGEST_PIECE}}}(?=\S)")
_FAILURES = (typst.TypstError, RuntimeError)
#: A SHA-256, which a line of the page holds.
_HASH = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9A-Za-z])")
_BREAKS = "\\g<0>\N{ZERO WIDTH SPACE}"
#: What in a drawing is no text that is set, tags among it, and the text between them.
_TEXTS = re.compile(
    r"<(title|desc|style|metadata)\b[^<>]*(?<!/)>.*?</\1\s*>|<[^<>]*>|[^<]*[^<\s][^<]*",
    re.DOTALL | re.IGNORECASE,
)
#: Scripts of which letters melt together; in a drawing Typst loses what they stand for (PDF/UA forbids it).
_MELTING = re.compile("[\u0900-\u0dff\u1780-\u17ff]")
#: What joins or parts letters of some scripts and of emoji; all other marks without a picture are left out.
_JOINING = set("\u00ad\u200b\u200c\u200d")
_VARIABLE = re.compile(r"var\(--\w+, (#\w+)\)")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def read_fonts() -> None:
    """Read once what is in the fonts of nearly every page."""
    _fonts()
    with_fonts("<text>é●</text>")


def _compile(*arguments: Any, **options: Any) -> Any:
    """Typst's compiler: bytes, or of several pictures a list of such; a panic within it is an error like any
    other."""
    # its stubs promise nothing for a list of standards that is not written in place
    compile_: Any = typst.compile
    try:
        return compile_(*arguments, **options)
    except BaseException as error:
        # a class of its own, of which Python knows only the name
        if type(error).__name__ == "PanicException":
            raise RuntimeError(str(error)) from error
        raise


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
        made = _compile(
            str(paths.TEMPLATES / "typst" / "report.typ"),
            format="pdf",
            sys_inputs={"content": json.dumps(content)},
            font_paths=_fonts(),
            pdf_standards=list(standards),
            timestamp=at,
        )
    except _FAILURES as error:
        raise ExportError(f"The PDF cannot be set: {error}") from error
    return complete_tags(bytes(made))


def draw_pixels(svg: str, points_per_inch: int = 200) -> bytes:
    """A PNG of a standalone SVG as wide as it says, but neither wider nor taller than the text of a page."""
    return draw_all([svg], None, points_per_inch)[0]


def draw_all(svgs: Sequence[str], width: float | None, points_per_inch: int = 200) -> list[bytes]:
    """The same of several, or each of them ``width`` centimetres wide.

    Each is a page of one document: Typst begins once, which costs a third of a drawing.
    """
    if not svgs:
        return []
    try:
        made = _compile(
            # a file: a source that is handed over counts as a new one each time, and 65,535 are Typst's end
            str(paths.TEMPLATES / "typst" / "drawing.typ"),
            format="png",
            ppi=points_per_inch,
            sys_inputs={
                "drawings": json.dumps([with_fonts(svg) for svg in svgs]),
                "width": json.dumps(width),
            },
            font_paths=_fonts(),
        )
    except _FAILURES as error:
        raise ExportError(f"A picture cannot be drawn: {error}") from error
    return [made] if isinstance(made, bytes) else made


def standalone(svg: str) -> str:
    """A drawing of ours outside of a page: with its own colours and font instead of the page's."""
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        # in CSS a name that holds a number is quoted
        "font-family=\"'Source Sans 3'\" "
    )
    return CONTROL.sub("", _VARIABLE.sub(r"\1", svg)).replace("<svg ", opening, 1)


def with_fonts(svg: str) -> str:
    """A drawing whose texts can be set: letters beyond ASCII name the font of ours that has them.

    Typst looks for another font only where all letters of a text are in it.
    """
    return _TEXTS.sub(lambda found: found[0] if found[0].startswith("<") else _text(found[0]), svg)


def picture_in_pdf(svg: str) -> tuple[str | list[int], str]:
    """A drawing as it can stand in a PDF, and its format: ``svg``, or ``png`` where its letters melt."""
    if _MELTING.search(svg):
        return list(draw_pixels(svg)), "png"
    return with_fonts(svg), "svg"


def _text(written: str) -> str:
    if written.isascii() and "&" not in written:
        return _LONG.sub(_BREAKS, written)
    text = printable(unescape(written))
    if text.isascii():
        return escape(text)
    found = fonts_of(frozenset(map(ord, text)))
    names = {code: family(font) for font, codes in found.items() for code in codes}
    pieces = ((name, "".join(signs)) for name, signs in groupby(text, lambda sign: names.get(ord(sign), "")))
    return "".join(f"<tspan font-family=\"'{name}'\">{escape(piece)}</tspan>" for name, piece in pieces)


def all_printable(value: Any) -> Any:
    """The same data with texts that can be set."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [all_printable(entry) for entry in value]
    return value


def printable_line(text: str) -> str:
    """As :func:`printable` for a text that stands in a line of a page: a hash is whole, as it is copied."""
    ends = [0, *(end for found in _HASH.finditer(text) for end in found.span()), len(text)]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    return "".join(piece if _HASH.fullmatch(piece) else printable(piece) for piece in pieces)


def printable(text: str) -> str:
    """Text that our fonts can show, without control characters.

    PDF/A and PDF/UA allow no character without a glyph: one that has none is shown as the letters that mean
    the same (𝑥 as x), else named by its number. What has no blank in it, such as a hash, may break after
    every 24 characters.
    """
    shown = text if text.isprintable() else CONTROL.sub("", text).replace("\t", "  ")
    if shown.isascii():
        if len(shown) <= LONGEST_PIECE:
            return shown
    else:
        for mark in sorted(filter(_is_odd, set(shown))):
            left_out = unicodedata.category(mark) == "Cf" and mark not in _JOINING
            shown = shown.replace(mark, "" if left_out else _instead(mark))
    return _LONG.sub(_BREAKS, shown)


@cache
def _is_odd(character: str) -> bool:
    """Whether it cannot be set as it is: what is only a mark, and what no font has."""
    if unicodedata.category(character) == "Cf" and character not in _JOINING:
        return True
    return character != "\n" and bool(without_glyph(frozenset({ord(character)})))


def _instead(character: str) -> str:
    if character in _JOINING or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and not without_glyph(frozenset(map(ord, plain))):
        return plain
    return f"[U+{ord(character):04X}]"
