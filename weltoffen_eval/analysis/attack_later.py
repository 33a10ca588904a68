"""What persons said who came between two releases: the difference of the same number, told twice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from weltoffen_eval.analysis.attack_counts import NOT_PERSONS, Said
from weltoffen_eval.analysis.findings import where_of
from weltoffen_eval.analysis.known_persons import KnownPersons

_MEANS = ("gap", "score")
#: After the group to which they came.
LATER = ", came later"


class Later(NamedTuple):
    """The mean of persons who came later, in points, and from which files it follows."""

    of: KnownPersons
    level: str
    id: str
    group: str
    n: int
    low: float
    high: float
    sources: frozenset[str]


def later_persons(said: Sequence[Said], persons: Sequence[KnownPersons], least: int) -> Iterator[Later]:
    """Groups of fewer than ``least`` by which a mean rests on more persons than it did before.

    Where the difference is no mean that they can have, not only somebody came: then nothing is said.
    """
    of_where = {of.where: of for of in persons}
    told: dict[tuple[str, ...], dict[int, Said]] = {}
    for one in said:
        of = one.finding
        if of.quantity in _MEANS and of.other in NOT_PERSONS and not math.isnan(of.value + of.n):
            key = *where_of(of), of.level, of.id, of.perspective, of.quantity
            by_size = told.setdefault(key, {})
            if int(of.n) not in by_size or one.half < by_size[int(of.n)].half:
                by_size[int(of.n)] = one
    for (*where, level, entry, group, quantity), by_size in told.items():
        there = of_where.get((where[0], where[1], where[2]))
        columns = there.columns_of(level, entry) if there else []
        if there is None or not columns:
            continue
        own = float(np.nanmean(there.own[columns])) if quantity == "gap" else 0.0
        ends = float(there.lowest[columns].min()), float(there.highest[columns].max())
        for fewer, more in pairwise(sorted(by_size)):
            if more - fewer >= least:
                continue
            one, other = by_size[more], by_size[fewer]
            middle = (more * one.finding.value - fewer * other.finding.value) / (more - fewer) + own
            half = (more * one.half + fewer * other.half) / (more - fewer)
            low, high = max(ends[0], middle - half), min(ends[1], middle + half)
            if low <= high + 1e-6:
                sources = frozenset({one.source, other.source})
                yield Later(there, level, entry, group + LATER, more - fewer, low, max(low, high), sources)
