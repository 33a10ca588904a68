"""Ratings of fields: where persons gave one number per field instead of answers to its items."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.findings import FIELD_RATING, Finding
from weltoffen_eval.analysis.gaps import ADMINISTRATION
from weltoffen_eval.analysis.intervals import mean_interval
from weltoffen_eval.analysis.person_answers import Array, PersonAnswers
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError

#: Points within which a rating from 0 to 100 is as good as known: people give them in fives and tens.
STEP = 10.0
_LOWEST, _HIGHEST = 0.0, 100.0


def rated_fields(
    ratings: pd.DataFrame, own: Mapping[tuple[str, str], Mapping[str, float]], step: float = STEP
) -> list[PersonAnswers]:
    """The persons who rated fields, of every municipality, wave and setting, for ``release``.

    Parameters
    ----------
    ratings : DataFrame, one row per person × field
        ``municipality``, ``wave``, ``setting``, ``perspective``, ``respondent``, ``dimension``, ``rating``
        (points 0–100). Without a respondent nobody knows who rated several fields: there are as many
        persons as rated one field at most
    own : scores of the administration by (municipality, wave) and dimension, as far as they may be told
    step : points from one rating to the next; of a scale with options, from one option to the next

    Raises
    ------
    CallError
        If a rating is outside 0 to 100, or a person rates a field twice.
    """
    given = ratings[ratings["rating"].notna()]
    texts = [name for name in ratings.columns if name != "rating"]
    given = given.fillna(dict.fromkeys(texts, "")).astype(dict.fromkeys(texts, str))
    _refuse(given)
    place = given.groupby(["municipality", "wave", "setting", "perspective", "dimension"]).cumcount()
    given = given.assign(
        named=given["respondent"] != "", who=given["respondent"].where(given["respondent"] != "", place)
    )
    found = []
    for (municipality, wave, setting), part in given.groupby(["municipality", "wave", "setting"]):
        names = tuple(dict.fromkeys(part["dimension"]))
        points = part.pivot(index=["perspective", "named", "who"], columns="dimension", values="rating")
        matrix = points[list(names)].to_numpy(dtype=float)
        scores = own.get((str(municipality), str(wave)), {})
        found.append(
            PersonAnswers(
                municipality=str(municipality), wave=str(wave), setting=str(setting), variant=FIELD_RATING,
                items=names, dimensions=names, points=matrix,
                own=np.array([scores.get(name, math.nan) for name in names]),
                applicable=np.ones(matrix.shape, dtype=bool),
                perspectives=tuple(points.index.get_level_values("perspective")),
                lowest=np.full(len(names), _LOWEST), highest=np.full(len(names), _HIGHEST),
                category=np.full(len(names), step),
            )
        )  # fmt: skip
    return found


def _refuse(given: pd.DataFrame) -> None:
    where = ["municipality", "wave", "setting", "perspective", "respondent", "dimension"]
    outside = given[(given["rating"] < _LOWEST) | (given["rating"] > _HIGHEST)]
    if len(outside):
        raise CallError(
            f"{'/'.join(outside[where].iloc[0])}: a rating of {outside['rating'].iloc[0]:g} points; expected "
            "0 to 100. Turn the options of a scale into points first."
        )
    twice = given[(given["respondent"] != "") & given.duplicated(where)]
    if len(twice):
        raise CallError(
            f"{'/'.join(twice[where].iloc[0])}: one person rates one field twice; give one number for each."
        )


def rating_findings(persons: PersonAnswers, scheme: ScoringScheme) -> list[Finding]:
    """Mean ratings, and gaps to the administration's score, of all persons and of each cell: before the door.

    ``score`` and ``gap`` at level dimension with the variant ``field_rating``, in points, each with the
    t-interval of the persons; they are never mixed with those over items.
    """
    minimum = scheme.min_group_size
    groups = persons.groups(minimum)
    found = []
    for column, name in enumerate(persons.items):
        where = Finding(
            "score", variant=FIELD_RATING, wave=persons.wave, setting=persons.setting,
            municipality=persons.municipality, level="dimension", id=name,
        )  # fmt: skip
        sides = [(where, 0.0)]
        if not math.isnan(persons.own[column]):
            own = float(persons.own[column])
            sides.append((where.having(quantity="gap", other=ADMINISTRATION), own))
        for about, own in sides:
            for group, rows in groups.items():
                values = persons.points[rows, column]
                found.append(_mean(values[~np.isnan(values)], about.having(perspective=group), own, minimum))
            for group in persons.sizes:
                size = int((~np.isnan(persons.points[persons.rows_of([group]), column])).sum())
                if group not in groups and size:
                    # told with others, or with all
                    reason = "group_size" if size < minimum or len(groups) > 1 else "disclosure"
                    found.append(about.having(perspective=group, n=float(size), reason=reason))
    return found


def _mean(ratings: Array, where: Finding, own: float, minimum: int) -> Finding:
    n = len(ratings)
    where = where.having(n=float(n))
    if n < minimum:
        return where.having(reason="no_responses" if n == 0 else "group_size")
    interval = mean_interval((ratings - own).tolist(), _LOWEST - own, _HIGHEST - own)
    return where.having(
        value=float(np.mean(ratings - own)), low=interval.low, high=interval.high, reason=interval.reason,
        method="t-interval of the persons",
    )  # fmt: skip
