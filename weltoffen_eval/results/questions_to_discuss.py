"""The questions of which talking pays off most: what fell, what is least there, what answers leave open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from weltoffen_eval.analysis.comparison import whole
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.standing import ABSENT_BELOW, PRESENT_FROM
from weltoffen_eval.results.talking_points import (
    Pair,
    disagreements,
    is_laid_down_only,
    least_done,
    pairs_of,
    unanswered_items,
)
from weltoffen_eval.results.waves import moved_items
from weltoffen_eval.study.questionnaire.instrument import Item

#: So many questions are proposed to be talked about.
MOST_QUESTIONS = 10


@dataclass(frozen=True)
class Questions:
    """What is worth talking about, at most ten questions in all, in this order.

    ``fallen``: of the field that fell most since the wave before, the question that fell most. ``lowest``: of
    the field with the fewest points, the question of which least is there; where there is one field, the
    question with the fewest points, and ``of_one_field`` says so. ``all_apart``: besides those that
    are proposed for another reason, offices lie apart on no other question than ``apart``.
    """

    fallen: Item | None
    lowest: Item | None
    laid_down: tuple[Pair, ...]
    apart: tuple[Item, ...]
    unanswered: tuple[Item, ...]
    all_apart: bool = True
    of_one_field: bool = False

    @property
    def count(self) -> int:
        first = sum(item is not None for item in (self.fallen, self.lowest))
        return first + len(self.laid_down) + len(self.apart) + len(self.unanswered)


def questions_to_talk_about(profile: Profile) -> Questions:
    """At most ten: of the fields in need first, then of what the answers leave open, in turn."""
    fallen = _fallen(profile)
    lowest = _lowest(profile, {fallen.id} if fallen is not None else ())
    named = {item.id for item in (fallen, lowest) if item is not None}
    most = MOST_QUESTIONS - len(named)
    laid_down = [
        pair
        for pair in pairs_of(profile)
        if is_laid_down_only(profile, pair) and least_done(profile, pair).id not in named
    ]
    laid_down.sort(key=lambda pair: -pair.ahead)
    named |= {least_done(profile, pair).id for pair in laid_down}
    apart = [item for item in disagreements(profile) if item.id not in named]
    unanswered = _spread(unanswered_items(profile))
    there = [len(laid_down), len(apart), len(unanswered)]
    counts = [0, 0, 0]
    while sum(counts) < min(most, sum(there)):
        for place, so_many in enumerate(there):
            if counts[place] < so_many and sum(counts) < most:
                counts[place] += 1
    chosen = unanswered[: counts[2]]
    return Questions(
        fallen,
        lowest,
        tuple(laid_down[: counts[0]]),
        tuple(apart[: counts[1]]),
        tuple(item for item in profile.instrument.items if item in chosen),
        counts[1] == len(apart),
        len(profile.instrument.dimensions) == 1,
    )


def _fallen(profile: Profile) -> Item | None:
    """Of the field that fell most, as far as that is told, the question that fell most."""
    since = change_since(profile)
    fell = {field: points for field, points in since.fields if points < 0} if since is not None else {}
    if not fell:
        return None
    return next(iter(moved_items(profile, min(fell, key=lambda field: fell[field]), "down")), None)


def _lowest(profile: Profile, named: Collection[str]) -> Item | None:
    """Of the field with the fewest printed points the question of which least is there.

    Nothing where all fields have the same points, or where all that it asks for is there. Of one field, the
    question with the fewest points, if they are few.
    """
    scores = profile.item_scores
    if len(profile.instrument.dimensions) == 1:
        few = [i for i in profile.instrument.items if whole(scores.get(i.id, ABSENT_BELOW)) < ABSENT_BELOW]
        return min(few, key=lambda item: scores[item.id], default=None) if not named else None
    rows = [(d.id, profile.score("dimension", d.id)) for d in profile.instrument.dimensions]
    printed = {name: whole(float(row["score"])) for name, row in rows if not row["withheld"]}
    if len(set(printed.values())) < 2:
        return None
    items = profile.instrument.items_of(min(printed, key=lambda name: printed[name]))
    open_items = [i for i in items if i.id in scores and i.id not in named and scores[i.id] < PRESENT_FROM]
    return min(open_items, key=lambda item: scores[item.id], default=None)


def _spread(items: Sequence[Item]) -> list[Item]:
    """The same items, so that the first are of as many fields as there are."""
    fields: dict[str, list[Item]] = {}
    for item in items:
        fields.setdefault(item.dimension, []).append(item)
    longest = max(map(len, fields.values()), default=0)
    return [entries[n] for n in range(longest) for entries in fields.values() if n < len(entries)]
