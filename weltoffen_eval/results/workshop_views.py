"""How the groups of a workshop see fields and questions: where alike, where not, in points as printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from weltoffen_eval.analysis.comparison import whole
from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.standing import ABSENT, PRESENT, UNANSWERED, state_of, state_of_points
from weltoffen_eval.results.workshop import WorkshopProfile
from weltoffen_eval.results.workshop_findings import Rated
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item

#: Printed points within which all views of a field are alike.
ALIKE_FIELD = 10
#: Part of the way from one answer to the next within which all views of a question are alike.
ALIKE_QUESTION = 0.5
#: Share of a group that must see a difference that is named, from so many persons on.
MOST_OF_A_GROUP, LEAST_PERSONS = 2 / 3, 5
#: So many questions with a difference are shown.
MOST_DIFFERENCES = 10


@dataclass(frozen=True)
class View:
    """How one group sees a field or a question.

    ``points``: those of the administration and the gap to them, so that only questions that both answered
    count; where the administration answered nothing, the mean of the group. ``finding``: what it rests on.
    """

    group: str
    points: float
    finding: Finding

    @property
    def persons(self) -> int:
        """How many answered."""
        return int(self.finding.n)


@dataclass(frozen=True)
class FieldViews:
    """A field: printed points of the administration (None without) and the views that are shown."""

    dimension: Dimension
    own: int | None
    views: tuple[View, ...]
    withheld: tuple[Finding, ...]

    @property
    def printed(self) -> list[tuple[str, int]]:
        """Group and printed points of all views, the administration's first, under an empty name."""
        own = [] if self.own is None else [("", self.own)]
        return own + [(view.group, whole(view.points)) for view in self.views]

    @property
    def apart(self) -> int:
        """Printed points between the lowest and the highest view."""
        points = [points for _, points in self.printed]
        return max(points) - min(points) if points else 0

    @property
    def compared(self) -> bool:
        """Whether there are two views."""
        return len(self.printed) > 1


@dataclass(frozen=True)
class Difference:
    """A question that most of a group sees otherwise than the administration: ``gap`` in points."""

    item: Item
    view: View
    gap: Finding


def field_views(profile: Profile, rated: Rated) -> list[FieldViews]:
    """Every field of which anybody said something at a workshop, in the order of the questionnaire."""
    rows = profile.own_scores
    rows = rows[(rows["level"] == "dimension") & (rows["withheld"] == "")]
    scores = dict(zip(rows["id"].astype(str), rows["score"].astype(float), strict=True))
    found = []
    for dimension in profile.instrument.dimensions:
        own = scores.get(dimension.id)
        told = _told(rated, "dimension", dimension.id)
        views = tuple(_view(finding, own) for finding in told if _is_shown(finding, own))
        without = tuple(finding for finding in told if not _is_shown(finding, own) and finding.n > 0)
        if views or without:
            found.append(FieldViews(dimension, None if own is None else whole(own), views, without))
    return found


def question_views(workshop: WorkshopProfile, item: str) -> tuple[View, ...]:
    """The views of a question that are shown; none where the administration left it open."""
    own = workshop.profile.item_scores.get(item)
    if own is None or workshop.questions is None:
        return ()
    told = _told(workshop.questions, "item", item)
    return tuple(_view(finding, own) for finding in told if _is_shown(finding, own))


def _told(rated: Rated, level: str, entry: str) -> list[Finding]:
    """The gap of each group, else its mean; of all together where no group is shown by itself."""
    groups = [group for group in rated.cells if group != ALL]
    of_groups = [_gap_or_mean(rated, group, level, entry) for group in groups]
    there = [finding for finding in of_groups if finding is not None]
    if any(not math.isnan(finding.value) for finding in there):
        return there
    together = _gap_or_mean(rated, ALL, level, entry)
    return [together] if together is not None and together.n > 0 else there


def _gap_or_mean(rated: Rated, group: str, level: str, entry: str) -> Finding | None:
    gap = rated.finding(group, level, entry, "gap")
    return gap if gap is not None else rated.finding(group, level, entry, "score")


