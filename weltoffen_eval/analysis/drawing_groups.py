"""Working groups of a dialogue, drawn by lot: equal in size, strata spread, organisations apart."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from numpy.random import PCG64, Generator

from weltoffen_eval.study.invited import Invited

#: How groups are drawn, as the record of a draw says it.
ALGORITHM = (
    "sorted by id, shuffled within stratum by numpy.random.Generator(PCG64(seed)), dealt with a continuing "
    "pointer; same organisation apart by splitting two groups at a time; late ones to the smallest group"
)


def draw_groups(invited: Iterable[Invited], size: int, seed: int) -> dict[str, int]:
    """The group, from 1 on, of each id: whatever the order of rows, the same seed gives the same groups.

    Parameters
    ----------
    invited : one per id
    size : the most that a group may hold; there are as few groups as that allows

    Returns
    -------
    dict
        Sizes differ by at most one, and so does the number of each stratum, and of each organisation, from
        group to group: two of one organisation meet only where it has more people than there are groups.

    References
    ----------
    .. [1] de Werra (1971), Balanced schedules. INFOR, 9: such a division exists for any number of groups.
    """
    sorted_ones = sorted(invited)
    count = -(-len(sorted_ones) // size)
    random = Generator(PCG64(seed))
    groups: dict[str, int] = {}
    pointer = itertools.cycle(range(1, count + 1))
    for _, members in itertools.groupby(sorted(sorted_ones, key=_stratum), key=_stratum):
        shuffled = list(members)
        random.shuffle(shuffled)
        groups |= {one.id: next(pointer) for one in shuffled}
    _part_organisations(sorted_ones, groups, count)
    return groups


def join_late(invited: Iterable[Invited], kept: Mapping[str, int], seed: int) -> dict[str, int]:
    """The groups of an earlier draw for who is in it; who is late goes to the smallest group.

    Of several smallest, to that with fewest of the same organisation, then of the same stratum. Whoever is
    in the earlier draw alone does not come any more, and has no group.

    Parameters
    ----------
    kept : the earlier draw, a group from 1 on per id; a group that lost everybody is still one
    seed : for the order in which those who are late are dealt
    """
    sorted_ones = sorted(invited)
    groups = {one.id: kept[one.id] for one in sorted_ones if one.id in kept}
    known = range(1, max(kept.values()) + 1)
    sizes = Counter(groups.values())
    strata = Counter((groups[one.id], one.stratum) for one in sorted_ones if one.id in groups)
    organisations = Counter((groups[one.id], one.organisation) for one in sorted_ones if one.id in groups)
    late = [one for one in sorted_ones if one.id not in kept]
    Generator(PCG64(seed)).shuffle(late)
    for one in late:

        def room(group: int, one: Invited = one) -> tuple[int, int, int, int]:
            met = organisations[group, one.organisation] if one.organisation else 0
            return sizes[group], met, strata[group, one.stratum], group

        group = min(known, key=room)
        groups[one.id] = group
        sizes[group] += 1
        strata[group, one.stratum] += 1
        organisations[group, one.organisation] += 1
    return groups


def hash_invited(invited: Iterable[Invited]) -> str:
    """SHA-256 over the sorted input; participants are found from it by trial, so it stays with the team."""
    return _hash_rows((one.id, one.stratum, one.organisation) for one in invited)


def hash_draw(groups: Mapping[str, int]) -> str:
    """SHA-256 over a draw, sorted; for the team alone too."""
    return _hash_rows((name, str(group)) for name, group in groups.items())


def _hash_rows(rows: Iterable[tuple[str, ...]]) -> str:
    return hashlib.sha256(json.dumps(sorted(rows), ensure_ascii=False).encode("utf-8")).hexdigest()


def _stratum(one: Invited) -> str:
    return one.stratum


def _organisation(one: Invited) -> str:
    return one.organisation


def _part_organisations(invited: Sequence[Invited], groups: dict[str, int], count: int) -> None:
    """Exchange members between two groups as long as one holds two more of an organisation than the other.

    Each exchange leaves sizes, strata and the organisations before as balanced as they are.
    """
    for name in sorted({one.organisation for one in invited} - {""}):
        members = [one.id for one in invited if one.organisation == name]
        while True:
            met = Counter(groups[member] for member in members)
            most = max(range(1, count + 1), key=met.__getitem__)
            fewest = min(range(1, count + 1), key=met.__getitem__)
            if met[most] < met[fewest] + 2:
                break
            of_both = [one for one in invited if groups[one.id] in (most, fewest)]
            for one, group in _split(of_both, groups, (most, fewest)).items():
                groups[one.id] = group


def _split(
    members: Sequence[Invited], groups: Mapping[str, int], pair: tuple[int, int]
) -> dict[Invited, int]:
    """The members of two groups divided anew: those who are paired come into different groups.

    By stratum everybody is paired but one at most, and those who are left are paired among themselves; by
    organisation likewise. With at most one partner of each sort, the chains of partners have two colours.
    """
    strata, left = _pairs(members, groups, _stratum)
    of_left, _ = _pairs(left, groups, lambda one: "")
    partners = strata | of_left, _pairs([o for o in members if o.organisation], groups, _organisation)[0]
    first, second = pair
    placed: dict[Invited, int] = {}
    for start in members:
        if start in placed:
            continue
        chain = {start: groups[start.id]}
        waiting = [start]
        while waiting:
            one = waiting.pop()
            for partner in (side[one] for side in partners if one in side):
                if partner not in chain:
                    chain[partner] = first + second - chain[one]
                    waiting.append(partner)
        # of the two ways to place a chain, the one that moves fewer
        if 2 * sum(groups[one.id] != group for one, group in chain.items()) > len(chain):
            chain = {one: first + second - group for one, group in chain.items()}
        placed |= chain
    return placed


def _pairs(
    members: Sequence[Invited], groups: Mapping[str, int], of: Callable[[Invited], str]
) -> tuple[dict[Invited, Invited], list[Invited]]:
    """Partners alike in something, in different groups where possible, and who is left without one."""
    partner: dict[Invited, Invited] = {}
    left: list[Invited] = []
    for _, alike in itertools.groupby(sorted(members, key=lambda one: (of(one), one)), key=of):
        by_group: dict[int, list[Invited]] = {}
        for one in alike:
            by_group.setdefault(groups[one.id], []).append(one)
        sides = [by_group[group] for group in sorted(by_group)]
        pairs = list(zip(*sides, strict=False)) if len(sides) == 2 else []
        rest = [one for side in sides for one in side[len(pairs) :]]
        pairs += list(zip(rest[::2], rest[1::2], strict=False))
        for one, other in pairs:
            partner |= {one: other, other: one}
        left += rest[-1:] if len(rest) % 2 else []
    return partner, left
