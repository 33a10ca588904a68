"""Disclosure control by size: the cells into which persons are divided, and what each is enough for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError
from weltoffen_eval.study.perspectives import PERSPECTIVES, is_self_check

#: Who may read what leaves.
AUDIENCES = ("internal", "public")
#: All persons of a setting together.
ALL = "participants"
#: What may be shown of a group of persons, each with what is before it.
NOTHING, MEAN, DISTRIBUTION = 0, 1, 2
#: Persons below which no scheme may go for the public, and from which the public sees a distribution.
LEAST_FOR_PUBLIC, LEAST_FOR_PUBLIC_DISTRIBUTION = 5, 10
#: Municipalities from which something is said over a study.
LEAST_MUNICIPALITIES = 8


class Limits(NamedTuple):
    """Persons from which a mean and a distribution are shown; ``ends``: a mean at an end of the scale too."""

    mean: int
    distribution: int
    ends: bool


def limits_for(scheme: ScoringScheme, audience: str) -> Limits:
    """What a scheme allows for an audience.

    Raises
    ------
    CallError
        If there is no such audience, or the scheme shows groups to the public that are too small for it.
    """
    if audience not in AUDIENCES:
        raise CallError(f"The audience {audience!r} is none of {', '.join(AUDIENCES)}.")
    least = scheme.min_group_size
    if audience == "internal":
        return Limits(least, least, True)
    if least < LEAST_FOR_PUBLIC:
        raise CallError(
            f"The scheme {scheme.id} shows groups of {least} persons (min_group_size); for the public it "
            f"needs at least {LEAST_FOR_PUBLIC}. Raise min_group_size, or evaluate for the audience internal."
        )
    return Limits(least, max(least, LEAST_FOR_PUBLIC_DISTRIBUTION), False)


def cells_of(sizes: Mapping[str, int], minimum: int) -> dict[str, tuple[str, ...]]:
    """The finest merging of perspectives in which every cell has enough persons: cell id → perspectives.

    Of merged ones the id is joined by ``+``. The rule looks at sizes alone, never at answers: most cells,
    then most persons in a perspective of their own, then the order of perspectives. Fewer than two cells are
    no split: empty.

    Parameters
    ----------
    sizes : persons of each perspective; those without persons are left out
    minimum : persons from which a cell is shown

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control: recoding before suppression.
    """
    order = {name: n for n, name in enumerate(PERSPECTIVES)}
    there = [(name, size) for name, size in sizes.items() if size > 0]
    there.sort(key=lambda entry: (order.get(entry[0], len(order)), entry[0]))
    return dict(_finest(tuple(there), minimum))


@lru_cache(maxsize=4096)
def _finest(sizes: tuple[tuple[str, int], ...], minimum: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    size_of = dict(sizes)
    order = {name: n for n, (name, _) in enumerate(sizes)}
    best: tuple[tuple[int, int, list[list[int]]], list[list[str]]] | None = None
    for parts in _partitions([name for name, _ in sizes]):
        if len(parts) < 2 or any(sum(size_of[name] for name in part) < minimum for part in parts):
            continue
        alone = sum(size_of[part[0]] for part in parts if len(part) == 1)
        # the smallest is the best, so that of equals the perspectives that come first are together
        rank = -len(parts), -alone, [[order[name] for name in part] for part in parts]
        if best is None or rank < best[0]:
            best = rank, parts
    return tuple(("+".join(part), tuple(part)) for part in best[1]) if best else ()


def _partitions(names: list[str]) -> Iterator[list[list[str]]]:
    """Every way to divide names into parts; parts and names keep their order."""
    if not names:
        yield []
        return
    first, rest = names[0], names[1:]
    for parts in _partitions(rest):
        yield [[first], *parts]
        for n, part in enumerate(parts):
            merged = [*parts[:n], *parts[n + 1 :]]
            yield [[first, *part], *merged]


def levels_by_size(total: int, cells: Mapping[str, int], limits: Limits) -> dict[str, int]:
    """What their sizes allow of all persons together (ALL) and of each cell: NOTHING, MEAN, DISTRIBUTION.

    All together only where the cells that are not shown hold nobody, or enough persons: so subtraction
    reaches no smaller group.

    Parameters
    ----------
    total : persons who answered
    cells : of them, by cell; empty where there is no split
    """
    levels = {name: _level(size, limits) for name, size in cells.items()}
    whole = NOTHING
    for detail, least in ((MEAN, limits.mean), (DISTRIBUTION, limits.distribution)):
        left = sum(size for name, size in cells.items() if levels[name] < detail)
        if total < least or 0 < left < least:
            break
        whole = detail
    return {ALL: whole, **levels}


def _level(size: int, limits: Limits) -> int:
    return DISTRIBUTION if size >= limits.distribution else MEAN if size >= limits.mean else NOTHING


def is_statement(rows: pd.DataFrame, minimum: int) -> pd.Series[bool]:
    """Which rows are what the administration says of itself, as far as it may be told.

    Its sheets; where persons answer in its place, their answers, if they are enough of them and a cell of
    their own. Any table with the columns of a sheet.
    """
    own = is_self_check(rows)
    persons = own & (rows["unit"] == "persons")
    if not persons.any():
        return own
    shown = own & ~persons
    at = ["municipality", "wave"]
    asked = rows[
        (rows["setting"] == "questionnaire") & rows["municipality"].isin(rows["municipality"][persons])
    ]
    for _, part in asked.astype(dict.fromkeys(at, str)).groupby(at):
        there = part[part["unit"] == "persons"]
        counted = there.astype({"perspective": str}).groupby("perspective")["respondent"].nunique()
        sizes = {str(name): int(count) for name, count in counted.items()}
        if not (is_self_check(part) & (part["unit"] != "persons")).any() and may_stand(sizes, minimum):
            shown.loc[there.index[is_self_check(there)]] = True
    return shown


def may_stand(sizes: Mapping[str, int], minimum: int) -> bool:
    """Whether persons of the administration, of all who answered at the questionnaire, may stand for it."""
    own = "administration"
    there = {name: size for name, size in sizes.items() if size}
    if there.get(own, 0) < minimum:
        return False
    return len(there) == 1 or own in cells_of(there, minimum)
