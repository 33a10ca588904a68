"""The report on a page in Einfacher Sprache: fixed sentences, which people have still to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weltoffen_eval.blocks import Block, Heading, Listing, Sentence
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.language import Label
from weltoffen_eval.display.shown import entry, note, paragraph
from weltoffen_eval.results.course import QUESTIONNAIRE
from weltoffen_eval.results.dialogue import DIALOGUE
from weltoffen_eval.results.standing import Topic, strengths_and_gaps
from weltoffen_eval.results.workshop_findings import WORKSHOP
from weltoffen_eval.study.kinds.given import Given

#: So many entries of a list are read easily.
_MOST = 3


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """What was asked, who spoke, what is there, what is missing, what is planned, whom to ask."""
    course, say = telling.course, telling.say
    name = course.municipality.name
    yield Heading(1, telling.text("plain_title", municipality=name), "plain")
    yield note(telling.text("plain_label"), say("plain_draft"))
    yield telling.synthetic
    yield paragraph(say("plain_question", municipality=name), say("plain_meaning"))
    yield Heading(2, telling.text("plain_done"), "plain-done")
    yield Listing(tuple(entry(sentence) for sentence in _done(telling)))
    yield from _there_and_missing(telling)
    yield Heading(2, telling.text("plain_plans"), "plain-plans")
    new = course.measures.new[:_MOST]
    if new:
        yield paragraph(say("plain_these_plans"))
        yield Listing(tuple(entry(_plan(telling, row)) for row in new))
        more = len(course.measures.new) - len(new)
        yield paragraph(say("plain_more_plans", plans=more)) if more else None
    else:
        yield paragraph(say("plain_no_plans"))
    if course.measures.to_decide:
        yield paragraph(say("plain_decides", council=telling.council))
    yield Heading(2, telling.text("plain_ask"), "plain-ask")
    contact = course.municipality.contact
    yield paragraph(say("plain_contact", contact=contact) if contact else say("plain_no_contact"))
    yield note(telling.text("plain_label_office"), say("plain_unchecked"))


def _plan(telling: CourseTelling, row: Given) -> Sentence:
    """One plan, and that it is not decided yet where it is not."""
    open_yet = "_open" if any(row is one for one in telling.course.measures.proposed) else ""
    what, topic = telling.ended(row.values.what), _topic_of(telling, row)
    if topic is None:
        return telling.say(f"plain_plan{open_yet}", what=what)
    return telling.say(f"plain_plan_on{open_yet}", topic=topic, what=what)


def _topic_of(telling: CourseTelling, row: Given) -> Label | None:
    """What the field of a plan is called in plain words; None where the questionnaire has none for it."""
    for instrument in reversed(list(telling.study.instruments.values())):
        for dimension in instrument.dimensions:
            if dimension.id == row.values.dimension and dimension.plain:
                return telling.label(dimension.plain)
    return None


def _done(telling: CourseTelling) -> Iterator[Sentence]:
    course, say = telling.course, telling.say
    if course.held(QUESTIONNAIRE).wave is not None:
        yield say("plain_selfcheck")
        yield say("plain_administration_of_kreis" if telling.is_kreis else "plain_administration")
    if course.held(WORKSHOP).wave is not None:
        came = telling.participants(WORKSHOP)
        yield (
            say("plain_workshop_of", people=int(came.value))
            if came is not None and came.value
            else say("plain_workshop")
        )
    if course.held(DIALOGUE).wave is not None:
        count = telling.participants(DIALOGUE)
        yield say("plain_dialogue") if count is None else say("plain_dialogue_of", people=int(count.value))


def _there_and_missing(telling: CourseTelling) -> Iterator[Block | None]:
    """Strengths and gaps by the names of their topics alone."""
    own = telling.selfcheck
    if own is None or not own.profile.own.told:
        return
    strengths, gaps = strengths_and_gaps(own.profile)
    for name, named in (("plain_there", strengths), ("plain_missing", gaps)):
        if named:
            yield Heading(2, telling.text(name), name.replace("_", "-"))
            yield paragraph(telling.say(f"{name}_much"))
            yield Listing(
                tuple(entry(telling.say("plain_topic", topic=own.label(_plain(topic)))) for topic in named)
            )


def _plain(topic: Topic) -> Mapping[str, str]:
    """What a topic is called in plain words, where the questionnaire has some."""
    return topic.entry.plain or topic.entry.title
