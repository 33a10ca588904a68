"""Talking points: what the answers of one municipality suggest to work on, and to talk about.

All of it rests on the administration's own answers and names the items from which it follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.analysis.comparison import whole
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.standing import PRESENT_FROM, UNANSWERED, non_answer, state_of
from weltoffen_eval.study.questionnaire.instrument import Item

#: One step on a scale of five; a difference between concept and practice is named from it on.
STEP = 25.0
#: Printed points of practice below which nothing is called done.
DONE_FROM = 50


@dataclass(frozen=True)
class AspectScore:
    """The weighted mean of the items of one aspect: ``score`` in points, None where none is answered."""

    aspect: str
    score: float | None
    n_answered: int
    n_items: int


@dataclass(frozen=True)
class Pair:
    """Concept and practice of one object, as far as both are answered; ``items``: those that it rests on."""

    id: str
    dimension: str
    items: tuple[Item, ...]
    concept: AspectScore
    practice: AspectScore

    @property
    def ahead(self) -> float:
        """By how many printed points the concept is ahead of the practice; negative: behind."""
        return whole(self.concept.score or 0) - whole(self.practice.score or 0)


@dataclass(frozen=True)
class Suggested:
    """A suggestion by language, and the item whose answer calls for it."""

    item: Item
    text: Mapping[str, str]


def category_points(profile: Profile, items: Sequence[Item]) -> float:
    """Points between two neighbouring options, 100/(k − 1), the widest among the items; numbers have none."""
    scales = [profile.instrument.scale_by_id[item.scale] for item in items]
    return max((100 / (len(scale.options) - 1) for scale in scales if len(scale.options) > 1), default=0.0)


def suggestions_of(profile: Profile, dimension: str) -> list[Suggested]:
    """All suggestions that the answers of a dimension call for, lowest scores first.

    Those of the items come before those that belong to an answer, such as "weiß nicht".
    """
    scores = profile.item_scores
    items = {item.id: item for item in profile.instrument.items_of(dimension)}
    fitting = [
        Suggested(items[suggestion.item], suggestion.texts or {"de": suggestion.text})
        for suggestion in profile.instrument.suggestions
        if suggestion.item in items
        and suggestion.item in scores
        and scores[suggestion.item] <= suggestion.at_most
    ]
    own = sorted(fitting, key=lambda suggested: scores[suggested.item.id])
    taken = {suggested.item.id for suggested in own}
    return own + [
        Suggested(item, text)
        for item in items.values()
        if item.id not in taken and (text := _suggestion_of_answer(profile, item))
    ]


def chosen_suggestions(suggested: Sequence[Suggested], most: int) -> list[list[Suggested]]:
    """A few of them, of as many criteria as there are; what belongs to an answer once, with all its items."""
    groups: dict[str, list[Suggested]] = {}
    for entry in suggested:
        groups.setdefault("\n".join(entry.text.values()), []).append(entry)
    seen: set[str] = set()
    first: list[str] = []
    later: list[str] = []
    for text, group in groups.items():
        criterion = group[0].item.criterion
        (later if criterion in seen else first).append(text)
        seen.add(criterion)
    chosen = (first + later)[:most]
    return [group for text, group in groups.items() if text in chosen]


def _suggestion_of_answer(profile: Profile, item: Item) -> Mapping[str, str]:
    """What the instrument suggests to whoever answers so; nothing where sheets answer differently."""
    scale = profile.instrument.scale_by_id[item.scale]
    given = profile.answers_to(item.id)
    kind = non_answer(profile, item.id)
    if kind:
        return next((n.suggestion for n in scale.non_answers if n.kind == kind), {})
    codes = {answer.code for answer in given if answer.code is not None}
    return scale.option(codes.pop()).suggestion if len(codes) == 1 else {}


def aspect_scores(profile: Profile, items: Sequence[Item]) -> dict[str, AspectScore]:
    """Concept (what is laid down) and practice (what is done) of some items, as far as they have both."""
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


def pair_items(profile: Profile) -> dict[str, tuple[Item, ...]]:
    """The items of every pair, in the order of the questionnaire; what is in none is set against nothing."""
    found: dict[str, list[Item]] = {}
    for item in profile.instrument.items:
        if item.pair:
            found.setdefault(item.pair, []).append(item)
    return {name: tuple(items) for name, items in found.items()}


def pairs_of(profile: Profile, dimension: str = "") -> list[Pair]:
    """The pairs of which both sides are answered; of one dimension only, where it is named."""
    found = []
    for name, items in pair_items(profile).items():
        aspects = aspect_scores(profile, items)
        if not aspects or any(entry.score is None for entry in aspects.values()):
            continue
        if dimension in ("", items[0].dimension):
            found.append(Pair(name, items[0].dimension, items, aspects["concept"], aspects["practice"]))
    return found


def is_laid_down_only(profile: Profile, pair: Pair) -> bool:
    """Whether a step or more is laid down beyond what is done, and what is done is not well done."""
    return pair.ahead >= _step(profile, pair) and whole(pair.practice.score or 0) < PRESENT_FROM


def is_done_only(profile: Profile, pair: Pair) -> bool:
    """Whether a step or more is done beyond what is laid down; not where little is done or much laid down."""
    done = whole(pair.practice.score or 0)
    ahead = -pair.ahead >= _step(profile, pair)
    return ahead and done >= DONE_FROM and whole(pair.concept.score or 0) < PRESENT_FROM


def _step(profile: Profile, pair: Pair) -> float:
    return max(STEP, whole(category_points(profile, pair.items)))


def unanswered_items(profile: Profile) -> list[Item]:
    """Items that no sheet answered: skipped, or "weiß nicht"."""
    return [item for item in profile.instrument.items if state_of(profile, item.id) == UNANSWERED]


def disagreements(profile: Profile) -> list[Item]:
    """Items on which two sheets of the administration lie two categories or more apart, widest first.

    Of merged sheets all that two offices answered differently.
    """
    found = []
    for item in profile.instrument.items:
        points, _, _ = item_points(item, profile.instrument, profile.scheme)
        answers = [answer for answer in profile.answers_to(item.id) if answer.missing is None]
        given = [points[a.code] for a in answers if a.code is not None and a.code in points]
        apart = max(given) - min(given) if given else 0.0
        if profile.merged:
            named = len({(answer.code, answer.value) for answer in answers}) > 1
        else:
            named = apart >= 2 * category_points(profile, [item]) > 0
        if named:
            found.append((apart, item))
    found.sort(key=lambda entry: -entry[0])
    return [item for _, item in found]


def least_done(profile: Profile, pair: Pair) -> Item:
    """Of a pair the question on practice that is least done."""
    scores = profile.item_scores
    done = [item for item in pair.items if item.aspect == "practice" and item.id in scores]
    return min(done, key=lambda item: scores[item.id])
