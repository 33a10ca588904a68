"""The brand at the head of a report, the same in every format: name, logo, and a colour that can be read."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: The papers of a page (stylesheet), by day and by night.
LIGHT_PAPER, DARK_PAPER = "#ffffff", "#14191e"
#: Contrast that text needs (WCAG 2.1, 1.4.3), also where colours are printed as grey.
LEAST_CONTRAST = 4.5
#: The colour of a brand that names none.
PLAIN = "#0b5c7a"
_STEPS = 50
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class BrandHead:
    """Whose report this is; ``light`` and ``dark``: its colour as text on each paper.

    ``language``: that of the name where it is not the report's. ``logo`` is empty where there is none.
    """

    name: str
    language: str = ""
    logo: bytes = b""
    logo_type: str = ""
    logo_text: str = ""
    light: str = PLAIN
    dark: str = "#7cc7e3"

    @property
    def address(self) -> str:
        """The logo as an address that holds it."""
        return f"data:{self.logo_type};base64,{base64.b64encode(self.logo).decode('ascii')}"


def brand_head(data: Mapping[str, Any]) -> BrandHead | None:
    """The brand that a notebook carries along; None where it carries none that can be shown."""
    name = data.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    colour = str(data.get("colour") or "")
    known = colour if re.fullmatch("#[0-9A-Fa-f]{6}", colour) else PLAIN
    return BrandHead(
        name,
        str(data.get("language") or ""),
        base64.b64decode(str(data.get("logo") or "")),
        str(data.get("logo_type") or ""),
        str(data.get("logo_text") or ""),
        readable(known, LIGHT_PAPER),
        readable(known, DARK_PAPER),
    )


def readable(colour: str, paper: str) -> str:
    """The colour, darkened or lightened until it can be read on a paper, also in grey."""
    dark_paper = _luminance(_rgb(paper)) < 0.2
    end = (255.0, 255.0, 255.0) if dark_paper else (0.0, 0.0, 0.0)
    start = _rgb(colour)
    for step in range(_STEPS + 1):
        mixed = tuple(round(a + (b - a) * step / _STEPS) for a, b in zip(start, end, strict=True))
        red, green, blue = mixed
        made = f"#{red:02x}{green:02x}{blue:02x}"
        if min(contrast(made, paper), contrast(as_grey(made), paper)) >= LEAST_CONTRAST:
            return made
    return "#ffffff" if dark_paper else "#000000"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    References
    ----------
    .. [1] W3C (2018), Web Content Accessibility Guidelines 2.1: contrast ratio, relative luminance.
    """
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def as_grey(colour: str) -> str:
    """A colour as printers set it in grey (luma of ITU-R BT.601)."""
    red, green, blue = _rgb(colour)
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{level:02x}{level:02x}{level:02x}"


def _rgb(colour: str) -> Colour:
    return (float(int(colour[1:3], 16)), float(int(colour[3:5], 16)), float(int(colour[5:7], 16)))


def _luminance(colour: Colour) -> float:
    shares = (part / 255 for part in colour)
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
