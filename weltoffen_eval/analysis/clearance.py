"""What of the persons of a municipality, wave and setting may be shown: by size, margins, own attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, NOTHING, Limits, levels_by_size
from weltoffen_eval.analysis.disclosure_audit import Hidden, Marks, Published, narrowed
from weltoffen_eval.analysis.person_answers import Array, PersonAnswers, Rows

#: (level, id).
Name = tuple[str, str]
#: Levels beside item and dimension: a dimension over the items that the wave before, or the next, has too.
CHANGES = ("changed_from", "changed_to")


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


@dataclass
class _Entry:
    """Weights person × item of what each person's value is; rows of zeros for who has none.

    ``groups``: who has a value, of all and by cell; ``parts``: the same by perspective.
    """

    name: Name
    weights: Array
    values: Array
    groups: dict[str, Rows]
    parts: dict[str, Rows]
    levels: dict[str, int] = field(default_factory=dict)

    @property
    def cells(self) -> list[str]:
        return [name for name in self.levels if name != ALL]


def clear(persons: PersonAnswers, limits: Limits) -> Clearance:
    """Decide on every item and dimension at once, for all that is known of one tells of the others.

    By size and margins first. Then the own attack: what leaves a withheld mean (of a perspective below the
    minimum, or of a cell) less than a category is withheld, distributions first, then the division into
    cells, then the mean of all.
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
        _withhold(persons, columns, entries, limits)
        for entry in entries:
            levels[entry.name] = entry.levels
            sizes[entry.name] = {name: len(rows) for name, rows in (entry.groups | entry.parts).items()}
    alone = next(iter(persons.sizes)) if len(persons.sizes) == 1 else ""
    return Clearance(levels, sizes, limits.mean, alone)


def _entries(persons: PersonAnswers, dimension: str) -> Iterator[tuple[Name, Array]]:
    for column in persons.columns_of(dimension):
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
) -> _Entry:  # fmt: skip
    name, weights = given
    values = (weights * np.nan_to_num(persons.points - persons.lowest)).sum(axis=1)
    has_value = np.asarray(weights.any(axis=1))
    # a change is told of all together only
    told = {ALL: groups[ALL]} if name[0] in CHANGES else groups
    told, perspectives = (
        {group: rows[has_value[rows]] for group, rows in of.items()} for of in (told, perspectives)
    )
    entry = _Entry(name, weights, values, told, perspectives)
    cells = {group: len(rows) for group, rows in entry.groups.items() if group != ALL}
    entry.levels = levels_by_size(len(entry.groups[ALL]), cells, limits)
    if not limits.ends:
        reach = (weights * (persons.highest - persons.lowest)).sum(axis=1)
        for group, rows in entry.groups.items():
            mean = float(entry.values[rows].sum())
            if len(rows) and (mean < 1e-9 or mean > float(reach[rows].sum()) - 1e-9):
                entry.levels[group] = NOTHING
    return entry


def _withhold(persons: PersonAnswers, columns: list[int], entries: list[_Entry], limits: Limits) -> None:
    """Lower levels of entries until the attack finds nothing."""
    answered = ~np.isnan(persons.points[:, columns])
    of_item = np.nonzero(answered)[1]
    answers = (persons.points - persons.lowest)[:, columns][answered]
    most = (persons.highest - persons.lowest)[columns][of_item]

    means: dict[tuple[Name, bytes], Array] = {}

    def mean(entry: _Entry, rows: Rows) -> Array:
        key = entry.name, rows.tobytes()
        if key not in means:
            weights = np.zeros(answered.shape)
            weights[rows] = entry.weights[rows][:, columns] / len(rows)
            means[key] = weights[answered]
        return means[key]

    # what has room keeps it when less is shown, so nothing is looked at twice
    has_room: set[tuple[Name, bytes]] = set()
    while True:
        for entry in entries:
            _hold_back(entry, limits.mean)
        shown = [
            mean(entry, rows) for entry in entries for group, rows in entry.groups.items()
            if entry.levels[group] and len(rows)
        ]  # fmt: skip
        small = [
            (entry, rows) for entry in entries if entry.name[0] not in CHANGES
            for rows in _hidden_groups(entry, limits.mean)
            if (entry.name, rows.tobytes()) not in has_room
        ]  # fmt: skip
        if not shown or not small:
            return
        pools = [_pool(entry, rows) for entry, rows in small]
        ends = [_ends(entry, rows, pool) for (entry, rows), pool in zip(small, pools, strict=True)]
        hidden = Hidden(
            np.array([mean(entry, rows) for entry, rows in small]),
            np.array([_category(persons, entry) for entry, _ in small]),
            *(np.array(end) for end in zip(*ends, strict=True)),
        )
        by_distribution, by_mean = narrowed(Published(np.array(shown), answers, most, of_item), hidden)
        narrow = by_distribution | by_mean
        has_room |= {
            (entry.name, rows.tobytes())
            for (entry, rows), mark in zip(small, narrow, strict=True)
            if not mark
        }
        for entry in _of(small, by_distribution):
            entry.levels = {group: min(level, MEAN) for group, level in entry.levels.items()}
        if by_mean.any():
            _withhold_means(_of(small, by_mean), entries)


