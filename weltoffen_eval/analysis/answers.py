"""Answers as points: one matrix of respondents and items, whatever the scales are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Instrument, Item
from weltoffen_eval.study.responses.matrices import ANSWERED, NOT_ASKED, NOT_CHOSEN, SKIPPED, GivenAnswers

#: What identifies a sheet.
SHEET = ("municipality", "wave", "setting", "perspective", "unit", "respondent")
#: The mark of an item of which a table of responses has no row.
_NO_ROW = -2
_UNANSWERED = (SKIPPED, MISSING_KINDS.index("dont_know"), _NO_ROW)
#: What a number of 64 bits can hold.
_MOST_SHEETS = 2**62

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


class ScoringError(WeltoffenError):
    """The responses do not fit the instrument."""

    exit_code = 3


@dataclass(frozen=True)
class Answers:
    """Matrices respondent × item, items in the instrument's order. Points already have their direction.

    ``worst`` and ``best`` are the points with everything unanswered at its ends; ``applicable`` is what
    concerns the respondent, answered or not.
    """

    points: Array
    worst: Array
    best: Array
    answered: Mask
    applicable: Mask
    not_chosen: Mask
    not_asked: Mask


def item_points(
    item: Item, instrument: Instrument, scheme: ScoringScheme
) -> tuple[dict[int, float], float, float]:
    """Points of each option code (empty for a numeric scale), the lowest and the highest possible."""
    scale = instrument.scale_by_id[item.scale]
    if scale.kind == "numeric":
        return {}, 0.0, 100.0
    override = scheme.points.get(scale.id, {})
    points = {option.code: float(override.get(option.code, option.points)) for option in scale.options}
    if item.direction < 0:
        points = {code: 100.0 - value for code, value in points.items()}
    return points, min(points.values()), max(points.values())


class SpreadResponses:
    """A table of responses as matrices: ``who`` has a row per sheet, in the order in which they appear.

    Raises
    ------
    ScoringError
        If an item is not part of the instrument, or a respondent answers one twice.
    """

    def __init__(self, responses: pd.DataFrame, instrument: Instrument):
        items = [item.id for item in instrument.items]
        position = pd.Index(items).get_indexer(pd.Index(responses["item"].astype(str)))
        if (position < 0).any():
            unknown = sorted(set(responses["item"][position < 0].astype(str)))
            raise ScoringError(
                f"Items that {instrument.id} does not have: {', '.join(unknown[:10])}. "
                "Score each wave with the questionnaire that was put in it."
            )
        keys = responses[list(SHEET)].astype("category")
        row = _number_sheets(keys)
        count = int(row.max()) + 1 if len(row) else 0
        seen = np.zeros((count, len(items)), dtype=bool)
        seen[row, position] = True
        if seen.sum() < len(row):
            raise ScoringError("A respondent answers an item twice; clean the responses first.")
        first = np.zeros(count, dtype=np.int64)
        # of several assignments to one place the last stays, which from behind is the first row
        first[row[::-1]] = np.arange(len(row))[::-1]
        self.who = keys.iloc[first].reset_index(drop=True)

        def spread(values: NDArray[Any], matrix: NDArray[Any]) -> NDArray[Any]:
            matrix[row, position] = values
            return matrix

        shape = count, len(items)
        missing = responses["missing"].astype("category")
        kinds = [MISSING_KINDS.index(kind) for kind in missing.cat.categories]
        marks = np.array([*kinds, ANSWERED], dtype=np.int8)[missing.cat.codes.to_numpy()]
        self._all = GivenAnswers(
            spread(responses["code"].to_numpy(dtype=float, na_value=np.nan), np.full(shape, np.nan)),
            spread(responses["value"].to_numpy(dtype=float, na_value=np.nan), np.full(shape, np.nan)),
            spread(marks, np.full(shape, _NO_ROW, dtype=np.int8)),
        )

    def given(self, sheets: NDArray[np.intp] | slice) -> GivenAnswers:
        """The answers of some sheets."""
        code, value, missing = self._all
        return GivenAnswers(code[sheets], value[sheets], missing[sheets])


def read_answers(
    responses: pd.DataFrame, instrument: Instrument, scheme: ScoringScheme
) -> tuple[pd.DataFrame, Answers]:
    """The sheets (columns as SHEET, in the order in which they appear) and their answers, row by row.

    Raises
    ------
    ScoringError
        If an item is not part of the instrument, a respondent answers one twice, or an answer is not on
        its scale.
    """
    spread = SpreadResponses(responses, instrument)
    return spread.who, answers_of(spread.given(slice(None)), instrument, scheme)


def answers_of(given: GivenAnswers, instrument: Instrument, scheme: ScoringScheme) -> Answers:
    """What some sheets say, as points.

    Raises
    ------
    ScoringError
        If an answer is not on its scale.
    """
    code, value, marks = given
    shape = marks.shape
    points = np.full(shape, np.nan)
    worst = np.zeros(len(instrument.items))
    best = np.full(len(instrument.items), 100.0)
    for column, item in enumerate(instrument.items):
        scale = instrument.scale_by_id[item.scale]
        points_of, worst[column], best[column] = item_points(item, instrument, scheme)
        if scale.kind == "numeric":
            share = (value[:, column] - scale.minimum) / (scale.maximum - scale.minimum)
            pomp = 100.0 * np.clip(share, 0.0, 1.0)
            points[:, column] = 100.0 - pomp if item.direction < 0 else pomp
        else:
            for option_code, option_points in points_of.items():
                points[code[:, column] == option_code, column] = option_points
    answered = ~np.isnan(points)
    lost = (~np.isnan(code) | ~np.isnan(value)) & ~answered
    if lost.any():
        item_id = instrument.items[int(np.argwhere(lost)[0][1])].id
        raise ScoringError(f"An answer to {item_id} is not on its scale; clean the responses first.")
    # an item without a row at all was put and not answered, as far as anybody knows
    return Answers(
        points,
        np.where(answered, points, np.broadcast_to(worst, shape)),
        np.where(answered, points, np.broadcast_to(best, shape)),
        answered,
        answered | np.isin(marks, _UNANSWERED),
        marks == NOT_CHOSEN,
        marks == NOT_ASKED,
    )


def _number_sheets(keys: pd.DataFrame) -> NDArray[np.int64]:
    """The sheet of every row, numbered from 0 in the order in which they appear."""
    number, size = np.zeros(len(keys), dtype=np.int64), 1
    for name in SHEET:
        column = keys[name].cat
        if size * len(column.categories) >= _MOST_SHEETS:
            # what is there fits a number, also where what could be would not
            number = pd.factorize(number)[0]
            size = len(number)
        size *= len(column.categories)
        number = number * len(column.categories) + column.codes.to_numpy()
    return np.asarray(pd.factorize(number)[0], dtype=np.int64)
