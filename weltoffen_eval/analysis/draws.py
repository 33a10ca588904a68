"""Draws: the score of a dimension under other choices, each by the aggregation that makes the score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.aggregation import (
    Node,
    Reading,
    Rules,
    Weight,
    combine_criteria,
    combine_dimension,
    rules_of,
)
from weltoffen_eval.analysis.answers import SHEET, Array, Mask, SpreadResponses, item_points
from weltoffen_eval.analysis.merged_sheets import Respondents
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

#: What can be drawn, each independently of the others.
CHOICES = ("open_items", "weights", "level", "left_out")
#: By what a weight is multiplied, evenly between the two.
WEIGHT_FACTORS = (0.5, 1.5)


class Sheets:
    """The answers of one administration, and what could be drawn of them.

    Parameters
    ----------
    responses : one row per sheet × item, of one municipality, wave, setting and perspective
    merging : which of the sheets are parts of one questionnaire
    """

    def __init__(
        self,
        responses: pd.DataFrame,
        instrument: Instrument,
        scheme: ScoringScheme,
        merging: Merging | None = None,
    ):
        self.instrument, self.scheme = instrument, scheme
        self.rules = rules_of(instrument, scheme)
        self._made: dict[tuple[str, str], float] = {}
        respondents = Respondents(SpreadResponses(responses, instrument), merging)
        sheets = respondents.who
        answers = respondents.answers(np.arange(len(sheets)), instrument, scheme)
        # by name, so that the order of rows in a file draws nothing else
        order = sheets.astype(str).sort_values(list(SHEET)).index if len(sheets) > 1 else [0]
        self.open = (answers.applicable & ~answers.answered)[order]
        self.items = {
            item.id: _item_node(number, answers.points[order], answers.answered[order], self.open)
            for number, item in enumerate(instrument.items)
        }

    def draw_scores(
        self, dimension: str, varied: Sequence[str], random: np.random.Generator, draws: int
    ) -> Array:
        """The score of a dimension in each draw, in points; NaN where the coverage rule withholds it.

        What is not varied is as the scheme says: with nothing varied, every draw is the score. An open item
        that is drawn counts with what is drawn, and stays unanswered for the coverage rule; so a draw of the
        open items alone lies within the bounds of the score.

        Parameters
        ----------
        varied : of CHOICES. ``open_items``: each evenly over its options, a number evenly over its scale.
            ``weights`` of items and criteria: times a factor evenly between 0.5 and 1.5. ``level``: items or
            criteria, first all draws over items. ``left_out``: none or one of the criteria, if any is left.
        """
        entries = self.instrument.items_of(dimension)
        # draws are alike, so it is enough to draw how many have which level
        of_items = draws if self.rules.levels == "items" else 0
        if "level" in varied:
            of_items = int(random.binomial(draws, 0.5))
        found = []
        for levels, count in (("items", of_items), ("criteria", draws - of_items)):
            if not count:
                continue
            if not self._moves(entries, varied):
                found.append(np.full(count, self._as_it_is(dimension, levels)))
                continue
            items = self._draw_items(entries, random, count) if "open_items" in varied else self.items
            rules = replace(self._draw_weights(entries, varied, random, count), levels=levels)
            found.append(np.broadcast_to(self._score(dimension, items, entries, rules), count))
        return np.concatenate(found)

    def geometric_score(self, dimension: str) -> float:
        """The score with a geometric mean across the criteria; NaN without criteria or where it is withheld.

        Low criteria are made up for less by high ones; below 1 point they count as 1 point.
        """
        entries = self.instrument.items_of(dimension)
        if not any(item.criterion for item in entries):
            return math.nan
        aggregation = {**self.rules.aggregation, "dimension": "geometric"}
        rules = replace(self.rules, levels="criteria", aggregation=aggregation)
        return float(self._score(dimension, self.items, entries, rules)[0])

    def score_without(self, dimension: str, item: str) -> float:
        """The score of a dimension as if one of its items were not there; NaN where there is none then."""
        entries = self.instrument.items_of(dimension)
        weights = {**self.rules.weights, ("item", item): 0.0}
        return float(self._score(dimension, self.items, entries, replace(self.rules, weights=weights))[0])

    def _moves(self, entries: Sequence[Item], varied: Sequence[str]) -> bool:
        """Whether anything but the level is drawn of some items."""
        is_open = any(self.open[:, self.items[item.id].items[0]].any() for item in entries)
        return "weights" in varied or "left_out" in varied or ("open_items" in varied and is_open)

    def _as_it_is(self, dimension: str, levels: str) -> float:
        """The score with nothing drawn but the level; made once."""
        key = dimension, levels
        if key not in self._made:
            entries, rules = self.instrument.items_of(dimension), replace(self.rules, levels=levels)
            self._made[key] = float(self._score(dimension, self.items, entries, rules)[0])
        return self._made[key]

    def _score(
        self, dimension: str, items: Mapping[str, Node], entries: Sequence[Item], rules: Rules
    ) -> Array:
        """The mean of the sheets that have a score, in each draw or once for all."""
        criteria = combine_criteria(items, entries, rules) if rules.levels == "criteria" else {}
        found = combine_dimension(dimension, items, criteria, entries, rules).readings["score"]
        points, there = map(np.atleast_2d, found)
        with np.errstate(invalid="ignore"):
            return np.asarray(np.where(there, points, 0.0).sum(axis=0) / there.sum(axis=0))

    def _draw_weights(
        self, entries: Sequence[Item], varied: Sequence[str], random: np.random.Generator, draws: int
    ) -> Rules:
        """The rules with the weights of each draw; of what is left out the weight is 0."""
        criteria = list(dict.fromkeys(item.criterion for item in entries if item.criterion))
        names = [("item", item.id) for item in entries] + [("criterion", name) for name in criteria]
        weights: dict[tuple[str, str], Weight] = {name: self.rules.weights[name] for name in names}
        if "weights" in varied:
            factors = random.uniform(*WEIGHT_FACTORS, (len(names), draws))
            weights = {name: weights[name] * factor for name, factor in zip(names, factors, strict=True)}
        alone = any(not item.criterion for item in entries)
        if "left_out" in varied and len(criteria) + alone > 1:
            # one more than there are criteria: none is left out
            left = random.integers(0, len(criteria) + 1, draws)
            for number, criterion in enumerate(criteria):
                own = [("item", item.id) for item in entries if item.criterion == criterion]
                for name in [("criterion", criterion), *own]:
                    weights[name] = weights[name] * (left != number)
        return replace(self.rules, weights=weights)

    def _draw_items(
        self, entries: Sequence[Item], random: np.random.Generator, draws: int
    ) -> dict[str, Node]:
        """The items, with points in each draw where one is open on a sheet."""
        drawn = {}
        for item in entries:
            node = self.items[item.id]
            is_open = self.open[:, node.items[0]]
            if is_open.any():
                points, answered = node.readings["score"]
                filled = np.tile(points, draws)
                filled[is_open] = self._draw_points(item, random, (int(is_open.sum()), draws))
                node = replace(node, readings={"score": Reading(filled, answered | is_open[:, None])})
            drawn[item.id] = node
        return drawn

    def _draw_points(self, item: Item, random: np.random.Generator, shape: tuple[int, int]) -> Array:
        """Points of an open item: of one of its options, or of a number anywhere on its scale."""
        options, worst, best = item_points(item, self.instrument, self.scheme)
        if not options:
            return random.uniform(worst, best, shape)
        return random.choice(np.array(sorted(options.values())), shape)


def _item_node(column: int, points: Array, answered: Mask, is_open: Mask) -> Node:
    """An item as it is: sheets are rows, and there is one column, which stands for every draw."""
    own, there = points[:, column, None], answered[:, column, None]
    n_items, n_answered = (there | is_open[:, column, None]).astype(float), there.astype(float)
    return Node("item", "", {"score": Reading(own, there)}, there, n_items, n_answered, (column,))
