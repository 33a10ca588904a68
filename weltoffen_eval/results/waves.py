"""What a municipality stated earlier and states now, field by field, over the comparable questions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.change import comparable_items
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.before import Before
from weltoffen_eval.results.earlier import Change, change_since
from weltoffen_eval.results.offices import offices_of
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item

#: Points that differ by less are the same.
_ROUNDING = 1e-9
Moved = Literal["up", "down", "same", "not_compared"]


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field in two waves.

    ``moved``: up or down from the threshold of the reference group on (5 printed points, or what one answer
    moves), else the same; not compared where no question is, or the field has no points now. ``earlier``,
    ``now``: the mean points of the compared questions (``compared_score``, variant: the other wave);
    ``change``: their difference. ``up``, ``down``, ``same``, ``not_comparable``: how many questions.
    """

    dimension: Dimension
    moved: Moved
    earlier: Finding
    now: Finding
    change: Finding
    up: Finding
    down: Finding
    same: Finding
    not_comparable: Finding


@dataclass(frozen=True)
class WhoAnswered:
    """The offices that answered earlier and now, sorted; empty where sheets are not called by offices."""

    earlier: tuple[str, ...]
    now: tuple[str, ...]


@lru_cache(maxsize=2)
def field_changes(profile: Profile) -> tuple[FieldChange, ...]:
    """Every field of the present questionnaire; none where nothing is compared."""
    since = change_since(profile)
    if since is None or profile.before is None:
        return ()
    by_field: dict[str, dict[str, Finding]] = {}
    for finding in since.findings:
        if finding.perspective == "administration":
            by_field.setdefault(finding.id, {})[finding.quantity] = finding
    found = []
    # without a question in common there is nothing of any field
    for dimension in profile.instrument.dimensions if by_field else ():
        of = by_field[dimension.id]
        earlier, now = _compared_scores(profile, profile.before, since, of["change"])
        counts = {way: of[f"items_{way}"] for way in ("up", "down", "same", "not_comparable")}
        parts = {"earlier": earlier, "now": now, "change": of["change"], **counts}
        told = dict(zip(parts, as_reported(parts.values(), profile.study.report), strict=True))
        moved = _moved(profile, since, of["change"])
        found.append(FieldChange(dimension=dimension, moved=moved, **told))
    return tuple(found)


def compared_scores(profile: Profile) -> list[Finding]:
    """``compared_score`` of every field, of both waves."""
    return [side for found in field_changes(profile) for side in (found.earlier, found.now)]


def _compared_scores(
    profile: Profile, before: Before, since: Change, change: Finding
) -> tuple[Finding, Finding]:
    items = {item.id for item in profile.instrument.items_of(change.id)}
    sides = zip(*(points for item, points in since.points.items() if item in items), strict=True)
    earlier, now = (float(np.mean(side)) for side in (tuple(sides) or ((math.nan,), (math.nan,))))
    where = replace(change, quantity="compared_score", method="mean over the compared items")
    return (
        # the earlier answers stay under the key of who gave them
        replace(
            where,
            value=earlier,
            wave=since.wave,
            variant=profile.wave.id,
            municipality=before.municipality or change.municipality,
        ),
        replace(where, value=now),
    )


def _moved(profile: Profile, since: Change, change: Finding) -> Moved:
    if change.reason or profile.score("dimension", change.id)["withheld"]:
        return "not_compared"
    points = dict(since.fields).get(change.id, 0)
    return "up" if points > 0 else "down" if points < 0 else "same"


def moved_items(profile: Profile, dimension: str, way: Literal["up", "down"]) -> list[Item]:
    """The questions of a field that are stated higher, or lower; what moved most comes first."""
    since = change_since(profile)
    sign = 1 if way == "up" else -1
    points = since.points if since is not None else {}
    items = [item for item in profile.instrument.items_of(dimension) if item.id in points]
    by = {item.id: sign * (points[item.id][1] - points[item.id][0]) for item in items}
    return sorted((item for item in items if by[item.id] > _ROUNDING), key=lambda item: -by[item.id])


@dataclass(frozen=True)
class QuestionsApart:
    """Questions that are not compared.

    ``new``: of the present questionnaire alone, or put otherwise; ``open``: the same in both, but not
    answered both times; both of those that concern the municipality. ``gone``: how many of the earlier
    questionnaire are asked no more.
    """

    new: tuple[Item, ...]
    open: tuple[Item, ...]
    gone: int


@lru_cache(maxsize=2)
def questions_apart(profile: Profile) -> QuestionsApart:
    """The questions that are not compared, where there was a comparable wave before; else none."""
    since, before = change_since(profile), profile.before
    if since is None or before is None or not since.comparable:
        return QuestionsApart((), (), 0)
    same, other = comparable_items(before.instrument, profile.instrument)
    concerned = [item for item in profile.instrument.items if item.id in profile.applicable_items]
    return QuestionsApart(
        tuple(item for item in concerned if item.id not in same),
        tuple(item for item in concerned if item.id in same and item.id not in since.points),
        len(other.keys() - profile.instrument.item_by_id.keys()),
    )


def who_answered(profile: Profile) -> WhoAnswered | None:
    """Which offices answered earlier and now; None where there are no earlier answers of institutions."""
    if profile.before is None or change_since(profile) is None:
        return None
    sides = (frame[is_self_check(frame)] for frame in (profile.before.responses, profile.responses))
    return WhoAnswered(*(tuple(offices_of(side)) for side in sides))


def participants_change(profile: Profile) -> list[Finding]:
    """Of persons who answered both times, through the door: two cross-sections, by setting and field.

    None across a succession: the door knows the persons of a wave under the key under which they came.
    """
    # what tests across municipalities needs takes long to import, and the Selbstcheck does without
    from weltoffen_eval.results.statistics_table import changes

    before = profile.before
    if before is None or before.since:
        return []
    both = pd.concat([before.responses, profile.responses], ignore_index=True)
    found = changes(profile.study, both, profile.scheme, profile.merging, profile.audience)
    return [finding for finding in found if finding.perspective == "participants"]
