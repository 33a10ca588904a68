"""Disclosure control: which groups of persons may be shown, so that no small one can be worked out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

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


def worked_out(shown: NDArray[np.float64], hidden: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which hidden means follow from the shown ones by adding and subtracting.

    Parameters
    ----------
    shown, hidden : one mean per row, as weights of the single answers (columns)
    """
    if not len(shown) or not len(hidden):
        return np.zeros(len(hidden), dtype=bool)
    # what is left of a hidden mean when all that the shown ones span is taken away
    values, directions = np.linalg.svd(shown, full_matrices=False)[1:]
    basis = directions[values > 1e-9 * values.max()]
    left = hidden - (hidden @ basis.T) @ basis
    return np.asarray(np.linalg.norm(left, axis=1) < 1e-7 * np.linalg.norm(hidden, axis=1))
