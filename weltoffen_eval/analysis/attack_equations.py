"""What published findings say of single answers, as equations between what is unknown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.findings import Finding
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
        self._numbers: dict[tuple[object, ...], int] = {}
        self._classes: dict[tuple[object, ...], list[object]] = {}

    def line(self, of: KnownPersons, weights: Array) -> dict[int, float]:
        """A weighted sum of single answers, by the numbers of the unknowns."""
        found: dict[int, float] = {}
        for column in np.flatnonzero(weights.any(axis=0)):
            alike: dict[object, float] = {}
            for person in np.flatnonzero(weights[:, column]):
                alike[self._class(of, int(column), int(person))] = float(weights[person, column])
            for name, weight in alike.items():
                found[self._number(of, int(column), name)] = weight
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

    def _class(self, of: KnownPersons, column: int, person: int) -> object:
        if not of.person_by_person:
            return of.perspectives[person]
        key = (*of.where, of.dimensions[column])
        if key not in self._classes:
            columns = of.columns_of("dimension", of.dimensions[column])
            self._classes[key] = [
                (name, of.answered[n, columns].tobytes(), of.applicable[n, columns].tobytes())
                for n, name in enumerate(of.perspectives)
            ]
        return self._classes[key][person]

    def _number(self, of: KnownPersons, column: int, name: object) -> int:
        key = (*of.where, column, name)
        if key not in self._numbers:
            self._numbers[key] = len(self.most)
            alike = sum(
                self._class(of, column, n) == name and bool(of.answered[n, column])
                for n in range(len(of.perspectives))
            )
            self.most.append(alike * float(of.highest[column] - of.lowest[column]))
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
    there = unknowns.persons.get((of.municipality, of.wave, of.setting))
    if there is None or not of.perspective:
        return None
    if of.quantity == "score":
        return _counted(unknowns.mean(there, of.perspective, of.level, of.id, "all"), of)
    if of.quantity == "gap" and of.other == _OWN:
        return _counted(_gap(there, of.perspective, of, unknowns), of)
    if of.quantity == "gap":
        return _counted(
            _difference(_gap(there, of.perspective, of, unknowns), _gap(there, of.other, of, unknowns)), of
        )
    before = unknowns.persons.get((of.municipality, of.variant, of.setting))
    if of.quantity == "change" and before is not None:
        sides = (unknowns.mean(side, of.perspective, of.level, of.id, "all") for side in (there, before))
        return _counted(_difference(*sides), of)
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


def _difference(one: Line | None, other: Line | None) -> Line | None:
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
        if (there.wave, there.setting) == (of.wave, of.setting)
    ]
    told = [line for line in lines if line is not None]
    if not told or len(told) != of.n:
        return None
    found: dict[int, float] = {}
    for line in told:
        for number, weight in line.coefficients.items():
            found[number] = found.get(number, 0.0) + weight / len(told)
    return Line(found, sum(line.added for line in told) / len(told), len(told))
