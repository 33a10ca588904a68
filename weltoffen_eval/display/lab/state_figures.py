"""The profile under two schemes, as a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.figure import Figure

from weltoffen_eval.display.dot_rows import Track, dot_rows, draw_lines, name_ticks
from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab
from weltoffen_eval.display.style import FONT_STRONG, INK, MARK, PAPER, RANGE, SOFT, house_style
from weltoffen_eval.results.lab.readings import FieldReading

_TRACK = Track(height=0.24, below=0.13, right=0.7, value=46)
_TICKS = (0, 25, 50, 75, 100)


def profile_change(readings: Sequence[FieldReading], titles: Sequence[str]) -> Figure:
    """A ring per field for the standard, a dot for what is tried, a stripe for the band of the standard."""
    said = said_in_scoring_lab()
    language = said.language
    with house_style():
        drawn = dot_rows(titles, (0, 100), _TRACK)
        figure, axes, lines, track = drawn
        for line, reading in zip(lines, readings, strict=True):
            if not math.isnan(reading.low):
                ends = [reading.low, reading.high]
                axes.plot(ends, [line, line], color=RANGE, linewidth=6, solid_capstyle="butt", zorder=2)
            for value, size, filled in ((reading.before, 9, False), (reading.after, 6, True)):
                if not math.isnan(value):
                    inner, outer = (MARK, MARK) if filled else (PAPER, INK)
                    axes.plot(
                        [value], [line], "o", markersize=size, color=inner, markeredgecolor=outer,
                        markeredgewidth=1.2, zorder=3 + filled, clip_on=False,
                    )  # fmt: skip
            told = f"{language.points(reading.before)} → {language.points(reading.after)}"
            axes.annotate(
                told, (100, line), xytext=(track.value, 0), textcoords="offset points", ha="right",
                va="center", family=FONT_STRONG, weight=600, annotation_clip=False,
                color=SOFT if math.isnan(reading.after) else INK,
            )  # fmt: skip
        draw_lines(axes, lines, _TICKS)
        name_ticks(drawn, _TICKS, said.text("axis_profile"))
        return figure
