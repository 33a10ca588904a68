"""How far an invented municipality is: one factor over all fields, size, fields, items that are harder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from weltoffen_eval.study.example.register import Invented
from weltoffen_eval.study.example.tables import read_rows
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

#: Standard deviations per tenfold of inhabitants; large administrations are further where staff decides.
_SLOPES = {
    "management": 0.5, "opening": 0.5, "access": 0.35, "economy": 0.25, "engagement": 0.15,
    "cohesion": 0.0, "communication": 0.15,
}  # fmt: skip
_MIDDLE_SIZE = 20_000
_COMMON, _OF_FIELD, _OF_ITEM = 0.45, 0.3, 0.75
_GROWTH, _LOSS = 0.25, 0.9
#: Standing (in standard deviations) from which on each option is chosen.
_THRESHOLDS = np.array([-0.9, -0.3, 0.45, 1.3])


@dataclass(frozen=True)
class Standings:
    """Municipality × field and municipality × item, in standard deviations; items by ``item_ids``.

    ``lost`` is the field in which a municipality is behind its first wave, or −1.
    """

    fields: tuple[str, ...]
    item_ids: dict[str, int]
    of_field: tuple[np.ndarray, np.ndarray]
    of_item: tuple[np.ndarray, np.ndarray]
    difficulty: np.ndarray
    lost: np.ndarray

    def latent(self, wave: int, municipality: int, items: Sequence[Item]) -> np.ndarray:
        """Where the items of a municipality stand in a wave (0 or 1)."""
        columns = [self.item_ids[item.id] for item in items]
        fields = [self.fields.index(item.dimension) for item in items]
        of_field, of_item = self.of_field[wave][municipality], self.of_item[wave][municipality]
        latent: np.ndarray = of_field[fields] + of_item[columns] - self.difficulty[columns]
        return latent


def draw_standings(
    rng: np.random.Generator, register: Sequence[Invented], instruments: Sequence[Instrument]
) -> Standings:
    """Standings in two waves; every third municipality but the first loses in one field.

    What a municipality does in an item stays much the same, so that a loss is one and no noise.
    """
    fields = tuple(dimension.id for dimension in instruments[0].dimensions)
    items = {item.id: item for instrument in instruments for item in instrument.items}
    size = np.log10([entry.population / _MIDDLE_SIZE for entry in register])
    slopes = np.array([_SLOPES[name] for name in fields])
    first = rng.normal(0.0, _COMMON, (len(register), 1)) + np.outer(size, slopes)
    first = first + rng.normal(0.0, _OF_FIELD, (len(register), len(fields)))
    lost = rng.integers(0, len(fields), len(register))
    lost[[number for number in range(len(register)) if number % 3 != 1]] = -1
    second = first + _GROWTH + rng.normal(0.0, 0.1, first.shape)
    losing = np.flatnonzero(lost >= 0)
    second[losing, lost[losing]] -= _LOSS
    residual = rng.normal(0.0, _OF_ITEM, (len(register), len(items)))
    later = residual + rng.normal(0.0, 0.2, residual.shape)
    return Standings(
        fields,
        {name: place for place, name in enumerate(items)},
        (first, second),
        (residual, later),
        _difficulties(rng, list(items.values())),
        lost,
    )


def codes(latent: np.ndarray) -> np.ndarray:
    """Codes 0–4 of standings."""
    chosen: np.ndarray = np.searchsorted(_THRESHOLDS, latent)
    return chosen


def _difficulties(rng: np.random.Generator, items: Sequence[Item]) -> np.ndarray:
    """What difficulty.csv says of an item; of others drawn. What is laid down is a little rarer."""
    drawn = rng.normal(0.0, 0.2, len(items)) + [0.1 if item.aspect == "concept" else 0.0 for item in items]
    rows = read_rows(Path(__file__).with_name("difficulty.csv"))
    known = {row["item"]: float(row["difficulty"]) for row in rows}
    return np.array([known.get(item.id, chance) for item, chance in zip(items, drawn, strict=True)])
