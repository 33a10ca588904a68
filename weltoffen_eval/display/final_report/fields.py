"""Each field in four lines: what is there, what is not or under way, how others see it, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from weltoffen_eval.blocks import Block, Entry, Facts, Heading, Sentence
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.final_report import measures, voices
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.selfcheck import figures, tables, wording
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.workshop import fields as workshop_fields
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.standing import ABSENT, PRESENT, UNDER_WAY, by_state
from weltoffen_eval.results.workshop_views import ALIKE_FIELD, FieldViews, field_views
from weltoffen_eval.study.kinds.given import Given
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item

#: So many questions of a state, and so many topics and measures of a field, are named.
_MOST, _MOST_TOPICS, _MOST_STEPS = 5, 8, 5
#: Of more fields only those are told in full of which most is to be said.
MOST_FIELDS, _CHOSEN = 8, 3


def standing(telling: CourseTelling) -> Iterator[Block | None]:
    """Where most and least is there, and all fields as dots."""
    own = telling.selfcheck
    if own is None:
        yield paragraph(telling.say("no_selfcheck"))
        return
    if not own.profile.own.told:
        yield paragraph(own.common.say("persons_not_told"))
    open_questions = any(
        own.profile.score("dimension", d.id)["low"] < own.profile.score("dimension", d.id)["high"]
        for d in own.profile.instrument.dimensions
    )
    yield paragraph(
        _most_and_least(telling, own),
        telling.say("points_mean"),
        telling.say("range_of_points") if open_questions else None,
    )
    dimensions = own.profile.instrument.dimensions
    yield from figure_blocks(
        dimensions,
        lambda part: figures.dimension_profile(own, part),
        "profile",
        telling.text("profile_caption"),
        lambda part: wording.dimension_alternative(own, part),
        tables.dimension_profile(own),
        telling.common,
    )


def _most_and_least(telling: CourseTelling, own: Telling) -> Sentence | None:
    """The field of which most, and that of which least is there; nothing where all are alike."""
    scored = {
        d.id: own.known("dimension", d.id, "score")
        for d in own.profile.instrument.dimensions
        if not own.profile.score("dimension", d.id)["withheld"]
    }
    titles = {d.id: own.title(d.title) for d in own.profile.instrument.dimensions}
    printed = {name: own.language.points(known.value) for name, known in scored.items()}
    if len(set(printed.values())) < 2:
        return None
    points = {name: int(text) for name, text in printed.items()}
    most = [name for name, value in points.items() if value == max(points.values())]
    least = [name for name, value in points.items() if value == min(points.values())]
    said = telling.say("most_and_least", most=[titles[n] for n in most], least=[titles[n] for n in least])
    keys = tuple(scored[name].key.rpartition(".")[0] for name in (*most, *least))
    return Sentence(said.text, said.name, keys, said.numbers, said.foreign)


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """Four lines per field; of many fields those in full of which most is to be said, the others named."""
    own = telling.selfcheck
    if own is None or not own.profile.own.told:
        yield paragraph(telling.say("no_fields"))
        return
    dimensions = own.profile.instrument.dimensions
    withheld = {d.id: str(own.profile.score("dimension", d.id)["withheld"]) for d in dimensions}
    chosen = [d for d in dimensions if withheld[d.id] not in ("not_chosen", "not_asked")]
    full = chosen if len(chosen) <= MOST_FIELDS else _of_most(telling, chosen)
    cut = any(len(items) > _MOST for d in full for items in _found(own, d).values())
    for dimension in full:
        label = own.label(dimension.title)
        yield Heading(3, label.text, f"field-{dimension.id}", language=own.language.foreign(label))
        yield Facts(tuple(_lines(telling, own, dimension)))
    others = [own.title(d.title) for d in chosen if d not in full]
    skipped = [own.title(d.title) for d in dimensions if d not in chosen]
    yield paragraph(
        telling.say("first_questions", most=_MOST) if cut else None,
        telling.say("fields_in_selfcheck", fields=others) if others else None,
        own.own.say("fields_not_chosen", None, fields=skipped) if skipped else None,
    )


def _of_most(telling: CourseTelling, chosen: Sequence[Dimension]) -> list[Dimension]:
    """The three fields with most measures, then those of which least is there."""
    own = telling.selfcheck
    assert own is not None

    def rank(dimension: Dimension) -> tuple[int, float]:
        score = own.profile.score("dimension", dimension.id)["score"]
        return -len(_measures(telling, dimension.id)), float(score) if score == score else 101.0

    first = sorted(chosen, key=rank)[:_CHOSEN]
    return [dimension for dimension in chosen if dimension in first]


def _lines(telling: CourseTelling, own: Telling, dimension: Dimension) -> Iterator[tuple[str, Entry]]:
    found = _found(own, dimension)
    nothing = telling.say("nothing_named")
    there = _named(telling, own, found[PRESENT], "named")
    lacking = [
        said
        for state, name in ((ABSENT, "named_absent"), (UNDER_WAY, "named_under_way"))
        if (said := _named(telling, own, found[state], name)) is not None
    ]
    yield telling.text("line_present"), entry(there or nothing)
    yield telling.text("line_absent"), entry(*(lacking or [nothing]))
    yield telling.text("line_others"), entry(*(_others(telling, dimension) or [telling.say("no_others")]))
    steps = [measures.in_short(telling, row) for row in _measures(telling, dimension.id)[:_MOST_STEPS]]
    yield telling.text("line_next"), entry(*(steps or [telling.say("no_step")]))


def _found(own: Telling, dimension: Dimension) -> dict[str, list[Item]]:
    """The questions of a field that a line of it names, by state."""
    found = by_state(own.profile, own.profile.instrument.items_of(dimension.id))
    return {state: found[state] for state in (PRESENT, ABSENT, UNDER_WAY)}


def _named(telling: CourseTelling, own: Telling, items: Sequence[Item], name: str) -> Sentence | None:
    """The first questions of a state by their short names, and how many more there are.

    A question without a short name loses its full stop: the sentence around it has one.
    """
    if not items:
        return None
    shown = [short_name(own, item).text.removesuffix(".") for item in items[:_MOST]]
    more = len(items) - len(shown)
    said = (
        telling.say(f"{name}_more", items=", ".join(own.language.quoted(text) for text in shown), more=more)
        if more
        else telling.say(name, items=shown)
    )
    keys = tuple(own.key("item", item.id, "score") for item in items)
    return Sentence(said.text, said.name, keys, said.numbers, said.foreign)


def _others(telling: CourseTelling, dimension: Dimension) -> list[Sentence]:
    """How the groups of the workshop see the field, and what was spoken of in the dialogue."""
    said: list[Sentence] = []
    if telling.workshop is not None and telling.workshop.workshop.rated:
        rated = telling.workshop.workshop.rated[0]
        views = field_views(telling.workshop.profile, rated)
        of_field = [field for field in views if field.dimension.id == dimension.id and field.compared]
        said += [_views(telling, telling.workshop, field) for field in of_field]
    said += voices.told(telling, dimension.id)
    if telling.course.dialogue is not None and not telling.course.dialogue.groups_are_small:
        raised = telling.course.topics_of(dimension.id)
        if raised:
            name = "topics_of_dialogue" if len(raised) <= _MOST_TOPICS else "topics_among"
            said.append(telling.say(name, topics=raised[:_MOST_TOPICS]))
    return said


def _views(telling: CourseTelling, workshop: WorkshopTelling, field: FieldViews) -> Sentence:
    """Whether the views of a field lie close together, else which are furthest apart."""
    if field.apart <= ALIKE_FIELD:
        said = telling.say("shown_views_alike" if field.withheld else "views_alike", most=ALIKE_FIELD)
    else:
        (low, least), (high, most) = (end(field.printed, key=itemgetter(1)) for end in (min, max))
        if "" in (low, high):
            group, points, own = (high, most, least) if not low else (low, least, most)
            said = telling.say(
                "view_apart", other=workshop.group(group), points=float(points), own=float(own)
            )
        else:
            said = telling.say(
                "views_apart",
                one=workshop.group(low),
                low=float(least),
                other=workshop.group(high),
                high=float(most),
            )
    keys = workshop_fields.keys_of(workshop, field)
    return Sentence(said.text, said.name, keys, said.numbers, said.foreign)


def _measures(telling: CourseTelling, dimension: str) -> list[Given]:
    return [row for row in telling.course.measures.new if row.values.dimension == dimension]
