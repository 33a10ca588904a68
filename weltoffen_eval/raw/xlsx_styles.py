"""What the styles of a workbook say of its cells: number formats, lines through them, colours that hide."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from weltoffen_eval.raw.number_formats import BUILTIN
from weltoffen_eval.raw.xlsx_elements import is_set, read_small

_WHITE, _BLACK = "FFFFFF", "000000"
#: Of ECMA-376-1:2016, 18.8.27; 64 and 65 are what the system has for letters and ground.
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}
#: The first two colours of a theme are ground and letters, in this order.
_OF_THEME = {"0": _WHITE, "1": _BLACK}
#: Below this contrast (WCAG 2.2; 1 is none, 4.5 is asked for) letters cannot be told from their ground.
_LEAST_CONTRAST = 1.1
#: Letters of less points than this are a line of dots.
_LEAST_POINTS = 2.0
#: Fonts that show a sign in place of each letter: J is a smiling face in Wingdings, and a tick is written ü.
_OF_SIGNS = frozenset(
    ("wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett", "symbol", "zapfdingbats")
)


@dataclass
class Styles:
    """``formats``: the number format of each style of a cell. ``struck`` and ``unseen``: the styles, as
    cells name them, with a line through the value, or in the colour of their ground or too small to be
    seen. ``of_signs``: those in a font of signs, by its name. ``grounds``: their colours where they are not
    white; empty is one that is not known.
    ``conditional``: for each format of a condition, whether it can show something else than is stored,
    or nothing."""

    formats: list[str] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    of_signs: dict[str, str] = field(default_factory=dict)
    grounds: dict[str, str] = field(default_factory=dict)
    conditional: list[bool] = field(default_factory=list)

    def doubts(self, style: str) -> bool:
        """Whether a value in a cell of this style is not seen for certain as it is stored."""
        return style in self.struck or style in self.unseen or style in self.of_signs

    def hides(self, letters: str, style: str) -> bool:
        """Whether letters of this colour are not seen in a cell of this style."""
        return are_alike(letters, self.grounds.get(style, _WHITE))


def read_styles(container: zipfile.ZipFile, part: str) -> Styles:
    """The styles of a workbook.

    Raises
    ------
    BrokenWorkbook
        Where the part is damaged.
    """
    reader = _StylesReader()
    read_small(container, part, reader.begin, reader.end)
    return reader.styles()


def colour_of(attributes: Mapping[str, str]) -> str:
    """A colour in such a way that the same ones are equal; empty where it is not known."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    if "theme" in attributes:
        tint = attributes.get("tint", "0")
        return _tinted(attributes["theme"], tint) or f"theme {attributes['theme']} {tint}"
    if "indexed" in attributes:
        return _INDEXED.get(attributes["indexed"], f"indexed {attributes['indexed']}")
    return ""


def _tinted(theme: str, tint: str) -> str:
    """White made darker, or black made lighter (18.8.19); empty for other colours of a theme."""
    plain = _OF_THEME.get(theme, "")
    try:
        share = min(1.0, max(-1.0, float(tint)))
    except ValueError:
        return ""
    if plain == _WHITE and share < 0:
        return f"{round(255 * (1 + share)):02X}" * 3
    if plain == _BLACK and share > 0:
        return f"{round(255 * share):02X}" * 3
    return plain


def are_alike(letters: str, ground: str) -> bool:
    """Whether letters of a colour cannot be told from a ground of another; not where one is not known."""
    if not letters or letters == ground:
        return bool(letters)
    try:
        first, second = sorted((_luminance(letters), _luminance(ground)))
    except ValueError:
        return False
    return (second + 0.05) / (first + 0.05) < _LEAST_CONTRAST


