"""Across municipalities: whether gaps go the same way in many of them. Each municipality counts once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from weltoffen_eval.analysis.disclosure import LEAST_MUNICIPALITIES
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.intervals import mean_interval, too_few

Array = NDArray[np.float64]
#: Share of false findings among the items that are named as worth asking about.
FALSE_DISCOVERY_RATE = 0.10
#: Decimals to which gaps are rounded before they are ranked: what differs behind them is rounding.
_RANK_DECIMALS = 9


def wilcoxon_p(gaps: Sequence[float]) -> float:
    """Two-sided p of Wilcoxon's signed-rank test; zeros are left out; NaN where nothing is left.

    Exact without ties and zeros up to 50 gaps, else the normal approximation with correction for ties and
    continuity, as R's ``wilcox.test``.

    References
    ----------
    .. [1] Wilcoxon (1945), Individual comparisons by ranking methods. Biometrics Bulletin, 1.
    """
    rounded = np.round(np.asarray(gaps, dtype=float), _RANK_DECIMALS)
    moved = rounded[rounded != 0]
    if not len(moved):
        return math.nan
    tied = len(np.unique(np.abs(moved))) < len(moved) or len(moved) < len(rounded)
    method = "approx" if tied or len(moved) > 50 else "exact"
    return float(stats.wilcoxon(moved, zero_method="wilcox", correction=True, method=method).pvalue)


def hodges_lehmann(gaps: Sequence[float]) -> float:
    """The median of the means of all pairs, each gap with itself too; NaN without gaps.

    References
    ----------
    .. [1] Hodges & Lehmann (1963), Estimates of location based on rank tests. Annals of Mathematical
       Statistics, 34.
    """
    values = np.asarray(gaps, dtype=float)
    if not len(values):
        return math.nan
    first, second = np.triu_indices(len(values))
    return float(np.median((values[first] + values[second]) / 2))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p-values; NaN is no part of the family and stays NaN.

    References
    ----------
    .. [1] Holm (1979), A simple sequentially rejective multiple test procedure. Scandinavian Journal of
       Statistics, 6.
    """
    # statsmodels' own tidies up the memory of the whole process at each call, which takes long in a large one
    found: dict[str, float] = {}
    there = sorted((name for name in p_values if not math.isnan(p_values[name])), key=p_values.__getitem__)
    least = 0.0
    for place, name in enumerate(there):
        least = max(least, (len(there) - place) * p_values[name])
        found[name] = min(least, 1.0)
    return {name: found.get(name, math.nan) for name in p_values}


def benjamini_hochberg(p_values: Mapping[str, float]) -> dict[str, float]:
    """Benjamini & Hochberg's adjusted p-values; NaN is no part of the family and stays NaN.

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), Controlling the false discovery rate. Journal of the Royal
       Statistical Society B, 57.
    """
    from statsmodels.stats.multitest import multipletests

    there = {name: p for name, p in p_values.items() if not math.isnan(p)}
    adjusted = multipletests(list(there.values()), method="fdr_bh")[1] if there else []
    found = dict(zip(there, map(float, adjusted), strict=True))
    return {name: found.get(name, math.nan) for name in p_values}


def across_findings(gaps: Sequence[Finding]) -> list[Finding]:
    """What the gaps of single municipalities say together; municipality is empty in these rows.

    Parameters
    ----------
    gaps : findings of municipalities; those of all participants against the administration are used

    Returns
    -------
    list of Finding
        ``mean_gap`` with t-interval, ``hodges_lehmann``, counts of signs, ``wilcoxon_p``; for dimensions
        ``holm_p``, for items ``bh_p``, each within its wave, setting and level. Tests from 8
        municipalities on, intervals from 10.
    """
    families: dict[tuple[str, str, str], dict[str, list[float]]] = {}
    for gap in gaps:
        # ratings of fields are not mixed with gaps over items
        of_items = gap.quantity == "gap" and not gap.variant
        if of_items and gap.perspective == "participants" and not math.isnan(gap.value):
            family = families.setdefault((gap.wave, gap.setting, gap.level), {})
            family.setdefault(gap.id, []).append(gap.value)
    found = []
    for (wave, setting, level), by_id in families.items():
        where = Finding(
            "", wave=wave, setting=setting, level=level, perspective="participants", other="administration"
        )
        tested = {
            name: wilcoxon_p(values) if len(values) >= LEAST_MUNICIPALITIES else math.nan
            for name, values in by_id.items()
        }
        quantity, adjust = ("holm_p", holm) if level == "dimension" else ("bh_p", benjamini_hochberg)
        adjusted = adjust(tested)
        for name, values in by_id.items():
            about = replace(where, id=name, n=float(len(values)))
            found += _of_all(values, about)
            reason = too_few(len(values), LEAST_MUNICIPALITIES) or (
                "no_variance" if math.isnan(tested[name]) else ""
            )
            for what, p, method in (
                ("wilcoxon_p", tested[name], "signed-rank, two-sided"),
                (quantity, adjusted[name], f"family of {sum(not math.isnan(p) for p in tested.values())}"),
            ):
                found.append(replace(about, quantity=what, value=p, method=method, reason=reason))
    return found


def _of_all(values: list[float], about: Finding) -> list[Finding]:
    interval = mean_interval(values, -100.0, 100.0)
    rounded = np.round(values, _RANK_DECIMALS)
    return [
        replace(
            about, quantity="mean_gap", value=float(np.mean(values)), low=interval.low, high=interval.high,
            method="t-interval of the municipalities", reason=interval.reason,
        ),
        replace(about, quantity="hodges_lehmann", value=hodges_lehmann(values), method="Walsh averages"),
        replace(about, quantity="municipalities_above", value=float((rounded > 0).sum()), method="count"),
        replace(about, quantity="municipalities_below", value=float((rounded < 0).sum()), method="count"),
    ]  # fmt: skip
