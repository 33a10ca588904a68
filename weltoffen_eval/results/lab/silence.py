"""Why a change of a scheme moves no score."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Levels whose scores the lab shows.
SHOWN_LEVELS = ("dimension", "overall")
#: What may be said of a change that moves nothing.
REASONS = (
    "needs_overall", "needs_criteria", "no_criteria", "words_only", "coverage_not_crossed", "alone",
    "not_answered", "same_value", "same_anyway",
)  # fmt: skip


def moves(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Whether any score of a dimension, or the overall score, is another, comes or goes."""
    one, other = (_shown(scores) for scores in (before, after))
    return not one.equals(other)


def _shown(scores: pd.DataFrame) -> pd.DataFrame:
    rows = scores[scores["level"].isin(SHOWN_LEVELS)]
    keys = ["municipality", "perspective", "setting", "unit", "level", "id"]
    return rows.astype(dict.fromkeys(keys, str)).set_index(keys)[["score"]].sort_index()


def why_nothing_moves(
    setting: str, scheme: ScoringScheme, instrument: Instrument, given: Collection[tuple[str, str]]
) -> str:
    """One of REASONS: why a setting that was changed to that of ``scheme`` moves no score.

    ``given``: scales and codes of all answers, as text.
    """
    first, _, rest = setting.partition(".")
    kind, _, name = rest.partition(".")
    if setting == "bands":
        return "words_only"
    if setting == "min_coverage":
        return "coverage_not_crossed"
    if not scheme.overall and (rest == "overall" or (first == "weights" and kind == "dimension")):
        return "needs_overall"
    of_criteria = setting == "levels" or rest == "criterion" or (first, kind) == ("weights", "criterion")
    if of_criteria and not instrument.criteria:
        return "no_criteria"
    if of_criteria and setting != "levels" and scheme.levels == "items":
        return "needs_criteria"
    if first == "weights" and _is_alone(kind, name, scheme, instrument):
        return "alone"
    is_points = first == "points" and tuple(rest.rsplit(".", 1)) not in given
    return "not_answered" if is_points else "same_anyway"


def _is_alone(kind: str, name: str, scheme: ScoringScheme, instrument: Instrument) -> bool:
    """Whether there is nothing beside an entry against which it could be weighed."""
    if kind == "dimension":
        return len(instrument.dimensions) == 1
    if kind == "criterion":
        criterion = next(c for c in instrument.criteria if c.id == name)
        items = instrument.items_of(criterion.dimension)
        return len({item.criterion or item.id for item in items}) == 1
    item = next(entry for entry in instrument.items if entry.id == name)
    beside = list(instrument.items_of(item.dimension))
    if scheme.levels == "criteria" and item.criterion:
        beside = [entry for entry in beside if entry.criterion == item.criterion]
    return len(beside) == 1
