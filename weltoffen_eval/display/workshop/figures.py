"""The picture of fields: the administration as a filled dot, groups as open marks of their own shape."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.display.dot_rows import DotRows, Track, dot_rows, draw_lines, name_ticks
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.style import INK, MARK, PAPER, RANGE, SOFT, house_style
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.workshop_views import FieldViews

#: Every perspective has its shape in all pictures; of those told together the first gives it.
SHAPES = {
    "administration": "o",
    "politics": "s",
    "civil_society": "^",
    "business": "D",
    "residents": "v",
    ALL: "h",
}
_OTHER_SHAPES = ("p", "<", ">", "8")
_TRACK = Track(height=0.4, below=0.22, right=0.15, value=0)
_TICKS = (0, 25, 50, 75, 100)
#: Points within which marks would cover each other, and inches by which they step aside.
_CLOSE, _ASIDE = 2.8, 0.115


def shapes_of(groups: Sequence[str]) -> dict[str, str]:
    """A shape for each group, no two alike."""
    found: dict[str, str] = {}
    for group in groups:
        first = group.split("+")[0]
        free = [shape for shape in (*_OTHER_SHAPES, *SHAPES.values()) if shape not in found.values()]
        wanted = SHAPES.get(first, free[0])
        found[group] = wanted if wanted not in found.values() else free[0]
    return found


def field_views(telling: WorkshopTelling, fields: Sequence[FieldViews], groups: Sequence[str]) -> Figure:
    """A line from 0 to 100 points per field with the views of it; ``groups``: in their order."""
    shapes = shapes_of(groups)
    with house_style():
        drawn = dot_rows([telling.title(field.dimension.title) for field in fields], (0, 100), _TRACK)
        for line, field in zip(drawn.lines, fields, strict=True):
            _draw_span(drawn, line, field)
            _draw_views(drawn, line, field, shapes)
            if field.own is not None:
                drawn.axes.plot([field.own], [line], "o", color=MARK, markersize=8.5, zorder=4, clip_on=False)
        draw_lines(drawn.axes, drawn.lines, _TICKS)
        name_ticks(drawn, _TICKS, telling.text("axis"))
        _legend(telling, drawn, shapes, any(field.own is not None for field in fields))
        return drawn.figure


def _draw_span(drawn: DotRows, line: float, field: FieldViews) -> None:
    """From the lowest view to the highest."""
    points = [points for _, points in field.printed]
    if len(points) > 1:
        drawn.axes.plot(
            [min(points), max(points)], [line, line], color=RANGE, linewidth=2.5, zorder=2, clip_on=False
        )


def _draw_views(drawn: DotRows, line: float, field: FieldViews, shapes: dict[str, str]) -> None:
    """The marks of the groups, beside each other and beside the administration where they are close."""
    taken = [] if field.own is None else [(float(field.own), line)]
    for view in field.views:
        points, height = float(whole(view.points)), line
        for aside in (0.0, -_ASIDE, _ASIDE, 2 * _ASIDE):
            height = line + aside
            if not any(abs(points - x) < _CLOSE and abs(height - y) < 0.01 for x, y in taken):
                break
        taken.append((points, height))
        drawn.axes.plot(
            [points], [height], shapes[view.group], markersize=7.5, markerfacecolor=PAPER,
            markeredgecolor=INK, markeredgewidth=1.3, zorder=3, clip_on=False,
        )  # fmt: skip


def _legend(telling: WorkshopTelling, drawn: DotRows, shapes: dict[str, str], own: bool) -> None:
    """What every mark is, below the lines: marks lie too close for labels of their own."""
    open_mark = {"color": SOFT, "linestyle": "none", "markersize": 7, "markerfacecolor": PAPER,
                 "markeredgecolor": INK, "markeredgewidth": 1.3}  # fmt: skip
    handles = [Line2D([], [], marker="o", color=MARK, linestyle="none", markersize=7.5)] if own else []
    labels = [telling.text("label_own")] if own else []
    for group, shape in shapes.items():
        handles.append(Line2D([], [], marker=shape, **open_mark))  # type: ignore[arg-type]
        labels.append(telling.group_label(group))
    height = drawn.figure.get_figheight()
    more = 0.195 * len(labels) + 0.2
    _lengthen(drawn, height, more)
    drawn.figure.legend(
        handles, labels, loc="lower left", bbox_to_anchor=(0.0, 0.0), ncols=1, frameon=False,
        handletextpad=0.3, columnspacing=1.2, borderpad=0, labelspacing=0.25, fontsize=10,
    )  # fmt: skip


def _lengthen(drawn: DotRows, height: float, more: float) -> None:
    """Room below the axis."""
    left, low, wide, high = drawn.axes.get_position().bounds
    total = height + more
    drawn.figure.set_figheight(total)
    drawn.axes.set_position((left, (low * height + more) / total, wide, high * height / total))
