"""Robustness: how far the score of a dimension could move under other sensible choices."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.answers import Array, item_points, read_answers
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import GEOMETRIC_FLOOR
from weltoffen_eval.study.instrument import Dimension, Instrument

DRAWS = 1000
#: The band: from the 5th to the 95th percentile of the draws.
BAND = (0.05, 0.95)
#: What is drawn, each independently of the others.
CHOICES = ("open_items", "weights", "level", "left_out")
_FACTORS = (0.5, 1.5)


@dataclass(frozen=True)
class Band:
    """The score of one dimension and where its draws lie, in points.

    ``same_side``: share of draws on the same side of the reference's median as the score itself; NaN
    without reference. ``influence``: width of the band when one of CHOICES alone is drawn.
    """

    score: float
    low: float
    high: float
    same_side: float
    influence: dict[str, float]

    @property
    def strongest(self) -> str:
        """The choice that moves most; empty where none moves the score."""
        name = max(self.influence, key=lambda choice: self.influence[choice])
        return name if self.influence[name] >= 0.5 else ""


def seed_of(*parts: str) -> int:
    """A seed for random numbers, from names: the same on every machine."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode("utf-8")).digest()[:8], "big")


def robustness_bands(
    responses: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    medians: dict[str, float],
    scores: dict[str, float],
    seed: int,
    draws: int = DRAWS,
) -> dict[str, Band]:
    """The band of every dimension that has a score.

    Independently drawn: every unanswered applicable item (evenly over the points of its options, a number
    evenly over its scale); the weights of items and criteria (each times a factor evenly between 0.5 and
    1.5); the items or the criteria as level; none or one of the criteria left out. Means are arithmetic;
    what a geometric mean would give is another question.

    Parameters
    ----------
    responses : the administration's own answers, one row per sheet × item, of one municipality and wave
    medians : of the reference, by dimension, in points, where there is one
    scores : the dimensions' scores in points, where they are not withheld

    References
    ----------
    .. [1] OECD/JRC (2008), Handbook on Constructing Composite Indicators, uncertainty analysis.
    .. [2] Saltelli et al. (2010), Variance based sensitivity analysis of model output: one factor at a
       time is a description, no decomposition.
    """
    sheets = _Sheets(responses, instrument, scheme)
    bands = {}
    for number, dimension in enumerate(instrument.dimensions):
        score = scores.get(dimension.id, math.nan)
        if math.isnan(score):
            continue
        found = {
            # each with a stream of its own, so that one dimension does not depend on the others
            varied: sheets.draw(dimension, varied, np.random.default_rng([seed, number, index]), draws)
            for index, varied in enumerate([CHOICES, *((choice,) for choice in CHOICES)])
        }
        median = medians.get(dimension.id, math.nan)
        all_drawn = found[CHOICES]
        low, high = np.quantile(all_drawn, BAND)
        same = math.nan if math.isnan(median) else float(np.mean((all_drawn >= median) == (score >= median)))
        influence = {choice: float(np.ptp(np.quantile(found[(choice,)], BAND))) for choice in CHOICES}
        bands[dimension.id] = Band(score, float(low), float(high), same, influence)
    return bands


