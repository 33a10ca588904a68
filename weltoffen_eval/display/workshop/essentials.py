"""The workshop on one page: who met when, what is seen alike, what not, what was agreed, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Heading, Listing, Sentence
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.workshop import fields, questions
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.standing import ABSENT, PRESENT
from weltoffen_eval.results.workshop_findings import in_order
from weltoffen_eval.results.workshop_views import (
    ALIKE_FIELD,
    FieldViews,
    alike_questions,
    differences,
    field_views,
)

#: So many of each are named on the page, and of what was agreed.
_MOST, _MOST_AGREED = 3, 5


def blocks(telling: WorkshopTelling) -> Iterator[Block | None]:
    """The lead, then short lists; nothing is said of views where nothing was rated."""
    yield paragraph(held(telling), lead=True)
    for name, said in (
        ("alike", tuple(_alike(telling))),
        ("apart", tuple(apart(telling))),
        ("agreed", tuple(_agreed(telling))),
        ("next", (_next(telling),)),
    ):
        if said:
            yield Heading(3, telling.text(f"glance_{name}"), f"glance-{name}")
            yield Listing(tuple(entry(sentence) for sentence in said))


def held(telling: WorkshopTelling) -> Sentence:
    """Who met when, as far as it is documented."""
    event, name = telling.workshop.event, telling.profile.municipality.name
    date = event.values.date if event is not None else None
    rated = telling.workshop.rated
    there = event.values.participants if event is not None else None
    persons = there or (sum(rated[0].sizes.values()) if rated else None)
    groups = in_order(rated[0].sizes) if rated else []
    answered = len(telling.profile.own_responses) > 0 or telling.profile.own.by_persons
    about = {
        "municipality": name,
        "subject": telling.text("subject_results" if answered else "subject_openness"),
    }
    if persons and groups:
        whence = telling.whence(groups)
        if date:
            return telling.say("held", date=date, persons=persons, whence=whence, **about)
        return telling.say("held_undated", persons=persons, whence=whence, **about)
    if persons and date:
        return telling.say("held_of", date=date, persons=persons, **about)
    if date:
        return telling.say("held_on", date=date, **about)
    return telling.say("held_somewhen", **about)


def _seen(telling: WorkshopTelling) -> list[FieldViews]:
    """The fields whose views can be compared: of questions, else of ratings of fields."""
    rated = telling.workshop.rated[:1]
    return [field for one in rated for field in field_views(telling.profile, one) if field.compared]


def _alike(telling: WorkshopTelling) -> Iterator[Sentence]:
    if not telling.workshop.rated:
        return
    near = sorted((f for f in _seen(telling) if f.apart <= ALIKE_FIELD), key=lambda field: field.apart)[
        :_MOST
    ]
    if near:
        keys = tuple(key for field in near for key in fields.keys_of(telling, field))
        yield telling.say_on("page_fields_alike", keys, fields=fields.titles(telling, near), most=ALIKE_FIELD)
    found = alike_questions(telling.workshop)
    for state, name in ((PRESENT, "page_present"), (ABSENT, "page_absent")):
        if found[state]:
            names, keys = questions.named(telling, found[state][:_MOST])
            among = "_among" if len(found[state]) > _MOST else ""
            yield telling.say_on(f"{name}{among}", keys, items=names)
            if state == ABSENT:
                yield from questions.called_otherwise(telling, found[state][:_MOST])
    if not near and not any(found.values()):
        yield telling.say("page_nothing_alike")


def apart(telling: WorkshopTelling, most: int = _MOST) -> Iterator[Sentence]:
    """Where views differ: fields where few questions do, then the ``most`` questions that differ most."""
    if not telling.workshop.rated:
        return
    found = differences(telling.workshop)
    shown = found[:most]
    far = sorted((f for f in _seen(telling) if f.apart > ALIKE_FIELD), key=lambda field: -field.apart)[:_MOST]
    if far and len(shown) < most:
        keys = tuple(key for field in far for key in fields.keys_of(telling, field))
        yield telling.say_on("page_fields_apart", keys, fields=fields.titles(telling, far))
    yield from questions.apart_by_group(telling, shown, found)
    if not found and telling.workshop.questions is not None:
        yield telling.say("page_nothing_apart")


def _agreed(telling: WorkshopTelling) -> Iterator[Sentence]:
    measures = telling.workshop.measures
    if not measures:
        yield telling.say("page_nothing_agreed")
        return
    named = [telling.ended(measure.values.what) for measure in measures[:_MOST_AGREED]]
    yield from (telling.say("page_agreed", what=what) for what in named)
    if len(measures) > _MOST_AGREED:
        yield telling.say("page_more_agreed", count=len(measures))


def _next(telling: WorkshopTelling) -> Sentence:
    event = telling.workshop.event
    if event is not None and event.values.next:
        return telling.say("page_next", next=telling.ended(event.values.next))
    return telling.say("page_no_next")
