"""The attack on what is published: how narrowly it bounds what small groups of persons said.

Written apart from the door (``release``) and without looking at it: numbers in, numbers out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.attack_alike import alike_equations
from weltoffen_eval.analysis.attack_counts import (
    NOT_PERSONS,
    Possible,
    Said,
    ends_of_part,
    possible_counts,
    says_alike,
    with_differences,
)
from weltoffen_eval.analysis.attack_equations import SLACK, Equation, Line, Unknowns, equations
from weltoffen_eval.analysis.attack_later import Later, later_persons
from weltoffen_eval.analysis.attack_programs import AttackPrograms
from weltoffen_eval.analysis.findings import where_of
from weltoffen_eval.analysis.known_persons import EVERYBODY, KnownPersons
from weltoffen_eval.analysis.progress import counted

Array = NDArray[np.float64]
#: Persons from which a group is no longer small.
LEAST = 5
_ROUNDING = 1e-5


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Where the mean of a small group lies, in points, as far as it follows from what is published.

    ``group``: perspectives joined by ``+``; ``category``: points from one answer to the next; ``sources``:
    the files from which it follows.
    """

    municipality: str
    wave: str
    setting: str
    level: str
    id: str
    group: str
    n: int
    low: float
    high: float
    category: float
    sources: tuple[str, ...]

    @property
    def recovered(self) -> bool:
        """Whether the interval is narrower than one answer."""
        return self.high - self.low < self.category - _ROUNDING


def attack(persons: Sequence[KnownPersons], said: Sequence[Said], least: int = LEAST) -> list[Bound]:
    """Bound what every group of fewer than ``least`` persons said, from all that is published at once.

    By linear programs over the single answers, and for items by every possibility that fits the counts,
    shares and measures of agreement of groups of at most 12.

    Parameters
    ----------
    persons : what is known of them, of every municipality, wave and setting
    said : all findings that are published, now and earlier

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control: auditing of a suppressed table.
    """
    unknowns = Unknowns(persons)
    found = [*equations(said, unknowns), *alike_equations(said, unknowns)]
    by_item = _by_item(persons, said)
    targets: list[tuple[KnownPersons, str, str, frozenset[int], Line]] = []
    by_counts: dict[tuple[object, ...], dict[frozenset[int], Possible]] = {}
    groups = _groups(said)
    for of in persons:
        for column, item in enumerate(of.items):
            known = _possible(of, column, by_item.get((*of.where, item), []))
            by_counts[*of.where, item] = known
            found += _ends_of_counts(of, column, known, unknowns)
        # a rated field is itself the item
        entries = [] if of.variant else [("item", item) for item in of.items]
        entries += [("dimension", name) for name in dict.fromkeys(of.dimensions)]
        for level, entry in entries:
            targets += [
                (of, level, entry, rows, line)
                for rows in _small(of, level, entry, groups, least)
                if (line := unknowns.mean(of, _marks(of, rows), level, entry, "compared")) is not None
            ]
    programs = AttackPrograms(found, np.array(unknowns.most))
    later = [_later_bound(of) for of in later_persons(said, persons, least)]
    return later + [
        _bound(target, programs, by_counts.get((*target[0].where, target[2]), {}))
        for target in counted(targets)
    ]


def _bound(
    target: tuple[KnownPersons, str, str, frozenset[int], Line],
    programs: AttackPrograms,
    by_counts: dict[frozenset[int], Possible],
) -> Bound:
    of, level, entry, rows, line = target
    columns = of.columns_of(level, entry)
    category = min(of.category(column) for column in columns)
    low, high, sources = programs.ends(line)
    size = len(rows)
    if _is_guess(of, rows, columns):
        # what holds for any number of them holds for one, of whom the others leave what they can
        least, most = float(of.lowest[columns[0]]), float(of.highest[columns[0]])
        low, high = max(least, size * low - (size - 1) * most), min(most, size * high - (size - 1) * least)
        size = 1
    if level == "item":
        points = _points(of, columns[0])
        for whole, possible in by_counts.items():
            if rows <= whole:
                least, most = ends_of_part(possible, size, points)
                if least > low + SLACK or most < high - SLACK:
                    low, high, sources = max(low, least), min(high, most), sources | possible.sources
        if of.codes[columns[0]]:
            # the mean of whole answers lies on steps
            step, lowest = category / size, of.lowest[columns[0]]
            low = lowest + math.ceil((low - lowest) / step - _ROUNDING) * step
            high = lowest + math.floor((high - lowest) / step + _ROUNDING) * step
    return Bound(
        municipality=of.municipality, wave=of.wave, setting=of.where[2], level=level, id=entry,
        group="+".join(dict.fromkeys(of.perspectives[n] for n in sorted(rows))), n=size, low=float(low),
        high=float(max(low, high)), category=category, sources=tuple(sorted(sources)),
    )  # fmt: skip


