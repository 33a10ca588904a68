"""Groups of respondents: counts and exact means, gathered from one part of the sheets after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.aggregation import Node
from weltoffen_eval.analysis.answers import Answers, Array

READINGS = ("score", "low", "high")
COUNTS = ("n", "n_items", "n_answered", "not_asked", "not_chosen")


@dataclass(frozen=True)
class Groups:
    """Sheets by groups: ``who`` has a row per group; ``order`` lists the sheets, group after group.

    Those of group i stand in ``order`` from ``starts[i]`` on and are ``sizes[i]``.
    """

    who: pd.DataFrame
    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]

    @classmethod
    def of(cls, who: pd.DataFrame, columns: Sequence[str]) -> Groups:
        """The sheets that are alike in these columns, sorted by them."""
        group = who.groupby(list(columns), observed=True, sort=True).ngroup().to_numpy()
        order = np.argsort(group, kind="stable")
        starts = np.flatnonzero(np.diff(group[order], prepend=-1))
        sizes = np.diff(np.append(starts, len(order)))
        return cls(who.iloc[order[starts]].reset_index(drop=True), order, starts, sizes)

    def in_parts(self, sheets: int) -> Iterator[tuple[int, NDArray[np.intp]]]:
        """The sheets of ``order`` in parts, each with the place where it begins; at least one part."""
        for place in range(0, max(len(self.order), 1), sheets):
            yield place, self.order[place : place + sheets]


@dataclass
class Totals:
    """What is known of each group × node: ``counts`` by COUNTS, and sums of the scored points by READINGS.

    ``sums`` are exactly rounded; those of a group that comes in several parts are kept in ``open_sums`` as
    numbers that are exactly its sum, so that neither the order of rows nor the parts show.
    """

    groups: Groups
    nodes: list[Node]
    counts: dict[str, Array]
    sums: dict[str, Array]
    open_sums: dict[tuple[str, int, int], list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Groups, nodes: list[Node]) -> Totals:
        """Nothing yet."""
        shape = len(groups.starts), len(nodes)
        return cls(
            groups,
            nodes,
            {name: np.zeros(shape) for name in COUNTS},
            {name: np.zeros(shape) for name in READINGS},
        )

    def add(self, place: int, nodes: Sequence[Node], answers: Answers) -> None:
        """Add a part of the sheets, which begins at ``place`` in the order of the groups."""
        count = len(answers.answered)
        if not count:
            return
        first, last = np.searchsorted(self.groups.starts, (place, place + count - 1), side="right") - 1
        starts = np.maximum(self.groups.starts[first : last + 1] - place, 0)
        ends = np.append(starts[1:], count)
        for number, node in enumerate(nodes):
            columns = list(node.items)
            # what counts nothing is told once for all respondents
            scored = np.broadcast_to(node.scored, count)
            counted = {
                "n": scored,
                "n_items": node.n_items,
                "n_answered": node.n_answered,
                "not_asked": answers.not_asked[:, columns].all(axis=1),
                "not_chosen": answers.not_chosen[:, columns].any(axis=1),
            }
            for name, values in counted.items():
                summed = np.broadcast_to(values, count).astype(float)
                self.counts[name][first : last + 1, number] += np.add.reduceat(summed, starts)
            for name in READINGS:
                points = np.broadcast_to(node.readings[name].points, count)
                counts = np.where(scored, points, 0.0)
                sums = self.sums[name][first : last + 1, number]
                if (counts == np.rint(counts)).all():
                    # whole numbers, as most points of answers are: no sum of theirs is ever rounded
                    sums[:] = np.add.reduceat(counts, starts)
                else:
                    single = ends - starts == 1
                    sums[single] = counts[starts[single]]
                    for group in np.flatnonzero(~single).tolist():
                        sums[group] = math.fsum(counts[starts[group] : ends[group]].tolist())
                for group in {0, int(last - first)}:
                    if ends[group] - starts[group] < self.groups.sizes[first + group]:
                        exact = exact_parts(counts[starts[group] : ends[group]].tolist())
                        self.open_sums.setdefault((name, int(first + group), number), []).extend(exact)

    def mean(self, reading: str) -> Array:
        """The mean of a reading, NaN where nobody has a score."""
        sums = self.sums[reading].copy()
        for (name, group, number), parts in self.open_sums.items():
            if name == reading:
                sums[group, number] = math.fsum(parts)
        n = self.counts["n"]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(n > 0, sums / n, np.nan))


def exact_parts(values: Sequence[float]) -> list[float]:
    """Few numbers whose sum is exactly that of the values, also where no single number is."""
    rest = list(values)
    parts = []
    while part := math.fsum(rest):
        parts.append(part)
        rest.append(-part)
    return parts
