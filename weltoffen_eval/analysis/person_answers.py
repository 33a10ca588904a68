"""The answers of the persons of one municipality, wave and setting, in points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.analysis.disclosure import ALL, cells_of, is_statement
from weltoffen_eval.analysis.findings import setting_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

Array = NDArray[np.float64]
Rows = NDArray[np.intp]
#: Share of the administration's items that a person must have answered to count in a dimension.
LEAST_SHARE = 0.5


@dataclass(frozen=True, kw_only=True)
class PersonAnswers:
    """Answers of persons: ``points`` person × item, NaN where not answered.

    ``own``: points of the administration by item, NaN where it did not answer or may not be told;
    ``perspectives`` of the persons in their order; ``applicable`` whether an item concerns the person;
    ``lowest``, ``highest``: the points that an item can have; ``category``: from one answer to the next, on
    average, in points, and one point for numbers; ``changed_from``, ``changed_to``: items that enter the
    change from the wave before, and to the next; ``in_place``: the persons stand for their administration,
    which sent no sheet; ``variant``: FIELD_RATING where they gave one number per field, each field an item.
    """

    municipality: str
    wave: str
    setting: str
    items: tuple[str, ...]
    dimensions: tuple[str, ...]
    points: Array
    own: Array
    applicable: NDArray[np.bool_]
    perspectives: tuple[str, ...]
    lowest: Array
    highest: Array
    category: Array
    changed_from: frozenset[str] = frozenset()
    changed_to: frozenset[str] = frozenset()
    in_place: bool = False
    variant: str = ""

    @property
    def where(self) -> tuple[str, str, str]:
        """Municipality, wave, setting; of ratings of fields ``setting=field_rating``."""
        return self.municipality, self.wave, setting_of(self.setting, self.variant)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Persons by perspective."""
        return {name: self.perspectives.count(name) for name in dict.fromkeys(self.perspectives)}

    def groups(self, minimum: int) -> dict[str, Rows]:
        """Rows of all persons together (ALL), and of each cell."""
        parts = cells_of(self.sizes, minimum)
        everybody = np.arange(len(self.perspectives), dtype=np.intp)
        return {ALL: everybody} | {name: self.rows_of(names) for name, names in parts.items()}

    def rows_of(self, names: Collection[str]) -> Rows:
        """Rows of the persons of some perspectives."""
        return np.array([n for n, name in enumerate(self.perspectives) if name in names], dtype=np.intp)

    def columns_of(self, dimension: str) -> list[int]:
        """Columns of a dimension's items."""
        return [n for n, name in enumerate(self.dimensions) if name == dimension]

    def compared_weights(self, dimension: str) -> Array:
        """Weights person × item of each person's mean over the items that the administration answered.

        Over all items, where it answered none at all, and of ratings of fields. A row of zeros: the person
        answered fewer than half of those that apply, and does not count.
        """
        columns = np.isin(np.arange(len(self.items)), self.columns_of(dimension))
        if not self.variant and not np.isnan(self.own).all():
            columns &= ~np.isnan(self.own)
        answered = ~np.isnan(self.points) & columns
        number, concerns = answered.sum(axis=1), (self.applicable & columns).sum(axis=1)
        return _shares(answered * (number >= LEAST_SHARE * concerns)[:, None])

    def changed_weights(self, dimension: str, compared: Collection[str]) -> Array:
        """Weights person × item of each person's mean over the items that are compared with another wave."""
        columns = np.isin(np.arange(len(self.items)), self.columns_of(dimension))
        columns &= np.isin(self.items, list(compared))
        return _shares((~np.isnan(self.points) & columns).astype(float))


def _shares(weights: Array) -> Array:
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights, dtype=float), where=total > 0))


def person_answers(
    by_respondent: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
) -> list[PersonAnswers]:
    """The persons of every municipality, wave and setting.

    Parameters
    ----------
    by_respondent : scores by respondent, as score_responses gives them, of one instrument
    """
    rows = by_respondent[by_respondent["level"] == "item"]
    persons = rows[(rows["unit"] == "persons")]
    if not len(persons):
        return []
    names = [item.id for item in instrument.items]
    told = rows[is_statement(rows, scheme.min_group_size)]
    own = {
        (str(key), str(wave)): part.groupby("id", observed=True)["score"].mean()
        for (key, wave), part in told.groupby(["municipality", "wave"], observed=True)
    }
    sheets = rows[is_self_check(rows) & (rows["unit"] != "persons")]
    sent = set(zip(sheets["municipality"].astype(str), sheets["wave"].astype(str), strict=True))
    found = []
    for (key, wave, setting), part in persons.groupby(["municipality", "wave", "setting"], observed=True):
        texts = part.astype({"perspective": str, "respondent": str, "id": str})
        who = ["perspective", "respondent"]
        points = texts.pivot(index=who, columns="id", values="score").reindex(columns=names)
        concerns = texts.pivot(index=who, columns="id", values="n_items").reindex(columns=names)
        lowest, highest, category = _scales(instrument.items, instrument, scheme)
        at = str(key), str(wave)
        said = own.get(at, pd.Series(dtype=float)).rename(index=str).reindex(names)
        found.append(
            PersonAnswers(
                municipality=at[0], wave=at[1], setting=str(setting), items=tuple(names),
                dimensions=tuple(item.dimension for item in instrument.items),
                points=points.to_numpy(dtype=float), own=said.to_numpy(dtype=float),
                applicable=concerns.to_numpy(dtype=float) > 0,
                perspectives=tuple(points.index.get_level_values("perspective")),
                lowest=lowest, highest=highest, category=category,
                in_place=at not in sent,
            )
        )  # fmt: skip
    return found


def _scales(
    items: Sequence[Item], instrument: Instrument, scheme: ScoringScheme
) -> tuple[Array, Array, Array]:
    """Lowest and highest points of items, and the way from one answer to the next."""
    ends = [item_points(item, instrument, scheme) for item in items]
    lowest, highest = (np.array([end[n] for end in ends]) for n in (1, 2))
    steps = np.array([len(instrument.scale_by_id[item.scale].options) - 1 for item in items])
    way = np.divide(highest - lowest, steps, out=np.ones(len(items)), where=steps > 0)
    return lowest, highest, way
