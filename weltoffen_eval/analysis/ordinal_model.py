"""A check of a gap of one item: a proportional odds model of persons against administrations."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

import numpy as np

from weltoffen_eval.analysis.intervals import LEAST_FOR_INTERVAL, too_few


def ordinal_shift(
    points: Sequence[float], persons: Sequence[bool], clusters: Sequence[str]
) -> tuple[float, float, str]:
    """Log odds ratio of more points for persons against administrations, its p, and why there is none.

    A proportional odds model with standard errors that are robust within municipalities; a check of the gap
    of one item, never the result itself. Separation, or fewer than 10 municipalities, gives a reason.

    Parameters
    ----------
    points : of each answer, with the direction of its item, so that the sign is that of the gap

    References
    ----------
    .. [1] McCullagh (1980), Regression models for ordinal data. Journal of the Royal Statistical
       Society B, 42.
    """
    import pandas as pd
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    group = np.asarray(persons, dtype=float)
    if len(set(clusters)) < LEAST_FOR_INTERVAL:
        return math.nan, math.nan, too_few(len(set(clusters)))
    outcome = pd.Series(pd.Categorical(points, categories=sorted(set(points)), ordered=True))
    if outcome.nunique() < 2 or len(set(persons)) < 2:
        return math.nan, math.nan, "no_variance"
    number = np.unique(np.asarray(clusters), return_inverse=True)[1]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            model = OrderedModel(outcome, pd.DataFrame({"persons": group}), distr="logit")
            fitted = model.fit(method="bfgs", disp=False, cov_type="cluster", cov_kwds={"groups": number})
    except Exception:
        # statsmodels raises and warns in many ways where the likelihood has no maximum
        return math.nan, math.nan, "not_estimable"
    shift, p = float(fitted.params["persons"]), float(fitted.pvalues["persons"])
    if not math.isfinite(shift) or abs(shift) > 10 or not math.isfinite(p):
        return math.nan, math.nan, "not_estimable"
    return shift, p, ""
