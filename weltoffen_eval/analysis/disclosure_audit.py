"""The own attack before anything is shown: how far what is known bounds a mean that is withheld."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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

    ``category``: points from one answer to the next; ``counted``: the answers of its item are known by their
    number in a group of which it is a part; ``least``, ``highest``: where what is known of the distribution
    of persons' means leaves it (infinite where nothing is).
    """

    weights: Array
    category: Array
    counted: Marks
    least: Array
    highest: Array


def narrowed(known: Published, hidden: Hidden) -> tuple[Marks, Marks]:
    """Which hidden means have less room than a category: by distributions (and means), and by means alone.

    Three looks, each at what the one before did not clear. Persons who count alike in all that is shown may
    exchange whole answers: then nothing shown moves, neither means nor distributions. They may exchange
    points: no mean moves. And a linear program for each end over all answers at once.

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control: auditing of a suppressed table.
    """
    count = len(hidden.weights)
    of_distributions, of_means = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    if not count or not len(known.shown):
        return of_distributions, of_means
    value = hidden.weights @ known.answers
    low, high = _by_exchange_of_answers(known, hidden.weights)
    open_yet = ~_has_room(value - low, value + high, hidden)
    of_distributions = open_yet & (hidden.counted | np.isfinite(hidden.least))
    open_yet &= ~of_distributions
    if open_yet.any():
        left = np.flatnonzero(open_yet)
        merged, sums = _merged(known, hidden.weights[left])
        low, high = _by_exchange_of_points(merged, sums)
        narrow = left[~_has_room(value[left] - low, value[left] + high, _some(hidden, left))]
        for whole in (False, True):
            if len(narrow):
                of_narrow = np.searchsorted(left, narrow)
                low, high = _by_program(merged, sums[of_narrow], whole)
                narrow = narrow[~_has_room(low, high, _some(hidden, narrow))]
        of_means[narrow] = True
    return of_distributions, of_means


def _some(hidden: Hidden, rows: Numbers) -> Hidden:
    weights, category, counted, least, highest = hidden
    return Hidden(weights[rows], category[rows], counted[rows], least[rows], highest[rows])


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


def _by_exchange_of_answers(known: Published, hidden: Array) -> tuple[Array, Array]:
    """How far each hidden mean goes down and up if alike persons exchange their answers to an item."""
    _, group = _classes(np.vstack([known.shown, known.items]))
    order = np.lexsort((known.answers, group))
    sizes = np.bincount(group)
    ends = np.cumsum(sizes)
    # sums of the k lowest and the k highest of every class, as differences of running sums
    running = np.concatenate([[0.0], np.cumsum(known.answers[order])])
    low, high = np.zeros(len(hidden)), np.zeros(len(hidden))
    for number, row in enumerate(hidden):
        own = row > 0
        members = np.bincount(group, own, minlength=len(sizes)).astype(np.intp)
        now = np.bincount(group, known.answers * own, minlength=len(sizes))
        lowest = running[ends - sizes + members] - running[ends - sizes]
        highest = running[ends] - running[ends - members]
        least = row[own].min()
        low[number], high[number] = least * (now - lowest).sum(), least * (highest - now).sum()
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


def _by_program(known: _Sums, hidden: Array, whole: bool) -> tuple[Array, Array]:
    """Lowest and highest value of each hidden mean; unknown are the answers to its own items, or all.

    Both the same where the program finds no end: then nothing is shown.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    free = [np.isin(known.items, known.items[row > 0]) | whole for row in hidden]
    told = [known.shown[:, unknown].any(axis=1) for unknown in free]
    goals = [row[unknown] for row, unknown in zip(hidden, free, strict=True)]
    goal = np.concatenate(goals)
    starts = np.cumsum([0, *(len(part) for part in goals[:-1])])
    # one program for all: each has unknowns of its own
    blocks = [known.shown[np.ix_(rows, unknown)] for rows, unknown in zip(told, free, strict=True)]
    values = [block @ known.sums[unknown] for block, unknown in zip(blocks, free, strict=True)]
    ends = []
    for sign in (1, -1):
        solved = linprog(
            sign * goal, method="highs",
            A_eq=sparse.block_diag([sparse.csr_array(block) for block in blocks], format="csr"),
            b_eq=np.concatenate(values),
            bounds=np.column_stack(
                [np.zeros(len(goal)), np.concatenate([known.most[unknown] for unknown in free])]
            ),
        )  # fmt: skip
        if not solved.success:
            return np.zeros(len(hidden)), np.zeros(len(hidden))
        ends.append(np.add.reduceat(goal * solved.x, starts))
    return np.asarray(ends[0]), np.asarray(ends[1])