def _hold_back(entry: _Entry, minimum: int) -> None:
    """Withhold how all answered where of a cell the mean alone is told.

    Of few answers that are known by their number not many have the mean of the cell: with those of the
    other cells this could tell each of them. The program looks at means and at numbers one after the other.
    """
    beside_mean = any(entry.levels[name] == MEAN for name in entry.cells)
    if entry.levels[ALL] == DISTRIBUTION and beside_mean and _hidden_groups(entry, minimum):
        entry.levels = {**entry.levels, ALL: MEAN}


def _of(small: list[tuple[_Entry, Rows]], marks: Marks) -> list[_Entry]:
    named = {entry.name: entry for (entry, _), mark in zip(small, marks, strict=True) if mark}
    return list(named.values())


def _hidden_groups(entry: _Entry, minimum: int) -> list[Rows]:
    """Perspectives below the minimum, all together below it, and cells that are not shown."""
    hidden = [rows for rows in (*entry.parts.values(), entry.groups[ALL]) if 0 < len(rows) < minimum]
    hidden += [entry.groups[name] for name in entry.cells if not entry.levels[name]]
    return list({rows.tobytes(): rows for rows in hidden if len(rows)}.values())


def _pool(entry: _Entry, rows: Rows) -> Rows | None:
    """The smallest group with these persons whose values are known by their number; None where none is."""
    own = set(rows.tolist())
    for name in entry.cells:
        if entry.levels[name] == DISTRIBUTION and own <= set(entry.groups[name].tolist()):
            return entry.groups[name]
    if entry.levels[ALL] < DISTRIBUTION:
        return None
    told = [entry.groups[name] for name in entry.cells if entry.levels[name] == DISTRIBUTION]
    return np.setdiff1d(entry.groups[ALL], np.concatenate(told)) if told else entry.groups[ALL]


def _ends(entry: _Entry, rows: Rows, pool: Rows | None) -> tuple[float, float]:
    """Between which means a part of a group lies whose values are known by their number."""
    if pool is None:
        return -np.inf, np.inf
    values = np.sort(entry.values[pool])
    return float(values[: len(rows)].mean()), float(values[-len(rows) :].mean())


def _category(persons: PersonAnswers, entry: _Entry) -> float:
    return float(persons.category[entry.weights.any(axis=0)].min())


def _withhold_means(named: list[_Entry], entries: list[_Entry]) -> None:
    """One step: the cells of what is narrow, else its mean of all, else a mean from which it follows."""
    items = [entry for entry in named if entry.name[0] == "item"]
    # items before their dimension
    open_yet = [entry for entry in items or named if any(entry.levels.values())]
    open_yet = open_yet or [entry for entry in named if any(entry.levels.values())]
    if not open_yet:
        open_yet = [min((entry for entry in entries if any(entry.levels.values())), key=_spared)]
    for entry in open_yet:
        if any(entry.levels[name] for name in entry.cells):
            entry.levels = {
                group: level if group == ALL else NOTHING for group, level in entry.levels.items()
            }
        else:
            entry.levels = dict.fromkeys(entry.levels, NOTHING)


def _spared(entry: _Entry) -> tuple[int, float]:
    """What goes to hide another: changes, then items in the middle of the scale, which leave most room."""
    rows = entry.groups[ALL]
    order = {"item": 1, "dimension": 2}.get(entry.name[0], 0)
    return order, abs(50 - float(entry.values[rows].mean())) if len(rows) else 0.0
