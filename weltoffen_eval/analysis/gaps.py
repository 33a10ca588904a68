"""Gaps: what the persons of a workshop say against what the administration says of the same items."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain

import numpy as np

from weltoffen_eval.analysis.disclosure import Entry, entries_of
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gap_matrix import ALL, Array, GapMatrix
from weltoffen_eval.analysis.intervals import (
    LEAST_FOR_INTERVAL,
    Interval,
    mean_interval,
    prediction_interval,
    too_few,
    welch_interval,
    wilson_interval,
)
from weltoffen_eval.analysis.scheme import ScoringScheme

#: With whom every group is compared.
ADMINISTRATION = "administration"
#: From which share of persons on one side, and how many persons, an item is flagged.
_FLAG_SHARE, _FLAG_PERSONS = 2 / 3, 5


def gap_findings(matrix: GapMatrix, scheme: ScoringScheme) -> list[Finding]:
    """Gaps of all persons and, where disclosure control allows it, of each perspective."""
    minimum = scheme.min_group_size
    found = []
    for dimension in dict.fromkeys(matrix.dimensions):
        whole, *items = entries_of(matrix, dimension, minimum)
        of_items = [_of_entry(matrix, item, minimum) for item in items]
        found += _of_entry(matrix, whole, minimum) + _absolute_gaps(matrix, whole, list(chain(*of_items)))
        for item, rows in zip(items, of_items, strict=True):
            found += rows + _absolute_gaps(matrix, item, rows)
    return found


def _of_entry(matrix: GapMatrix, entry: Entry, minimum: int) -> list[Finding]:
    """Of an item or dimension: every group against the administration, and the groups against each other."""
    own = float(matrix.points[entry.columns].mean())
    # half a category, of the mean of several items too
    half = float(matrix.half_category[entry.columns].min())
    where = _about(matrix, entry)
    groups = {ALL: entry.everybody, **entry.groups}
    found = []
    for name, persons in groups.items():
        about = replace(where, perspective=name)
        if entry.withheld:
            found.append(replace(about, quantity="gap", n=float(len(persons)), reason="disclosure"))
            continue
        found += _of_group(entry.gaps[persons], about, own, half, minimum)
    for name, size in entry.sizes.items():
        if name not in groups and size:
            reason = "group_size" if size < minimum else "disclosure"
            found.append(replace(where, quantity="gap", perspective=name, n=float(size), reason=reason))
    if entry.withheld:
        return found
    names = sorted(entry.groups)
    for position, one in enumerate(names):
        for other in names[position + 1 :]:
            sides = entry.gaps[entry.groups[one]], entry.gaps[entry.groups[other]]
            found += _between(*sides, replace(where, perspective=one, other=other))
    return found


def _of_group(gaps: Array, where: Finding, own: float, half: float, minimum: int) -> list[Finding]:
    """What one group of persons says against the administration."""
    n = len(gaps)
    where = replace(where, n=float(n))
    if n < minimum:
        reason = "no_responses" if n == 0 else "group_size"
        return [replace(where, quantity="gap", reason=reason)]
    mean = float(np.mean(gaps))
    interval = mean_interval(gaps.tolist(), -own, 100 - own)
    found = [_with(where, "gap", mean, interval, "t-interval of the persons")]
    below, above = int((gaps < -half - 1e-9).sum()), int((gaps > half + 1e-9).sum())
    for quantity, count in (
        ("share_below", below),
        ("share_equal", n - below - above),
        ("share_above", above),
    ):
        found.append(_with(where, quantity, count / n, wilson_interval(count, n), "Wilson"))
    signs = (int((gaps > 1e-9).sum()) - int((gaps < -1e-9).sum())) / n
    found.append(replace(where, quantity="cliffs_delta", value=signs, method="P(above) − P(below)"))
    band = prediction_interval(gaps.tolist(), -own, 100 - own)
    shifted = Interval(own + band.low, own + band.high, band.reason)
    found.append(_with(where, "prediction_band", own, shifted, "Crawford & Howell"))
    return found


def _absolute_gaps(matrix: GapMatrix, entry: Entry, of_items: list[Finding]) -> list[Finding]:
    """Mean size of the gaps of its items, in which opposite ones do not cancel; n counts the items.

    Of the gaps as they are shown, and of no others: so it tells nothing that they do not.
    """
    found = []
    for name in (ALL, *entry.groups):
        shown = [
            finding.value
            for finding in of_items
            if (finding.quantity, finding.perspective, finding.other) == ("gap", name, ADMINISTRATION)
            and not math.isnan(finding.value)
        ]
        where = replace(_about(matrix, entry), quantity="absolute_gap", perspective=name, n=float(len(shown)))
        found.append(
            replace(where, value=float(np.mean(np.abs(shown))), method="mean size over n items")
            if shown
            else replace(where, reason="group_size")
        )
    return found


def _about(matrix: GapMatrix, entry: Entry) -> Finding:
    return Finding(
        "", wave=matrix.wave, setting=matrix.setting, municipality=matrix.municipality, level=entry.level,
        id=entry.id, other=ADMINISTRATION,
    )  # fmt: skip


def _between(one: Array, other: Array, where: Finding) -> list[Finding]:
    """Two groups of persons: the difference, and from 10 on either side its interval and Cliff's delta."""
    fewest = min(len(one), len(other))
    where = replace(where, n=float(len(one) + len(other)))
    difference = float(np.mean(one) - np.mean(other))
    found = [_with(where, "gap", difference, welch_interval(one.tolist(), other.tolist()), "Welch")]
    if fewest < LEAST_FOR_INTERVAL:
        delta, interval = cliffs_delta(one, other), Interval(math.nan, math.nan, too_few(fewest))
    else:
        delta, interval = cliffs_delta(one, other), cliffs_delta_interval(one, other)
    found.append(_with(where, "cliffs_delta", delta, interval, "Brunner–Munzel"))
    return found


