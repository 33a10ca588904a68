"""What earlier releases told of the persons whose findings are to leave now."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN
from weltoffen_eval.analysis.findings import OF_CHANGE, Finding, where_of
from weltoffen_eval.analysis.person_answers import Array, PersonAnswers, Rows

Where = tuple[str, str, str]
#: Means; their bounds and intervals are of the distribution. All else of persons is of the distribution too.
MEANS = ("gap", "absolute_gap", "score", "coverage", *OF_CHANGE)
#: With what persons are compared, without being persons.
NOT_PERSONS = ("", "administration", "reference")
#: Their ``n`` are the persons of the group.
_COUNT_PERSONS = (
    "gap", "score", "share_below", "share_equal", "share_above", "average_deviation", "van_der_eijk_a",
)  # fmt: skip
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Told:
    """What is out already of the persons of one municipality, wave and setting.

    ``levels``: MEAN or DISTRIBUTION, by (level, id) and group; ``changed``: dimensions of which numbers are
    out that present answers do not give: somebody came, went or answered anew since.
    """

    levels: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)


#: Nothing is out.
NOTHING_TOLD = Told()


def told_before(
    earlier: Iterable[Finding], persons: Sequence[PersonAnswers], wanted: Iterable[Finding] = ()
) -> dict[Where, Told]:
    """What earlier findings told, as far as it is of these persons.

    Parameters
    ----------
    earlier : as they left, unrounded
    wanted : present numbers, not yet let out: a count, a share or an agreement that is another one now was
        not given by the same answers, though every mean may be
    """
    of_where = {of.where: of for of in persons}
    now = {identity_of(finding): finding for finding in wanted}
    found: dict[Where, Told] = {}
    for finding in earlier:
        if math.isnan(finding.value) or finding.level not in ("item", "dimension"):
            continue
        for there, level in _sides(finding, of_where):
            told = found.setdefault(there.where, Told())
            by_group = told.levels.setdefault((level, finding.id), {})
            detail = MEAN if finding.quantity in MEANS and math.isnan(finding.high) else DISTRIBUTION
            for group in _groups(finding):
                by_group[group] = max(detail, by_group.get(group, detail))
            if not _is_given(finding, there, of_where) or _differs(finding, now.get(identity_of(finding))):
                told.changed.add(_dimension(finding, there))
    return found


def identity_of(finding: Finding) -> tuple[str, ...]:
    """What of a finding says which number it is."""
    return (
        finding.municipality, finding.wave, finding.setting, finding.perspective, finding.level, finding.id,
        finding.quantity, finding.variant, finding.other,
    )  # fmt: skip


def _differs(told: Finding, now: Finding | None) -> bool:
    """Whether a number that is out is another one now; bounds that are not out say nothing."""
    if now is None:
        return False
    pairs = ((told.value, now.value), (told.low, now.low), (told.high, now.high), (told.n, now.n))
    return any(not math.isnan(one) and not abs(one - other) < _ROUNDING for one, other in pairs)


def _sides(finding: Finding, of_where: Mapping[Where, PersonAnswers]) -> list[tuple[PersonAnswers, str]]:
    """The persons of whom a finding tells, in one wave or two, and at which level."""
    waves = {finding.wave: finding.level}
    if finding.quantity in OF_CHANGE:
        waves = {finding.wave: "changed_from", finding.variant: "changed_to"}
    found = []
    for wave, level in waves.items():
        there = of_where.get(where_of(finding, wave))
        of_sheets = where_of(finding)[2] == "questionnaire" and finding.perspective == "administration"
        if there is not None and (there.in_place or not of_sheets):
            found.append((there, level))
    return found


def _groups(finding: Finding) -> list[str]:
    return [finding.perspective, *([] if finding.other in NOT_PERSONS else [finding.other])]


def _dimension(finding: Finding, there: PersonAnswers) -> str:
    if finding.level == "dimension" or finding.id not in there.items:
        return finding.id
    return there.dimensions[there.items.index(finding.id)]


def rows_of(there: PersonAnswers, group: str) -> Rows:
    """The persons of a group by its name, as it was or is told."""
    everybody = np.arange(len(there.perspectives), dtype=np.intp)
    return everybody if group == ALL else there.rows_of(group.split("+"))


def _is_given(finding: Finding, there: PersonAnswers, of_where: Mapping[Where, PersonAnswers]) -> bool:
    """Whether present answers give the number that is out, as far as it can be said."""
    if finding.quantity == "change":
        return _is_given_change(finding, of_where)
    if finding.quantity not in _COUNT_PERSONS or len(_groups(finding)) > 1:
        return True
    weights, own = there.compared_weights(finding.id), there.own
    if finding.level == "item":
        weights = (~np.isnan(there.points) & (np.array(there.items) == finding.id)).astype(float)
        own = own if finding.quantity == "gap" else np.zeros(len(own))
    mean, n = _mean(there, weights, finding.perspective, own)
    by_rules_of_scores = finding.quantity == "score" and finding.level == "dimension" and not there.variant
    if not by_rules_of_scores and not math.isnan(finding.n) and finding.n != n:
        return False
    if by_rules_of_scores or finding.quantity not in ("gap", "score"):
        return True
    return abs(mean - finding.value) < _ROUNDING


def _is_given_change(finding: Finding, of_where: Mapping[Where, PersonAnswers]) -> bool:
    later, earlier = (of_where.get(where_of(finding, wave)) for wave in (finding.wave, finding.variant))
    if later is None or earlier is None:
        return False
    after, before = (
        _mean(of, of.changed_weights(finding.id, items), finding.perspective, np.zeros(len(of.items)))
        for of, items in ((later, later.changed_from), (earlier, earlier.changed_to))
    )
    return abs(after[0] - before[0] - finding.value) < _ROUNDING


def _mean(there: PersonAnswers, weights: Array, group: str, own: Array) -> tuple[float, int]:
    """The mean over persons of their weighted answers less what the administration said, and how many."""
    rows = rows_of(there, group)
    rows = rows[weights[rows].any(axis=1)]
    values = (weights[rows] * np.nan_to_num(there.points[rows] - own)).sum(axis=1)
    return (float(values.mean()) if len(rows) else math.nan), len(rows)
