"""What another scheme moves, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from weltoffen_eval.display.dot_rows import AXIS, WIDTH, wrapped
from weltoffen_eval.display.lab.catalogue import said_in_lab
from weltoffen_eval.display.style import GRID, MARK, house_style
from weltoffen_eval.study.questionnaire.instrument import Dimension, Instrument

_CHANGE_ROW = 0.42


def scheme_change(compared: pd.DataFrame, instrument: Instrument, part: Sequence[Dimension] = ()) -> Figure:
    """A dot per municipality and wave: by how many points another scheme moves each dimension.

    ``part``: only these dimensions, on the scale of all.
    """
    import seaborn  # only here: it takes a second to import

    said = said_in_lab()
    titles = {d.id: said.language.of(d.title).text for d in part or instrument.dimensions}
    changed = compared.dropna(subset=["change"])
    shown = changed[changed["dimension"].isin(titles)].assign(
        field=lambda rows: rows["dimension"].map(titles)
    )
    with house_style():
        height = _CHANGE_ROW * len(titles) + AXIS
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes((0.44, AXIS / height, 0.52, _CHANGE_ROW * len(titles) / height))
        axes.axvline(0, color=GRID, linewidth=1, zorder=0)
        seaborn.stripplot(
            shown, x="change", y="field", order=list(titles.values()), jitter=False, size=6, color=MARK,
            alpha=0.35, ax=axes,
        )  # fmt: skip
        if len(titles) < len(instrument.dimensions) and len(changed):
            reach = 1.05 * max(changed["change"].abs().max(), 1)
            axes.set_xlim(-reach, reach)
        axes.set(ylabel="", xlabel=said.text("axis", scores=len(shown)))
        axes.set_yticks(range(len(titles)), [wrapped(t, 22) for t in titles.values()])
        axes.tick_params(length=0)
        return figure
