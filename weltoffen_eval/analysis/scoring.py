"""Scores: from response codes to points between 0 and 100."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.answers import SHEET, Answers, Array, Mask, ScoringError, read_answers
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.instrument import Instrument

SCORE_COLUMNS = (
    "municipality", "wave", "setting", "perspective", "unit", "respondent", "level", "id",
    "score", "low", "high", "n", "n_items", "n_answered", "coverage", "withheld",
)  # fmt: skip
#: Why a score is withheld, in the order in which the reasons are tried.
WITHHELD = ("not_chosen", "not_asked", "not_applicable", "group_size", "coverage")
#: A geometric mean would be 0 as soon as one part is; parts below this many points count as it.
GEOMETRIC_FLOOR = 1.0


def score_study(
    study: Study, responses: pd.DataFrame, scheme: ScoringScheme, by: str = "municipality"
) -> pd.DataFrame:
    """Scores of all waves of a study, each with the questionnaire of its wave.

    Columns, order and meaning as :func:`score_responses`.
    """
    parts = [
        score_responses(responses[responses["wave"] == wave], instrument, scheme, by)
        for wave, instrument in study.instruments.items()
    ]
    scores = pd.concat([part for part in parts if len(part)] or [_no_scores()], ignore_index=True)
    return _sorted(scores)


def score_responses(
    responses: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    by: str = "municipality",
) -> pd.DataFrame:
    """Scores of items, criteria, dimensions and, if the scheme asks for it, overall.

    A respondent's score of a level is the weighted mean of the points of its answered items (or of
    its criteria, if the scheme says so); weights are rescaled to what is there. A group's score is
    the mean of its respondents' scores. Items of weight 0 have scores but are no part of the levels
    above.

    Parameters
    ----------
    responses : DataFrame, one row per respondent × item, all of one instrument
    scheme : ScoringScheme
        ``min_coverage`` (share) and ``min_group_size`` (persons) below which a score is withheld.
    by : "municipality" or "respondent"

    Returns
    -------
    DataFrame, one row per municipality × wave × setting × perspective × level × id
        ``score``, ``low``, ``high`` in points (0–100): low and high with every unanswered applicable
        item at worst and at best, over the same respondents and parts as the score. ``n`` respondents
        with a score, ``n_items`` applicable and ``n_answered`` answered items (means over the group's
        respondents), ``coverage`` their ratio, ``withheld`` the reason of a missing score. The order
        of rows in ``responses`` does not matter.

    Raises
    ------
    ScoringError
        If an item is not part of the instrument, or a respondent answers one twice.

    References
    ----------
    .. [1] OECD/JRC (2008), Handbook on Constructing Composite Indicators: weighted arithmetic and
       geometric aggregation.
    .. [2] Cohen, Cohen, Aiken & West (1999), The problem of units and the circumstance for POMP.
    .. [3] Manski (2003), Partial Identification of Probability Distributions: worst-case bounds.
    """
    if by not in ("municipality", "respondent"):
        raise ScoringError(f"Scores are by municipality or by respondent, not by {by!r}.")
    sheets, answers = read_answers(responses, instrument, scheme)
    nodes = _score_nodes(answers, instrument, scheme)
    group_columns = list(SHEET) if by == "respondent" else list(SHEET[:-1])
    if by == "municipality":
        sheets = sheets.drop(columns="respondent").assign(respondent="")
    return _sorted(_aggregate(sheets, group_columns, nodes, answers, scheme, by))


def _no_scores() -> pd.DataFrame:
    """The scores of a study in which nothing was answered."""
    texts = (*SHEET, "level", "id", "withheld")
    return pd.DataFrame(
        {name: pd.Series(dtype="str" if name in texts else "float64") for name in SCORE_COLUMNS}
    )


def _sorted(scores: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their keys; their number runs from 0."""
    codes = []
    for key in (*SHEET, "level", "id"):
        names = scores[key].astype("category").cat
        rank = np.argsort(np.argsort(names.categories.to_numpy(dtype=str)))
        codes.append(rank[names.codes])
    return scores.iloc[np.lexsort(codes[::-1])].reset_index(drop=True)


