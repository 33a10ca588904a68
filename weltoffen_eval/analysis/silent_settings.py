"""Which settings of a scheme can move no score of a dimension, whatever was answered, and why."""

from __future__ import annotations

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.questionnaire.instrument import Instrument


def why_silent(setting: str, scheme: ScoringScheme, instrument: Instrument) -> str:
    """Why a setting, named as ``weights.item.MS01``, moves neither a dimension nor the overall score.

    Returns
    -------
    str
        ``words_only`` (of bands), ``needs_overall`` (there is none), ``no_criteria`` (in this questionnaire),
        ``needs_criteria`` (dimensions are means of items), ``alone`` (nothing stands beside the entry);
        empty where it can move one.
    """
    first, _, rest = setting.partition(".")
    kind, _, name = rest.partition(".")
    if setting == "bands":
        return "words_only"
    if not scheme.overall and (rest == "overall" or (first, kind) == ("weights", "dimension")):
        return "needs_overall"
    of_criteria = setting == "levels" or rest == "criterion" or (first, kind) == ("weights", "criterion")
    if of_criteria and not instrument.criteria:
        return "no_criteria"
    if of_criteria and setting != "levels" and scheme.levels == "items":
        return "needs_criteria"
    return "alone" if first == "weights" and _is_alone(kind, name, scheme, instrument) else ""


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
