"""What published findings say of single answers, as equations between what is unknown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.findings import Finding, where_of
from weltoffen_eval.analysis.known_persons import EVERYBODY, KnownPersons, Marks

Array = NDArray[np.float64]
#: Points by which an equation may be off.
SLACK = 1e-7
_OWN = "administration"


class Equation(NamedTuple):
    """``low ≤ Σ coefficient · unknown ≤ high``, and the files that say so."""

    coefficients: Mapping[int, float]
    low: float
    high: float
    sources: frozenset[str]


class Line(NamedTuple):
    """A number as a sum over what is unknown, and what is added to it."""

    coefficients: dict[int, float]
    added: float
    n: int


class Unknowns:
    """The answers of persons, in points above the lowest of their item.

    Persons of one perspective who answered the same questions count alike in everything that is published:
    their answers to an item are one unknown, the sum.
    """

    def __init__(self, persons: Sequence[KnownPersons]) -> None:
        self.persons = {of.where: of for of in persons}
        self.most: list[float] = []
        self._numbers: dict[tuple[object, ...], NDArray[np.intp]] = {}
        self._classes: dict[tuple[object, ...], list[object]] = {}

    def line(self, of: KnownPersons, weights: Array) -> dict[int, float]:
        """A weighted sum of single answers, by the numbers of the unknowns."""
        found: dict[int, float] = {}
        for column in np.flatnonzero(weights.any(axis=0)):
            there = np.flatnonzero(weights[:, column])
            numbers = self._numbers_of(of, int(column))[there]
            found |= zip(numbers.tolist(), weights[there, column].tolist(), strict=True)
        return found

    def mean(self, of: KnownPersons, group: str | Marks, level: str, entry: str, kind: str) -> Line | None:
        """The mean of a group in points; None where nobody is in it, or it is not known who answered what."""
        columns = of.columns_of(level, entry)
        if not columns or not (level == "item" or of.person_by_person or of.answered[:, columns].all()):
            return None
        rows = of.rows_of(group) if isinstance(group, str) else group
        weights = of.weights(level, entry, kind) * rows[:, None]
        n = int(weights.any(axis=1).sum())
        if not n:
            return None
        lowest = float((weights * of.lowest).sum()) / n
        return Line(self.line(of, weights / n), lowest, n)

    def _classes_of(self, of: KnownPersons, dimension: str) -> list[object]:
        """What is the same for persons who count alike."""
        if not of.person_by_person:
            return list(of.perspectives)
        key = (*of.where, dimension)
        if key not in self._classes:
            columns = of.columns_of("dimension", dimension)
            self._classes[key] = [
                (name, of.answered[n, columns].tobytes(), of.applicable[n, columns].tobytes())
                for n, name in enumerate(of.perspectives)
            ]
        return self._classes[key]

    def _numbers_of(self, of: KnownPersons, column: int) -> NDArray[np.intp]:
        """Of each person the number of the unknown of which their answer is a part."""
        key = (*of.where, column)
        if key not in self._numbers:
            classes = self._classes_of(of, of.dimensions[column])
            names = {name: n for n, name in enumerate(dict.fromkeys(classes))}
            own = np.array([names[name] for name in classes], dtype=np.intp)
            alike = np.bincount(own, of.answered[:, column], len(names))
            self._numbers[key] = own + len(self.most)
            self.most += (alike * float(of.highest[column] - of.lowest[column])).tolist()
        return self._numbers[key]


def equations(said: Sequence[Said], unknowns: Unknowns) -> Iterator[Equation]:
    """What findings say of single answers, as far as it is linear."""
    for one in said:
        if math.isnan(one.finding.value):
            continue
        if (line := _line(one.finding, unknowns)) is not None:
            value, half = one.finding.value - line.added, one.half + SLACK
            yield Equation(line.coefficients, value - half, value + half, frozenset([one.source]))


def _line(of: Finding, unknowns: Unknowns) -> Line | None:
    if of.quantity == "mean_gap":
        return _over_municipalities(of, unknowns)
    there = unknowns.persons.get(where_of(of))
    if there is None or not of.perspective:
        return None
    if of.quantity == "score":
        return _counted(unknowns.mean(there, of.perspective, of.level, of.id, "all"), of)
    if of.quantity == "gap" and of.other == _OWN:
        return _counted(_gap(there, of.perspective, of, unknowns), of)
    if of.quantity == "gap":
        return _counted(
            difference(_gap(there, of.perspective, of, unknowns), _gap(there, of.other, of, unknowns)), of
        )
    before = unknowns.persons.get(where_of(of, of.variant))
    if of.quantity == "change" and before is not None:
        sides = (
            unknowns.mean(side, of.perspective, of.level, of.id, kind)
            for side, kind in ((there, "changed_from"), (before, "changed_to"))
        )
        return _counted(difference(*sides), of)
    return None


def _counted(line: Line | None, of: Finding) -> Line | None:
    """Nothing, where the finding rests on other persons than are known."""
    return line if line is not None and (math.isnan(of.n) or of.n == line.n) else None


def _gap(there: KnownPersons, group: str, of: Finding, unknowns: Unknowns) -> Line | None:
    line = unknowns.mean(there, group, of.level, of.id, "compared")
    if line is None:
        return None
    weights = there.weights(of.level, of.id) * there.rows_of(group)[:, None]
    used = weights.any(axis=0)
    if np.isnan(there.own[used]).any():
        return None
    own = float((weights[:, used] * there.own[used]).sum()) / line.n
    return line._replace(added=line.added - own)


def difference(one: Line | None, other: Line | None) -> Line | None:
    """One number less the other; None where one is not known."""
    if one is None or other is None:
        return None
    found = dict(one.coefficients)
    for number, weight in other.coefficients.items():
        found[number] = found.get(number, 0.0) - weight
    return Line(found, one.added - other.added, one.n + other.n)


def _over_municipalities(of: Finding, unknowns: Unknowns) -> Line | None:
    """A mean over municipalities, if it is clear which: as many as there are with persons."""
    lines = [
        _gap(there, EVERYBODY, of, unknowns)
        for there in unknowns.persons.values()
        if there.where[1:] == where_of(of)[1:]
    ]
    told = [line for line in lines if line is not None]
    if not told or len(told) != of.n:
        return None
    found: dict[int, float] = {}
    for line in told:
        for number, weight in line.coefficients.items():
            found[number] = found.get(number, 0.0) + weight / len(told)
    return Line(found, sum(line.added for line in told) / len(told), len(told))
