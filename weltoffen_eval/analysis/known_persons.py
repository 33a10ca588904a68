"""What is known in public of the persons of a workshop: how many they were and who answered, not how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.findings import setting_of

Array = NDArray[np.float64]
Marks = NDArray[np.bool_]
#: All persons together.
EVERYBODY = "participants"
#: Share of the questions of a dimension that a person must have answered to count in it (see docs/methods).
_COUNTS_FROM = 0.5
#: Points within which a rating of a field is known: people give them in fives and tens.
_STEP_OF_RATINGS = 10.0


@dataclass(frozen=True, kw_only=True)
class KnownPersons:
    """Persons of one municipality, wave and setting, as an outsider may know them.

    ``answered``, ``applicable``: person × item. ``own``: what the administration answered, in points, NaN
    where it is not known. ``lowest``, ``highest``: ends of the scale, in points; ``codes``: the answers of an
    item in the order of their points, evenly spaced; empty for numbers. ``person_by_person``: it is known
    which person answered what; else only how many of each perspective answered an item. ``variant``:
    FIELD_RATING, where they gave one number per field. ``changed_from``, ``changed_to``: items that enter the
    change from the wave before, and to the next; None: all of them. ``guessed``: perspectives and items of
    which it is not known how many answered, for several share what is left of a number.
    """

    municipality: str
    wave: str
    setting: str
    perspectives: tuple[str, ...]
    items: tuple[str, ...]
    dimensions: tuple[str, ...]
    answered: Marks
    applicable: Marks
    own: Array
    lowest: Array
    highest: Array
    codes: tuple[tuple[str, ...], ...]
    person_by_person: bool = True
    variant: str = ""
    changed_from: frozenset[str] | None = None
    changed_to: frozenset[str] | None = None
    guessed: frozenset[tuple[str, str]] = frozenset()

    @property
    def where(self) -> tuple[str, str, str]:
        """Municipality, wave, setting; of ratings of fields ``setting=field_rating``."""
        return self.municipality, self.wave, setting_of(self.setting, self.variant)

    def rows_of(self, group: str) -> Marks:
        """Which persons belong to a group; several perspectives are joined by ``+``."""
        if group == EVERYBODY:
            return np.ones(len(self.perspectives), dtype=bool)
        names = group.split("+")
        return np.array([name in names for name in self.perspectives], dtype=bool)

    def category(self, column: int) -> float:
        """Points from one answer of an item to the next; one for numbers, ten where they rate a field."""
        if self.variant and not self.codes[column]:
            return _STEP_OF_RATINGS
        steps = len(self.codes[column]) - 1
        return float(self.highest[column] - self.lowest[column]) / steps if steps > 0 else 1.0

    def columns_of(self, level: str, entry: str) -> list[int]:
        """Columns of an item, or of the items of a dimension."""
        names = self.items if level == "item" else self.dimensions
        return [n for n, name in enumerate(names) if name == entry] if level in ("item", "dimension") else []

    def weights(self, level: str, entry: str, kind: str = "compared") -> Array:
        """Weights person × item of each person's value; a row of zeros for who has none.

        Parameters
        ----------
        kind : "compared" over what the administration answered too; "all" over all answers;
            "changed_from" or "changed_to" over those that enter a change
        """
        asked = level, entry, kind
        if asked not in self._weights:
            self._weights[asked] = self._weights_of(*asked)
        return self._weights[asked]

    @cached_property
    def _weights(self) -> dict[tuple[str, str, str], Array]:
        return {}

    def _weights_of(self, level: str, entry: str, kind: str) -> Array:
        columns = np.isin(np.arange(len(self.items)), self.columns_of(level, entry))
        if level == "dimension" and kind == "compared" and not self.variant and not np.isnan(self.own).all():
            columns &= ~np.isnan(self.own)
        elif kind.startswith("changed") and (compared := getattr(self, kind)) is not None:
            columns &= np.isin(self.items, list(compared))
        said = self.answered & columns
        number = said.sum(axis=1)
        shares = np.asarray(said / np.maximum(number, 1)[:, None], dtype=float)
        if level == "dimension" and kind == "compared":
            shares[number < _COUNTS_FROM * (self.applicable & columns).sum(axis=1)] = 0.0
        return shares
