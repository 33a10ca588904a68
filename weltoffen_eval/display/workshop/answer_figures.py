"""The picture of answers: a mark per person where these are few, diverging bars where they are many."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.dot_rows import AXIS, WIDTH, wrapped
from weltoffen_eval.display.style import FONT_STRONG, GRID, INK, MARK, PAPER, RANGE, SOFT, house_style
from weltoffen_eval.display.workshop.figures import shapes_of
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.workshop_findings import OPEN, Rated
from weltoffen_eval.results.workshop_views import View, question_views
from weltoffen_eval.study.questionnaire.instrument import Item

#: Persons from which bars stand for the single marks.
BARS_FROM = 20
#: Inches: left of the answers, of a head, between two rows of marks, around the marks of a row.
_LEFT, _HEAD, _STEP, _AROUND = 1.5, 0.25, 0.085, 0.16
#: Marks beside each other; where the answers begin and end, and those without, as parts of the width.
_BESIDE, _FIRST, _LAST, _WITHOUT = 5, 0.08, 0.68, 0.9
#: From the lowest answer to the highest.
_SHADES = (PAPER, GRID, RANGE, MARK, INK)
_LABEL_CHARACTERS = 23
#: Inches below the rows, for two lines of words.
_BELOW = AXIS + 0.12
#: Where the line of a row ends, as a part of the width.
_END = 0.82


class _Row(NamedTuple):
    """One group and one question: its label, persons by answer from the lowest, without answer, its shape.

    Without ``counts`` the mean alone is shown, at ``points``.
    """

    label: str
    counts: tuple[int, ...]
    without: int
    shape: str
    points: float
    filled: bool = False

    @property
    def bars(self) -> bool:
        return sum(self.counts) >= BARS_FROM

    @property
    def height(self) -> float:
        """Inches: of its label, or of its marks."""
        most = 1 if self.bars or not self.counts else max(*self.counts, self.without)
        lines = self.label.count("\n") + 1
        return max(_AROUND + _STEP * math.ceil(most / _BESIDE), 0.1 + 0.16 * lines)


def answers(telling: WorkshopTelling, items: Sequence[Item]) -> Figure:
    """Every question with a row for the administration and one for each group."""
    rated = telling.workshop.questions
    assert rated is not None
    groups = [*rated.cells, *([ALL] if ALL not in rated.cells else [])]
    shapes = shapes_of(groups)
    parts = [
        (wrapped(short_name(telling, item).text, 60), list(_rows(telling, rated, item, shapes)))
        for item in items
    ]
    heights = [
        _HEAD + 0.165 * title.count("\n") + sum(row.height for row in rows) + 0.06 for title, rows in parts
    ]
    with house_style():
        height = sum(heights) + _BELOW
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes((0.0, _BELOW / height, 1.0, sum(heights) / height))
        axes.set(xlim=(0, WIDTH), ylim=(sum(heights), 0), xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        top = 0.0
        for (title, rows), tall in zip(parts, heights, strict=True):
            axes.text(0.02, top + 0.03, title, ha="left", va="top", family=FONT_STRONG, weight=600)
            at = top + _HEAD + 0.165 * title.count("\n")
            for row in rows:
                _draw(axes, at, row)
                at += row.height
            top += tall
        _axis(telling, axes, top)
        return figure


def _rows(telling: WorkshopTelling, rated: Rated, item: Item, shapes: dict[str, str]) -> Iterator[_Row]:
    own = telling.profile.item_scores[item.id]
    yield _Row(_label(telling.text("label_own")), (), 0, "o", own, filled=True)
    for view in question_views(telling.workshop, item.id):
        counts, without = _counts(telling, rated, item, view)
        name = telling.text(
            "group_counted_in_row", name=telling.group_label(view.group), persons=float(view.persons)
        )
        yield _Row(_label(name), counts, without, shapes[view.group], view.points)


def _label(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _LABEL_CHARACTERS)[:3])


def _counts(telling: WorkshopTelling, rated: Rated, item: Item, view: View) -> tuple[tuple[int, ...], int]:
    """Persons by answer, lowest points first, and without; nothing where single answers may not be shown."""
    scale = telling.profile.instrument.scale_of(item.id)
    codes = [option.code for option in scale.options]
    points = {code: rated.points[item.id, code] for code in codes}
    found = [
        rated.finding(view.group, "item", item.id, f"n={code}")
        for code in sorted(codes, key=points.__getitem__)
    ]
    if not found or any(of is None or math.isnan(of.value) for of in found):
        return (), 0
    left = [rated.finding(view.group, "item", item.id, f"n_missing={kind}") for kind in OPEN]
    return (
        tuple(int(of.value) for of in found if of is not None),
        sum(int(of.value) for of in left if of is not None and not math.isnan(of.value)),
    )


def _x(part: float) -> float:
    return _LEFT + part * (WIDTH - _LEFT)


def _places(count: int) -> list[float]:
    """Where each answer stands, in inches."""
    return [_x(part) for part in np.linspace(_FIRST, _LAST, count)]


def _draw(axes: Axes, top: float, row: _Row) -> None:
    middle = top + row.height / 2
    axes.text(0.02, middle, row.label, ha="left", va="center", fontsize=9.5, color=INK, linespacing=1.0)
    axes.plot([_x(0), _x(_END)], [middle, middle], color=GRID, linewidth=1, zorder=1)
    open_mark: dict[str, Any] = {"markerfacecolor": PAPER, "markeredgecolor": INK, "markeredgewidth": 1.1}
    if not row.counts:
        at = _x(_FIRST + (_LAST - _FIRST) * row.points / 100)
        style = {"color": MARK} if row.filled else open_mark
        axes.plot([at], [middle], row.shape, markersize=8, zorder=3, **style)
        return
    if row.bars:
        _draw_bars(axes, middle, row.counts)
    else:
        for place, count in zip(_places(len(row.counts)), row.counts, strict=True):
            _draw_marks(axes, place, middle, count, row.shape, open_mark)
    if row.without and row.bars:
        axes.text(_x(_WITHOUT), middle, str(row.without), ha="center", va="center", fontsize=9.5)
    else:
        soft = {**open_mark, "markeredgecolor": SOFT}
        _draw_marks(axes, _x(_WITHOUT), middle, row.without, row.shape, soft)


def _draw_marks(
    axes: Axes, place: float, middle: float, count: int, shape: str, style: dict[str, Any]
) -> None:
    """A mark per person, a few beside each other."""
    rows = math.ceil(count / _BESIDE)
    for row in range(rows):
        beside = min(_BESIDE, count - row * _BESIDE)
        xs = [place + (n - (beside - 1) / 2) * _STEP for n in range(beside)]
        height = middle + (row - (rows - 1) / 2) * _STEP
        axes.plot(xs, [height] * beside, shape, markersize=4.8, linestyle="none", zorder=3, **style)


def _draw_bars(axes: Axes, middle: float, counts: Sequence[int]) -> None:
    """Shares from the lowest answer to the highest, the middle of the scale in the middle of the room."""
    total, half = sum(counts), len(counts) // 2
    below = sum(counts[:half]) + (counts[half] / 2 if len(counts) % 2 else 0)
    width = (_x(_END) - _x(0)) / 2 / total
    at = _x(_END / 2) - below * width
    for place, count in enumerate(counts):
        shade = _SHADES[round(place * (len(_SHADES) - 1) / max(len(counts) - 1, 1))]
        axes.barh(
            [middle],
            [count * width],
            left=at,
            height=0.19,
            color=shade,
            edgecolor=INK,
            linewidth=0.8,
            zorder=3,
        )
        if count * width > 0.12:
            on_dark = shade in (MARK, INK)
            axes.text(
                at + count * width / 2, middle + 0.005, str(count), ha="center", va="center", fontsize=9,
                color=PAPER if on_dark else INK, zorder=4,
            )  # fmt: skip
        at += count * width


def _axis(telling: WorkshopTelling, axes: Axes, bottom: float) -> None:
    """What the ends of a row mean."""
    for part, name in ((_FIRST, "answers_lowest"), (_LAST, "answers_highest"), (_WITHOUT, "answers_open")):
        axes.text(
            _x(part), bottom + 0.05, wrapped(telling.text(name), 10), ha="center", va="top", fontsize=9.5,
            color=SOFT, linespacing=1.0, clip_on=False,
        )  # fmt: skip