def _later_bound(of: Later) -> Bound:
    municipality, wave, setting = of.of.where
    category = min(of.of.category(column) for column in of.of.columns_of(of.level, of.id))
    return Bound(
        municipality=municipality, wave=wave, setting=setting, level=of.level, id=of.id, group=of.group,
        n=of.n, low=of.low, high=of.high, category=category, sources=tuple(sorted(of.sources)),
    )  # fmt: skip


def _points(of: KnownPersons, column: int) -> Array:
    return np.linspace(of.lowest[column], of.highest[column], max(len(of.codes[column]), 2))


def _marks(of: KnownPersons, rows: Iterable[int]) -> NDArray[np.bool_]:
    return np.isin(np.arange(len(of.perspectives)), list(rows))


#: Of an item or dimension of a municipality, wave and setting: groups of which something is said, and shown.
_Groups = dict[tuple[str, ...], tuple[set[str], set[str]]]


def _groups(said: Sequence[Said]) -> _Groups:
    found: _Groups = {}
    for one in said:
        of = one.finding
        named, shown = found.setdefault((*where_of(of), of.level, of.id), (set(), set()))
        # compared with the administration, which is not its persons
        names = {of.perspective, "" if of.other in NOT_PERSONS else of.other} - {""}
        named |= names
        if not math.isnan(of.value):
            shown |= names
    return found


def _small(of: KnownPersons, level: str, entry: str, groups: _Groups, least: int) -> list[frozenset[int]]:
    """The persons of small groups who have a value, and those whom one shown group has more than another."""
    has = of.weights(level, entry).any(axis=1)
    named, shown = groups.get((*of.where, level, entry), (set(), set()))

    def sets_of(names: Iterable[str]) -> set[frozenset[int]]:
        return {frozenset(np.flatnonzero(of.rows_of(name) & has).tolist()) for name in names}

    sets, told = sets_of({EVERYBODY, *of.perspectives, *named}), sets_of(shown)
    parts = [part for part in told if part != frozenset(np.flatnonzero(has).tolist())]
    for whole in told:
        sets |= {whole - part for part in parts if part < whole}
        sets.add(whole.difference(*(part for part in parts if part < whole)))
    return sorted((rows for rows in sets if 0 < len(rows) < least), key=sorted)


def _is_guess(of: KnownPersons, rows: frozenset[int], columns: Sequence[int]) -> bool:
    """Whether it is not known that there are so many persons of a perspective."""
    names = {of.perspectives[row] for row in rows}
    return len(names) == 1 == len(columns) and (*names, of.items[columns[0]]) in of.guessed


def _by_item(persons: Sequence[KnownPersons], said: Sequence[Said]) -> dict[tuple[str, ...], list[Said]]:
    wheres = {of.where for of in persons}
    found: dict[tuple[str, ...], list[Said]] = {}
    for one in said:
        of = one.finding
        where = where_of(of)
        if where in wheres and of.level == "item" and (not math.isnan(of.value) or says_alike(of)):
            found.setdefault((*where, of.id), []).append(one)
    return found


def _possible(of: KnownPersons, column: int, said: Sequence[Said]) -> dict[frozenset[int], Possible]:
    """The numbers of answers that fit, by group of persons, for items with answers to choose from."""
    by_group: dict[frozenset[int], list[Said]] = {}
    for one in said:
        if one.finding.other not in NOT_PERSONS:
            continue
        rows = frozenset(
            np.flatnonzero(of.rows_of(one.finding.perspective) & of.answered[:, column]).tolist()
        )
        of_answers = one.finding.quantity in ("n", "share") and one.finding.variant
        if rows and (of_answers or math.isnan(one.finding.n) or one.finding.n == len(rows)):
            by_group.setdefault(rows, []).append(one)
    if len(of.codes[column]) < 2:
        return {}
    found = {}
    for rows, told in by_group.items():
        possible = possible_counts(
            told, len(rows), _points(of, column), float(of.own[column]), of.codes[column]
        )
        if possible is not None:
            found[rows] = possible
    return with_differences(with_differences(found))


def _ends_of_counts(
    of: KnownPersons, column: int, known: dict[frozenset[int], Possible], unknowns: Unknowns
) -> list[Equation]:
    found = []
    for rows, possible in known.items():
        line = unknowns.mean(of, _marks(of, rows), "item", of.items[column], "all")
        if line is not None:
            means = possible.counts @ _points(of, column) / len(rows) - line.added
            low, high = float(means.min()) - SLACK, float(means.max()) + SLACK
            found.append(Equation(line.coefficients, low, high, possible.sources))
    return found
