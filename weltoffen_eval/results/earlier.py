"""What has changed since the wave before, in the fields of one municipality: only what is comparable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from weltoffen_eval.analysis.change import NotComparable, compare_waves
from weltoffen_eval.analysis.comparison import whole
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.talking_points import category_points
from weltoffen_eval.study.perspectives import is_self_check

#: A smaller change, in printed points, is never named.
LEAST_CHANGE = 5


@dataclass(frozen=True)
class Change:
    """What moved since an earlier wave. ``fields``: by dimension, printed points up or down, where named.

    ``comparable``: whether the two questionnaires say what became of their questions. ``points``: by
    question, what it had and what it has, of those that are compared.
    """

    wave: str
    comparable: bool
    findings: tuple[Finding, ...] = ()
    fields: tuple[tuple[str, int], ...] = ()
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@lru_cache(maxsize=2)
def change_since(profile: Profile) -> Change | None:
    """Since the last wave in which the administration answered; None where there was none.

    Persons in the place of an administration are others each time: of them no change is told.
    """
    before = profile.before
    if before is None or profile.own.by_persons:
        return None
    sides = [_of_institutions(frame) for frame in (before.responses, profile.responses)]
    if any(not len(side) for side in sides):
        return None
    instruments = (before.instrument, profile.instrument)
    key = profile.municipality.key
    try:
        earlier, now = (
            score_responses(side, instrument, profile.scheme, "respondent", merging)
            for side, instrument, merging in zip(
                sides, instruments, (before.merging, profile.merging), strict=True
            )
        )
        # one in the place of another is compared with it under its own key
        earlier = earlier.assign(municipality=key)
        found, of_all = compare_waves(earlier, now, instruments, profile.scheme)
        points = of_all.get(key, {})
    except NotComparable:
        return Change(before.wave.id, False)
    printed = list(_printed(profile, found, points))
    return Change(before.wave.id, True, (*found, *printed), tuple(_named(profile, printed)), points)


def _of_institutions(responses: pd.DataFrame) -> pd.DataFrame:
    return responses[is_self_check(responses) & (responses["unit"] != "persons")]


def _printed(
    profile: Profile, found: Sequence[Finding], compared: Mapping[str, tuple[float, float]]
) -> Iterator[Finding]:
    """``printed_change``: the difference of the points that are printed of both waves, as is told."""
    for finding in found:
        if finding.quantity != "change" or finding.perspective != "administration" or finding.reason:
            continue
        sides = [compared[i.id] for i in profile.instrument.items_of(finding.id) if i.id in compared]
        earlier, now = (whole(sum(side) / len(side)) for side in zip(*sides, strict=True))
        yield replace(
            finding,
            quantity="printed_change",
            value=float(now - earlier),
            method="difference of the printed points",
        )


def _named(profile: Profile, printed: Sequence[Finding]) -> Iterator[tuple[str, int]]:
    """Changes of at least five points, and of what one answer, one category further, moves."""
    for finding in printed:
        if profile.score("dimension", finding.id)["withheld"]:
            continue
        one_answer = category_points(profile, profile.instrument.items_of(finding.id)) / finding.n
        if abs(finding.value) >= max(LEAST_CHANGE, one_answer):
            yield finding.id, int(finding.value)
