"""The computed sentences on the fields: which of them holds, with its numbers as they are printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.language import Label, whole
from weltoffen_eval.display.sentences import Given
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.standing import UNANSWERED, state_of
from weltoffen_eval.results.talking_points import Pair, is_done_only, is_laid_down_only, pairs_of
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension, Item


def withheld(telling: Telling, reason: str) -> str:
    """Why there are no points, in few words."""
    scheme = telling.profile.scheme
    if reason == "group_size":
        return telling.text("withheld_group_size", persons=scheme.min_group_size)
    if reason == "coverage" and scheme.min_coverage >= 1:
        return telling.text("withheld_incomplete")
    return telling.text(f"withheld_{reason}")


def score(telling: Telling, row: pd.Series) -> str:
    """Points, or why there are none."""
    if row["withheld"]:
        return withheld(telling, str(row["withheld"]))
    return telling.language.points(row["score"])


def dimension_score(telling: Telling, dimension: str) -> tuple[Sentence | None, ...]:
    """One neutral sentence about a field, and how many of its questions are not answered."""
    profile = telling.profile
    row = profile.score("dimension", dimension)
    where = ("dimension", dimension)
    reason = str(row["withheld"])
    if reason == "coverage":
        return (_too_few(telling, dimension),)
    if reason == "group_size":
        return (telling.say("no_score_group_size", *where, persons=profile.scheme.min_group_size),)
    if reason:
        return (telling.say(f"no_score_{reason}", *where),)
    value = telling.known(*where, "score")
    # the word belongs to the number as it is printed: "50" is never called what is said of less than 50
    band = telling.band(whole(row["score"]))
    if band:
        said = telling.say("score_in_words", *where, score=value, state=telling.label(band.label))
    else:
        said = telling.say("score", *where, score=value)
    return said, _unanswered(telling, dimension)


def _too_few(telling: Telling, dimension: str) -> Sentence:
    """Why there are no points: how many questions at least one office answered, how many are needed."""
    profile, where = telling.profile, ("dimension", dimension)
    items = [item.id for item in profile.instrument.items_of(dimension)]
    answered = sum(item in profile.item_scores for item in items)
    asked = len([item for item in items if item in profile.applicable_items])
    least = math.ceil(profile.scheme.min_coverage * asked - 1e-9)
    if not answered:
        return telling.say("no_score_none_answered", *where)
    if answered >= least:
        # together they answered enough, but none of them
        return telling.say("no_score_coverage_of_offices", *where, least=profile.scheme.min_coverage)
    return telling.say("no_score_coverage", *where, answered=answered, asked=asked, least=least)


def _unanswered(telling: Telling, dimension: str) -> Sentence | None:
    """How many of the questions that apply nobody answered."""
    profile, where = telling.profile, ("dimension", dimension)
    items = profile.instrument.items_of(dimension)
    unanswered = sum(state_of(profile, item.id) == UNANSWERED for item in items)
    if not unanswered:
        return None
    if profile.sheets > 1 and not profile.merged:
        return telling.say("questions_open_for_all", *where, open=unanswered)
    total = sum(item.id in profile.applicable_items for item in items)
    return telling.say("questions_open", *where, open=unanswered, total=total)


def change(telling: Telling, dimension: str) -> Sentence | None:
    """By how much a field is stated higher or lower than in the wave before, where that is to be named."""
    since = change_since(telling.profile)
    moved = dict(since.fields).get(dimension) if since is not None else None
    if since is None or moved is None:
        return None
    known = telling.known("dimension", dimension, "printed_change", variant=since.wave)
    compared = telling.known("dimension", dimension, "change", "n", variant=since.wave)
    name = "field_changed_up" if moved > 0 else "field_changed_down"
    return telling.say(
        name,
        "dimension",
        dimension,
        points=replace(known, value=float(abs(moved))),
        wave=since.wave,
        questions=compared,
    )


def pairs(telling: Telling, dimension: str) -> list[Sentence]:
    """What is laid down and not done, or done and not laid down: of one object, from one step on."""
    found = []
    for pair in pairs_of(telling.profile, dimension):
        if is_laid_down_only(telling.profile, pair):
            name = "more_laid_down"
        elif is_done_only(telling.profile, pair):
            name = "more_done"
        else:
            continue
        known = {
            aspect: telling.known("criterion", pair.id, "aspect_score", variant=aspect)
            for aspect in ("concept", "practice")
        }
        found.append(telling.say(name, pair=pair_name(telling, pair), **known))
    return found


def pair_name(telling: Telling, pair: Pair) -> Label:
    """What a pair is about: the criterion of its name, else its first question."""
    criteria = [c for c in telling.profile.instrument.criteria if c.id == pair.id]
    return telling.label(criteria[0].title) if criteria else short_name(telling, pair.items[0])


def named_items(telling: Telling, name: str, items: Iterable[Item], **given: Given) -> Sentence:
    """A sentence that lists questions by their short names, and rests on their answers."""
    entries = list(items)
    names = [short_name(telling, item) for item in entries]
    sentence = telling.say(name, items=[label.text for label in names], **given)
    keys = tuple(telling.key("item", item.id, "score") for item in entries)
    text = sentence.text
    if names[-1].text.endswith(("?", "!", ".")) and text.endswith(names[-1].text + "."):
        # a question without a short name ends by itself
        text = text[:-1]
    return replace(sentence, text=text, rests_on=keys, foreign=stretches(telling, text, names))


def stretches(telling: Telling, text: str, names: Sequence[Label]) -> tuple[tuple[int, int, str], ...]:
    """Where in a text names stand that are in another language."""
    found, end = [], 0
    for label in names:
        # within a series a name loses its full stop
        there = label.text if label.text in text[end:] else label.text.removesuffix(".")
        start = text.index(there, end)
        end = start + len(there)
        if foreign := telling.language.foreign(label):
            found.append((start, end, foreign))
    return tuple(found)


def dimension_alternative(telling: Telling, part: Sequence[Dimension]) -> str:
    """The alternative text of the profile figure: every field with its value."""
    name = clipped(telling.profile.municipality.name)
    return fitting(
        [_named_score(telling, "dimension", d) for d in part],
        lambda parts: telling.text("profile_alternative", municipality=name, fields=parts),
        lambda parts: telling.text("profile_alternative_cut", municipality=name, fields=parts),
    )


def criterion_alternative(telling: Telling, dimension: str, part: Sequence[Criterion]) -> str:
    """The alternative text of the criteria of one field."""
    of = {
        "field": clipped(telling.title(telling.profile.instrument.dimension(dimension).title)),
        "municipality": clipped(telling.profile.municipality.name),
    }
    return fitting(
        [_named_score(telling, "criterion", c) for c in part],
        lambda parts: telling.text("criteria_alternative", **of, criteria=parts),
        lambda parts: telling.text("criteria_alternative_cut", **of, criteria=parts),
    )


def _named_score(telling: Telling, level: str, entry: Dimension | Criterion) -> str:
    """A name with its points; where there are none for want of answers, with how many there are."""
    row = telling.profile.score(level, entry.id)
    name = clipped(telling.title(entry.title))
    if row["withheld"] != "coverage":
        return telling.text("named_score", name=name, score=score(telling, row))
    return telling.text(
        "named_coverage",
        name=name,
        reason=score(telling, row),
        answered=float(row["n_answered"]),
        asked=float(row["n_items"]),
    )
