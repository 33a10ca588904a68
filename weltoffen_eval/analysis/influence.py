"""Influence: by how many points the score of a field changes when one answered question is left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from weltoffen_eval.analysis.draws import Sheets
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Points below which leaving a question out changes nothing.
_NOTHING = 1e-9


@dataclass(frozen=True)
class ItemInfluence:
    """One answered question: ``points`` that its field has with it less those without it."""

    item: str
    dimension: str
    points: float


def influences(
    responses: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    scores: Mapping[str, float],
    merging: Merging | None = None,
) -> list[ItemInfluence]:
    """Every question that moves the score of its field when it is left out, the furthest first.

    The score without a question goes through the same aggregation, as if its weight were 0. A question
    without which the field has no score is not told: there is nothing to compare.

    Parameters
    ----------
    responses : the administration's own answers of one municipality and wave; none of persons
    scores : of each dimension in points, where it is not withheld
    merging : which of the sheets are parts of one questionnaire

    References
    ----------
    .. [1] OECD/JRC (2008), Handbook on Constructing Composite Indicators: leaving one indicator out.
    """
    sheets = Sheets(responses, instrument, scheme, merging)
    answered = set(responses[responses["missing"].isna()]["item"].astype(str))
    found = []
    for place, item in enumerate(instrument.items):
        score = scores.get(item.dimension, math.nan)
        if item.id not in answered or math.isnan(score):
            continue
        points = score - sheets.score_without(item.dimension, item.id)
        if abs(points) > _NOTHING:
            found.append((-abs(points), place, ItemInfluence(item.id, item.dimension, points)))
    return [entry for _, _, entry in sorted(found, key=lambda row: row[:2])]