def hides_by_condition(letters: str, ground: str, fills: bool) -> bool:
    """Whether the colours of a condition can hide a value; where it says one only, the other is the usual."""
    return (bool(letters) or fills) and are_alike(letters or _BLACK, ground if fills else _WHITE)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour in six digits (WCAG 2.2)."""
    if len(colour) != 6:
        raise ValueError(colour)
    parts = [part / 255 for part in bytes.fromhex(colour)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_too_small(attributes: Mapping[str, str]) -> bool:
    """Whether letters of a size (``sz``) are too small to be seen."""
    try:
        return float(attributes.get("val", "")) < _LEAST_POINTS
    except ValueError:
        return False


def font_of_signs(name: str) -> str:
    """The name of a font that shows signs in place of letters; empty for others."""
    return name if name.strip().casefold() in _OF_SIGNS else ""


def shows_signs(font: str, text: str) -> bool:
    """Whether a font of signs shows something else than a text says; what it lacks another shows."""
    shown = (sign for sign in text if "!" <= sign <= "ÿ")
    return any(sign.isalpha() or font.strip().casefold() != "symbol" for sign in shown)


@dataclass
class _Look:
    """A font, a fill or a format of a condition on its way: what is not said is empty.

    ``fills``: whether a condition gives a ground, be its colour known or not.
    """

    letters: str = ""
    ground: str = ""
    fills: bool = False
    signs: str = ""
    struck: bool = False
    small: bool = False
    changes: bool = False


class _StylesReader:
    """Goes through the part of styles."""

    def __init__(self) -> None:
        self._codes = dict(BUILTIN)
        self._numbers: list[int] = []
        self._named: list[tuple[str, str]] = []
        self._fonts: list[_Look] = []
        self._fills: list[_Look] = []
        self._dxfs: list[_Look] = []
        self._inside: list[str] = []
        self._solid = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        within = self._inside[-1] if self._inside else ""
        look = self._look()
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            code = attributes.get("formatCode", "General")
            if "dxf" in self._inside:
                self._dxfs[-1].changes = code != "General"
            else:
                self._codes[int(attributes["numFmtId"])] = code
        elif name == "dxf":
            self._dxfs.append(_Look())
        elif name == "font" and within == "fonts":
            self._fonts.append(_Look(letters=_BLACK))
        elif name == "fill" and within == "fills":
            self._fills.append(_Look(ground=_WHITE))
        elif name == "gradientFill" and look is not None:
            look.ground, look.fills = "", True
        elif name == "patternFill" and look is not None:
            kind = attributes.get("patternType", "solid" if "dxf" in self._inside else "none")
            self._solid = kind == "solid"
            look.ground, look.fills = (look.ground, False) if kind == "none" else ("", True)
        elif name == "strike" and look is not None:
            look.struck = is_set(attributes.get("val", "1"))
        elif name == "sz" and within == "font" and look is not None:
            look.small = is_too_small(attributes)
        elif name == "name" and within == "font" and look is not None:
            look.signs = font_of_signs(attributes.get("val", ""))
        elif name == "color" and within == "font" and look is not None:
            look.letters = colour_of(attributes)
        elif name == ("bgColor" if "dxf" in self._inside else "fgColor") and look is not None:
            # a ground of dots or lines lets letters be seen
            look.ground = colour_of(attributes) if self._solid else ""
        elif name == "xf" and "cellXfs" in self._inside:
            number = attributes.get("numFmtId", "0")
            self._numbers.append(int(number) if number.isdecimal() else 0)
            self._named.append((attributes.get("fontId", ""), attributes.get("fillId", "")))
        self._inside.append(name)

    def end(self, name: str, text: str) -> None:
        self._inside.pop()

    def _look(self) -> _Look | None:
        """What the present element belongs to."""
        for name, looks in (("dxf", self._dxfs), ("fonts", self._fonts), ("fills", self._fills)):
            if name in self._inside and looks:
                return looks[-1]
        return None

    def styles(self) -> Styles:
        styles = Styles([self._codes.get(number, "General") for number in self._numbers])
        fonts = {str(number): font for number, font in enumerate(self._fonts)}
        fills = {str(number): fill for number, fill in enumerate(self._fills)}
        for number, (font_id, fill_id) in enumerate(self._named):
            font, fill = fonts.get(font_id), fills.get(fill_id, _Look(ground=_WHITE))
            if font is not None and font.struck:
                styles.struck.add(str(number))
            if font is not None and font.signs:
                styles.of_signs[str(number)] = font.signs
            if fill.ground != _WHITE:
                styles.grounds[str(number)] = fill.ground
            if font is not None and (font.small or are_alike(font.letters, fill.ground)):
                styles.unseen.add(str(number))
        styles.conditional = [
            look.changes
            or look.struck
            or look.small
            or hides_by_condition(look.letters, look.ground, look.fills)
            for look in self._dxfs
        ]
        return styles
