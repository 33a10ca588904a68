"""How figures look: one font, few colours that hold in grey print and for colour blindness."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure

from weltoffen_eval import paths

FONT = "Source Sans 3"
FONT_STRONG = "Source Sans 3 SemiBold"
#: Drawn in these colours, shown in the page's own (CSS variables), so that they follow its dark mode.
INK, SOFT, MARK, RANGE, GRID, PAPER = "#1f2933", "#4a5663", "#0b5c7a", "#5f96ac", "#d5dbe1", "#ffffff"
_VARIABLES = {
    INK: "--ink",
    SOFT: "--soft",
    MARK: "--mark",
    RANGE: "--range",
    GRID: "--grid",
    PAPER: "--paper",
}

_SETTINGS: dict[Any, Any] = {
    "font.family": FONT,
    "font.size": 10,
    "svg.fonttype": "none",
    "svg.hashsalt": "weltoffen",
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}


@cache
def _house_settings() -> dict[Any, Any]:
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        chosen = dict(matplotlib.rcParams)
    # which backend a process draws with is no matter of style
    return {key: value for key, value in chosen.items() if not key.startswith("backend")} | _SETTINGS


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib's defaults and our settings, whatever the machine's own are."""
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if FONT not in known:
        for path in sorted((paths.TEMPLATES / "fonts").glob("SourceSans3-*.ttf")):
            font_manager.fontManager.addfont(path)
    # only what differs: matplotlib checks each setting that is set, some 300 of them
    ours = {key: value for key, value in _house_settings().items() if matplotlib.rcParams[key] != value}
    with matplotlib.rc_context(ours), warnings.catch_warnings():
        # letters are written as text (svg.fonttype), and the page and the PDF have fonts for every sign
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from font", UserWarning)
        yield


def as_svg(figure: Figure, prefix: str) -> str:
    """The figure as an SVG element for a page; ``prefix`` keeps its ids apart from other figures'."""
    with house_style():
        stream = io.StringIO()
        figure.savefig(
            stream,
            format="svg",
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    svg = stream.getvalue()
    svg = svg[svg.index("<svg ") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    # its <style> would reach the whole page
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    # ids are only needed where something refers to them
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(
        r' id="([^"]*)"',
        lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "",
        svg,
    )
    svg = re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}-", svg)
    # the family is that of the page; what is strong says so by its weight
    svg = svg.replace(f"font-family: '{FONT_STRONG}'", "font-weight: 600")
    svg = svg.replace(f"font-family: '{FONT}'; ", "")
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, f"var({variable}, {colour})")
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()  # type: ignore[union-attr]
    svg = re.sub(r'^<svg [^>]*?(viewBox="[^"]*")[^>]*>', r"<svg \1 SIZE>", svg)
    return svg.replace("SIZE", f'width="{width}" height="{height}"', 1)
