"""The own attack before anything is shown: how far what is known bounds a mean that is withheld."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.linear_programs import LinearProgram

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]
Marks = NDArray[np.bool_]
#: Points by which a linear program may be off.
_ROUNDING = 1e-6
#: Within this many of it, weights are the same.
_DECIMALS = 12


class Published(NamedTuple):
    """What is known of the single answers of some persons to the items of a dimension.

    ``shown``: one mean per row, as weights of the single answers (columns); ``answers``: in points above
    the lowest of their item; ``most``: the highest that each could be; ``items``: of each, its item. Who
    answered what is taken for known, not how.
    """

    shown: Array
    answers: Array
    most: Array
    items: Numbers


class Hidden(NamedTuple):
    """Means that are withheld, one per row of ``weights``.

    ``category``: points from one answer to the next; ``least``, ``highest``: where the distribution leaves
    it, of a group of which it is a part: m persons have at least the mean of the m lowest values of all, and
    at most that of the m highest (infinite where no distribution is shown).
    """

    weights: Array
    category: Array
    least: Array
    highest: Array


def narrowed(known: Published, hidden: Hidden) -> tuple[Marks, Marks]:
    """Which hidden means have less room than a category: if distributions are shown, and by means alone.

    By distributions first. Then, in what they leave: persons who count alike in all that is shown may
    exchange points, and no mean moves; and where that is not room enough, a linear program for each end over
    all answers at once.

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control: auditing of a suppressed table.
    """
    count = len(hidden.weights)
    if not count or not len(known.shown):
        return np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    value = hidden.weights @ known.answers
    counted = np.isfinite(hidden.least)
    narrow = counted & ~_has_room(np.full(count, -np.inf), np.full(count, np.inf), hidden)
    left = np.flatnonzero(~narrow)
    merged, sums = _merged(known, hidden.weights[left])
    low, high = _by_exchange_of_points(merged, sums)
    open_yet = ~_has_room(value[left] - low, value[left] + high, _some(hidden, left))
    left, sums = left[open_yet], sums[open_yet]
    # what one mean tells needs no program
    low, high = _by_one_mean(known, hidden.weights[left])
    told = ~_has_room(low, high, _some(hidden, left))
    narrow[left[told]] = True
    left, sums = left[~told], sums[~told]
    if len(left):
        of_left = _some(hidden, left)
        low, high = _by_program(merged, sums, lambda low, high: _has_room(low, high, of_left))
        narrow[left] = ~_has_room(low, high, of_left)
    return narrow & counted, narrow & ~counted


def _some(hidden: Hidden, rows: Numbers) -> Hidden:
    weights, category, least, highest = hidden
    return Hidden(weights[rows], category[rows], least[rows], highest[rows])


def _has_room(low: Array, high: Array, hidden: Hidden) -> Marks:
    """Whether at least a category lies between two ends.

    The mean of m answers to one item moves by steps of the m-th part of a category: its ends are on steps.
    """
    low, high = np.maximum(low, hidden.least), np.minimum(high, hidden.highest)
    step = hidden.category * hidden.weights.max(axis=1)
    of_one_item = np.isclose(hidden.weights.max(axis=1) * (hidden.weights > 0).sum(axis=1), 1)
    steps = np.where(of_one_item, step, 1.0)
    whole_low, whole_high = (
        np.ceil(low / steps - _ROUNDING) * steps,
        np.floor(high / steps + _ROUNDING) * steps,
    )
    low, high = np.where(of_one_item, whole_low, low), np.where(of_one_item, whole_high, high)
    return np.asarray(high - low >= hidden.category - _ROUNDING)


def _classes(columns: Array) -> tuple[Numbers, Numbers]:
    """Groups of equal columns: the first of each group, and the group of every column."""
    rows = np.ascontiguousarray(np.round(columns.T, _DECIMALS) + 0.0)
    # as bytes, which are sorted much faster than rows of numbers
    as_bytes = rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1]))).ravel()
    _, first, group = np.unique(as_bytes, return_index=True, return_inverse=True)
    return first, group


def _by_one_mean(known: Published, hidden: Array) -> tuple[Array, Array]:
    """Between which ends each mean of one item lies, by the mean of each group of which it is a part."""
    low, high = np.full(len(hidden), -np.inf), np.full(len(hidden), np.inf)
    inside = known.shown > 0
    of_one = np.array([len(np.unique(known.items[row])) == 1 for row in inside])
    inside = inside[of_one]
    total, most = inside @ known.answers, inside @ known.most
    for number, row in enumerate(hidden):
        own = row > 0
        groups = ~(own & ~inside).any(axis=1)
        if groups.any():
            reach, least = float(known.most[own].sum()), row[own].min()
            low[number] = least * max(0.0, float((total - most)[groups].max()) + reach)
            high[number] = least * min(reach, float(total[groups].min()))
    return low, high


class _Sums(NamedTuple):
    """Answers that count alike in everything are one unknown: their sum, and the most that it can be."""

    shown: Array
    sums: Array
    most: Array
    items: Numbers


def _merged(known: Published, hidden: Array) -> tuple[_Sums, Array]:
    first, group = _classes(np.vstack([known.shown, hidden]))
    sums = np.bincount(group, known.answers).astype(np.float64)
    most = np.bincount(group, known.most).astype(np.float64)
    return _Sums(known.shown[:, first], sums, most, known.items[first]), hidden[:, first]


def _by_exchange_of_points(known: _Sums, hidden: Array) -> tuple[Array, Array]:
    """How far each hidden mean goes down and up if answers with the same weights exchange points."""
    _, group = _classes(known.shown)
    low, high = np.zeros(len(hidden)), np.zeros(len(hidden))
    for number, row in enumerate(hidden):
        own = row > 0
        taken, free, others, theirs = (
            np.bincount(group, np.where(members, values, 0.0))
            for members, values in (
                (own, known.sums), (own, known.most - known.sums),
                (~own, known.sums), (~own, known.most - known.sums),
            )
        )  # fmt: skip
        least = row[own].min()
        low[number], high[number] = (
            least * float(np.minimum(*both).sum()) for both in ((taken, theirs), (free, others))
        )
    return low, high


def _by_program(
    known: _Sums, hidden: Array, has_room: Callable[[Array, Array], Marks]
) -> tuple[Array, Array]:
    """How far each hidden mean goes down and up, over answers that fit what is shown, until there is room.

    Every solution fits all that is shown, so it counts for each hidden mean.
    """
    sums = known.shown @ known.sums
    program = LinearProgram(known.shown, sums, sums, known.most)
    low = high = hidden @ known.sums
    roomy = has_room(low, high)
    for number, goal in enumerate(hidden):
        for sign in (1, -1):
            found = None if roomy[number] else program.best(sign * goal)
            if found is not None:
                values = hidden @ found
                low, high = np.minimum(low, values), np.maximum(high, values)
                roomy = has_room(low, high)
    return low, high
