"""The pictures of a report: scores as dots on a line from 0 to 100."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from weltoffen_eval.analysis.profile import Profile
from weltoffen_eval.display import numbers, wording
from weltoffen_eval.display.style import FONT_STRONG, GRID, INK, MARK, RANGE, house_style
from weltoffen_eval.study.instrument import Instrument

_WIDTH = 7.2  # inches, the measure of the text
_ROW = 0.42
_LABEL_CHARACTERS = 38


def dimension_profile(profile: Profile) -> Figure:
    """A dot per dimension on a line from 0 to 100 points, with its bounds; n sheets in the title."""
    return _dots(
        profile,
        [(d.title["de"], profile.score("dimension", d.id)) for d in profile.instrument.dimensions],
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
        height = _ROW * len(titles) + 0.78
        figure = Figure(figsize=(_WIDTH, height))
        axes = figure.add_axes((0.42, 0.62 / height, 0.54, _ROW * len(titles) / height))
        axes.axvline(0, color=GRID, linewidth=1, zorder=0)
        seaborn.stripplot(
            shown, x="change", y="field", order=list(titles.values()), jitter=False, size=6, color=MARK,
            alpha=0.35, ax=axes,
        )  # fmt: skip
        axes.set(ylabel="", xlabel=f"Veränderung in Punkten (n = {len(shown)} Werte)")
        axes.set_yticks(
            range(len(titles)), ["\n".join(textwrap.wrap(t, _LABEL_CHARACTERS)[:2]) for t in titles.values()]
        )
        axes.tick_params(length=0)
        return figure


def _dots(profile: Profile, rows: list[tuple[str, pd.Series]]) -> Figure:
    with house_style():
        height = _ROW * len(rows) + 0.78
        figure = Figure(figsize=(_WIDTH, height))
        # placed by hand: the automatic layouts draw everything twice
        axes = figure.add_axes((0.42, 0.62 / height, 0.54, _ROW * len(rows) / height))
        for position, (label, row) in enumerate(rows):
            axes.text(
                -0.045,
                position,
                "\n".join(textwrap.wrap(label, _LABEL_CHARACTERS)[:2]),
                transform=axes.get_yaxis_transform(),
                ha="right",
                va="center",
                linespacing=0.95,
            )
            _draw_row(axes, position, row, profile)
        axes.set(xlim=(0, 100), ylim=(len(rows) - 0.5, -0.5), yticks=[])
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.tick_params(length=0, pad=4)
        axes.spines["bottom"].set_visible(False)
        n = profile.administration_responses()["respondent"].nunique()
        axes.set_xlabel(f"Punkte (n = {numbers.count(n, 'Bogen', 'Bögen')} der Verwaltung)")
        return figure


def _draw_row(axes: Axes, position: int, row: pd.Series, profile: Profile) -> None:
    if row["withheld"]:
        reason = wording.withheld(str(row["withheld"]), profile)
        axes.text(0, position, reason, ha="left", va="center", color=INK, fontsize=9.5)
        return
    axes.plot([0, 100], [position, position], color=GRID, linewidth=1, zorder=1)
    for tick in (0, 25, 50, 75, 100):
        ends = [position - 0.1, position + 0.1]
        axes.plot([tick, tick], ends, color=GRID, linewidth=1, zorder=1, clip_on=False)
    low, high, score = row["low"], row["high"], row["score"]
    if not math.isclose(low, high):
        axes.plot(
            [low, high], [position, position], color=RANGE, linewidth=7, solid_capstyle="butt", zorder=2
        )
    axes.plot([score], [position], "o", color=MARK, markersize=9, zorder=3, clip_on=False)
    axes.annotate(
        numbers.points(score),
        (score, position),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=9.5,
        family=FONT_STRONG,
        weight=600,
        annotation_clip=False,
    )
