"""What another scheme moves, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from weltoffen_eval.display.dot_rows import AXIS, WIDTH, wrapped
from weltoffen_eval.display.lab.catalogue import said_in_lab
from weltoffen_eval.display.style import GRID, MARK, house_style
from weltoffen_eval.study.questionnaire.instrument import Dimension, Instrument

_CHANGE_ROW = 0.42
#: Of one dot.
_ALPHA = 0.35
#: From the middle to an end: a fifth of a typographic point each.
_PLACES = 400


def scheme_change(compared: pd.DataFrame, instrument: Instrument, part: Sequence[Dimension] = ()) -> Figure:
    """A dot per municipality and wave: by how many points another scheme moves each dimension.

    ``part``: only these dimensions, on the scale of all.
    """
    said = said_in_lab()
    titles = {d.id: said.language.of(d.title).text for d in part or instrument.dimensions}
    changed = compared.dropna(subset=["change"])
    shown = changed[changed["dimension"].isin(titles)]
    # of one size to both sides, and wide enough for half a point to be seen as little
    reach = 1.1 * max(changed["change"].abs().max() if len(changed) else 0, 1)
    with house_style():
        height = _CHANGE_ROW * len(titles) + AXIS
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes((0.55, AXIS / height, 0.42, _CHANGE_ROW * len(titles) / height))
        axes.axvline(0, color=GRID, linewidth=1, zorder=0)
        for row, name in enumerate(titles):
            places, often = _stacked(shown.loc[shown["dimension"] == name, "change"], reach)
            # dots in one place are one, as dark as they were together
            colours = np.tile(to_rgba(MARK), (len(places), 1))
            colours[:, 3] = 1 - (1 - _ALPHA) ** often
            axes.scatter(places, [row] * len(places), s=36, c=colours, linewidths=0)
        axes.set_xlim(-reach, reach)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.xaxis.set_major_formatter(lambda value, _: said.language.decimal(value))
        axes.set_ylabel("")
        axes.set_xlabel(said.text("axis", scores=len(shown)), loc="right")
        axes.set_ylim(len(titles) - 0.5, -0.5)
        axes.set_yticks(range(len(titles)), [wrapped(t, 27) for t in titles.values()])
        # half a dot lies outside
        axes.tick_params(axis="y", pad=7)
        axes.tick_params(length=0)
        return figure


def _stacked(change: pd.Series, reach: float) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Where dots lie, and how many in each place; places are finer than what can be seen."""
    step = reach / _PLACES
    places, often = np.unique(np.round(change.to_numpy(dtype=float) / step), return_counts=True)
    return places * step, often
