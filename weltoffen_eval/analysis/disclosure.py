"""What of a municipality's gaps may be shown, so that nothing tells what a small group of persons said."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.gap_matrix import Array, GapMatrix
from weltoffen_eval.analysis.privacy import groups_to_show, narrowed


@dataclass(frozen=True)
class Entry:
    """An item or a dimension of a municipality: its gaps, and of whom the mean may be shown.

    ``columns`` of the matrix; ``gaps``: one per person, NaN where there is none; ``sizes``: persons with a
    gap, by perspective; ``groups``: the persons of each group that may be shown beside all of them;
    ``withheld``: not even the mean of all may be shown.
    """

    level: str
    id: str
    columns: list[int]
    gaps: Array
    sizes: dict[str, int]
    groups: dict[str, NDArray[np.intp]]
    withheld: bool = False

    @property
    def everybody(self) -> NDArray[np.intp]:
        """The persons with a gap."""
        return np.flatnonzero(~np.isnan(self.gaps))


def entries_of(matrix: GapMatrix, dimension: str, minimum: int) -> list[Entry]:
    """A dimension and then its items, each with what may be shown of it.

    Parameters
    ----------
    minimum : persons from which a group is shown
    """
    columns = matrix.columns_of(dimension)
    entries = [
        _entry(matrix, "dimension", dimension, columns, matrix.person_gaps(dimension), minimum),
        *(_entry(matrix, "item", matrix.items[n], [n], matrix.gaps[:, n], minimum) for n in columns),
    ]
    means = _means_to_show(matrix, entries, minimum)
    return [
        replace(entry, groups=entry.groups if means[entry.id] == 2 else {}, withheld=means[entry.id] == 0)
        for entry in entries
    ]


def _entry(matrix: GapMatrix, level: str, entry: str, columns: list[int], gaps: Array, minimum: int) -> Entry:
    there = ~np.isnan(gaps)
    rows = {name: matrix.persons_of(name) for name in dict.fromkeys(matrix.perspectives)}
    sizes = {name: int(there[members].sum()) for name, members in rows.items()}
    groups = {}
    for name, parts in groups_to_show(sizes, minimum).items():
        members = np.concatenate([rows[part] for part in parts])
        groups[name] = members[there[members]]
    return Entry(level, entry, columns, gaps, sizes, groups)


def _means_to_show(matrix: GapMatrix, entries: list[Entry], minimum: int) -> dict[str, int]:
    """Of a dimension and its items: 2 all groups may be shown, 1 only all persons together, 0 nothing.

    Who answered one item and not another is in the one mean and not in the other; and near an end of the
    scale a mean leaves nobody much room. What leaves a small group less than a category is withheld: first
    the groups, then the mean of all.
    """
    columns = entries[0].columns
    answered = ~np.isnan(matrix.gaps[:, columns])
    answers = (matrix.gaps + matrix.points)[:, columns][answered]
    of_item = np.nonzero(answered)[1]

    def weights(entry: Entry, persons: NDArray[np.intp]) -> Array:
        """The mean over persons of each one's mean, as weights of all answers."""
        own = answered[persons] & np.isin(columns, entry.columns)
        row = np.zeros(answered.shape)
        row[persons] = own / own.sum(axis=1, keepdims=True) / len(persons)
        return row[answered]

    def small_groups(entry: Entry) -> list[NDArray[np.intp]]:
        members = [
            np.intersect1d(matrix.persons_of(name), entry.everybody)
            for name, size in entry.sizes.items()
            if 0 < size < minimum
        ]
        return [*members, entry.everybody] if 0 < len(entry.everybody) < minimum else members

    everybody = {
        entry.id: [weights(entry, entry.everybody)] if len(entry.everybody) >= minimum else []
        for entry in entries
    }
    split = {entry.id: [weights(entry, persons) for persons in entry.groups.values()] for entry in entries}
    small = [(entry, weights(entry, persons)) for entry in entries for persons in small_groups(entry)]
    hidden = np.array([row for _, row in small])
    category = np.array([2 * matrix.half_category[entry.columns].min() for entry, _ in small])
    # what may go to hide another: items first, those in the middle of the scale, which leave most room
    far = {name: abs(50 - float(rows[0] @ answers)) for name, rows in everybody.items() if rows}
    spare = sorted(far, key=lambda name: (name == entries[0].id, far[name]))
    shown = {entry.id: 2 if split[entry.id] else 1 for entry in entries}
    while small and (left := [name for name in spare if shown[name]]):
        rows = [row for name in left for row in everybody[name] + (split[name] if shown[name] > 1 else [])]
        known = narrowed(np.array(rows), hidden, answers, category, of_item)
        named = {entry.id for (entry, _), narrow in zip(small, known, strict=True) if narrow}
        if not named:
            break
        # items before their dimension; where one is known from the others, one of them
        for name in (named & set(left)) - {entries[0].id} or named & set(left) or {left[0]}:
            shown[name] -= 1
    return shown