class _Sheets:
    """The points of every sheet and item, and what the open ones could be."""

    def __init__(self, responses: pd.DataFrame, instrument: Instrument, scheme: ScoringScheme):
        self.instrument, self.scheme = instrument, scheme
        self.column = {item.id: n for n, item in enumerate(instrument.items)}
        _, answers = read_answers(responses, instrument, scheme)
        self.points, self.open = answers.points, answers.applicable & ~answers.answered
        self.options: list[Array | None] = []
        for item in instrument.items:
            points, _, _ = item_points(item, instrument, scheme)
            self.options.append(np.array(sorted(points.values())) if points else None)

    def draw(
        self, dimension: Dimension, varied: tuple[str, ...], random: np.random.Generator, draws: int
    ) -> Array:
        """The dimension's score in each draw; what is not varied is as the scheme says."""
        items = list(self.instrument.items_of(dimension.id))
        columns = [self.column[item.id] for item in items]
        weights = np.array([self.scheme.weight("item", item.id, item.weight) for item in items])
        criteria = self.instrument.criteria_of(dimension.id)
        of_criterion = np.array([[item.criterion == c.id for c in criteria] for item in items], dtype=float)
        of_criterion = of_criterion.reshape(len(items), len(criteria))
        above = np.array([self.scheme.weight("criterion", c.id, c.weight) for c in criteria])

        item_weights = np.tile(weights, (draws, 1))
        criterion_weights = np.tile(above, (draws, 1))
        if "weights" in varied:
            item_weights *= random.uniform(*_FACTORS, item_weights.shape)
            criterion_weights *= random.uniform(*_FACTORS, criterion_weights.shape)
        by_criteria = np.full(draws, self.scheme.levels == "criteria")
        if "level" in varied and len(criteria):
            by_criteria = random.integers(0, 2, draws) == 1
        if "left_out" in varied and len(criteria) > 1:
            # one more than there are criteria: none is left out
            left = random.integers(0, len(criteria) + 1, draws)
            kept = left[:, None] != np.arange(len(criteria))[None, :]
            criterion_weights *= kept
            item_weights *= 1 - (~kept).astype(float) @ of_criterion.T
        sheets = []
        for row in range(len(self.points)):
            if self._counts(row, columns, weights):
                filled = self._filled(row, columns, "open_items" in varied, random, draws)
                sheets.append(_combine(filled, item_weights, criterion_weights, of_criterion, by_criteria))
        with np.errstate(invalid="ignore"):
            drawn = np.mean(sheets, axis=0)
        return np.asarray(drawn[~np.isnan(drawn)])

    def _counts(self, row: int, columns: list[int], weights: Array) -> bool:
        """Whether a sheet has a score at all, as scoring counts it."""
        counted = [column for column, weight in zip(columns, weights, strict=True) if weight > 0]
        answered = int((~np.isnan(self.points[row, counted])).sum())
        applicable = answered + int(self.open[row, counted].sum())
        return answered > 0 and answered / applicable >= self.scheme.min_coverage

    def _filled(
        self, row: int, columns: list[int], vary: bool, random: np.random.Generator, draws: int
    ) -> Array:
        """A sheet's points in each draw; where open items vary, each is one of its options."""
        points = np.tile(self.points[row, columns], (draws, 1))
        for position, column in enumerate(columns):
            if vary and self.open[row, column]:
                options = self.options[column]
                points[:, position] = (
                    random.uniform(0, 100, draws) if options is None else random.choice(options, draws)
                )
        return points


def _combine(
    points: Array,
    item_weights: Array,
    criterion_weights: Array,
    of_criterion: Array,
    by_criteria: NDArray[np.bool_],
) -> Array:
    """The dimension's score of one sheet in each draw (rows), of its items or of its criteria."""
    there = ~np.isnan(points)
    weighted = np.where(there, points, 0.0) * item_weights
    used = np.where(there, item_weights, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        by_items = weighted.sum(axis=1) / used.sum(axis=1)
        if not of_criterion.shape[1]:
            return np.asarray(by_items)
        means = (weighted @ of_criterion) / (used @ of_criterion)
        has = ~np.isnan(means)
        # items without a criterion stand beside the criteria
        alone = of_criterion.sum(axis=1) == 0
        upper = (np.where(has, means, 0.0) * criterion_weights).sum(axis=1) + weighted[:, alone].sum(axis=1)
        lower = np.where(has, criterion_weights, 0.0).sum(axis=1) + used[:, alone].sum(axis=1)
        return np.asarray(np.where(by_criteria, upper / lower, by_items))


def geometric_score(
    scores: pd.DataFrame, dimension: Dimension, instrument: Instrument, scheme: ScoringScheme
) -> float:
    """The weighted geometric mean of a dimension's criteria: low ones are made up for less by high ones.

    Criteria below 1 point count as 1 point; those without a score are left out; NaN without any.

    Parameters
    ----------
    scores : of one municipality, wave, setting and perspective, as score_responses gives them
    """
    of_criterion = scores[(scores["level"] == "criterion") & scores["score"].notna()].set_index("id")["score"]
    total = weights = 0.0
    for criterion in instrument.criteria_of(dimension.id):
        weight = scheme.weight("criterion", criterion.id, criterion.weight)
        if criterion.id in of_criterion.index and weight > 0:
            total += weight * math.log(max(float(of_criterion[criterion.id]), GEOMETRIC_FLOOR))
            weights += weight
    return math.exp(total / weights) if weights else math.nan


def robustness_findings(bands: dict[str, Band], wave: str, municipality: str) -> list[Finding]:
    """Bands as findings: ``band``, ``same_side_share``, and ``influence`` for each choice (variant)."""
    found = []
    for dimension, band in bands.items():
        where = Finding(
            "", wave=wave, setting="questionnaire", municipality=municipality, level="dimension",
            id=dimension, perspective="administration", n=float(DRAWS),
        )  # fmt: skip
        method = f"{DRAWS} draws, 5th to 95th percentile"
        band_of = replace(where, quantity="band", value=band.score, method=method)
        found.append(replace(band_of, low=band.low, high=band.high))
        found.append(
            replace(
                where, quantity="same_side_share", value=band.same_side, method="share of the draws",
                reason="no_reference" if math.isnan(band.same_side) else "",
            )
        )  # fmt: skip
        for choice, width in band.influence.items():
            found.append(
                replace(where, quantity="influence", variant=choice, value=width, method="width of the band")
            )
    return found