def _is_shown(finding: Finding, own: float | None) -> bool:
    return not math.isnan(finding.value) and (own is not None or finding.quantity == "score")


def _view(finding: Finding, own: float | None) -> View:
    # persons who answered few of the questions can be off the scale together with all of them
    points = finding.value if finding.quantity == "score" else (own or 0.0) + finding.value
    return View(finding.perspective, min(100.0, max(0.0, points)), finding)


def alike_questions(workshop: WorkshopProfile) -> dict[str, list[Item]]:
    """Questions that all views see alike, those most alike first: seen as present, and as absent."""
    found: dict[str, list[tuple[float, Item]]] = {PRESENT: [], ABSENT: []}
    for item in workshop.profile.instrument.items:
        views = question_views(workshop, item.id)
        if not views:
            continue
        points = [workshop.profile.item_scores[item.id], *(view.points for view in views)]
        apart = max(points) - min(points)
        state = state_of_points(whole(sum(points) / len(points)))
        if state in found and apart <= ALIKE_QUESTION * category_of(workshop, item.id) + 1e-9:
            found[state].append((apart, item))
    return {
        state: [item for _, item in sorted(items, key=lambda entry: entry[0])]
        for state, items in found.items()
    }


def category_of(workshop: WorkshopProfile, item: str) -> float:
    """Points from one answer of a question to the next; one point for numbers."""
    assert workshop.questions is not None
    persons = workshop.questions.persons
    return float(persons.category[persons.items.index(item)])


def differences(workshop: WorkshopProfile) -> list[Difference]:
    """Questions with a real difference, widest first, each once with the group that is furthest off."""
    found = []
    for item in workshop.profile.instrument.items:
        furthest = [view for view in question_views(workshop, item.id) if _differs(workshop, item, view)]
        if furthest:
            view = max(furthest, key=lambda view: abs(view.finding.value))
            found.append(Difference(item, view, view.finding))
    return sorted(found, key=lambda entry: -abs(entry.gap.value))


def _differs(workshop: WorkshopProfile, item: Item, view: View) -> bool:
    """At least an answer apart, two thirds of the group on that side where this may be told, five persons."""
    gap = view.finding.value
    if view.persons < LEAST_PERSONS or abs(gap) < category_of(workshop, item.id) - 1e-9:
        return False
    assert workshop.questions is not None
    side = workshop.questions.finding(
        view.group, "item", item.id, "share_below" if gap < 0 else "share_above"
    )
    share = side.value if side is not None else math.nan
    return math.isnan(share) or share >= MOST_OF_A_GROUP - 1e-12


def known_to_others(workshop: WorkshopProfile) -> list[tuple[Item, tuple[Finding, ...]]]:
    """Questions that the administration left open and others answered: the means of the other groups."""
    profile, rated, found = workshop.profile, workshop.questions, []
    if rated is None:
        return []
    for item in profile.instrument.items:
        if state_of(profile, item.id) != UNANSWERED:
            continue
        told = [of for of in _told(rated, "item", item.id) if of.perspective != "administration"]
        shown = tuple(of for of in told if not math.isnan(of.value))
        if shown:
            found.append((item, shown))
    return found


def furthest_apart(fields: Sequence[FieldViews]) -> FieldViews | None:
    """The field whose views lie furthest apart; None where none has two."""
    compared = [field for field in fields if field.compared]
    return max(compared, key=lambda field: field.apart, default=None)


def fields_of(workshop: WorkshopProfile) -> list[Dimension]:
    """The fields that were rated or of which notes were taken, in the order of the questionnaire."""
    named = {note.values.dimension for note in workshop.notes}
    for rated in workshop.rated:
        named |= set(rated.persons.dimensions)
    answered = workshop.questions.persons if workshop.questions is not None else None
    if answered is not None:
        # a column of the questionnaire is there also where nobody took the field up
        there = {name for name in answered.dimensions if answered.compared_weights(name).any()}
        named -= set(answered.dimensions) - there - {note.values.dimension for note in workshop.notes}
    return [dimension for dimension in workshop.profile.instrument.dimensions if dimension.id in named]
