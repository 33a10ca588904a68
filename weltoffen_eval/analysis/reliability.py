"""Whether the items of a dimension go together: alpha, discrimination, difficulty.

A dimension is a list of measures; low values are no defect, and no item is dropped for them.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from weltoffen_eval.analysis.intervals import LEVEL, Interval, no_interval

Array = NDArray[np.float64]
#: Respondents and items from which alpha is given.
LEAST_RESPONDENTS, LEAST_ITEMS = 10, 3


class Alpha(NamedTuple):
    """Cronbach's alpha with the intervals of Feldt and Bonett, over ``n`` respondents and ``k`` items.

    ``constant``: positions of items on which all gave the same answer; they stay in k.
    """

    raw: float
    standardised: float
    feldt: Interval
    bonett: Interval
    n: int
    k: int
    constant: tuple[int, ...] = ()
    reason: str = ""


def cronbach_alpha(points: Array) -> Alpha:
    """Alpha of a matrix respondent × item in points; respondents with an open item are left out.

    Standardised alpha is over the items that are not constant. A negative alpha is given as it is.

    References
    ----------
    .. [1] Cronbach (1951), Coefficient alpha and the internal structure of tests. Psychometrika, 16.
    .. [2] Feldt (1965), The approximate sampling distribution of Kuder–Richardson reliability
       coefficient twenty. Psychometrika, 30.
    .. [3] Bonett (2002), Sample size requirements for testing and estimating coefficient alpha. Journal
       of Educational and Behavioral Statistics, 27: ``ln(1 − α)`` with variance ``2k/((k − 1)(n − 2))``.
    """
    complete = points[~np.isnan(points).any(axis=1)]
    n, k = complete.shape
    nothing = no_interval("")
    if n < LEAST_RESPONDENTS or k < LEAST_ITEMS:
        return Alpha(math.nan, math.nan, nothing, nothing, n, k, reason="too_few")
    covariance = np.cov(complete, rowvar=False)
    variances = np.diag(covariance)
    constant = tuple(int(column) for column in np.flatnonzero(variances < 1e-12))
    total = float(covariance.sum())
    if total < 1e-9:
        return Alpha(math.nan, math.nan, nothing, nothing, n, k, constant, "no_variance")
    raw = k / (k - 1) * (1 - float(variances.sum()) / total)
    varied = complete[:, variances >= 1e-12]
    standardised = math.nan
    if varied.shape[1] >= 2:
        m = varied.shape[1]
        correlation = np.corrcoef(varied, rowvar=False)
        mean_r = float((correlation.sum() - m) / (m * (m - 1)))
        standardised = m * mean_r / (1 + (m - 1) * mean_r)
    if raw > 1 - 1e-12:
        no = no_interval("no_variance")
        return Alpha(raw, standardised, no, no, n, k, constant)
    low_f, high_f = (
        float(special.fdtri(n - 1, (n - 1) * (k - 1), tail)) for tail in (0.5 - LEVEL / 2, 0.5 + LEVEL / 2)
    )
    half = float(special.ndtri(0.5 + LEVEL / 2)) * math.sqrt(2 * k / ((k - 1) * (n - 2)))
    return Alpha(
        raw,
        standardised,
        Interval(1 - (1 - raw) * high_f, 1 - (1 - raw) * low_f),
        Interval(1 - math.exp(math.log(1 - raw) + half), 1 - math.exp(math.log(1 - raw) - half)),
        n,
        k,
        constant,
    )


def discriminations(points: Array) -> list[float]:
    """Correlation of each item with the sum of the other items, listwise; NaN where either is constant."""
    complete = points[~np.isnan(points).any(axis=1)]
    if len(complete) < LEAST_RESPONDENTS or complete.shape[1] < 2:
        return [math.nan] * points.shape[1]
    rest = complete.sum(axis=1, keepdims=True) - complete
    found = []
    for column in range(complete.shape[1]):
        item, others = complete[:, column], rest[:, column]
        varies = np.std(item) > 1e-9 and np.std(others) > 1e-9
        found.append(float(np.corrcoef(item, others)[0, 1]) if varies else math.nan)
    return found


def effective_weights(dimension_scores: Array) -> list[float]:
    """r² of each dimension with the unweighted mean of all: what really moves the whole.

    Parameters
    ----------
    dimension_scores : matrix municipality × dimension in points; listwise

    Returns
    -------
    list of float
        NaN with fewer than 10 complete rows or where a dimension does not vary. One of which no municipality
        has a score is no part of the whole.

    References
    ----------
    .. [1] Paruolo, Saisana & Saltelli (2013), Ratings and rankings: voodoo or science? Journal of the
       Royal Statistical Society A, 176.
    """
    there = ~np.isnan(dimension_scores).all(axis=0)
    scored = dimension_scores[:, there]
    complete = scored[~np.isnan(scored).any(axis=1)]
    found = np.full(dimension_scores.shape[1], math.nan)
    if len(complete) >= LEAST_RESPONDENTS:
        whole = complete.mean(axis=1)
        found[there] = [
            np.corrcoef(column, whole)[0, 1] ** 2
            if np.std(column) > 1e-9 and np.std(whole) > 1e-9
            else math.nan
            for column in complete.T
        ]
    return [float(weight) for weight in found]
