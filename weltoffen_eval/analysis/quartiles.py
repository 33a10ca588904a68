"""Quartiles by Harrell and Davis: weighted means of all values, so that none is one member's value."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
QUARTILES = (0.25, 0.5, 0.75)


@lru_cache(maxsize=512)
def weights_of(n: int) -> Array:
    """The weight of each of n sorted values in each of QUARTILES, quartile × value; a row adds up to 1.

    That of value i in the quantile p is what the beta distribution with (n + 1)p and (n + 1)(1 − p) has
    between (i − 1)/n and i/n.

    References
    ----------
    .. [1] Harrell & Davis (1982), A new distribution-free quantile estimator. Biometrika, 69.
    """
    # only where a study is scored: a report reads what was computed
    from scipy.special import betainc

    at = np.arange(n + 1) / n
    return np.array([np.diff(betainc((n + 1) * p, (n + 1) * (1 - p), at)) for p in QUARTILES])


def quartiles(values: Array) -> Array:
    """Lower quartile, median and upper quartile of some values; NaN is nobody's value, or that of nobody.

    As ``scipy.stats.mstats.hdquantiles``.
    """
    ordered = np.sort(values[~np.isnan(values)])
    if not len(ordered):
        return np.full(len(QUARTILES), np.nan)
    # a mean lies among what it is of, whatever the last digits of the weights are
    return np.clip(weights_of(len(ordered)) @ ordered, ordered[0], ordered[-1])


def quartiles_of_others(values: Array) -> tuple[NDArray[np.int64], Array]:
    """For every value how many others there are, and their quartiles; NaN is nobody's value.

    For all at once: leaving one out of sorted values moves those behind it by one place, so each quartile is
    a sum over those before it and a sum over those behind it.
    """
    there = ~np.isnan(values)
    ordered = np.sort(values[there])
    total = len(ordered)
    others = np.where(there, total - 1, total)
    found = np.full((len(values), len(QUARTILES)), np.nan)
    if total:
        found[~there] = quartiles(ordered)
    if total > 1:
        # of equal values it is the same which one is left out
        place = np.searchsorted(ordered, values[there])
        weights = weights_of(total - 1)
        before = np.cumsum(weights * ordered[:-1], axis=1)
        behind = np.cumsum((weights * ordered[1:])[:, ::-1], axis=1)[:, ::-1]
        none = np.zeros((len(QUARTILES), 1))
        sums = np.hstack([none, before])[:, place] + np.hstack([behind, none])[:, place]
        low = np.where(place == 0, ordered[1], ordered[0])
        high = np.where(place == total - 1, ordered[-2], ordered[-1])
        found[there] = np.clip(sums, low, high).T
    return others, found
