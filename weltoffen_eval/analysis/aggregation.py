"""Aggregation: from the points of items to criteria, dimensions and overall, for all respondents at once.

What is written here holds for scores and for the draws of :mod:`robustness` alike: an array has one entry per
respondent, or one per respondent and draw, and a weight is one number, or one per draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from weltoffen_eval.analysis.answers import Array, Mask
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.instrument import Instrument, Item

#: A geometric mean would be 0 as soon as one part is; parts below this many points count as it.
GEOMETRIC_FLOOR = 1.0

Weight = float | Array


class Reading(NamedTuple):
    """Points from 0 to 100, and for whom they enter the level above."""

    points: Array
    there: Mask


@dataclass(frozen=True)
class Node:
    """An item, criterion, dimension or overall, for every respondent.

    ``readings`` by name: ``score``, and for bounds ``low`` and ``high``, in which an open item is there too.
    ``scored`` tells who has a score. ``n_items`` applicable items and ``n_answered`` of them answered;
    ``items`` are the columns of all that count in it.
    """

    level: str
    id: str
    readings: Mapping[str, Reading]
    scored: Mask
    n_items: Array
    n_answered: Array
    items: tuple[int, ...]


@dataclass(frozen=True)
class Rules:
    """What a scheme and an instrument say of aggregation; ``weights`` by kind and id, 0: no part."""

    levels: str
    aggregation: Mapping[str, str]
    min_coverage: float
    weights: Mapping[tuple[str, str], Weight]


def rules_of(instrument: Instrument, scheme: ScoringScheme) -> Rules:
    """The rules by which a scheme scores an instrument."""
    weights: dict[tuple[str, str], Weight] = {}
    for dimension in instrument.dimensions:
        weights["dimension", dimension.id] = scheme.weight("dimension", dimension.id, dimension.weight)
    for criterion in instrument.criteria:
        weights["criterion", criterion.id] = scheme.weight("criterion", criterion.id, criterion.weight)
    for item in instrument.items:
        weights["item", item.id] = scheme.weight("item", item.id, item.weight)
    return Rules(scheme.levels, scheme.aggregation, scheme.min_coverage, weights)


def combine_criteria(items: Mapping[str, Node], entries: Sequence[Item], rules: Rules) -> dict[str, Node]:
    """The criteria that some items belong to, each from its own."""
    of_criterion: dict[str, list[tuple[Node, Weight]]] = {}
    for item in entries:
        if item.criterion:
            part = items[item.id], rules.weights["item", item.id]
            of_criterion.setdefault(item.criterion, []).append(part)
    return {name: _combine("criterion", name, parts, rules) for name, parts in of_criterion.items()}


def combine_dimension(
    dimension: str,
    items: Mapping[str, Node],
    criteria: Mapping[str, Node],
    entries: Sequence[Item],
    rules: Rules,
) -> Node:
    """A dimension, from its items or, as the rules say, from its criteria.

    Parameters
    ----------
    entries : the dimension's items; in criteria mode those without a criterion stand beside the criteria
    """
    parts: list[tuple[Node, Weight]] = []
    if rules.levels == "criteria":
        names = dict.fromkeys(item.criterion for item in entries if item.criterion)
        # in the order of the questionnaire, so that it is always the same sum
        order = [name for kind, name in rules.weights if kind == "criterion" and name in names]
        parts += [(criteria[name], rules.weights["criterion", name]) for name in order]
        entries = [item for item in entries if not item.criterion]
    parts += [(items[item.id], rules.weights["item", item.id]) for item in entries]
    return _combine("dimension", dimension, parts, rules)


def combine_overall(dimensions: Iterable[Node], rules: Rules) -> Node:
    """The whole, from the dimensions in either mode; its coverage is over all items, withheld or not."""
    parts = [(node, rules.weights["dimension", node.id]) for node in dimensions]
    return _combine("overall", "overall", parts, rules)


def _combine(level: str, node_id: str, parts: list[tuple[Node, Weight]], rules: Rules) -> Node:
    """The weighted mean of the parts that are there; none where coverage is too low.

    The parts are added one after the other, in the instrument's order: a matrix product would give
    other last digits with another number of respondents.
    """
    counted = [(part, weight, _counts(weight)) for part, weight in parts if part.items]
    counted = [entry for entry in counted if entry[2] is not False]
    if not counted:
        return empty_node(level, node_id)
    n_items, n_answered = np.zeros(1), np.zeros(1)
    for part, _, counts in counted:
        n_items = n_items + (part.n_items if counts is True else counts * part.n_items)
        n_answered = n_answered + (part.n_answered if counts is True else counts * part.n_answered)
    with np.errstate(invalid="ignore", divide="ignore"):
        covered = n_answered / n_items >= rules.min_coverage
    geometric = rules.aggregation[level] == "geometric"
    means = {
        name: _mean([(part.readings[name], weight) for part, weight, _ in counted], geometric)
        for name in counted[0][0].readings
    }
    scored = ~np.isnan(means["score"]) & (n_answered > 0) & covered
    readings = {name: Reading(points, scored) for name, points in means.items()}
    items = tuple(item for part, _, _ in counted for item in part.items)
    return Node(level, node_id, readings, scored, n_items, n_answered, items)


def empty_node(level: str, node_id: str) -> Node:
    """A level without any part that counts: nobody has a score, and no item is applicable."""
    nobody = np.zeros(1, dtype=bool)
    readings = dict.fromkeys(("score", "low", "high"), Reading(np.full(1, np.nan), nobody))
    return Node(level, node_id, readings, nobody, np.zeros(1), np.zeros(1), ())


def _counts(weight: Weight) -> bool | Mask:
    """Whether a weight is above 0: True or False for all draws, or a mask where they differ."""
    if not isinstance(weight, np.ndarray):
        return weight > 0
    above = np.count_nonzero(weight)
    return weight > 0 if 0 < above < len(weight) else bool(above)


def _mean(parts: list[tuple[Reading, Weight]], geometric: bool) -> Array:
    """Their weighted mean, NaN where none is there; an open part may be NaN."""
    total, weights = np.zeros(1), np.zeros(1)
    for (points, there), weight in parts:
        terms = np.log(np.fmax(points, GEOMETRIC_FLOOR)) if geometric else points
        total = total + weight * np.where(there, terms, 0.0)
        weights = weights + weight * there
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / weights
    return np.asarray(np.clip(np.exp(mean) if geometric else mean, 0.0, 100.0))