# --- one level for every respondent -----------------------------------------------------------------


@dataclass(frozen=True)
class _Node:
    """An item, criterion, dimension or overall, for every respondent.

    ``scored`` tells who has a score; ``bounded`` for whom it enters the bounds of the level above
    (an unanswered item does, a withheld criterion or dimension does not). ``items`` are the columns
    of all items below it that count.
    """

    level: str
    id: str
    score: Array
    low: Array
    high: Array
    scored: Mask
    bounded: Mask
    n_items: Array
    n_answered: Array
    items: tuple[int, ...]


def _score_nodes(answers: Answers, instrument: Instrument, scheme: ScoringScheme) -> list[_Node]:
    item_nodes = {
        item.id: _Node(
            "item",
            item.id,
            answers.points[:, column],
            answers.worst[:, column],
            answers.best[:, column],
            answers.answered[:, column],
            answers.applicable[:, column],
            answers.applicable[:, column].astype(float),
            answers.answered[:, column].astype(float),
            (column,),
        )
        for column, item in enumerate(instrument.items)
    }

    def items_of(criterion: str, dimension: str | None = None) -> list[tuple[_Node, float]]:
        return [
            (item_nodes[item.id], scheme.weight("item", item.id, item.weight))
            for item in instrument.items
            if item.criterion == criterion and (dimension is None or item.dimension == dimension)
        ]

    criterion_nodes = {
        criterion.id: _combine("criterion", criterion.id, items_of(criterion.id), scheme)
        for criterion in instrument.criteria
    }
    dimension_nodes = []
    for dimension in instrument.dimensions:
        if scheme.levels == "criteria":
            # items without a criterion stand beside the criteria
            parts = [
                (criterion_nodes[c.id], scheme.weight("criterion", c.id, c.weight))
                for c in instrument.criteria_of(dimension.id)
            ] + items_of("", dimension.id)
        else:
            parts = [
                (item_nodes[item.id], scheme.weight("item", item.id, item.weight))
                for item in instrument.items_of(dimension.id)
            ]
        weight = scheme.weight("dimension", dimension.id, dimension.weight)
        dimension_nodes.append((_combine("dimension", dimension.id, parts, scheme), weight))
    nodes = [*item_nodes.values(), *criterion_nodes.values(), *(n for n, _ in dimension_nodes)]
    if scheme.overall:
        nodes.append(_combine("overall", "overall", dimension_nodes, scheme))
    return nodes


def _combine(level: str, node_id: str, parts: list[tuple[_Node, float]], scheme: ScoringScheme) -> _Node:
    """The weighted mean of the parts that are there, for every respondent.

    The parts are added one after the other, in the instrument's order: a matrix product would give
    other last digits with another number of respondents.
    """
    counted = [(part, weight) for part, weight in parts if weight > 0]
    respondents = len(parts[0][0].score) if parts else 0
    geometric = scheme.aggregation[level] == "geometric"
    zero = np.zeros(respondents)
    n_items, n_answered = zero.copy(), zero.copy()
    for part, _ in counted:
        n_items += part.n_items
        n_answered += part.n_answered
    score = _mean([(p.score, p.scored, w) for p, w in counted], zero, geometric)
    low = _mean([(p.low, p.bounded, w) for p, w in counted], zero, geometric)
    high = _mean([(p.high, p.bounded, w) for p, w in counted], zero, geometric)
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = n_answered / n_items
    scored = ~np.isnan(score) & (n_answered > 0) & (coverage >= scheme.min_coverage)
    items = tuple(column for part, _ in counted for column in part.items)
    # a mean lies between its bounds; rounding in the last digit must not say otherwise
    low, high = np.fmin(low, score), np.fmax(high, score)
    return _Node(level, node_id, score, low, high, scored, scored, n_items, n_answered, items)


