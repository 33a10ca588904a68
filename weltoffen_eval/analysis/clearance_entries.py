"""What is known of an item or a dimension while the door decides on it, and what must have room."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, NOTHING
from weltoffen_eval.analysis.person_answers import Array, Rows

#: (level, id).
Name = tuple[str, str]
#: Levels beside item and dimension: a dimension over the items that the wave before, or the next, has too.
CHANGES = ("changed_from", "changed_to")


@dataclass(eq=False)
class ClearedEntry:
    """Weights person × item of what each person's value is; rows of zeros for who has none.

    ``groups``: who has a value, of all and by cell; ``parts``: the same by perspective; ``told``: of groups
    that are out already, with what is out of each; ``at_end``: groups that all are at one end of the scale,
    where that is told to nobody.
    """

    name: Name
    weights: Array
    values: Array
    groups: dict[str, Rows]
    parts: dict[str, Rows]
    levels: dict[str, int] = field(default_factory=dict)
    told: list[tuple[Rows, int]] = field(default_factory=list)
    at_end: list[Rows] = field(default_factory=list)

    @property
    def cells(self) -> list[str]:
        return [name for name in self.levels if name != ALL]


def valued(entry: ClearedEntry, rows: Rows) -> Rows:
    """Those of some persons who have a value."""
    return rows[entry.weights[rows].any(axis=1)]


def hold_back(entry: ClearedEntry, minimum: int) -> None:
    """Withhold how all answered where of a cell the mean alone is told; the cells, where it is out already.

    Of few answers that are known by their number not many have the mean of the cell: with those of the
    other cells this could tell each of them. The program looks at means and at numbers one after the other.
    """
    everybody = len(entry.groups[ALL])
    counted = {entry.groups[name].tobytes() for name in entry.cells if entry.levels[name] == DISTRIBUTION}
    beside_mean = any(entry.levels[name] == MEAN for name in entry.cells) or any(
        detail == MEAN and 0 < len(rows) < everybody and rows.tobytes() not in counted
        for rows, detail in entry.told
    )
    if not beside_mean or not hidden_groups(entry, minimum):
        return
    if any(detail == DISTRIBUTION and len(rows) == everybody for rows, detail in entry.told):
        entry.levels = {name: level if name == ALL else NOTHING for name, level in entry.levels.items()}
    elif entry.levels[ALL] == DISTRIBUTION:
        entry.levels = {**entry.levels, ALL: MEAN}


def hidden_groups(entry: ClearedEntry, minimum: int) -> list[Rows]:
    """Perspectives below the minimum, all together below it, and what is not shown, nor out: cells, ends."""
    hidden = [rows for rows in (*entry.parts.values(), entry.groups[ALL]) if len(rows) < minimum]
    out = {rows.tobytes() for rows, _ in entry.told}
    cells = [entry.groups[name] for name in entry.cells if not entry.levels[name]]
    hidden += [rows for rows in (*cells, *entry.at_end) if rows.tobytes() not in out]
    return list({rows.tobytes(): rows for rows in hidden if len(rows)}.values())


def _pool(entry: ClearedEntry, rows: Rows) -> Rows | None:
    """The smallest group with these persons whose values are known by their number; None where none is."""
    own = set(rows.tolist())
    known = [entry.groups[name] for name in entry.cells if entry.levels[name] == DISTRIBUTION]
    known += [told for told, detail in entry.told if detail == DISTRIBUTION]
    if entry.levels[ALL] == DISTRIBUTION:
        known.append(entry.groups[ALL])
    whole = [group for group in known if own <= set(group.tolist())]
    if not whole:
        return None
    apart = [group for group in known if own.isdisjoint(group.tolist())]
    left = [np.setdiff1d(group, np.concatenate(apart)) if apart else group for group in whole]
    return min(left, key=len)


def ends(entry: ClearedEntry, rows: Rows) -> tuple[float, float]:
    """Between which means a part of a group lies whose values are known by their number."""
    pool = _pool(entry, rows)
    if pool is None:
        return -np.inf, np.inf
    values = np.sort(entry.values[pool])
    return float(values[: len(rows)].mean()), float(values[-len(rows) :].mean())


def spared(entry: ClearedEntry) -> tuple[int, float]:
    """What goes to hide another: changes, then items in the middle of the scale, which leave most room."""
    rows = entry.groups[ALL]
    order = {"item": 1, "dimension": 2}.get(entry.name[0], 0)
    return order, abs(50 - float(entry.values[rows].mean())) if len(rows) else 0.0
