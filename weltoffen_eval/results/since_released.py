"""In which fields persons in the place of an administration answered anew, came or went since a release."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.study.questionnaire.instrument import Instrument

_LEVELS = ("item", "criterion", "dimension")
_NUMBERS = ("score", "low", "high", "n", "coverage")
_ROUNDING = 1e-6


def changed_fields(
    earlier: Iterable[Finding],
    answers: pd.DataFrame,
    scores: pd.DataFrame,
    instrument: Instrument,
    wave: str,
) -> set[str]:
    """The dimensions of which a number is out that present answers do not give.

    The door makes means of items again; here scores of every level, coverage and counts are: a changed answer
    to an item that was not told moves its field, and two that change places move counts alone.

    Parameters
    ----------
    earlier : findings that are out, of the place that the self-check has before the door
    answers, scores : of the self-check, by persons
    """
    now = {
        (str(row["level"]), str(row["id"])): {name: float(row[name]) for name in _NUMBERS}
        for row in scores.to_dict("records")
        if row["level"] in _LEVELS
    }
    given = answers[answers["code"].notna()].astype({"item": str, "code": int})
    counts = Counter(zip(given["item"], given["code"].astype(str), strict=True))
    said = (
        finding
        for finding in earlier
        if (finding.wave, finding.setting, finding.perspective) == (wave, "questionnaire", "administration")
        and not finding.other
        and finding.level in _LEVELS
        and not math.isnan(finding.value)
    )
    return {_field_of(finding, instrument) for finding in said if not _is_given(finding, now, counts)}


def _is_given(
    finding: Finding,
    now: Mapping[tuple[str, str], Mapping[str, float]],
    counts: Mapping[tuple[str, str], int],
) -> bool:
    row = now.get((finding.level, finding.id))
    if finding.quantity == "n":
        return counts.get((finding.id, finding.variant), 0) == finding.value
    if finding.quantity not in ("score", "coverage"):
        return True
    if row is None:
        return False
    if finding.quantity == "coverage":
        return _same((finding.value,), (row["coverage"],))
    told = (finding.value, finding.low, finding.high, finding.n)
    return _same(told, (row["score"], row["low"], row["high"], row["n"]))


def _same(told: Sequence[float], now: Sequence[float]) -> bool:
    """Whether every number that is out comes out again."""
    pairs = ((one, other) for one, other in zip(told, now, strict=True) if not math.isnan(one))
    return all(abs(one - other) < _ROUNDING for one, other in pairs)


def _field_of(finding: Finding, instrument: Instrument) -> str:
    """The dimension of an item or criterion; of one that is not asked any more, its own name."""
    if finding.level == "item":
        return next((item.dimension for item in instrument.items if item.id == finding.id), finding.id)
    if finding.level == "criterion":
        return next((c.dimension for c in instrument.criteria if c.id == finding.id), finding.id)
    return finding.id
