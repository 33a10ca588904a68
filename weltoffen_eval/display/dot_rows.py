"""A picture of rows: a label, a line below it, a dot on the line, its value at the end of the line."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from weltoffen_eval.display.style import FONT_STRONG, GRID, MARK, PAPER, RANGE

#: Inches; narrow, so that its letters can be read on a phone and are no larger than the text on a screen.
WIDTH = 4.2
AXIS = 0.5
_LEFT, _LINE = 0.09, 0.165
_LABEL_CHARACTERS = 52
#: Typographic points from the rows to the names of the ticks, and to the title below these.
_PAD, _TITLE_PAD = 2, 19.5
_SHORT_NAME = 2  # characters that have room left of their tick at the edge


class Track(NamedTuple):
    """The room of a row: inches below its label, from its line to the next label, and right of the lines.

    ``value``: typographic points from the end of a line to the end of its value.
    """

    height: float
    below: float
    right: float
    value: float


class DotRows(NamedTuple):
    """The figure, its axes (x in points, y in inches from the top), and the height of every line."""

    figure: Figure
    axes: Axes
    lines: list[float]
    track: Track


def dot_rows(labels: Sequence[str], ends: tuple[float, float], track: Track, axis: float = AXIS) -> DotRows:
    """Rows with their labels, nothing on their lines yet; to be called in the house style.

    ``axis``: inches below the rows.
    """
    texts = [wrapped(label) for label in labels]
    starts = [0.0]
    for text in texts:
        starts.append(starts[-1] + _LINE * (text.count("\n") + 1) + track.height)
    height = starts[-1] + axis
    figure = Figure(figsize=(WIDTH, height))
    # placed by hand: the automatic layouts draw everything twice
    width = WIDTH - _LEFT - track.right
    axes = figure.add_axes((_LEFT / WIDTH, axis / height, width / WIDTH, starts[-1] / height))
    axes.set(xlim=ends, ylim=(starts[-1], 0))
    # matplotlib's own axis makes a tick of five artists, twice; its numbers are set by name_ticks
    axes.set_axis_off()
    for text, start in zip(texts, starts, strict=False):
        axes.text(ends[0], start, text, ha="left", va="top", linespacing=1.05)
    return DotRows(figure, axes, [end - track.below for end in starts[1:]], track)


def draw_lines(axes: Axes, lines: Sequence[float], ticks: Sequence[float]) -> None:
    """The lines of the rows, from the first tick to the last."""
    # as collections: every line drawn by itself costs as much as all of them together
    style: dict[str, Any] = {"color": GRID, "linewidth": 1, "zorder": 1, "clip_on": False}
    axes.hlines(lines, ticks[0], ticks[-1], **style)
    above, below = ([line + side for line in lines for _ in ticks] for side in (-0.04, 0.04))
    axes.vlines([tick for _ in lines for tick in ticks], above, below, **style)


def name_ticks(rows: DotRows, ticks: Sequence[float], title: str, names: Sequence[str] = ()) -> None:
    """Below the rows the ``names`` of the ticks, else the ticks themselves; below these what they count."""
    axes, bottom = rows.axes, rows.axes.get_ylim()[0]
    style: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "top"}
    for tick, name in zip(ticks, names or [str(tick) for tick in ticks], strict=True):
        # a longer name at the left end would be cut off by the edge of the figure
        at_edge = {"ha": "left"} if tick == ticks[0] and len(name) > _SHORT_NAME else {}
        axes.annotate(name, (tick, bottom), xytext=(0, -_PAD), annotation_clip=False, **(style | at_edge))
    middle = sum(axes.get_xlim()) / 2
    axes.annotate(title, (middle, bottom), xytext=(0, -_TITLE_PAD), annotation_clip=False, **style)


def draw_dot(rows: DotRows, line: float, value: float, text: str, low: float, high: float) -> None:
    """The dot of a row with its range, if it has one, and its value as a text at the end of the line."""
    axes = rows.axes
    if not math.isnan(low) and not math.isclose(low, high):
        axes.plot([low, high], [line, line], color=RANGE, linewidth=6, solid_capstyle="butt", zorder=2)
    axes.plot(
        [value], [line], "o", color=MARK, markersize=8.5, markeredgecolor=PAPER, markeredgewidth=1,
        zorder=3, clip_on=False,
    )  # fmt: skip
    axes.annotate(
        text, (axes.get_xlim()[1], line), xytext=(rows.track.value, 0), textcoords="offset points",
        ha="right", va="center", family=FONT_STRONG, weight=600, annotation_clip=False,
    )  # fmt: skip


def wrapped(label: str, width: int = _LABEL_CHARACTERS) -> str:
    """A label in at most two lines; the table below the figure has it whole."""
    lines = textwrap.wrap(label, width) or [""]
    return "\n".join(lines[:1] if len(lines) == 1 else [lines[0], lines[1] + ("…" if len(lines) > 2 else "")])
