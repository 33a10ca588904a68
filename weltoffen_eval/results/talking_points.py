"""Talking points: what the answers of one municipality suggest to work on, and to talk about.

All of it rests on the administration's own answers and names the items from which it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.questionnaire.instrument import Criterion, Item, Suggestion


@dataclass(frozen=True)
class AspectScore:
    """The weighted mean of the items of one aspect: ``score`` in points, None where none is answered."""

    aspect: str
    score: float | None
    n_answered: int
    n_items: int


def category_points(profile: Profile, items: Sequence[Item]) -> float:
    """Points between two neighbouring options, 100/(k − 1), the widest among the items; numbers have none."""
    scales = [profile.instrument.scale_by_id[item.scale] for item in items]
    return max((100 / (len(scale.options) - 1) for scale in scales if len(scale.options) > 1), default=0.0)


def suggestions_of(profile: Profile, dimension: str) -> list[Suggestion]:
    """The suggestions that the answers of a dimension call for, lowest scores first."""
    scores = profile.item_scores
    items = {item.id for item in profile.instrument.items_of(dimension)}
    fitting = [
        suggestion
        for suggestion in profile.instrument.suggestions
        if suggestion.item in items
        and suggestion.item in scores
        and scores[suggestion.item] <= suggestion.at_most
    ]
    return sorted(fitting, key=lambda suggestion: scores[suggestion.item])


def aspect_scores(profile: Profile, items: Sequence[Item]) -> dict[str, AspectScore]:
    """Concept (what is intended) and practice (what is done) of some items, as far as they have both."""
    scores = profile.item_scores
    applicable = profile.applicable_items
    made = {}
    for aspect in ("concept", "practice"):
        asked = [item for item in items if item.aspect == aspect and item.id in applicable]
        answered = [item for item in asked if item.id in scores]
        weights = {i.id: profile.scheme.weight("item", i.id, i.weight) for i in answered}
        total = sum(weights.values())
        score = sum(weights[i.id] * scores[i.id] for i in answered) / total if total > 0 else None
        made[aspect] = AspectScore(aspect, score, len(answered), len(asked))
    return made if all(entry.n_items for entry in made.values()) else {}


def open_items(profile: Profile) -> list[Item]:
    """Items that no sheet of the administration answered, and one skipped or answered with "weiß nicht"."""
    return [
        item
        for item in profile.instrument.items
        if profile.together.get(item.id, "") in ("skipped", "dont_know")
    ]


def concepts_without_practice(profile: Profile) -> list[tuple[Criterion, AspectScore, AspectScore]]:
    """Criteria whose concept is ahead of its practice by a category or more, widest first."""
    found = []
    for criterion in profile.instrument.criteria:
        items = profile.instrument.items_of_criterion(criterion.id)
        aspects = aspect_scores(profile, items)
        if not aspects:
            continue
        concept, practice = aspects["concept"], aspects["practice"]
        if concept.score is None or practice.score is None:
            continue
        if concept.score - practice.score >= category_points(profile, items):
            found.append((concept.score - practice.score, criterion, concept, practice))
    found.sort(key=lambda entry: -entry[0])
    return [entry[1:] for entry in found]


def disagreements(profile: Profile) -> list[Item]:
    """Items on which two sheets of the administration lie two categories or more apart.

    Of merged sheets all that two offices answered differently.
    """
    found = []
    for item in profile.instrument.items:
        if profile.merged:
            said = {
                (answer.code, answer.value) for answer in profile.answers_to(item.id) if not answer.missing
            }
            found += [item] if len(said) > 1 else []
            continue
        points, _, _ = item_points(item, profile.instrument, profile.scheme)
        codes = [answer.code for answer in profile.answers_to(item.id)]
        given = [points[code] for code in codes if code is not None and code in points]
        if given and max(given) - min(given) >= 2 * category_points(profile, [item]):
            found.append(item)
    return found
