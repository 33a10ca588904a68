"""What others see otherwise, and what people said: the workshop and the dialogue in short."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Listing, Sentence
from weltoffen_eval.display.dialogue import topics
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.dialogue.topics import MostRaised
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.workshop import fields
from weltoffen_eval.results.dialogue import DIALOGUE
from weltoffen_eval.results.workshop_findings import WORKSHOP
from weltoffen_eval.study.kinds.given import Given

#: So many statements are quoted, each to another question.
_MOST_QUOTES = 2
#: So many results of the dialogue.
_MOST_RESULTS = 10


def workshop(telling: CourseTelling) -> Iterator[Block | None]:
    """How the groups see the fields; that nothing is documented, where it is not."""
    if telling.workshop is not None:
        yield from fields.blocks(telling.workshop)
        return
    held = telling.course.held(WORKSHOP)
    yield paragraph(telling.say("no_workshop" if held.wave is None else "workshop_undocumented"))


def dialogue(telling: CourseTelling) -> Iterator[Block | None]:
    """A sentence per guiding question, two quotes; the results, where statements are not documented."""
    of = telling.dialogue
    if of is None:
        held = telling.course.held(DIALOGUE)
        yield paragraph(telling.say("no_dialogue" if held.wave is None else "dialogue_undocumented"))
        return
    if of.dialogue.statements:
        said = [topics.in_short(of, question) for question in of.questions]
        yield Listing(tuple(entry(sentence) for sentence in said))
        yield paragraph(telling.say("groups_are_counted") if of.dialogue.by_groups else None)
        quoted = quotes(of)
        if quoted:
            yield paragraph(telling.say("in_their_words"))
            yield Listing(tuple(entry(telling.say("quote", text=row.values.text)) for row in quoted))
        stated = results(of)
        if stated:
            yield paragraph(telling.say("results_stated"))
            texts = [telling.ended(row.values.text) for row in stated]
            yield Listing(tuple(entry(telling.say("outcome", text=text)) for text in texts))
    else:
        yield paragraph(telling.say("questions_asked"))
        asked = of.questions.values()
        yield Listing(tuple(entry(telling.say("question", text=text)) for text in asked))
        yield paragraph(telling.say("no_statements"))


def told(telling: CourseTelling, dimension: str | None = None) -> list[Sentence]:
    """What groups told that is not ranked; ``dimension``: on a field alone."""
    found = topics.told_most(telling.dialogue, dimension) if telling.dialogue is not None else ()
    return [_said(telling, "told_most", one) for one in found]


def leading(telling: CourseTelling) -> list[Sentence]:
    """What at least half of the groups spoke of, question by question."""
    found = topics.leading(telling.dialogue) if telling.dialogue is not None else ()
    return [_said(telling, "most_to_question", one) for one in found]


def _said(telling: CourseTelling, name: str, one: MostRaised) -> Sentence:
    if one.groups is None or one.total is None:
        return telling.say("told_uncounted", topic=one.topic)
    return telling.say(name, question=one.question, topic=one.topic, groups=one.groups, total=one.total)


def results(of: DialogueTelling) -> list[Given]:
    """What the dialogue stated as its results, where its statements are documented too."""
    return list(of.dialogue.outcomes[:_MOST_RESULTS]) if of.dialogue.statements else []


def quotes(of: DialogueTelling) -> list[Given]:
    """Released statements to be quoted: the first of each question, two of them."""
    first: dict[str, Given] = {}
    for row in of.dialogue.released:
        first.setdefault(row.values.question, row)
    # what is lived and what is not yet: the first and the third question, where there are so many
    ordered = [question for question in of.questions if question in first]
    chosen = ordered[::2][:_MOST_QUOTES] if len(ordered) > _MOST_QUOTES else ordered
    return [first[question] for question in chosen]
