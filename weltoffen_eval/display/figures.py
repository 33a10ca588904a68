"""The pictures of a report: scores as dots on a line from 0 to 100."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from weltoffen_eval.analysis.comparison import Reference
from weltoffen_eval.analysis.profile import Profile
from weltoffen_eval.display import numbers, wording
from weltoffen_eval.display.style import FONT_STRONG, GRID, MARK, PAPER, RANGE, SOFT, house_style
from weltoffen_eval.study.instrument import Instrument

# inches; narrow, so that its letters can be read on a phone and are no larger than the text on a screen
_WIDTH = 4.2
_LEFT, _RIGHT = 0.09, 0.42
_LINE, _TRACK, _AXIS = 0.165, 0.3, 0.5
_BELOW = 0.19  # from a line to the next label
_BRACKET = 0.105  # from a line to the bracket below it
_TICKS = (0, 25, 50, 75, 100)
_LABEL_CHARACTERS = 52
_CHANGE_ROW = 0.42


def dimension_profile(profile: Profile) -> Figure:
    """A dot per dimension on a line from 0 to 100 points, with its bounds and the others' middle half."""
    dimensions = profile.instrument.dimensions
    return _dots(
        profile,
        [(d.title["de"], profile.score("dimension", d.id)) for d in dimensions],
        [profile.reference("dimension", d.id) for d in dimensions],
    )


def criterion_profile(profile: Profile, dimension: str) -> Figure:
    """A dot per criterion of a dimension on a line from 0 to 100 points, with its bounds."""
    return _dots(
        profile,
        [
            (c.title["de"], profile.score("criterion", c.id))
            for c in profile.instrument.criteria_of(dimension)
        ],
    )


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> Figure:
    """A dot per municipality and wave: by how many points another scheme moves each dimension."""
    import seaborn  # only here: it takes a second to import

    titles = {d.id: d.title["de"] for d in instrument.dimensions}
    shown = compared.dropna(subset=["change"]).assign(field=lambda rows: rows["dimension"].map(titles))
    with house_style():
        height = _CHANGE_ROW * len(titles) + _AXIS
        figure = Figure(figsize=(_WIDTH, height))
        axes = figure.add_axes((0.44, _AXIS / height, 0.52, _CHANGE_ROW * len(titles) / height))
        axes.axvline(0, color=GRID, linewidth=1, zorder=0)
        seaborn.stripplot(
            shown, x="change", y="field", order=list(titles.values()), jitter=False, size=6, color=MARK,
            alpha=0.35, ax=axes,
        )  # fmt: skip
        axes.set(ylabel="", xlabel=f"Veränderung in Punkten (n = {len(shown)} Werte)")
        axes.set_yticks(range(len(titles)), [wrapped(t, 22) for t in titles.values()])
        axes.tick_params(length=0)
        return figure


def _dots(
    profile: Profile, rows: list[tuple[str, pd.Series]], references: Sequence[Reference | None] = ()
) -> Figure:
    """A line per row below its label, the value at its end; all in inches from the top."""
    labels = [wrapped(label) for label, _ in rows]
    starts = [0.0]
    for label in labels:
        starts.append(starts[-1] + _LINE * (label.count("\n") + 1) + _TRACK)
    with house_style():
        height = starts[-1] + _AXIS
        figure = Figure(figsize=(_WIDTH, height))
        # placed by hand: the automatic layouts draw everything twice
        width = _WIDTH - _LEFT - _RIGHT
        axes = figure.add_axes((_LEFT / _WIDTH, _AXIS / height, width / _WIDTH, starts[-1] / height))
        axes.set(xlim=(0, 100), ylim=(starts[-1], 0), yticks=[])
        for label, start, end, (_, row) in zip(labels, starts, starts[1:], rows, strict=False):
            axes.text(0, start, label, ha="left", va="top", linespacing=1.05)
            _draw_row(axes, end - _BELOW, row, profile)
        for end, (_, row), found in zip(starts[1:], rows, references, strict=False):
            if found is not None and not row["withheld"]:
                _draw_reference(axes, end - _BELOW, found)
        lines = [end - _BELOW for end, (_, row) in zip(starts[1:], rows, strict=True) if not row["withheld"]]
        # as collections: every line drawn by itself costs as much as all of them together
        style: dict[str, Any] = {"color": GRID, "linewidth": 1, "zorder": 1, "clip_on": False}
        axes.hlines(lines, 0, 100, **style)
        ticks = [tick for _ in lines for tick in _TICKS]
        above, below = ([line + side for line in lines for _ in _TICKS] for side in (-0.04, 0.04))
        axes.vlines(ticks, above, below, **style)
        axes.set_xticks(_TICKS)
        axes.tick_params(length=0, pad=2)
        axes.spines["bottom"].set_visible(False)
        n = numbers.count(profile.sheets, "Bogen", "Bögen")
        axes.set_xlabel(f"Punkte von 0 bis 100 (n = {n} der Verwaltung)")
        return figure


def _draw_reference(axes: Axes, height: float, found: Reference) -> None:
    """A bracket below the line: the middle half of the others, and their median."""
    style: dict[str, Any] = {"color": SOFT, "linewidth": 1.2, "zorder": 2, "clip_on": False}
    at = height + _BRACKET
    axes.plot([found.q25, found.q25, found.q75, found.q75], [at - 0.035, at, at, at - 0.035], **style)
    axes.plot([found.median, found.median], [at - 0.05, at + 0.05], **{**style, "linewidth": 2})


def wrapped(label: str, width: int = _LABEL_CHARACTERS) -> str:
    """A label in at most two lines; the table below the figure has it whole."""
    lines = textwrap.wrap(label, width) or [""]
    return "\n".join(lines[:1] if len(lines) == 1 else [lines[0], lines[1] + ("…" if len(lines) > 2 else "")])


def _draw_row(axes: Axes, height: float, row: pd.Series, profile: Profile) -> None:
    """The dot at this height with its range and its value, or why there is none."""
    if row["withheld"]:
        reason = wording.withheld(str(row["withheld"]), profile)
        axes.text(0, height, f"– {reason}", ha="left", va="center", color=SOFT)
        return
    low, high, score = row["low"], row["high"], row["score"]
    if not math.isclose(low, high):
        axes.plot([low, high], [height, height], color=RANGE, linewidth=6, solid_capstyle="butt", zorder=2)
    axes.plot(
        [score], [height], "o", color=MARK, markersize=8.5, markeredgecolor=PAPER, markeredgewidth=1,
        zorder=3, clip_on=False,
    )  # fmt: skip
    axes.annotate(
        numbers.points(score),
        (100, height),
        xytext=(26, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        family=FONT_STRONG,
        weight=600,
        annotation_clip=False,
    )
