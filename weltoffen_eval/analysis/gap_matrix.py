"""Gaps of single persons: what each says to an item, less what the administration says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument

Array = NDArray[np.float64]
#: All persons of a workshop together.
ALL = "participants"
#: Share of the administration's items that a person must have answered to count in a dimension.
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class GapMatrix:
    """The gaps of one municipality, wave and setting, in points: person × item, NaN where not answered.

    Columns are the items that the administration answered. ``points`` are the administration's own;
    ``perspectives`` of the persons in their order; ``applicable`` whether an item concerns the person.
    """

    municipality: str
    wave: str
    setting: str
    items: tuple[str, ...]
    dimensions: tuple[str, ...]
    points: Array
    gaps: Array
    applicable: NDArray[np.bool_]
    perspectives: tuple[str, ...]
    half_category: Array

    def persons_of(self, perspective: str) -> NDArray[np.intp]:
        """Rows of a perspective, or of all persons."""
        return np.array(
            [n for n, name in enumerate(self.perspectives) if perspective in (ALL, name)], dtype=np.intp
        )

    def columns_of(self, dimension: str) -> list[int]:
        """Columns of a dimension's items."""
        return [n for n, name in enumerate(self.dimensions) if name == dimension]

    def person_gaps(self, dimension: str) -> Array:
        """Mean gap of each person over a dimension's items; NaN for who answered fewer than half of them."""
        columns = self.columns_of(dimension)
        gaps, applicable = self.gaps[:, columns], self.applicable[:, columns]
        answered = (~np.isnan(gaps)).sum(axis=1)
        counts = (answered > 0) & (answered >= LEAST_SHARE * applicable.sum(axis=1))
        means = np.full(len(gaps), np.nan)
        means[counts] = np.nanmean(gaps[counts], axis=1)
        return means


def gap_matrices(by_respondent: pd.DataFrame, instrument: Instrument) -> list[GapMatrix]:
    """The gaps of every municipality, wave and setting of persons in which the administration answered.

    Parameters
    ----------
    by_respondent : scores by respondent, as score_responses gives them, of one instrument

    Returns
    -------
    list of GapMatrix
        The administration's points are the mean of its sheets that answered the item.
    """
    rows = by_respondent[by_respondent["level"] == "item"]
    order = {item.id: item for item in instrument.items}
    scales = {item.id: instrument.scale_by_id[item.scale] for item in instrument.items}
    half = {
        name: 50 / (len(scale.options) - 1) if len(scale.options) > 1 else 0.5
        for name, scale in scales.items()
    }
    own = rows[is_self_check(rows)]
    persons = rows[rows["unit"] == "persons"]
    administration = {
        (str(key), str(wave)): part.groupby("id", observed=True)["score"].mean().dropna()
        for (key, wave), part in own.groupby(["municipality", "wave"], observed=True)
    }
    found = []
    for (key, wave, setting), part in persons.groupby(["municipality", "wave", "setting"], observed=True):
        said = administration.get((str(key), str(wave)))
        if said is None:
            continue
        said = said[said.index.isin(order)]
        names = [name for name in order if name in set(said.index.astype(str))]
        who = ["perspective", "respondent"]
        texts = part.astype({"perspective": str, "respondent": str, "id": str})
        points = texts.pivot(index=who, columns="id", values="score").reindex(columns=names)
        concerns = texts.pivot(index=who, columns="id", values="n_items").reindex(columns=names)
        own_points = np.array([float(said[name]) for name in names])
        found.append(
            GapMatrix(
                str(key), str(wave), str(setting), tuple(names),
                tuple(order[name].dimension for name in names), own_points,
                points.to_numpy(dtype=float) - own_points, concerns.to_numpy(dtype=float) > 0,
                tuple(points.index.get_level_values("perspective")), np.array([half[n] for n in names]),
            )
        )  # fmt: skip
    return found
