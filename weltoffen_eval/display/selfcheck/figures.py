"""The pictures of a report: scores as dots on a line from 0 to 100."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from weltoffen_eval.analysis.comparison import Reference
from weltoffen_eval.display.dot_rows import Track, dot_rows, draw_dot, draw_lines, name_ticks
from weltoffen_eval.display.selfcheck import wording
from weltoffen_eval.display.style import SOFT, house_style
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension

_TRACK = Track(height=0.3, below=0.19, right=0.42, value=26)
_BRACKET = 0.105  # inches from a line to the bracket below it
_TICKS = (0, 25, 50, 75, 100)
#: Of criteria, which have no brackets below their lines.
_SHORT_TRACK = Track(height=0.15, below=0.085, right=0.42, value=26)


def dimension_profile(telling: Telling, part: Sequence[Dimension] = ()) -> Figure:
    """A dot per dimension on a line from 0 to 100 points, with its bounds and the others' middle half.

    ``part``: only these dimensions.
    """
    profile = telling.profile
    dimensions = part or profile.instrument.dimensions
    return score_dots(
        telling,
        [(telling.title(d.title), profile.score("dimension", d.id)) for d in dimensions],
        [profile.reference("dimension", d.id) for d in dimensions],
    )


def criterion_profile(telling: Telling, dimension: str, part: Sequence[Criterion] = ()) -> Figure:
    """A dot per criterion of a dimension, or of a ``part`` of them, on a line from 0 to 100 points."""
    profile = telling.profile
    return score_dots(
        telling,
        [
            (telling.title(c.title), profile.score("criterion", c.id))
            for c in part or profile.instrument.criteria_of(dimension)
        ],
        track=_SHORT_TRACK,
    )


def score_dots(
    telling: Telling,
    rows: list[tuple[str, pd.Series]],
    references: Sequence[Reference | None] = (),
    track: Track = _TRACK,
) -> Figure:
    """A row per score, each the row of a score table; a bracket below the line where there is a reference."""
    with house_style():
        drawn = dot_rows([label for label, _ in rows], (0, 100), track)
        figure, axes, lines, _ = drawn
        shown = [(line, row) for line, (_, row) in zip(lines, rows, strict=True) if not row["withheld"]]
        for line, (_, row) in zip(lines, rows, strict=True):
            if row["withheld"]:
                reason = wording.withheld(telling, str(row["withheld"]))
                axes.text(0, line, f"– {reason}", ha="left", va="center", color=SOFT)
        for line, row in shown:
            draw_dot(
                drawn, line, row["score"], telling.language.points(row["score"]), row["low"], row["high"]
            )
        for line, (_, row), found in zip(lines, rows, references, strict=False):
            if found is not None and not row["withheld"]:
                _draw_reference(axes, line, found)
        draw_lines(axes, [line for line, _ in shown], _TICKS)
        name_ticks(drawn, _TICKS, telling.text("axis"))
        return figure


def _draw_reference(axes: Axes, height: float, found: Reference) -> None:
    """A bracket below the line: the middle half of the others, and their median."""
    style: dict[str, Any] = {"color": SOFT, "linewidth": 1.2, "zorder": 2, "clip_on": False}
    at = height + _BRACKET
    axes.plot([found.q25, found.q25, found.q75, found.q75], [at - 0.035, at, at, at - 0.035], **style)
    axes.plot([found.median, found.median], [at - 0.05, at + 0.05], **{**style, "linewidth": 2})
