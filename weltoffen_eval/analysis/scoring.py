"""Scores: from response codes to points between 0 and 100."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.aggregation import (
    Node,
    Reading,
    combine_criteria,
    combine_dimension,
    combine_overall,
    empty_node,
    rules_of,
)
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
        item at its worst and at its best option, over the same respondents and parts as the score; never
        widened to hold it: where options do not reach 0 and 100, a score can lie outside. ``n``
        respondents with a score, ``n_items`` applicable and ``n_answered`` answered items (means over the
        group's respondents), ``coverage`` their ratio, ``withheld`` the reason of a missing score. The
        order of rows in ``responses`` does not matter.

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
    kinds = {**dict.fromkeys(SCORE_COLUMNS, "float64"), **dict.fromkeys(texts, "str"), "n": "int64"}
    return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in SCORE_COLUMNS})


def _sorted(scores: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their keys; their number runs from 0."""
    codes = []
    for key in (*SHEET, "level", "id"):
        names = scores[key].astype("category").cat
        rank = np.argsort(np.argsort(names.categories.to_numpy(dtype=str)))
        codes.append(rank[names.codes])
    return scores.iloc[np.lexsort(codes[::-1])].reset_index(drop=True)


# --- every level for every respondent ---------------------------------------------------------------


def _score_nodes(answers: Answers, instrument: Instrument, scheme: ScoringScheme) -> list[Node]:
    rules = rules_of(instrument, scheme)
    items = {item.id: _item_node(answers, column, item.id) for column, item in enumerate(instrument.items)}
    found = combine_criteria(items, instrument.items, rules)
    # a criterion without items is a fault of the instrument, which others tell; here it has no score
    criteria = {c.id: found.get(c.id) or empty_node("criterion", c.id) for c in instrument.criteria}
    dimensions = [
        combine_dimension(dimension.id, items, criteria, instrument.items_of(dimension.id), rules)
        for dimension in instrument.dimensions
    ]
    overall = [combine_overall(dimensions, rules)] if scheme.overall else []
    return [*items.values(), *criteria.values(), *dimensions, *overall]


def _item_node(answers: Answers, column: int, item: str) -> Node:
    answered, applicable = answers.answered[:, column], answers.applicable[:, column]
    readings = {
        "score": Reading(answers.points[:, column], answered),
        "low": Reading(answers.worst[:, column], applicable),
        "high": Reading(answers.best[:, column], applicable),
    }
    return Node("item", item, readings, answered, applicable.astype(float), answered.astype(float), (column,))


# --- groups of respondents --------------------------------------------------------------------------


def _aggregate(
    sheets: pd.DataFrame,
    group_columns: list[str],
    nodes: list[Node],
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
        # what counts nothing is told once for all respondents
        scored = np.broadcast_to(node.scored, len(sheets))
        n, n_items, n_answered = (
            total(np.broadcast_to(values, len(sheets))) for values in (scored, node.n_items, node.n_answered)
        )
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
            points = np.broadcast_to(node.readings[name].points, len(sheets))
            means = _group_means(points, scored, order, starts, sizes)
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
