"""Gaps: what the persons of a workshop say against what the administration says of the same items."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.intervals import (
    LEAST_FOR_INTERVAL,
    Interval,
    mean_interval,
    prediction_interval,
    too_few,
    welch_interval,
    wilson_interval,
)
from weltoffen_eval.analysis.person_answers import Array, PersonAnswers, Rows
from weltoffen_eval.analysis.scheme import ScoringScheme

#: With whom every group is compared.
ADMINISTRATION = "administration"
#: From which share of persons on one side, and how many persons, an item is flagged.
_FLAG_SHARE, _FLAG_PERSONS = 2 / 3, 5


class _Compared(NamedTuple):
    """An item or a dimension: the administration's points, half a category, a gap per person (or NaN)."""

    where: Finding
    own: float
    half: float
    gaps: Array


def gap_findings(persons: PersonAnswers, scheme: ScoringScheme) -> list[Finding]:
    """Gaps of all persons and of each cell, as they are: what of them may leave is told by ``release``."""
    minimum = scheme.min_group_size
    groups = persons.groups(minimum)
    found = []
    for entry in _entries(persons):
        there = ~np.isnan(entry.gaps)
        for name, rows in groups.items():
            about = entry.where.having(perspective=name)
            found += _of_group(entry.gaps[rows[there[rows]]], about, entry.own, entry.half, minimum)
        for name in persons.sizes:
            size = int(there[persons.rows_of([name])].sum())
            if name not in groups and size:
                # told with others, or with all
                reason = "group_size" if size < minimum or len(groups) > 1 else "disclosure"
                found.append(
                    entry.where.having(quantity="gap", perspective=name, n=float(size), reason=reason)
                )
        found += _between_groups(entry, groups, minimum)
    return found


def _entries(persons: PersonAnswers) -> list[_Compared]:
    """Every dimension and then its items, as far as the administration answered."""
    gaps = persons.points - persons.own
    entries = []
    for dimension in dict.fromkeys(persons.dimensions):
        columns = [n for n in persons.columns_of(dimension) if not math.isnan(persons.own[n])]
        if not columns:
            continue
        where = Finding(
            "", wave=persons.wave, setting=persons.setting, municipality=persons.municipality,
            level="dimension", id=dimension, other=ADMINISTRATION,
        )  # fmt: skip
        weights = persons.compared_weights(dimension)
        means = (weights * np.nan_to_num(gaps)).sum(axis=1)
        of_persons = np.where(weights.any(axis=1), means, np.nan)
        own, half = float(persons.own[columns].mean()), persons.category / 2
        # half a category, of the mean of several items too
        entries.append(_Compared(where, own, float(half[columns].min()), of_persons))
        for n in columns:
            item = where.having(level="item", id=persons.items[n])
            entries.append(_Compared(item, float(persons.own[n]), float(half[n]), gaps[:, n]))
    return entries


def _between_groups(entry: _Compared, groups: dict[str, Rows], minimum: int) -> list[Finding]:
    """The cells against each other."""
    sides = {name: entry.gaps[rows][~np.isnan(entry.gaps[rows])] for name, rows in groups.items()}
    names = sorted(name for name, gaps in sides.items() if name != ALL and len(gaps) >= minimum)
    found = []
    for position, one in enumerate(names):
        for other in names[position + 1 :]:
            about = entry.where.having(perspective=one, other=other)
            found += _between(sides[one], sides[other], about)
    return found


def _of_group(gaps: Array, where: Finding, own: float, half: float, minimum: int) -> list[Finding]:
    """What one group of persons says against the administration."""
    n = len(gaps)
    where = where.having(n=float(n))
    if n < minimum:
        reason = "no_responses" if n == 0 else "group_size"
        return [where.having(quantity="gap", reason=reason)]
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
    found.append(where.having(quantity="cliffs_delta", value=signs, method="P(above) − P(below)"))
    band = prediction_interval(gaps.tolist(), -own, 100 - own)
    shifted = Interval(own + band.low, own + band.high, band.reason)
    found.append(_with(where, "prediction_band", own, shifted, "Crawford & Howell"))
    return found


def absolute_gaps(released: Iterable[Finding], items: dict[str, str]) -> list[Finding]:
    """Mean size of the gaps of a dimension's items, in which opposite ones do not cancel; n counts the items.

    Of the gaps that are out, and of no others: so it tells nothing that they do not.

    Parameters
    ----------
    items : the dimension of each item
    """
    told: dict[tuple[str, ...], list[float]] = {}
    for of in released:
        if (of.level, of.quantity, of.other) != ("item", "gap", ADMINISTRATION):
            continue
        if math.isnan(of.value) and of.perspective != ALL:
            continue
        for level, entry in (("dimension", items[of.id]), ("item", of.id)):
            sizes = told.setdefault((of.wave, of.setting, of.municipality, level, entry, of.perspective), [])
            if not math.isnan(of.value):
                sizes.append(abs(of.value))
    found = []
    for (wave, setting, municipality, level, entry, perspective), sizes in told.items():
        where = Finding(
            "absolute_gap", wave=wave, setting=setting, municipality=municipality, level=level, id=entry,
            perspective=perspective, other=ADMINISTRATION, n=float(len(sizes)),
        )  # fmt: skip
        found.append(
            where.having(value=float(np.mean(sizes)), method="mean size over n items")
            if sizes
            else where.having(reason="group_size")
        )
    return found


def _between(one: Array, other: Array, where: Finding) -> list[Finding]:
    """Two groups of persons: the difference, and from 10 on either side its interval and Cliff's delta."""
    fewest = min(len(one), len(other))
    where = where.having(n=float(len(one) + len(other)))
    difference = float(np.mean(one) - np.mean(other))
    found = [_with(where, "gap", difference, welch_interval(one.tolist(), other.tolist()), "Welch")]
    if fewest < LEAST_FOR_INTERVAL:
        delta, interval = cliffs_delta(one, other), Interval(math.nan, math.nan, too_few(fewest))
    else:
        delta, interval = cliffs_delta(one, other), cliffs_delta_interval(one, other)
    found.append(_with(where, "cliffs_delta", delta, interval, "Brunner–Munzel"))
    return found


def _with(where: Finding, quantity: str, value: float, interval: Interval, method: str) -> Finding:
    return where.having(quantity=quantity, value=value, low=interval.low, high=interval.high, method=method,
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
    # by place among the others: of thousands of persons every pair would be millions
    there = np.sort(others)
    above, below = (np.searchsorted(there, values, side).sum() for side in ("left", "right"))
    return float((above + below - len(values) * len(others)) / (len(values) * len(others)))


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
