"""For the workshop: at most ten questions of which talking pays off most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from weltoffen_eval.blocks import Block, Entry, Heading, Link, Listing, Sentence
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.selfcheck import wording
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.questions_to_discuss import Questions, questions_to_talk_about
from weltoffen_eval.results.talking_points import STEP, Pair
from weltoffen_eval.study.questionnaire.instrument import Item


def blocks(telling: Telling) -> Iterator[Block | None]:
    """What fell or is least there, what is laid down and not done, what answers leave open."""
    found = questions_to_talk_about(telling.profile)
    if not found.count:
        yield paragraph(telling.say("no_topics"))
    else:
        yield paragraph(telling.say("topics_chosen", questions=found.count))
    for name, sentence, entries in (
        ("in_need", _in_need, list(_fields_in_need(telling, found))),
        ("laid_down", _laid_down, [_pair(telling, pair) for pair in found.laid_down]),
        ("apart", _apart, [_question(telling, item) for item in found.apart]),
        ("unanswered", _unanswered, [_question(telling, item) for item in found.unanswered]),
    ):
        if entries:
            anchor = f"topics-{name.replace('_', '-')}"
            yield Heading(3, telling.text(f"{name}_heading"), anchor)
            yield paragraph(sentence(telling, found))
            yield Listing(tuple(entries))


def _in_need(telling: Telling, found: Questions) -> Sentence:
    if found.fallen is None:
        return telling.say("in_need_question" if found.of_one_field else "in_need_lowest")
    return telling.say("in_need", questions=sum(item is not None for item in (found.fallen, found.lowest)))


def _fields_in_need(telling: Telling, found: Questions) -> Iterator[Entry]:
    """Of the field that fell most, and of that with the fewest points, a question each."""
    since = change_since(telling.profile)
    if found.fallen is not None and since is not None:
        field = found.fallen.dimension
        said = _of_field(telling, "field_fallen", found.fallen, wave=since.wave)
        key = telling.key("dimension", field, "printed_change", since.wave)
        yield entry(replace(said, rests_on=(*said.rests_on, key)), links=_link(found.fallen))
    if found.lowest is not None and found.of_one_field:
        yield _question(telling, found.lowest)
    elif found.lowest is not None:
        said = _of_field(telling, "field_lowest", found.lowest)
        key = telling.key("dimension", found.lowest.dimension, "score")
        yield entry(replace(said, rests_on=(*said.rests_on, key)), links=_link(found.lowest))


def _of_field(telling: Telling, name: str, item: Item, **given: str) -> Sentence:
    return telling.say(
        name,
        "item",
        item.id,
        field=telling.label(telling.profile.instrument.dimension(item.dimension).title),
        question=telling.label(item.text),
        answer=answer(telling, item.id).text,
        **given,
    )


def _laid_down(telling: Telling, found: Questions) -> Sentence:
    return telling.say("laid_down", least=STEP)


def _apart(telling: Telling, found: Questions) -> Sentence:
    return telling.say("apart_all" if found.all_apart else "apart", questions=len(found.apart))


def _unanswered(telling: Telling, found: Questions) -> Sentence:
    total = len(talking_points.unanswered_items(telling.profile))
    if total > len(found.unanswered):
        return telling.say("unanswered_among", questions=len(found.unanswered), total=total)
    return telling.say("unanswered", questions=total)


def _pair(telling: Telling, pair: Pair) -> Entry:
    """Of what is laid down and not done, the question on practice that is least done."""
    item = talking_points.least_done(telling.profile, pair)
    sentence = telling.say(
        "concept_and_practice",
        "item",
        item.id,
        pair=wording.pair_name(telling, pair),
        question=telling.label(item.text),
        answer=answer(telling, item.id).text,
    )
    return entry(sentence, links=_link(item))


def _question(telling: Telling, item: Item) -> Entry:
    """A question with its answer, and where it stands."""
    said = answer(telling, item.id)
    sentence = telling.say(
        "question_and_answer", "item", item.id, question=telling.label(item.text), answer=said.text
    )
    return entry(sentence, links=_link(item))


def _link(item: Item) -> tuple[Link, ...]:
    return (Link(f"({item.id})", f"item-{item.id}"),)