def _mean(parts: list[tuple[Array, Mask, float]], zero: Array, geometric: bool) -> Array:
    total, weights = zero.copy(), zero.copy()
    for values, there, weight in parts:
        terms = np.log(np.fmax(values, GEOMETRIC_FLOOR)) if geometric else values
        total += np.where(there, weight * terms, 0.0)
        weights += np.where(there, weight, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / weights
    return np.clip(np.exp(mean) if geometric else mean, 0.0, 100.0)


# --- groups of respondents --------------------------------------------------------------------------


def _aggregate(
    sheets: pd.DataFrame,
    group_columns: list[str],
    nodes: list[_Node],
    answers: Answers,
    scheme: ScoringScheme,
    by: str,
) -> pd.DataFrame:
    group = sheets.groupby(group_columns, observed=True, sort=True).ngroup().to_numpy()
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    of_group = sheets.iloc[order[starts]].reset_index(drop=True)
    persons = (of_group["unit"] == "persons").to_numpy() & (by == "municipality")

    def total(values: NDArray[Any] | np.bool) -> Array:
        summed = np.asarray(values)[order].astype(float)
        return np.add.reduceat(summed, starts) if len(starts) else np.zeros(0)

    parts: dict[str, list[NDArray[np.generic]]] = {column: [] for column in SCORE_COLUMNS[8:]}
    for node in nodes:
        n = total(node.scored)
        n_items, n_answered = total(node.n_items), total(node.n_answered)
        columns = list(node.items)
        reason = np.full(len(starts), "", dtype="<U16")
        reason[n == 0] = "coverage"
        reason[persons & (n < scheme.min_group_size)] = "group_size"
        none_left = n_items == 0
        reason[none_left] = "not_applicable"
        not_asked = total(answers.not_asked[:, columns].all(axis=1)) == sizes
        reason[none_left & not_asked & (len(columns) > 0)] = "not_asked"
        reason[none_left & (total(answers.not_chosen[:, columns].any(axis=1)) > 0)] = "not_chosen"
        shown = reason == ""
        for name in ("score", "low", "high"):
            means = _group_means(getattr(node, name), node.scored, order, starts, sizes)
            parts[name].append(np.where(shown, means, np.nan))
        parts["n"].append(n.astype(np.int64))
        parts["n_items"].append(n_items / sizes)
        parts["n_answered"].append(n_answered / sizes)
        with np.errstate(invalid="ignore", divide="ignore"):
            parts["coverage"].append(n_answered / n_items)
        parts["withheld"].append(reason)

    groups, count = len(starts), len(nodes)
    frame: dict[str, Any] = {
        name: of_group[name].astype("category").repeat(count).reset_index(drop=True) for name in SHEET
    }
    for name in ("level", "id"):
        frame[name] = pd.Series(pd.Categorical(np.tile([getattr(n, name) for n in nodes], groups)))
    for name, columns_of_nodes in parts.items():
        values = np.stack(columns_of_nodes, axis=1).ravel() if nodes else np.zeros(0)
        frame[name] = pd.Series(values)
    frame["withheld"] = frame["withheld"].astype("category")
    return pd.DataFrame(frame)[list(SCORE_COLUMNS)]


def _group_means(
    values: Array, scored: Mask, order: NDArray[np.intp], starts: NDArray[np.intp], sizes: NDArray[np.intp]
) -> Array:
    """Mean of the scored values of each group, exactly rounded, so that no order of rows shows."""
    means = np.full(len(starts), np.nan)
    single = sizes == 1
    alone = order[starts[single]]
    means[single] = np.where(scored[alone], values[alone], np.nan)
    for position in np.flatnonzero(~single):
        members = order[starts[position] : starts[position] + sizes[position]]
        there = values[members][scored[members]]
        if len(there):
            means[position] = math.fsum(there) / len(there)
    return means