def _with(where: Finding, quantity: str, value: float, interval: Interval, method: str) -> Finding:
    return replace(
        where, quantity=quantity, value=value, low=interval.low, high=interval.high, method=method,
        reason=interval.reason,
    )  # fmt: skip


def cliffs_delta(values: Array, others: Array) -> float:
    """P(value > other) − P(value < other), over all pairs; NaN where a side is empty.

    References
    ----------
    .. [1] Cliff (1993), Dominance statistics: ordinal analyses to answer ordinal questions.
       Psychological Bulletin, 114.
    """
    if not len(values) or not len(others):
        return math.nan
    return float(np.mean(np.sign(values[:, None] - others[None, :])))


def cliffs_delta_interval(values: Array, others: Array) -> Interval:
    """Interval of Cliff's delta, 95 %, from Brunner & Munzel's test (statsmodels ``rank_compare_2indep``)."""
    from statsmodels.stats.nonparametric import rank_compare_2indep

    delta = cliffs_delta(values, others)
    if abs(delta) > 1 - 1e-12 or np.ptp(np.concatenate([values, others])) < 1e-12:
        return Interval(math.nan, math.nan, "no_variance")
    low, high = rank_compare_2indep(values, others).conf_int(alpha=0.05)
    return Interval(max(-1.0, 2 * float(low) - 1), min(1.0, 2 * float(high) - 1))


def is_flagged(gaps: Array, category: float) -> bool:
    """Whether an item is worth asking about: at least a category apart, two thirds on one side, 5 persons."""
    n = len(gaps)
    if n < _FLAG_PERSONS or abs(float(np.mean(gaps))) < category - 1e-9:
        return False
    return max(int((gaps > 1e-9).sum()), int((gaps < -1e-9).sum())) / n >= _FLAG_SHARE - 1e-12
