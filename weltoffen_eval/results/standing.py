"""What is there and what is missing: the state of every question, and of which topics most or least is there.

All of it rests on the administration's own answers and on points as they are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from weltoffen_eval.analysis.comparison import whole
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension, Item

#: The states of a question, as a report shows them.
PRESENT, UNDER_WAY, ABSENT, UNANSWERED, NOT_APPLICABLE = STATES = (
    "present", "under_way", "absent", "unanswered", "not_applicable",
)  # fmt: skip
#: Points from which something is there, and below which it is not: the two outer quarters.
PRESENT_FROM, ABSENT_BELOW = 75, 25
#: So many strengths and gaps stand on the first page.
MOST_TOPICS = 3


@dataclass(frozen=True)
class Topic:
    """A criterion, or a field where there are no criteria: ``points`` as printed, ``items`` by state."""

    level: str
    entry: Criterion | Dimension
    points: int
    items: dict[str, list[Item]]


def non_answer(profile: Profile, item: str) -> str:
    """Why a question that nobody answered has no points: a kind of non-answer; empty where it has."""
    return "" if item in profile.item_scores else profile.together.get(item, "")


def state_of(profile: Profile, item: str) -> str:
    """One of STATES; empty where nothing is told of a question, or it was not put."""
    points = profile.item_scores.get(item)
    if points is not None:
        return state_of_points(whole(points))
    kind = non_answer(profile, item)
    if kind == "not_applicable":
        return NOT_APPLICABLE
    return UNANSWERED if kind in ("skipped", "dont_know") else ""


def state_of_points(printed: int) -> str:
    """Present, under way or absent, by the printed points of an answer."""
    return PRESENT if printed >= PRESENT_FROM else ABSENT if printed < ABSENT_BELOW else UNDER_WAY


def by_state(profile: Profile, items: Sequence[Item]) -> dict[str, list[Item]]:
    """The items of each of STATES, in their order; a state without items is there and empty."""
    found: dict[str, list[Item]] = {state: [] for state in STATES}
    for item in items:
        if state := state_of(profile, item.id):
            found[state].append(item)
    return found


def topics(profile: Profile) -> list[Topic]:
    """All criteria that have points, or the fields of a questionnaire without criteria."""
    instrument = profile.instrument
    level = "criterion" if instrument.criteria else "dimension"
    entries: Sequence[Criterion | Dimension] = instrument.criteria or instrument.dimensions
    found = []
    for entry in entries:
        row = profile.score(level, entry.id)
        if row["withheld"]:
            continue
        items = (
            instrument.items_of_criterion(entry.id) if instrument.criteria else instrument.items_of(entry.id)
        )
        found.append(Topic(level, entry, whole(float(row["score"])), by_state(profile, items)))
    return found


def most_named(total: int) -> int:
    """How many strengths, and how many gaps, are named at most."""
    return min(MOST_TOPICS, max(1, total // 2))


def strengths_and_gaps(profile: Profile) -> tuple[list[Topic], list[Topic]]:
    """Up to three topics of which most is there, and up to three of which least is; none is both.

    A strength holds something that is there or under way, a gap something that is not there yet. Of equal
    points, more of it comes first, then the order of the questionnaire. None is passed over: no topic that is
    not named has more points than a strength, or fewer than a gap. Most and least are of several that differ:
    of one topic, or where all have the same points, there is neither.
    """
    ranked = topics(profile)
    if len({topic.points for topic in ranked}) < 2:
        return [], []
    most = most_named(len(ranked))
    upper = sorted(ranked, key=lambda topic: (-topic.points, -len(topic.items[PRESENT])))
    strengths = list(takewhile(lambda t: t.items[PRESENT] or t.items[UNDER_WAY], upper[:most]))
    lower = sorted(ranked, key=lambda topic: (topic.points, -len(topic.items[ABSENT])))
    named = {topic.entry.id for topic in strengths}
    gaps = takewhile(
        lambda t: t.entry.id not in named and (t.items[ABSENT] or t.items[UNDER_WAY]), lower[:most]
    )
    return strengths, list(gaps)
