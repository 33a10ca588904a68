"""Which numbers of answers fit all that is published of a group: every possibility, one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from weltoffen_eval.analysis.agreement import van_der_eijk_a
from weltoffen_eval.analysis.findings import Finding

Counts = NDArray[np.int64]
Marks = NDArray[np.bool_]
Array = NDArray[np.float64]
#: Persons up to which every possibility is looked at.
MOST_PERSONS = 12
#: Pairs of possibilities that are held against each other.
_MOST_PAIRS = 400_000
_ROUNDING = 1e-6


class Said(NamedTuple):
    """A finding as it was published, the half unit of its last printed digit, and the file that says it."""

    finding: Finding
    half: float = 0.0
    source: str = ""


class Possible(NamedTuple):
    """Numbers of answers that fit, one possibility a row, and the files from which they follow."""

    counts: Counts
    sources: frozenset[str]


@lru_cache(maxsize=256)
def every_possibility(persons: int, answers: int) -> Counts:
    """All ways in which persons choose among answers, as numbers of each answer."""
    if answers == 1:
        return np.array([[persons]])
    parts = []
    for first in range(persons + 1):
        rest = every_possibility(persons - first, answers - 1)
        parts.append(np.column_stack([np.full(len(rest), first), rest]))
    return np.vstack(parts)


def possible_counts(
    said: Sequence[Said], persons: int, points: Array, own: float, codes: Sequence[str]
) -> Possible | None:
    """Which numbers of answers fit what is said of one group and one item; None if nothing is said of it.

    Parameters
    ----------
    points : of each answer, evenly spaced
    own : what the administration answered, in points
    """
    exact = _exact(said, persons, codes)
    if persons > MOST_PERSONS and exact is None:
        return None
    counts = every_possibility(persons, len(points)) if exact is None else exact
    sources: set[str] = set()
    for one in said:
        fits = _fits(one, counts, points, own, codes)
        # who contradicts everything is spoken of in another way than is understood here
        if fits is not None and fits.any():
            counts = counts[fits]
            sources.add(one.source)
    return Possible(counts, frozenset(sources)) if sources else None


def _exact(said: Sequence[Said], persons: int, codes: Sequence[str]) -> Counts | None:
    told = {of.finding.variant: of.finding.value for of in said if of.finding.quantity == "n"}
    row = [told.get(code, 0.0) for code in codes]
    return np.array([row]).round().astype(np.int64) if told and sum(row) == persons else None


def _fits(one: Said, counts: Counts, points: Array, own: float, codes: Sequence[str]) -> Marks | None:
    """Which possibilities agree with a finding; None where it says nothing of them."""
    of, n = one.finding, counts.sum(axis=1)
    if math.isnan(of.value):
        return None
    mean = counts @ points / n
    expected: Array | None = None
    scale = points[1] - points[0] if len(points) > 1 else 1.0
    if of.quantity == "score":
        expected = mean
    elif of.quantity in ("n", "share") and of.variant in codes:
        column = counts[:, list(codes).index(of.variant)].astype(float)
        expected = column if of.quantity == "n" else column / n
    elif of.quantity == "average_deviation":
        expected = _average_deviations(counts)
    elif of.quantity == "van_der_eijk_a":
        expected = np.array([van_der_eijk_a([int(k) for k in row]) for row in counts])
    elif not math.isnan(own):
        expected = _against(of.quantity, counts, points - own, scale)
    if expected is None:
        return None
    fits = np.abs(expected - of.value) <= one.half + _ROUNDING
    if of.quantity in ("gap", "score") and not math.isnan(of.high):
        fits &= _fits_interval(one, counts, points, own if of.quantity == "gap" else 0.0)
    return np.asarray(fits)


def _against(quantity: str, counts: Counts, gaps: Array, category: float) -> Array | None:
    """A quantity against the administration, of every possibility."""
    n = counts.sum(axis=1)
    below, above = gaps < -category / 2 - 1e-9, gaps > category / 2 + 1e-9
    if quantity == "gap":
        return np.asarray(counts @ gaps / n)
    if quantity == "absolute_gap":
        return np.asarray(np.abs(counts @ gaps / n))
    if quantity == "cliffs_delta":
        return np.asarray(counts @ (np.sign(np.round(gaps, 9))) / n)
    sides = {"share_below": below, "share_above": above, "share_equal": ~below & ~above}
    return np.asarray(counts @ sides[quantity] / n) if quantity in sides else None


def _average_deviations(counts: Counts) -> Array:
    found = []
    for row in counts:
        values = np.repeat(np.arange(len(row), dtype=float), row)
        found.append(float(np.mean(np.abs(values - np.median(values)))))
    return np.array(found)


def _fits_interval(one: Said, counts: Counts, points: Array, own: float) -> Marks:
    """Whether the t-interval of the mean has the printed upper end, clipped to the scale."""
    n = int(counts[0].sum())
    mean = counts @ points / n
    spread = np.sqrt(np.maximum(counts @ points**2 - n * mean**2, 0) / max(n - 1, 1))
    high = mean + float(special.stdtrit(max(n - 1, 1), 0.975)) * spread / math.sqrt(n)
    fits = np.abs(np.minimum(high, points.max()) - own - one.finding.high) <= one.half + 1e-4
    # an interval of another kind says nothing here
    return np.asarray(fits if fits.any() else np.ones(len(counts), dtype=bool))


def with_differences(known: dict[frozenset[int], Possible]) -> dict[frozenset[int], Possible]:
    """The possibilities of groups, and of what is left of one without another that is a part of it."""
    found = dict(known)
    for whole, of_whole in known.items():
        for part, of_part in known.items():
            pairs = len(of_whole.counts) * len(of_part.counts)
            if not part < whole or pairs > _MOST_PAIRS:
                continue
            left = (of_whole.counts[:, None, :] - of_part.counts[None, :, :]).reshape(
                -1, of_whole.counts.shape[1]
            )
            left = np.unique(left[(left >= 0).all(axis=1)], axis=0)
            rest, sources = whole - part, of_whole.sources | of_part.sources
            if len(left) and (rest not in found or len(left) < len(found[rest].counts)):
                found[rest] = Possible(left, sources)
    return found


def ends_of_part(possible: Possible, size: int, points: Array) -> tuple[float, float]:
    """Between which means the answers of some of the persons lie."""
    ends = []
    for order in (np.arange(len(points)), np.arange(len(points))[::-1]):
        counts = possible.counts[:, order]
        before = np.cumsum(counts, axis=1) - counts
        taken = np.clip(size - before, 0, counts)
        ends.append(taken @ points[order] / size)
    return float(ends[0].min()), float(ends[1].max())
