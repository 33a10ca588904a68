"""The style of all pages, with its fonts embedded."""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.publish.exporting.fonts import FONTS, TEXT, cut, fonts_of

_CUTS = (("Regular", 400), ("SemiBold", 600))
_PICTURES = "NotoEmoji"
_FEATURES = ["kern", "mark", "ccmp"]
#: What the .woff2 files hold, a subset of the .ttf files; a test compares them.
_LATIN = (
    "20-7E A0-FF 131 152-153 2BB-2BC 2C6 2DA 2DC 300-301 303-304 308-309 323 329 2009 200B "
    "2013-2014 2018-201A 201C-201E 2022 2026 2032-2033 2039-203A 2044 20AC 2122 2191 2193 2212 "
    "2215 FEFF "
)


def stylesheet(text: str) -> str:
    """The style of a page with its fonts embedded; it needs nothing from outside.

    The fonts hold the letters of western Europe; what ``text`` uses besides (Polish, Turkish, Greek,
    Cyrillic, signs such as ≤ and →, other scripts) comes with it, as far as our fonts
    have it. Emoji are the browser's.
    """
    rare = frozenset(code for code in map(ord, set(text)) if code >= 0x80) - _latin()
    if not rare:
        return _base()
    fonts = fonts_of(rare)
    return _base() + "".join(_rare_fonts(name, codes) for name, codes in fonts.items() if name != _PICTURES)


@cache
def _latin() -> frozenset[int]:
    """The characters of the .woff2 cuts, which every page has."""
    spans = [span.split("-") for span in _LATIN.split()]
    return frozenset(code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1))


@cache
def _base() -> str:
    fonts = "".join(
        _face(weight, FONTS.joinpath(f"SourceSans3-{name}.woff2").read_bytes(), "woff2")
        for name, weight in _CUTS
    )
    return fonts + (paths.TEMPLATES / "weltoffen" / "style.css").read_text(encoding="utf-8")


def _rare_fonts(font: str, codes: tuple[int, ...]) -> str:
    span = ",".join(f"U+{code:X}" for code in codes)
    features = _FEATURES if font == TEXT else ["*"]
    return "".join(
        _face(weight, _cut_of(cut(font, weight), codes, features), "woff", span) for _, weight in _CUTS
    )


def _face(weight: int, content: bytes, form: str, span: str = "") -> str:
    encoded = base64.b64encode(content).decode("ascii")
    only = f"unicode-range:{span};" if span else ""
    return (
        f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};{only}'
        f"src:url(data:font/{form};base64,{encoded}) format('{form}')}}\n"
    )


def _cut_of(path: Path, codes: tuple[int, ...], features: list[str]) -> bytes:
    """A cut of the font with nothing but these characters; what our own sentences need lies there."""
    made = path.with_name(f"{path.stem}-{'-'.join(f'{code:X}' for code in codes)}.woff")
    return made.read_bytes() if made.is_file() else _subset(path, codes, features)


def _subset(path: Path, codes: tuple[int, ...], features: list[str]) -> bytes:
    # 0.4 s, for which pages without such letters do not wait
    from fontTools import subset

    options = subset.Options(flavor="woff", recalc_timestamp=False, layout_features=features)
    stream = io.BytesIO()
    with subset.load_font(str(path), options) as font:
        maker = subset.Subsetter(options)
        maker.populate(unicodes=codes)
        maker.subset(font)
        subset.save_font(font, stream, options)
    return stream.getvalue()
