"""What of the persons of a municipality, wave and setting may be shown: by size, margins, own attack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from weltoffen_eval.analysis.clearance_entries import (
    CHANGES,
    ClearedEntry,
    Name,
    ends,
    hidden_groups,
    hold_back,
    spared,
    valued,
)
from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, NOTHING, Limits, levels_by_size
from weltoffen_eval.analysis.disclosure_audit import Hidden, Marks, Published, narrowed
from weltoffen_eval.analysis.earlier_releases import NOTHING_TOLD, Told, rows_of
from weltoffen_eval.analysis.person_answers import Array, PersonAnswers, Rows


@dataclass(frozen=True)
class Clearance:
    """What may be shown of each item and dimension: NOTHING, MEAN or DISTRIBUTION, by group.

    ``sizes``: persons who answered, by group; ``least``: persons below which a group is too small;
    ``alone``: the perspective, where there is only one.
    """

    levels: dict[Name, dict[str, int]]
    sizes: dict[Name, dict[str, int]]
    least: int
    alone: str = ""

    def level(self, level: str, entry: str, group: str = ALL) -> int:
        """What may be shown of a group; a perspective that is alone is all persons together."""
        by_group = self.levels.get((level, entry), {})
        return by_group.get(ALL if group == self.alone else group, NOTHING)

    def size(self, level: str, entry: str, group: str) -> int:
        """How many persons of a group or perspective answered."""
        return self.sizes.get((level, entry), {}).get(group, 0)

    def shown(self, level: str, detail: int = MEAN, group: str = ALL) -> set[str]:
        """Ids of which a detail may be shown."""
        return {entry for at, entry in self.levels if at == level and self.level(at, entry, group) >= detail}


#: A group of which nothing may be told, of an item or a dimension.
_Small = tuple[ClearedEntry, Rows]


def clear(persons: PersonAnswers, limits: Limits, told: Told = NOTHING_TOLD) -> Clearance:
    """Decide on every item and dimension at once, for all that is known of one tells of the others.

    By size and margins first. Then the own attack: what leaves a withheld mean (of a perspective below the
    minimum, or of a cell) less than a category is withheld, distributions first, then the division into
    cells, then the mean of all.

    Parameters
    ----------
    told : what is out already; it is known together with what leaves now. Of a dimension in which somebody
        came, went or answered anew since, nothing leaves: the difference would be what they said
    """
    levels: dict[Name, dict[str, int]] = {}
    sizes: dict[Name, dict[str, int]] = {}
    parts = persons.groups(limits.mean)
    perspectives = {name: persons.rows_of([name]) for name in persons.sizes}
    for dimension in dict.fromkeys(persons.dimensions):
        columns = persons.columns_of(dimension)
        entries = [
            _sized(persons, entry, parts, perspectives, limits) for entry in _entries(persons, dimension)
        ]
        for entry in entries:
            known = told.levels.get(entry.name, {})
            entry.told = [(valued(entry, rows_of(persons, name)), detail) for name, detail in known.items()]
            if dimension in told.changed:
                entry.levels = dict.fromkeys(entry.levels, NOTHING)
        if dimension not in told.changed:
            _withhold(persons, columns, entries, limits)
        for entry in entries:
            levels[entry.name] = entry.levels
            sizes[entry.name] = {name: len(rows) for name, rows in (entry.groups | entry.parts).items()}
    alone = next(iter(persons.sizes)) if len(persons.sizes) == 1 else ""
    return Clearance(levels, sizes, limits.mean, alone)


def _entries(persons: PersonAnswers, dimension: str) -> Iterator[tuple[Name, Array]]:
    # a rated field is itself the item
    for column in [] if persons.variant else persons.columns_of(dimension):
        weights = np.zeros_like(persons.points)
        weights[:, column] = ~np.isnan(persons.points[:, column])
        yield ("item", persons.items[column]), weights
    yield ("dimension", dimension), persons.compared_weights(dimension)
    for name in CHANGES:
        if compared := getattr(persons, name):
            yield (name, dimension), persons.changed_weights(dimension, compared)


def _sized(
    persons: PersonAnswers, given: tuple[Name, Array], groups: dict[str, Rows],
    perspectives: dict[str, Rows], limits: Limits,
) -> ClearedEntry:  # fmt: skip
    name, weights = given
    values = (weights * np.nan_to_num(persons.points - persons.lowest)).sum(axis=1)
    has_value = np.asarray(weights.any(axis=1))
    # a change is told of all together only
    told = {ALL: groups[ALL]} if name[0] in CHANGES else groups
    told, perspectives = (
        {group: rows[has_value[rows]] for group, rows in of.items()} for of in (told, perspectives)
    )
    entry = ClearedEntry(name, weights, values, told, perspectives)
    cells = {group: len(rows) for group, rows in entry.groups.items() if group != ALL}
    entry.levels = levels_by_size(len(entry.groups[ALL]), cells, limits)
    if not limits.ends:
        reach = (weights * (persons.highest - persons.lowest)).sum(axis=1)
        for group, rows in entry.groups.items():
            mean = float(entry.values[rows].sum())
            if len(rows) and (mean < 1e-9 or mean > float(reach[rows].sum()) - 1e-9):
                entry.levels[group] = NOTHING
                entry.at_end.append(rows)
    return entry


def _withhold(
    persons: PersonAnswers, columns: list[int], entries: list[ClearedEntry], limits: Limits
) -> None:
    """Lower levels of entries until the attack finds nothing."""
    answered = ~np.isnan(persons.points[:, columns])
    of_item = np.nonzero(answered)[1]
    answers = (persons.points - persons.lowest)[:, columns][answered]
    most = (persons.highest - persons.lowest)[columns][of_item]

    means: dict[tuple[Name, bytes], Array] = {}

    def mean(entry: ClearedEntry, rows: Rows) -> Array:
        key = entry.name, rows.tobytes()
        if key not in means:
            weights = np.zeros(answered.shape)
            weights[rows] = entry.weights[rows][:, columns] / len(rows)
            means[key] = weights[answered]
        return means[key]

    def narrow_of(shown: list[Array], small: list[_Small]) -> tuple[Marks, Marks]:
        of_counts = [ends(entry, rows) for entry, rows in small]
        hidden = Hidden(
            np.array([mean(entry, rows) for entry, rows in small]),
            np.array([_category(persons, entry) for entry, _ in small]),
            *(np.array(end) for end in zip(*of_counts, strict=True)),
        )
        return narrowed(Published(np.array(shown), answers, most, of_item), hidden)

    out = [mean(entry, rows) for entry in entries for rows, _ in entry.told if len(rows)]
    if out and _narrow_already(entries, limits.mean, out, narrow_of):
        for entry in entries:
            entry.levels = dict.fromkeys(entry.levels, NOTHING)
    # what has room keeps it when less is shown, so nothing is looked at twice
    settled: set[tuple[Name, bytes]] = set()
    while True:
        for entry in entries:
            hold_back(entry, limits.mean)
        shown = out + [
            mean(entry, rows) for entry in entries for group, rows in entry.groups.items()
            if entry.levels[group] and len(rows)
        ]  # fmt: skip
        small = _hidden(entries, limits.mean, settled)
        if len(shown) == len(out) or not small:
            return
        by_distribution, by_mean = narrow_of(shown, small)
        narrow = by_distribution | by_mean
        settled |= {_called(one) for one, mark in zip(small, narrow, strict=True) if not mark}
        # where no distribution is left to be withheld, it is out already
        told = np.array([max(entry.levels.values()) < DISTRIBUTION for entry, _ in small])
        by_mean |= by_distribution & told
        for entry in _of(small, by_distribution):
            entry.levels = {group: min(level, MEAN) for group, level in entry.levels.items()}
        if by_mean.any():
            _withhold_means(_of(small, by_mean), entries)


def _narrow_already(
    entries: list[ClearedEntry], minimum: int, out: list[Array],
    narrow_of: Callable[[list[Array], list[_Small]], tuple[Marks, Marks]],
) -> bool:  # fmt: skip
    """Whether anything is narrow by what is out alone: then nothing more may leave."""
    small = _hidden(entries, minimum, set())
    wanted = [entry.levels for entry in entries]
    for entry in entries:
        entry.levels = dict.fromkeys(entry.levels, NOTHING)
    found = bool(small) and bool(np.logical_or(*narrow_of(out, small)).any())
    for entry, levels in zip(entries, wanted, strict=True):
        entry.levels = levels
    return found


def _called(one: _Small) -> tuple[Name, bytes]:
    return one[0].name, one[1].tobytes()


def _hidden(entries: list[ClearedEntry], minimum: int, settled: set[tuple[Name, bytes]]) -> list[_Small]:
    """Groups of items and dimensions that must have room, without what is settled."""
    small = [
        (entry, rows)
        for entry in entries
        if entry.name[0] not in CHANGES
        for rows in hidden_groups(entry, minimum)
    ]
    return [one for one in small if _called(one) not in settled]


def _of(small: list[tuple[ClearedEntry, Rows]], marks: Marks) -> list[ClearedEntry]:
    named = {entry.name: entry for (entry, _), mark in zip(small, marks, strict=True) if mark}
    return list(named.values())


def _category(persons: PersonAnswers, entry: ClearedEntry) -> float:
    return float(persons.category[entry.weights.any(axis=0)].min())


def _withhold_means(named: list[ClearedEntry], entries: list[ClearedEntry]) -> None:
    """One step: the cells of what is narrow, else its mean of all, else a mean from which it follows."""
    items = [entry for entry in named if entry.name[0] == "item"]
    # items before their dimension
    open_yet = [entry for entry in items or named if any(entry.levels.values())]
    open_yet = open_yet or [entry for entry in named if any(entry.levels.values())]
    if not open_yet:
        left = [entry for entry in entries if any(entry.levels.values())]
        open_yet = [min(left, key=spared)] if left else []
    for entry in open_yet:
        if any(entry.levels[name] for name in entry.cells):
            entry.levels = {
                group: level if group == ALL else NOTHING for group, level in entry.levels.items()
            }
        else:
            entry.levels = dict.fromkeys(entry.levels, NOTHING)
