"""Disclosure control: which groups of persons may be shown, so that no small one can be worked out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Points by which a linear program may be off.
_ROUNDING = 1e-6
#: What small groups are called together.
REST = "rest"


def groups_to_show(sizes: Mapping[str, int], minimum: int) -> dict[str, tuple[str, ...]]:
    """The groups of a split that may be shown beside the total, each with the groups that it is made of.

    Groups below ``minimum`` are merged into REST; where that is still too small, the smallest of the others
    joins it. Fewer than two groups are no split, so nothing is left to be shown beside the total: a single
    small group would be the total less the others.

    Parameters
    ----------
    sizes : persons of each group; groups without persons are left out
    minimum : persons from which a group is shown

    Returns
    -------
    dict
        Empty: only the total may be shown (and not even that below ``minimum``).

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control: secondary suppression.
    """
    there = {name: size for name, size in sizes.items() if size > 0}
    large: dict[str, tuple[str, ...]] = {name: (name,) for name, size in there.items() if size >= minimum}
    small = [name for name in there if name not in large]
    while small and sum(there[name] for name in small) < minimum and large:
        # by size, then by name, so that it is always the same one
        smallest = min(large, key=lambda name: (there[name], name))
        del large[smallest]
        small.append(smallest)
    order = list(there)
    shown = dict(large)
    if small:
        shown[REST] = tuple(sorted(small, key=order.index))
    enough = all(sum(there[name] for name in parts) >= minimum for parts in shown.values())
    return shown if len(shown) >= 2 and enough else {}


def narrowed(
    shown: Array, hidden: Array, answers: Array, category: Array, items: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Which hidden means the shown ones and the ends of the scale leave less room than a category.

    The attack is a linear program for each end, over all answers at once. It takes for known who answered
    what, not how.

    Parameters
    ----------
    shown, hidden : one mean per row, as weights of the single answers (columns)
    answers : the answers, in points from 0 to 100
    category : of each hidden mean, in points
    items : of each answer, the item

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control: auditing of a suppressed table.
    """

    # answers with the same weights in all means are one unknown: their sum
    first, group = _alike(np.vstack([shown, hidden]))
    sums = np.bincount(group, answers).astype(np.float64)
    most = 100 * np.bincount(group).astype(np.float64)
    shown, hidden, items = shown[:, first], hidden[:, first], items[first]

    def of_own_items(row: Array) -> NDArray[np.bool_]:
        return np.isin(items, items[row > 0])

    def of_all_items(row: Array) -> NDArray[np.bool_]:
        return np.ones(len(row), dtype=bool)

    # what little freedom leaves enough room, more of it does too: most never come to the large program
    narrow = _room_by_exchange(shown, hidden, sums, most) < category - _ROUNDING
    for choose in (of_own_items, of_all_items):
        left = np.flatnonzero(narrow)
        if len(left):
            free = [choose(row) for row in hidden[left]]
            narrow[left] = _room(shown, hidden[left], sums, most, free) < category[left] - _ROUNDING
    return np.asarray(narrow, dtype=np.bool_)


def _alike(weights: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Groups of equal columns: the first of each group, and the group of every column."""
    columns = np.ascontiguousarray(weights.T)
    # as bytes, which are sorted much faster than columns of numbers
    as_bytes = columns.view(np.dtype((np.void, columns.itemsize * columns.shape[1]))).ravel()
    _, first, group = np.unique(as_bytes, return_index=True, return_inverse=True)
    return first, group


def _room_by_exchange(shown: Array, hidden: Array, sums: Array, most: Array) -> Array:
    """Highest less lowest value of each hidden mean, if answers with the same weights exchange points.

    Answers that stand in the same shown means with the same weights give and take among themselves, and
    nothing that is shown moves.
    """
    _, group = _alike(shown)
    room = np.zeros(len(hidden))
    for number, row in enumerate(hidden):
        own = row > 0
        taken, free, others, theirs = (
            np.bincount(group, np.where(members, values, 0.0))
            for members, values in ((own, sums), (own, most - sums), (~own, sums), (~own, most - sums))
        )
        moved = np.minimum(free, others).sum() + np.minimum(taken, theirs).sum()
        room[number] = row[own].min() * float(moved)
    return room


def _room(shown: Array, hidden: Array, sums: Array, most: Array, free: list[NDArray[np.bool_]]) -> Array:
    """Highest less lowest value of each hidden mean, if of its program only the free answers are unknown.

    0 where the program finds no end: then nothing is shown.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    told = [shown[:, unknown].any(axis=1) for unknown in free]
    goals = [row[unknown] for row, unknown in zip(hidden, free, strict=True)]
    goal = np.concatenate(goals)
    starts = np.cumsum([0, *(len(part) for part in goals[:-1])])
    # one program for all: each has unknowns of its own
    blocks = [shown[np.ix_(rows, unknown)] for rows, unknown in zip(told, free, strict=True)]
    known = {
        "A_eq": sparse.block_diag([sparse.csr_array(block) for block in blocks], format="csr"),
        "b_eq": np.concatenate([block @ sums[unknown] for block, unknown in zip(blocks, free, strict=True)]),
        "bounds": np.column_stack([np.zeros(len(goal)), np.concatenate([most[unknown] for unknown in free])]),
    }
    ends = []
    for sign in (1, -1):
        solved = linprog(sign * goal, method="highs", **known)
        if not solved.success:
            return np.zeros(len(hidden))
        ends.append(np.add.reduceat(goal * solved.x, starts))
    return np.asarray(ends[1] - ends[0])
