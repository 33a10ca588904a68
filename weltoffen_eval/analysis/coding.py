"""Codes of a dialogue's statements: what is counted, what is open, and how far coders agree."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Who codes under this name speaks for all coders.
CONSENSUS = "consensus"


class Coded(NamedTuple):
    """One code that a coder gave a statement."""

    statement: str
    coder: str
    code: str


class Settled(NamedTuple):
    """The codes of one statement: ``counted``, and ``open``, which only some of its coders gave."""

    counted: frozenset[str]
    open: frozenset[str]


def settle_codes(codes: Iterable[Coded]) -> dict[str, Settled]:
    """Of each coded statement, what is counted and what is open.

    Counted is what all coders of the statement gave, and what ``consensus`` gave. The rest is open, but for
    statements with a consensus: there it was talked over, and decided against.
    """
    by_statement: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for statement, coder, code in codes:
        by_statement[statement][coder].add(code)
    settled = {}
    for statement, by_coder in by_statement.items():
        agreed = by_coder.pop(CONSENSUS, None)
        given = list(by_coder.values())
        by_all = frozenset(set.intersection(*given)) if given else frozenset()
        by_any = frozenset().union(*given)
        if agreed is None:
            settled[statement] = Settled(by_all, by_any - by_all)
        else:
            settled[statement] = Settled(by_all | agreed, frozenset())
    return settled


class Raised(NamedTuple):
    """How often a code was raised to a question: by statements, and by how many groups."""

    n_statements: int
    n_groups: int


def count_raised(
    statements: Mapping[str, tuple[str, str]], settled: Mapping[str, Settled]
) -> dict[tuple[str, str], Raised]:
    """By question and code, in how many statements and groups it was raised.

    A code that a group raises five times counts once for the group.

    Parameters
    ----------
    statements : by id its question and its group; a statement without group is in none
    settled : their codes, see :func:`settle_codes`
    """
    raised: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement, (question, group) in statements.items():
        for code in settled[statement].counted if statement in settled else ():
            raised[question, code].append(group)
    return {key: Raised(len(groups), len(set(groups) - {""})) for key, groups in raised.items()}


class CoderAgreement(NamedTuple):
    """How far coders agree whether statements have a code.

    ``n``: statements that two coders or more have coded. ``table``: of exactly two coders how many statements
    both, only the first, only the second, neither gave it; the coders in the order of their names.
    """

    n: int
    percent: float
    alpha: float
    ac1: float
    table: tuple[int, int, int, int] | None


def coder_agreement(codes: Iterable[Coded], code: str) -> CoderAgreement:
    """Agreement on one code over the statements that several have coded; ``consensus`` is no coder."""
    ratings = code_ratings(codes, code)
    several = ratings[(~np.isnan(ratings)).sum(axis=1) >= 2]
    if not len(several):
        return CoderAgreement(0, math.nan, math.nan, math.nan, None)
    # needs scipy, for which a report without double coding does not wait
    from weltoffen_eval.analysis.agreement import krippendorff_alpha

    table = None
    if several.shape[1] == 2:
        first, second = several.T.astype(bool)
        cells = (first & second, first & ~second, ~first & second, ~first & ~second)
        table = tuple(int(cell.sum()) for cell in cells)
    return CoderAgreement(
        len(several),
        percent_agreement(several),
        krippendorff_alpha(several),
        gwet_ac1(several, categories=2),
        table,  # type: ignore[arg-type]  # four, as there are cells
    )


def code_ratings(codes: Iterable[Coded], code: str) -> Array:
    """Statement × coder, both sorted: 1 where the coder gave the code, 0 where others, NaN where none."""
    rows = [given for given in codes if given.coder != CONSENSUS]
    statements = {name: place for place, name in enumerate(sorted({row.statement for row in rows}))}
    coders = {name: place for place, name in enumerate(sorted({row.coder for row in rows}))}
    ratings = np.full((len(statements), len(coders)), math.nan)
    for row in rows:
        place = statements[row.statement], coders[row.coder]
        ratings[place] = max(np.nan_to_num(ratings[place]), float(row.code == code))
    return ratings


def percent_agreement(ratings: Array) -> float:
    """Share (0–1) of pairs of raters who agree, per unit, then the mean over units with two ratings."""
    return float(np.mean(_agreeing(ratings))) if len(_agreeing(ratings)) else math.nan


def gwet_ac1(ratings: Array, categories: int | None = None) -> float:
    """Gwet's AC1: agreement beyond chance, where chance is low for categories that are rare or common.

    ``(pa − pe)/(1 − pe)`` with ``pe = Σ π(1 − π)/(q − 1)`` over the q categories, π the mean share of a
    category. Unlike alpha it stays high where nearly all ratings are alike.

    Parameters
    ----------
    ratings : matrix unit × rater; NaN where a rater did not rate
    categories : how many there are; without it as many as occur

    Returns
    -------
    float
        NaN where no unit has two ratings, or there is but one category.

    References
    ----------
    .. [1] Gwet (2008), Computing inter-rater reliability and its variance in the presence of high agreement.
       British Journal of Mathematical and Statistical Psychology, 61. As in R, irrCAC: ``gwet.ac1.raw``.
    """
    agreeing = _agreeing(ratings)
    values = np.unique(ratings[~np.isnan(ratings)])
    count = categories or len(values)
    if not len(agreeing) or count < 2:
        return math.nan
    rated = ratings[(~np.isnan(ratings)).any(axis=1)]
    raters = (~np.isnan(rated)).sum(axis=1)
    shares = np.array([np.mean(np.sum(rated == value, axis=1) / raters) for value in values])
    by_chance = float(np.sum(shares * (1 - shares))) / (count - 1)
    return (float(np.mean(agreeing)) - by_chance) / (1 - by_chance)


def _agreeing(ratings: Array) -> Array:
    """Of each unit with two ratings, the share of its pairs of raters who agree."""
    raters = (~np.isnan(ratings)).sum(axis=1)
    several, raters = ratings[raters >= 2], raters[raters >= 2]
    values = np.unique(ratings[~np.isnan(ratings)])
    pairs = np.zeros(len(several))
    for value in values:
        there = np.sum(several == value, axis=1)
        pairs += there * (there - 1)
    return np.asarray(pairs / (raters * (raters - 1)))


def coders_of(codes: Sequence[Coded]) -> list[str]:
    """Who coded, sorted; ``consensus`` is nobody."""
    return sorted({row.coder for row in codes} - {CONSENSUS})
