"""The fields then and now: an open mark for the earlier wave, a filled one for the present."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from weltoffen_eval.display.dot_rows import Track, dot_rows, draw_lines, name_ticks
from weltoffen_eval.display.style import FONT_STRONG, MARK, PAPER, house_style
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.waves import wording
from weltoffen_eval.results.waves import FieldChange

_TRACK = Track(height=0.24, below=0.13, right=0.72, value=46)
_TICKS = (0, 25, 50, 75, 100)


def then_and_now(telling: Telling, part: Sequence[FieldChange]) -> Figure:
    """A row per field: the compared questions earlier (open) and now (filled), on a line from 0 to 100."""
    with house_style():
        drawn = dot_rows([telling.title(found.dimension.title) for found in part], (0, 100), _TRACK)
        axes = drawn.axes
        for line, found in zip(drawn.lines, part, strict=True):
            earlier, now = found.earlier.value, found.now.value
            axes.plot([earlier, now], [line, line], color=MARK, linewidth=2, zorder=2, clip_on=False)
            # in colour and in grey: open is earlier, filled is now
            for value, fill, size in ((earlier, PAPER, 8.5), (now, MARK, 8.5)):
                axes.plot(
                    [value], [line], "o", color=fill, markersize=size, markeredgecolor=MARK,
                    markeredgewidth=1.6, zorder=3, clip_on=False,
                )  # fmt: skip
            axes.annotate(
                wording.from_to(telling, found), (100, line), xytext=(_TRACK.value, 0),
                textcoords="offset points", ha="right", va="center", family=FONT_STRONG, weight=600,
                annotation_clip=False,
            )  # fmt: skip
        draw_lines(axes, drawn.lines, _TICKS)
        name_ticks(drawn, _TICKS, wording.catalogue(telling).text("axis"))
        return drawn.figure
