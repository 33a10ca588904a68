"""The fonts of a report: the text's own, and those that stand in for signs and scripts it does not have."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONTS = paths.TEMPLATES / "fonts"
TEXT = "SourceSans3"
#: Signs first, then other scripts; pictures and the many letters of East Asia last.
_INSTEAD = (
    "WeltoffenSigns",
    "DejaVuSans",
    *(
        f"NotoSans{script}"
        for script in (
            "Hebrew", "Ethiopic", "Devanagari", "Bengali", "Gurmukhi", "Tamil", "Sinhala", "Thai",
            "Khmer", "Georgian", "Armenian",
        )
    ),
    "NotoEmoji",
    "DroidSansFallback",
)  # fmt: skip
#: Fonts with a cut of their own for what is strong.
_TWO_CUTS = (TEXT, "WeltoffenSigns")


@cache
def characters(font: str = TEXT) -> frozenset[int]:
    """The characters for which every cut of a font has a glyph; by default the text's own."""
    cuts = []
    for weight in (400, 600):
        # only the table of characters is read
        with _opened(font, weight) as opened:
            cuts.append(set(opened.getBestCmap()))
    return frozenset(set.intersection(*cuts))


def cut(font: str, weight: int) -> Path:
    """The file of a font for ordinary (400) or strong (600) text."""
    name = "SemiBold" if weight == 600 and font in _TWO_CUTS else "Regular"
    return FONTS / f"{font}-{name}.ttf"


def _opened(font: str, weight: int) -> TTFont:
    # a page of western letters alone does not wait for it
    from fontTools.ttLib import TTFont

    return TTFont(cut(font, weight), lazy=True)


def fonts_of(codes: frozenset[int]) -> dict[str, tuple[int, ...]]:
    """Which font shows which of these characters; those that none has are left out."""
    found: dict[str, tuple[int, ...]] = {}
    for font in (TEXT, *_INSTEAD):
        shown = codes & characters(font)
        if shown:
            found[font] = tuple(sorted(shown))
        codes -= shown
        # the fonts behind are not even opened
        if not codes:
            break
    return found


@cache
def family(font: str) -> str:
    """The name by which a drawing or a style sheet calls a font."""
    with _opened(font, 400) as opened:
        return str(opened["name"].getBestFamilyName())


def without_glyph(codes: frozenset[int]) -> frozenset[int]:
    """The characters that no font of ours has."""
    return codes - {code for shown in fonts_of(codes).values() for code in shown}
