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
#: Without interval for "no_variance" where everybody of the group answered alike.
_OF_VARIANCE = ("gap", "score", "change", "prediction_band", "krippendorff_alpha")
#: Nobody is off the others, at this value.
_UNITED = {"average_deviation": 0.0, "van_der_eijk_a": 1.0, "krippendorff_alpha": 1.0, "icc_1_1": 1.0}
#: With what persons are compared, without being persons.
NOT_PERSONS = ("", "administration", "reference")
#: What is looked at first, for few have one mean, and last.
_ORDER = {"gap": -1, "score": -1, "average_deviation": 1, "van_der_eijk_a": 2}


class Said(NamedTuple):
    """A finding as it was published, the half unit of its last printed digit, and the file that says it."""

    finding: Finding
    half: float = 0.0
    source: str = ""


class Possible(NamedTuple):
    """Numbers of answers that fit, one possibility a row, and the files from which they follow."""

    counts: Counts
    sources: frozenset[str]


def says_alike(of: Finding) -> bool:
    """Whether a finding says that all persons of its group answered alike, by its value or its reason."""
    if of.other not in NOT_PERSONS:
        return False
    united = _UNITED.get(of.quantity)
    return (of.reason == "no_variance" and of.quantity in _OF_VARIANCE) or (
        united is not None and abs(of.value - united) < _ROUNDING
    )


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
    alike = {one.source for one in said if says_alike(one.finding)}
    exact = _exact(said, persons, codes)
    if exact is not None:
        counts = exact
    elif alike:
        counts = persons * np.eye(len(points), dtype=np.int64)
    elif persons <= MOST_PERSONS:
        counts = every_possibility(persons, len(points))
    else:
        return None
    sources = set(alike)
    # what is quick to look at first, for it leaves less for what is slow
    for one in sorted(said, key=lambda one: _ORDER.get(one.finding.quantity, 0)):
        fits = _fits(one, counts, points, own, codes)
        # who contradicts everything is spoken of in another way than is understood here
        if fits is not None and fits.any():
            counts = counts[fits]
            sources.add(one.source)
            counts = counts[_fits_interval(one, counts, points, own)]
    return Possible(counts, frozenset(sources)) if sources else None


def _exact(said: Sequence[Said], persons: int, codes: Sequence[str]) -> Counts | None:
    told = {of.finding.variant: of.finding.value for of in said if of.finding.quantity == "n"}
    row = [told.get(code, 0.0) for code in codes]
    return np.array([row]).round().astype(np.int64) if told and sum(row) == persons else None


def _fits(one: Said, counts: Counts, points: Array, own: float, codes: Sequence[str]) -> Marks | None:
    """Which possibilities agree with a finding; None where it says nothing of them."""
    of, n = one.finding, int(counts[0].sum())
    if math.isnan(of.value):
        return None
    expected: Array | None = None
    if of.quantity == "score":
        expected = counts @ points / n
    elif of.quantity in ("n", "share") and of.variant in codes:
        column = counts[:, list(codes).index(of.variant)].astype(float)
        expected = column if of.quantity == "n" else column / n
    elif of.quantity == "average_deviation":
        expected = _average_deviations(counts)
    elif of.quantity == "van_der_eijk_a":
        expected = np.array([van_der_eijk_a(row) for row in counts.tolist()])
    elif not math.isnan(own):
        expected = _against(of.quantity, counts, points - own, points[1] - points[0])
    if expected is None:
        return None
    return np.asarray(np.abs(expected - of.value) <= one.half + _ROUNDING)


def _against(quantity: str, counts: Counts, gaps: Array, category: float) -> Array | None:
    """A quantity against the administration, of every possibility."""
    n = int(counts[0].sum())
    if quantity in ("gap", "absolute_gap"):
        mean = counts @ gaps / n
        return np.asarray(mean if quantity == "gap" else np.abs(mean))
    if quantity == "cliffs_delta":
        return np.asarray(counts @ (np.sign(np.round(gaps, 9))) / n)
    below, above = gaps < -category / 2 - 1e-9, gaps > category / 2 + 1e-9
    sides = {"share_below": below, "share_above": above, "share_equal": ~below & ~above}
    return np.asarray(counts @ sides[quantity] / n) if quantity in sides else None


def _average_deviations(counts: Counts) -> Array:
    """From the median, in categories."""
    n, steps = int(counts[0].sum()), np.arange(counts.shape[1])
    passed = np.cumsum(counts, axis=1)
    middle = [(passed < place).sum(axis=1) for place in ((n + 1) // 2, n // 2 + 1)]
    median = (middle[0] + middle[1]) / 2
    return np.asarray((np.abs(steps - median[:, None]) * counts).sum(axis=1) / n)


def _fits_interval(one: Said, counts: Counts, points: Array, own: float) -> Marks:
    """Whether the t-interval of the mean has the printed upper end, clipped to the scale."""
    of, n = one.finding, int(counts[0].sum())
    everything = np.ones(len(counts), dtype=bool)
    if of.quantity not in ("gap", "score") or math.isnan(of.high) or math.isnan(of.value):
        return everything
    own = own if of.quantity == "gap" else 0.0
    mean = counts @ points / n
    spread = np.sqrt(np.maximum(counts @ points**2 - n * mean**2, 0) / max(n - 1, 1))
    high = mean + float(special.stdtrit(max(n - 1, 1), 0.975)) * spread / math.sqrt(n)
    fits = np.abs(np.minimum(high, points.max()) - own - of.high) <= one.half + 1e-4
    # an interval of another kind says nothing here
    return np.asarray(fits if fits.any() else everything)


def with_differences(known: dict[frozenset[int], Possible]) -> dict[frozenset[int], Possible]:
    """The possibilities of groups, and of what is left of one without another that is a part of it."""
    found = dict(known)
    for whole, of_whole in known.items():
        for part, of_part in known.items():
            pairs = len(of_whole.counts) * len(of_part.counts)
            if not part < whole or pairs > _MOST_PAIRS:
                continue
            left = _differences(of_whole.counts, of_part.counts)
            rest, sources = whole - part, of_whole.sources | of_part.sources
            if len(left) and (rest not in found or len(left) < len(found[rest].counts)):
                found[rest] = Possible(left, sources)
    return found


def _differences(whole: Counts, part: Counts) -> Counts:
    """What can be left of numbers of answers, each possibility once."""
    # a possibility as one number, its digits the numbers of each answer
    digits = int(whole.sum(axis=1).max()) + 1
    places = digits ** np.arange(whole.shape[1], dtype=np.int64)
    enough = np.ones((len(whole), len(part)), dtype=bool)
    for of_whole, of_part in zip(whole.T, part.T, strict=True):
        enough &= of_whole[:, None] >= of_part[None, :]
    left = np.unique(((whole @ places)[:, None] - (part @ places)[None, :])[enough])
    return np.asarray(left[:, None] // places[None, :] % digits)


def ends_of_part(possible: Possible, size: int, points: Array) -> tuple[float, float]:
    """Between which means the answers of some of the persons lie."""
    ends = []
    for order in (np.arange(len(points)), np.arange(len(points))[::-1]):
        counts = possible.counts[:, order]
        before = np.cumsum(counts, axis=1) - counts
        taken = np.clip(size - before, 0, counts)
        ends.append(taken @ points[order] / size)
    return float(ends[0].min()), float(ends[1].max())
