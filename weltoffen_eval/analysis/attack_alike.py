"""What follows where it is said, or shown by what is missing, that all persons of a group answered alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from weltoffen_eval.analysis.attack_counts import Said, says_alike
from weltoffen_eval.analysis.attack_equations import SLACK, Equation, Unknowns, difference
from weltoffen_eval.analysis.findings import where_of
from weltoffen_eval.analysis.known_persons import EVERYBODY, KnownPersons

#: Over all persons of each municipality, or over all items that are out.
_OF_MUNICIPALITIES, _OF_ITEMS = "icc_1_1", "krippendorff_alpha"
_OF_WAVES = "change"
#: What is said of an item whose distribution is out.
_OF_DISTRIBUTION = "average_deviation"


def alike_equations(said: Sequence[Said], unknowns: Unknowns) -> Iterator[Equation]:
    """The mean of each perspective is that of its group, where the group answered alike."""
    out: dict[tuple[str, str, str], list[str]] = {}
    for one in said:
        if one.finding.quantity == _OF_DISTRIBUTION and one.finding.value == one.finding.value:
            out.setdefault(where_of(one.finding), []).append(one.finding.id)
    for one in said:
        of = one.finding
        if not says_alike(of):
            continue
        if of.quantity == _OF_MUNICIPALITIES:
            for there in unknowns.persons.values():
                if there.where[1:] == where_of(of)[1:]:
                    yield from _alike(there, EVERYBODY, (of.level, of.id, "compared"), one, unknowns)
            continue
        persons = unknowns.persons.get(where_of(of))
        if persons is None:
            continue
        if of.quantity == _OF_ITEMS:
            for item in out.get(persons.where, ()):
                yield from _alike(persons, EVERYBODY, ("item", item, "compared"), one, unknowns)
            continue
        if of.quantity != _OF_WAVES:
            yield from _alike(persons, of.perspective, (of.level, of.id, "compared"), one, unknowns)
            continue
        for side, kind in (
            (persons, "changed_from"),
            (unknowns.persons.get(where_of(of, of.variant)), "changed_to"),
        ):
            if side is not None:
                yield from _alike(side, of.perspective, (of.level, of.id, kind), one, unknowns)


def _alike(
    of: KnownPersons, group: str, about: tuple[str, str, str], said: Said, unknowns: Unknowns
) -> Iterator[Equation]:
    """Of an entry, by level, id and kind of its weights."""
    whole = unknowns.mean(of, group, *about)
    names = np.array(of.perspectives, dtype=object)
    for name in dict.fromkeys(names[of.rows_of(group)].tolist()):
        part = unknowns.mean(of, of.rows_of(group) & (names == name), *about)
        apart = difference(part, whole)
        if apart is not None and apart.coefficients:
            yield Equation(
                apart.coefficients, -SLACK - apart.added, SLACK - apart.added, frozenset([said.source])
            )
