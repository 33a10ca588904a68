"""The picture of a question: a row per topic, a dot per group, filled for those that raised it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.dialogue.topics import RaisedTopic
from weltoffen_eval.display.dot_rows import Track, dot_rows
from weltoffen_eval.display.style import FONT_STRONG, MARK, PAPER, RANGE, house_style

_TRACK = Track(height=0.2, below=0.1, right=0.62, value=42)
_NO_AXIS = 0.1
#: With more groups the dots would touch; the table has the numbers.
MOST_GROUPS = 24
#: Points between the last dot of a row and its count.
_BESIDE = 6
#: Fewer groups than these are drawn as near to each other as so many.
_LEAST_WIDTH = 10


def topic_groups(telling: DialogueTelling, found: Sequence[RaisedTopic]) -> Figure:
    """Counts of groups, from the left: which of the groups it were is not told."""
    total = telling.dialogue.groups or 0
    with house_style():
        drawn = dot_rows(
            [topic.code.title for topic in found], (0.5, max(total, _LEAST_WIDTH) + 0.5), _TRACK, _NO_AXIS
        )
        axes = drawn.axes
        dot: dict[str, Any] = {"markersize": 8.5, "markeredgewidth": 1.2, "clip_on": False, "zorder": 3}
        for line, topic in zip(drawn.lines, found, strict=True):
            raised = topic.raised.n_groups
            filled, open_ones = range(1, raised + 1), range(raised + 1, total + 1)
            axes.plot(filled, [line] * raised, "o", color=MARK, markeredgecolor=MARK, **dot)
            axes.plot(open_ones, [line] * len(open_ones), "o", color=PAPER, markeredgecolor=RANGE, **dot)
            axes.annotate(
                telling.language.part_of(raised, total), (total + 0.5, line), xytext=(_BESIDE, 0),
                textcoords="offset points", ha="left", va="center", family=FONT_STRONG, weight=600,
                annotation_clip=False,
            )  # fmt: skip
        return drawn.figure
