"""Pictures of a whole study: gaps as dots with their intervals around zero."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.figure import Figure

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.display.figures import wrapped
from weltoffen_eval.display.study_wording import signed
from weltoffen_eval.display.style import FONT_STRONG, GRID, MARK, PAPER, RANGE, house_style

# inches, as in the figures of a municipality
_WIDTH, _LEFT, _RIGHT, _LINE, _TRACK, _AXIS, _BELOW = 4.2, 0.09, 0.5, 0.165, 0.24, 0.5, 0.13
_STEP = 10


def mean_gaps(rows: list[tuple[str, Finding]]) -> Figure:
    """A dot per dimension at its mean gap, in points, with its interval where there is one."""
    labels = [wrapped(label) for label, _ in rows]
    starts = [0.0]
    for label in labels:
        starts.append(starts[-1] + _LINE * (label.count("\n") + 1) + _TRACK)
    ends = [abs(end) for _, gap in rows for end in (gap.value, gap.low, gap.high) if not math.isnan(end)]
    reach = _STEP * max(1, math.ceil(max(ends, default=0) / _STEP))
    with house_style():
        height = starts[-1] + _AXIS
        figure = Figure(figsize=(_WIDTH, height))
        width = _WIDTH - _LEFT - _RIGHT
        axes = figure.add_axes((_LEFT / _WIDTH, _AXIS / height, width / _WIDTH, starts[-1] / height))
        axes.set(xlim=(-reach, reach), ylim=(starts[-1], 0), yticks=[])
        style: dict[str, Any] = {"color": GRID, "linewidth": 1, "zorder": 1, "clip_on": False}
        for label, start, end, (_, gap) in zip(labels, starts, starts[1:], rows, strict=False):
            at = end - _BELOW
            axes.text(-reach, start, label, ha="left", va="top", linespacing=1.05)
            axes.hlines(at, -reach, reach, **style)
            axes.vlines([-reach, 0, reach], at - 0.04, at + 0.04, **style)
            if not math.isnan(gap.low):
                axes.plot(
                    [gap.low, gap.high], [at, at], color=RANGE, linewidth=6, solid_capstyle="butt", zorder=2
                )
            axes.plot(
                [gap.value], [at], "o", color=MARK, markersize=8.5, markeredgecolor=PAPER, markeredgewidth=1,
                zorder=3, clip_on=False,
            )  # fmt: skip
            axes.annotate(
                signed(gap.value), (reach, at), xytext=(32, 0), textcoords="offset points", ha="right",
                va="center", family=FONT_STRONG, weight=600, annotation_clip=False,
            )  # fmt: skip
        axes.set_xticks([-reach, 0, reach], [signed(-reach), "0", signed(reach)])
        axes.tick_params(length=0, pad=2)
        axes.spines["bottom"].set_visible(False)
        axes.set_xlabel("mittlere Abweichung von der Verwaltung in Punkten")
        return figure
