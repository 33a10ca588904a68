"""Agreement between persons: how far their answers lie apart."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from weltoffen_eval.analysis.intervals import LEAST_FOR_BOOTSTRAP, LEVEL, Interval, no_interval, too_few

Array = NDArray[np.float64]


def average_deviation(values: Array) -> float:
    """Mean distance from the median, in the unit of the values; NaN without values.

    References
    ----------
    .. [1] Burke & Dunlap (2002), Estimating interrater agreement with the average deviation index.
       Organizational Research Methods, 5.
    """
    return float(np.mean(np.abs(values - np.median(values)))) if len(values) else math.nan


def van_der_eijk_a(frequencies: list[int]) -> float:
    """Agreement A of an ordered scale: 1 all in one category, 0 evenly spread, −1 half at either end.

    Parameters
    ----------
    frequencies : how many chose each category, in order

    Returns
    -------
    float
        NaN without answers, or for a scale of one category.

    References
    ----------
    .. [1] van der Eijk (2001), Measuring agreement in ordered rating scales. Quality & Quantity, 35:
       the frequencies are taken apart in layers of equal height, each a pattern of empty and filled
       categories; a pattern counts ``U·(1 − (S − 1)/(K − 1))``.
    """
    total, categories = sum(frequencies), len(frequencies)
    if total == 0 or categories < 2:
        return math.nan
    left, agreement = list(frequencies), 0.0
    while any(left):
        height = min(count for count in left if count)
        pattern = tuple(count > 0 for count in left)
        agreement += height * sum(pattern) / total * _pattern_a(pattern)
        left = [count - height if count else 0 for count in left]
    return agreement


@lru_cache(maxsize=1024)
def _pattern_a(pattern: tuple[bool, ...]) -> float:
    """A of one layer: unimodality from the triples of categories, then the share that is filled."""
    categories, filled = len(pattern), sum(pattern)
    if filled == categories:
        return 0.0
    kept = broken = 0
    for i in range(categories):
        for j in range(i + 1, categories):
            for k in range(j + 1, categories):
                triple = (pattern[i], pattern[j], pattern[k])
                kept += triple in ((True, True, False), (False, True, True))
                broken += triple == (True, False, True)
    unimodality = (
        ((categories - 2) * kept - (categories - 1) * broken) / ((categories - 2) * (kept + broken))
        if kept + broken
        else 1.0
    )
    return unimodality * (1 - (filled - 1) / (categories - 1))


class IntraclassCorrelation(NamedTuple):
    """One-way random effects: ``single`` ICC(1,1) and ``mean`` ICC(1,k) with their F-intervals."""

    single: float
    mean: float
    single_interval: Interval
    mean_interval: Interval
    n_units: int
    k0: float
    reason: str = ""


def one_way_icc(groups: list[Array]) -> IntraclassCorrelation:
    """ICC(1,1) and ICC(1,k) of ratings that are grouped by the unit they are about; sizes may differ.

    ``k0 = (N − Σn²/N)/(M − 1)`` stands for the number of ratings of a unit. Estimates below 0 are given
    as they are.

    References
    ----------
    .. [1] Shrout & Fleiss (1979), Intraclass correlations: uses in assessing rater reliability.
       Psychological Bulletin, 86.
    """
    rated = [group for group in groups if len(group)]
    units, total = len(rated), sum(len(group) for group in rated)
    nothing = no_interval("")
    if units < 2 or total <= units:
        return IntraclassCorrelation(math.nan, math.nan, nothing, nothing, units, math.nan, "too_few")
    sizes = np.array([len(group) for group in rated], dtype=float)
    k0 = float((total - np.sum(sizes**2) / total) / (units - 1))
    grand = float(np.mean(np.concatenate(rated)))
    between = sum(len(g) * (float(np.mean(g)) - grand) ** 2 for g in rated) / (units - 1)
    within = sum(float(np.sum((g - np.mean(g)) ** 2)) for g in rated) / (total - units)
    if between + within < 1e-24:
        return IntraclassCorrelation(math.nan, math.nan, nothing, nothing, units, k0, "no_variance")
    single = (between - within) / (between + (k0 - 1) * within)
    if between < 1e-24:
        no = no_interval("no_variance")
        return IntraclassCorrelation(single, math.nan, no, no, units, k0, "no_variance")
    mean = (between - within) / between
    if within < 1e-24:
        no = no_interval("no_variance")
        return IntraclassCorrelation(single, mean, no, no, units, k0)
    ratio, tail = between / within, 0.5 + LEVEL / 2
    low_f = ratio / float(special.fdtri(units - 1, total - units, tail))
    high_f = ratio * float(special.fdtri(total - units, units - 1, tail))
    return IntraclassCorrelation(
        single,
        mean,
        Interval((low_f - 1) / (low_f + k0 - 1), (high_f - 1) / (high_f + k0 - 1)),
        Interval(1 - 1 / low_f, 1 - 1 / high_f),
        units,
        k0,
    )


def krippendorff_alpha(ratings: Array, metric: str = "nominal") -> float:
    """Krippendorff's alpha, from its definition; ratings may be missing.

    Parameters
    ----------
    ratings : matrix unit × rater; NaN where a rater did not rate
    metric : "nominal", "ordinal" or "interval"

    Returns
    -------
    float
        NaN where no unit has two ratings, or all ratings are equal (then nothing could differ).

    References
    ----------
    .. [1] Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    """
    coincidences, values = _coincidences(ratings)
    if not len(coincidences):
        return math.nan
    return float(_alphas(coincidences.sum(axis=0)[None], values, metric)[0])


def krippendorff_interval(ratings: Array, metric: str, seed: int, draws: int = 10_000) -> Interval:
    """Percentile interval of alpha, 95 %, over units drawn with replacement; from 20 units on.

    Draws in which alpha is undefined are left out; with fewer than half of them left there is none.
    """
    coincidences, values = _coincidences(ratings)
    units = len(coincidences)
    if units < LEAST_FOR_BOOTSTRAP:
        return no_interval(too_few(units, LEAST_FOR_BOOTSTRAP))
    random = np.random.default_rng(seed)
    # what is drawn with replacement is how often each unit is there; coincidences add up over units
    times = random.multinomial(units, np.full(units, 1 / units), size=draws).astype(float)
    size = len(values)
    drawn = (times @ coincidences.reshape(units, size * size)).reshape(draws, size, size)
    found = _alphas(drawn, values, metric)
    found = found[~np.isnan(found)]
    if len(found) < draws / 2:
        return no_interval("no_variance")
    low, high = np.quantile(found, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return Interval(float(low), float(high))


def _coincidences(ratings: Array) -> tuple[Array, Array]:
    """How often two values meet within each unit that has two ratings, and the values, sorted."""
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = np.stack([np.sum(ratings == v, axis=1) for v in values], axis=1) if len(values) else None
    if counts is None:
        return np.zeros((0, 0, 0)), values
    counts = counts[counts.sum(axis=1) >= 2].astype(float)
    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(len(values)) * counts[:, :, None]
    return pairs / (counts.sum(axis=1) - 1)[:, None, None], values


def _alphas(coincidences: Array, values: Array, metric: str) -> Array:
    """Alpha of each matrix of coincidences; NaN where nothing is expected to differ."""
    marginal = coincidences.sum(axis=2)
    total = marginal.sum(axis=1)
    distance = _distances(values, marginal, metric)
    observed = (coincidences * distance).sum(axis=(1, 2))
    expected = (marginal[:, :, None] * marginal[:, None, :] * distance).sum(axis=(1, 2)) / (total - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected < 1e-12, np.nan, 1 - observed / expected)


def _distances(values: Array, marginal: Array, metric: str) -> Array:
    """Squared distance of each two values; of ordinal ones it depends on how often those between are used."""
    if metric == "nominal":
        return (1.0 - np.eye(len(values)))[None]
    if metric == "interval":
        return np.asarray((values[:, None] - values[None, :]) ** 2)[None]
    if metric != "ordinal":
        raise ValueError(f"metric is {metric!r}; it can be nominal, ordinal or interval")
    # ranks, each of the two ends counted half
    upto = np.cumsum(marginal, axis=1) - marginal / 2
    return np.asarray((upto[:, :, None] - upto[:, None, :]) ** 2)


def in_words(frequencies: list[int]) -> str:
    """How far a group agrees: united, mixed, divided; empty without answers.

    United: on average at most half a category from the median. Divided: A ≤ 0 and at least a fifth at
    either end of the scale.
    """
    total = sum(frequencies)
    if total == 0:
        return ""
    codes = np.repeat(np.arange(len(frequencies), dtype=float), frequencies)
    if average_deviation(codes) <= 0.5:
        return "united"
    at_the_ends = min(frequencies[0], frequencies[-1]) / total
    return "divided" if van_der_eijk_a(frequencies) <= 0 and at_the_ends >= 0.2 else "mixed"
