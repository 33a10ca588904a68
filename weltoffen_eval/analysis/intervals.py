"""Intervals for means, differences and shares, each with the sizes from which it is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

#: Persons or municipalities from which a mean has an interval.
LEAST_FOR_INTERVAL = 10
#: And from which a statistic without a formula is bootstrapped.
LEAST_FOR_BOOTSTRAP = 20
LEVEL = 0.95


class Interval(NamedTuple):
    """Two ends; NaN with the ``reason`` where there is no interval."""

    low: float
    high: float
    reason: str = ""


def no_interval(reason: str) -> Interval:
    """An interval that is not given."""
    return Interval(math.nan, math.nan, reason)


def too_few(n: int, least: int = LEAST_FOR_INTERVAL) -> str:
    """The reason of an interval that is not given for want of cases."""
    return "too_few" if n < least else ""


def mean_interval(values: Sequence[float], lowest: float = -math.inf, highest: float = math.inf) -> Interval:
    """Student's t-interval of a mean, 95 %, clipped to the scale.

    Parameters
    ----------
    values : one per person or municipality
    lowest, highest : the ends of the scale

    Returns
    -------
    Interval
        None, with ``too_few``, below 10 values; none, with ``no_variance``, where all are equal. Near
        consensus it covers less than its name says (see docs/methods.md).
    """
    return _around_mean(values, lowest, highest, lambda n: 1 / n)


def prediction_interval(
    values: Sequence[float], lowest: float = -math.inf, highest: float = math.inf
) -> Interval:
    """Where one more value would lie, 95 %: ``mean ± t·s·√(1 + 1/n)``, from 10 values on.

    References
    ----------
    .. [1] Crawford & Howell (1998), Comparing an individual's test score against norms derived from
       small samples. The Clinical Neuropsychologist, 12.
    """
    return _around_mean(values, lowest, highest, lambda n: 1 + 1 / n)


def _around_mean(
    values: Sequence[float], lowest: float, highest: float, share: Callable[[int], float]
) -> Interval:
    """``mean ± t·s·√share(n)``, clipped to the scale."""
    n = len(values)
    if n < LEAST_FOR_INTERVAL:
        return no_interval(too_few(n))
    spread = float(np.std(values, ddof=1))
    if spread < 1e-12:
        return no_interval("no_variance")
    half = _t_quantile(n - 1) * spread * math.sqrt(share(n))
    mean = float(np.mean(values))
    return Interval(max(lowest, mean - half), min(highest, mean + half))


def _t_quantile(freedom: float) -> float:
    """How many standard errors an interval reaches to either side, by Student's distribution."""
    # a tenth of what a report imports; one on institutions alone has no interval
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + LEVEL / 2))


def _z_quantile() -> float:
    """The same by the normal distribution."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + LEVEL / 2))


def wilson_interval(successes: int, n: int) -> Interval:
    """Wilson's score interval of a share, 95 %, without continuity correction.

    References
    ----------
    .. [1] Wilson (1927); Newcombe (1998), Two-sided confidence intervals for the single proportion.
       Statistics in Medicine, 17: method 3.
    """
    if n == 0:
        return no_interval("no_responses")
    z = _z_quantile()
    share = successes / n
    centre = 2 * n * share + z * z
    half = z * math.sqrt(z * z + 4 * n * share * (1 - share))
    low, high = (centre - half) / (2 * (n + z * z)), (centre + half) / (2 * (n + z * z))
    # exact at the ends, where rounding would leave something behind
    return Interval(0.0 if successes == 0 else low, 1.0 if successes == n else high)


def newcombe_interval(successes: int, n: int, other_successes: int, other_n: int) -> Interval:
    """Newcombe's interval of the difference of two shares, 95 %, from the Wilson interval of each.

    References
    ----------
    .. [1] Newcombe (1998), Interval estimation for the difference between independent proportions.
       Statistics in Medicine, 17: method 10.
    """
    if n == 0 or other_n == 0:
        return no_interval("no_responses")
    one, other = successes / n, other_successes / other_n
    own, others = wilson_interval(successes, n), wilson_interval(other_successes, other_n)
    difference = one - other
    return Interval(
        difference - math.hypot(one - own.low, others.high - other),
        difference + math.hypot(own.high - one, other - others.low),
    )


def welch_interval(values: Sequence[float], others: Sequence[float]) -> Interval:
    """Welch's interval of the difference of two means, 95 %, from 10 values on either side.

    References
    ----------
    .. [1] Welch (1947), The generalization of Student's problem when several different population
       variances are involved. Biometrika, 34.
    """
    fewest = min(len(values), len(others))
    if fewest < LEAST_FOR_INTERVAL:
        return no_interval(too_few(fewest))
    parts = [float(np.var(side, ddof=1)) / len(side) for side in (values, others)]
    if sum(parts) < 1e-24:
        return no_interval("no_variance")
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, (values, others), strict=True)
    )
    half = _t_quantile(freedom) * math.sqrt(sum(parts))
    difference = float(np.mean(values)) - float(np.mean(others))
    return Interval(difference - half, difference + half)
