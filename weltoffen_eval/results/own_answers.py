"""What an administration said of itself, as a report may show it: its sheets, or persons in its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.disclosure import DISTRIBUTION, MEAN, is_statement
from weltoffen_eval.analysis.earlier_releases import Told, told_before
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.person_answers import person_answers
from weltoffen_eval.analysis.release import clearances_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.results.since_released import changed_fields
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument

_OWN = "administration"


@dataclass(frozen=True)
class Answer:
    """What one sheet says to an item: exactly one of code, value, missing."""

    code: int | None
    value: float | None
    missing: str | None


@dataclass(frozen=True)
class OwnAnswers:
    """The answers to the self-check and their scores, without what tells of single persons.

    ``by_persons``: persons answered in the place of the administration; ``told``: whether their answers are
    shown at all. ``counted``: items whose answers are shown by their number; None: each sheet's own.
    """

    responses: pd.DataFrame
    scores: pd.DataFrame
    by_persons: bool = False
    told: bool = True
    counted: frozenset[str] | None = None


def own_answers(
    responses: pd.DataFrame,
    scores: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    audience: str = "internal",
    earlier: Sequence[Finding] = (),
) -> OwnAnswers:
    """Of all rows of one municipality and wave those of the self-check.

    Sheets of the administration come before answers of persons. Of persons, items and dimensions are shown
    as the door lets them out; below the minimum nothing is. The public sees only those of which it may know
    the distribution, for a report shows more of each than its mean.

    Parameters
    ----------
    earlier : findings that are out already
    """
    answers, own = responses[is_self_check(responses)], scores[is_self_check(scores)]
    sent = answers["unit"] != "persons"
    if sent.any() or not len(answers):
        return OwnAnswers(answers[sent], own[own["unit"] != "persons"])
    if not is_statement(responses, scheme.min_group_size).any():
        closed = np.ones(len(own), dtype=bool)
        return OwnAnswers(answers.iloc[:0], _without(own, closed, scheme), True, False)
    asked = responses[(responses["setting"] == "questionnaire") & (responses["unit"] == "persons")]
    (persons,) = person_answers(
        score_responses(asked, instrument, scheme, by="respondent"), instrument, scheme
    )
    told = told_before(earlier, [persons])
    if earlier:
        changed = changed_fields(earlier, answers, own, instrument, persons.wave)
        told.setdefault(persons.where, Told()).changed.update(changed)
    cleared = clearances_of([persons], scheme, audience, told)[persons.where]
    detail = DISTRIBUTION if audience == "public" else MEAN
    items, dimensions = (cleared.shown(level, detail, _OWN) for level in ("item", "dimension"))
    answered = set(answers[answers["missing"].isna()]["item"].astype(str))
    criteria = {
        criterion.id
        for criterion in instrument.criteria
        if all(
            item.id in items or item.id not in answered
            for item in instrument.items_of_criterion(criterion.id)
        )
    }
    all_of_them = {"overall"} if dimensions == {d.id for d in instrument.dimensions} else set()
    shown = {"item": items, "criterion": criteria, "dimension": dimensions, "overall": all_of_them}
    places = zip(own["level"].astype(str), own["id"].astype(str), strict=True)
    before = _withheld_before(earlier, persons.wave)
    closed = np.array([entry not in shown[level] or (level, entry) in before for level, entry in places])
    counted = frozenset(
        item for item in cleared.shown("item", DISTRIBUTION, _OWN) if ("item", item) not in before
    )
    closed &= (own["withheld"] == "").to_numpy()
    return OwnAnswers(answers, _without(own, closed, scheme), True, True, counted)


def _withheld_before(earlier: Sequence[Finding], wave: str) -> set[tuple[str, str]]:
    """Of which scores nothing was told before, so that nothing is told of them now; as the door has it."""
    return {
        (finding.level, finding.id)
        for finding in earlier
        if (finding.wave, finding.perspective, finding.quantity) == (wave, _OWN, "score")
        and math.isnan(finding.value)
        and finding.reason in ("group_size", "disclosure")
    }


def _without(scores: pd.DataFrame, closed: np.ndarray, scheme: ScoringScheme) -> pd.DataFrame:
    """The scores, those that may not be shown without any number but that of persons, and the reason."""
    numbers = ["score", "low", "high", "n_items", "n_answered", "coverage"]
    kept = scores.astype({"withheld": str})
    kept.loc[closed, numbers] = np.nan
    few = (kept["n"] < scheme.min_group_size).to_numpy()
    kept.loc[closed & few, "withheld"] = "group_size"
    kept.loc[closed & ~few, "withheld"] = "disclosure"
    return kept
