"""Pictures of a whole study: gaps as dots with their intervals around zero."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.figure import Figure

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.display.dot_rows import Track, dot_rows, draw_dot, draw_lines, name_ticks
from weltoffen_eval.display.study.cells import signed
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.display.style import house_style

_TRACK = Track(height=0.24, below=0.13, right=0.5, value=32)
_STEP = 10


def mean_gaps(
    telling: StudyTelling, rows: Sequence[tuple[str, Finding]], among: Sequence[tuple[str, Finding]] = ()
) -> Figure:
    """A dot per dimension at its mean gap, in points, with its interval where there is one.

    ``among``: all rows, where these are a part of them; every part has the same scale.
    """
    language = telling.language
    found = [abs(end) for _, gap in among or rows for end in (gap.value, gap.low, gap.high)]
    ends = [end for end in found if not math.isnan(end)]
    reach = _STEP * max(1, math.ceil(max(ends, default=0) / _STEP))
    with house_style():
        drawn = dot_rows([label for label, _ in rows], (-reach, reach), _TRACK)
        for line, (_, gap) in zip(drawn.lines, rows, strict=True):
            draw_dot(drawn, line, gap.value, signed(language, gap.value), gap.low, gap.high)
        draw_lines(drawn.axes, drawn.lines, (-reach, 0, reach))
        names = (signed(language, -reach), "0", signed(language, reach))
        name_ticks(drawn, (-reach, 0, reach), telling.text("gaps_axis"), names)
        return drawn.figure
