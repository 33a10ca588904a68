"""Sheets for the wall: a field with what the administration answered, and room to write."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Entry, Facts, Heading, Listing, Sentence
from weltoffen_eval.display.selfcheck import wording
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.standing import NOT_APPLICABLE, by_state
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item

#: Boxes to write in, as the kinds of notes are called.
BOXES = ("strength", "need", "idea", "dissent")
#: So many questions are named of each state: a sheet is read from two steps away.
_MOST_ITEMS = 6


def chosen_fields(telling: Telling) -> list[Dimension]:
    """The fields that were put to the municipality and that it chose."""
    profile = telling.profile
    rows = profile.own_scores
    left = rows[(rows["level"] == "dimension") & rows["withheld"].isin(["not_chosen", "not_asked"])]
    return [dimension for dimension in profile.instrument.dimensions if dimension.id not in set(left["id"])]


def blocks(telling: Telling) -> Iterator[Block | None]:
    """A sheet per field."""
    for dimension in chosen_fields(telling):
        label = telling.label(dimension.title)
        yield Heading(
            3, label.text, f"wall-{dimension.id}", language=telling.language.foreign(label), sheet="wall"
        )
        yield paragraph(_points(telling, dimension))
        if telling.profile.own.told:
            yield _states(telling, dimension)
        yield Listing(tuple(entry(telling.say(f"box_{box}")) for box in BOXES))


def _points(telling: Telling, dimension: Dimension) -> Sentence:
    """The points of the administration, with their word where there is one."""
    row = telling.profile.score("dimension", dimension.id)
    if row["withheld"]:
        return telling.say("wall_without_points", "dimension", dimension.id)
    points = telling.known("dimension", dimension.id, "score")
    band = telling.band(round(points.value))
    if band is None:
        return telling.say("wall_points", points=points)
    return telling.say("wall_points_in_words", points=points, state=telling.label(band.label))


def _states(telling: Telling, dimension: Dimension) -> Facts | None:
    found = by_state(telling.profile, telling.profile.instrument.items_of(dimension.id))
    facts = tuple(
        (telling.word("item_states", state), _named(telling, items))
        for state, items in found.items()
        if items and state != NOT_APPLICABLE
    )
    return Facts(facts) if facts else None


def _named(telling: Telling, items: list[Item]) -> Entry:
    more = len(items) - _MOST_ITEMS
    if more <= 0:
        return entry(wording.named_items(telling, "items_in_state", items))
    return entry(wording.named_items(telling, "items_in_state_and_more", items[:_MOST_ITEMS], more=more))
