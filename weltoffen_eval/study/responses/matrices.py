"""Answers as matrices, sheet × item, as small as they can be: a million sheets × 108 items fit in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.raw.table import plain
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Decoded, Instrument

#: Marks in :attr:`Matrices.missing`: −1 answered, else the position in MISSING_KINDS.
ANSWERED = -1
SKIPPED = MISSING_KINDS.index("skipped")
NOT_CHOSEN = MISSING_KINDS.index("not_chosen")
NOT_ASKED = MISSING_KINDS.index("not_asked")


def numeric_items(instrument: Instrument) -> tuple[int, ...]:
    """The positions of the items that are answered with a number."""
    return tuple(
        position
        for position, item in enumerate(instrument.items)
        if instrument.scale_by_id[item.scale].kind == "numeric"
    )


class GivenAnswers(NamedTuple):
    """What some sheets say, as matrices sheet × item: ``code`` and ``value`` are NaN where there is none.

    ``missing``: ANSWERED, or the position in MISSING_KINDS.
    """

    code: NDArray[np.float64]
    value: NDArray[np.float64]
    missing: NDArray[np.int8]


@dataclass
class Matrices:
    """Sheet × item, items in the instrument's order; everything is skipped until it is set.

    ``code`` is 0 where there is none; ``value``, NaN where there is none, has columns for numeric items
    only, ``place_of`` says which. ``missing`` is ANSWERED or the position in MISSING_KINDS; ``empty`` tells
    an empty cell from a "keine Angabe" that somebody chose.
    """

    code: NDArray[np.signedinteger[Any]]
    value: NDArray[np.float64]
    missing: NDArray[np.int8]
    empty: NDArray[np.bool_]
    place_of: dict[int, int]

    @classmethod
    def of(cls, sheets: int, instrument: Instrument, not_asked: Sequence[str]) -> Matrices:
        """Matrices for so many sheets; what was not put is marked as such."""
        shape = sheets, len(instrument.items)
        place_of = {position: place for place, position in enumerate(numeric_items(instrument))}
        made = cls(
            np.zeros(shape, dtype=_type_of_codes(instrument)),
            np.full((sheets, len(place_of)), np.nan),
            np.full(shape, SKIPPED, dtype=np.int8),
            np.ones(shape, dtype=bool),
            place_of,
        )
        for column, item in enumerate(instrument.items):
            if item.id in not_asked:
                made.missing[:, column] = NOT_ASKED
        return made

    def set_column(
        self, column: int, texts: Sequence[str], codes: Sequence[int], meaning: Sequence[Decoded]
    ) -> None:
        """All cells of a column, of which few differ: one assignment for each of them."""
        coded = np.asarray(codes)
        self.code[:, column] = np.array([d.code or 0 for d in meaning])[coded]
        if column in self.place_of:
            values = np.array([np.nan if d.value is None else d.value for d in meaning])
            self.value[:, self.place_of[column]] = values[coded]
        self.missing[:, column] = np.array([_mark(d) for d in meaning])[coded]
        self.empty[:, column] = np.array([plain(text) == "" for text in texts])[coded]

    def set_cell(self, sheet: int, column: int, cell: str, decoded: Decoded) -> None:
        """One cell."""
        self.code[sheet, column] = decoded.code or 0
        if column in self.place_of:
            self.value[sheet, self.place_of[column]] = np.nan if decoded.value is None else decoded.value
        self.missing[sheet, column] = _mark(decoded)
        self.empty[sheet, column] = plain(cell) == ""

    def alike(self, sheet: int, other: Matrices, of_other: int) -> bool:
        """Whether two sheets hold the same answers."""
        return (
            np.array_equal(self.code[sheet], other.code[of_other])
            and np.array_equal(self.missing[sheet], other.missing[of_other])
            and np.array_equal(self.value[sheet], other.value[of_other], equal_nan=True)
        )


def _type_of_codes(instrument: Instrument) -> np.dtype[Any]:
    """The smallest whole number that holds every code of the questionnaire."""
    codes = [0, *(option.code for scale in instrument.scales for option in scale.options)]
    # a number below zero has a type with a sign
    return np.min_scalar_type(min(min(codes), -max(codes) - 1))


def _mark(decoded: Decoded) -> int:
    return ANSWERED if decoded.missing is None else MISSING_KINDS.index(decoded.missing)
