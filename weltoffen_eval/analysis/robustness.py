"""Robustness: how far the score of a dimension could move under other sensible choices."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.answers import Array
from weltoffen_eval.analysis.draws import CHOICES, Sheets
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.questionnaire.instrument import Instrument

DRAWS = 1000
#: The band: from the 5th to the 95th percentile of the draws.
BAND = (0.05, 0.95)
#: Points by which a sum may be off.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class RobustnessBand:
    """The score of one dimension and where its draws lie, in points.

    ``same_side``: share of draws on the same side of the reference's median as the score itself; NaN
    without reference. ``influence``: width of the band when one of CHOICES alone is drawn. ``n``: draws
    that have a score. ``geometric``: the score with a geometric mean across the criteria, which is no draw.
    """

    score: float
    low: float
    high: float
    same_side: float
    influence: dict[str, float]
    n: int
    geometric: float

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
    merging: Merging | None = None,
) -> dict[str, RobustnessBand]:
    """The band of every dimension that has a score.

    Independently drawn, as :meth:`Sheets.draw_scores` says: open items, weights, the level, a criterion that
    is left out. Every draw goes through the aggregation that makes the score, with the scheme's means and
    its coverage rule; draws in which the rule withholds the score are left out.

    Parameters
    ----------
    responses : the administration's own answers, one row per sheet × item, of one municipality and wave
    medians : of the reference, by dimension, in points, where there is one
    scores : the dimensions' scores in points, where they are not withheld
    merging : which of the sheets are parts of one questionnaire

    References
    ----------
    .. [1] OECD/JRC (2008), Handbook on Constructing Composite Indicators, uncertainty analysis.
    .. [2] Saltelli et al. (2010), Variance based sensitivity analysis of model output: one factor at a
       time is a description, no decomposition.
    """
    sheets = Sheets(responses, instrument, scheme, merging)
    bands = {}
    for number, dimension in enumerate(instrument.dimensions):
        score = scores.get(dimension.id, math.nan)
        if math.isnan(score):
            continue
        found = {}
        for index, varied in enumerate([CHOICES, *((choice,) for choice in CHOICES)]):
            # each with a stream of its own, so that one dimension does not depend on the others
            random = np.random.default_rng([seed, number, index])
            drawn = sheets.draw_scores(dimension.id, varied, random, draws)
            found[varied] = drawn[~np.isnan(drawn)]
        median = medians.get(dimension.id, math.nan)
        all_drawn = found[CHOICES]
        low, high = _ends(all_drawn)
        same = math.nan if math.isnan(median) else _same_side(all_drawn, score, median)
        influence = {choice: float(np.ptp(_ends(found[(choice,)]))) for choice in CHOICES}
        geometric = sheets.geometric_score(dimension.id)
        bands[dimension.id] = RobustnessBand(score, low, high, same, influence, len(all_drawn), geometric)
    return bands


def _same_side(drawn: Array, score: float, median: float) -> float:
    """Share of the draws on the side of the score; on the median, but for rounding, is its upper side."""
    return float(np.mean((drawn >= median - _ROUNDING) == (score >= median - _ROUNDING)))


def _ends(drawn: Array) -> tuple[float, float]:
    """The two ends of the band; NaN where no draw has a score."""
    low, high = np.quantile(drawn, BAND) if len(drawn) else (math.nan, math.nan)
    return float(low), float(high)


def robustness_findings(bands: dict[str, RobustnessBand], wave: str, municipality: str) -> list[Finding]:
    """Bands as findings: ``band``, ``same_side_share``, and ``influence`` for each choice (variant)."""
    found = []
    for dimension, band in bands.items():
        where = Finding(
            "", wave=wave, setting="questionnaire", municipality=municipality, level="dimension",
            id=dimension, perspective="administration", n=float(band.n),
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
