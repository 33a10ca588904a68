"""What groups said to each guiding question: topics, voices in their own words, what is not counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.blocks import Block, Column, Heading, Listing, Sentence, Table
from weltoffen_eval.display.alternatives import clipped
from weltoffen_eval.display.dialogue import figures, topics
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.dialogue.topics import RaisedTopic
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.keyed_tables import keyed_table
from weltoffen_eval.display.shown import Shown, entry, note, paragraph
from weltoffen_eval.results.dialogue_findings import raised_in
from weltoffen_eval.study.kinds.given import Given

#: So many statements of a question stand beside its topics; all of them stand in the annex.
_MOST_QUOTES = 3


def blocks(telling: DialogueTelling) -> Shown:
    """All questions, one after the other; where single statements are not documented, the questions alone."""
    dialogue = telling.dialogue
    if not dialogue.statements:
        said = [telling.language.quoted(text) for text in telling.questions.values()]
        asked = "questions_were" if dialogue.questions else "questions_usual"
        return telling.show(
            paragraph(telling.say("no_statements")),
            paragraph(telling.say(asked, questions=len(said))),
            Listing(tuple(entry(telling.say("question_quoted", question=text)) for text in said)),
        )
    made: list[Block | None] = [paragraph(*_rules(telling))]
    quoted: list[tuple[Given, str]] = []
    influenced = _influenced_question(telling)
    for number, question in enumerate(telling.questions, start=1):
        made.append(Heading(3, telling.questions[question], f"question-{number}"))
        made += _of_question(telling, question)
        quotes = _quotes(telling, question)
        if quotes:
            made.append(paragraph(telling.say("in_own_words")))
            made.append(Listing(tuple(entry(_quote(telling, row)) for row in quotes)))
            quoted += [(row, "text") for row in quotes]
        if question == influenced:
            made.append(_influence(telling, question))
    made += _open(telling)
    return telling.show(*made, given=quoted)


def _rules(telling: DialogueTelling) -> Iterator[Sentence]:
    """How it is counted, once for all questions."""
    dialogue = telling.dialogue
    if dialogue.is_small:
        yield telling.say("too_few_to_count", least=dialogue.scheme.min_group_size)
    elif not dialogue.settled:
        yield telling.say("not_coded")
    elif dialogue.by_groups:
        yield telling.say("groups_count")
        yield telling.say("dots")
    else:
        yield telling.say("one_group_counts" if dialogue.groups == 1 else "statements_count")


def _of_question(telling: DialogueTelling, question: str) -> Iterator[Block | None]:
    there = [row for row in telling.dialogue.statements if row.values.question == question]
    if not there:
        yield paragraph(telling.say("nothing_to_question"))
        return
    found = topics.topics_of(telling, question)
    if not found:
        yield paragraph(telling.say("statements_there", statements=len(there)))
    yield paragraph(*topics.most_raised(telling, question), topics.singles(telling, question))
    if found:
        yield from _topics(telling, question, found)
    told = list(topics.sensitive(telling, question))
    if told:
        yield paragraph(*told)
        yield note(telling.text("help_label"), _help(telling))


def _topics(telling: DialogueTelling, question: str, found: list[RaisedTopic]) -> Iterator[Block]:
    """The picture with its table; the table alone where there are no groups, or too many to be drawn."""
    table = topics.table(telling, question, found)
    total = telling.dialogue.groups or 0
    if not topics.by_groups(telling, found) or total > figures.MOST_GROUPS:
        yield table
        return
    yield from figure_blocks(
        found,
        lambda part: figures.topic_groups(telling, part),
        table.name,
        telling.text("topics_caption", question=telling.questions[question]),
        lambda part: _alternative(telling, question, part),
        table,
        telling.common,
    )


def _alternative(telling: DialogueTelling, question: str, part: Sequence[RaisedTopic]) -> str:
    first, last = part[0], part[-1]
    return telling.text(
        "topics_alternative",
        municipality=clipped(telling.dialogue.municipality.name),
        question=clipped(telling.questions[question]),
        rows=len(part),
        most=clipped(first.code.title, 40),
        groups=first.raised.n_groups,
        last=clipped(last.code.title, 40),
        fewest=last.raised.n_groups,
        total=telling.dialogue.groups or 0,
    )


def _help(telling: DialogueTelling) -> Sentence:
    """Whom to turn to."""
    where = telling.dialogue.event.help
    return telling.say("help", where=where) if where else telling.say("help_not_documented")


def _quotes(telling: DialogueTelling, question: str) -> list[Given]:
    """Up to three released statements, those to the most frequent topics first, each topic once."""
    dialogue = telling.dialogue
    there = [row for row in dialogue.released if row.values.question == question]
    chosen: list[Given] = []
    for topic in topics.topics_of(telling, question):
        about = (row for row in there if row not in chosen and topic.code.id in _codes(telling, row))
        chosen += [row for row in [next(about, None)] if row is not None]
    chosen += [row for row in there if row not in chosen]
    return chosen[:_MOST_QUOTES]


def _codes(telling: DialogueTelling, row: Given) -> frozenset[str]:
    settled = telling.dialogue.settled.get(row.values.statement)
    return settled.counted if settled is not None else frozenset()


def _quote(telling: DialogueTelling, row: Given) -> Sentence:
    return telling.say("quote", statement=telling.language.quoted(row.values.text))


def _influenced_question(telling: DialogueTelling) -> str:
    """The last question with topics of which it is told who can influence them: the usual one on hurdles."""
    known = {
        question
        for question, code in raised_in(telling.dialogue)
        if (found := telling.dialogue.codebook.get(code)) and found.influence and not found.sensitive
    }
    return next((question for question in reversed(list(telling.questions)) if question in known), "")


def _influence(telling: DialogueTelling, question: str) -> Table:
    """Which topics the municipality can influence, and which it cannot."""
    found = topics.topics_of(telling, question)
    order = ("municipality", "other", "")
    rows = [
        [
            (topic.code.title, ()),
            (
                telling.text(f"influence_{topic.code.influence or 'unknown'}"),
                (telling.key("code", topic.code.id, "n_statements", question),),
            ),
        ]
        for topic in sorted(found, key=lambda topic: order.index(topic.code.influence))
    ]
    return keyed_table(
        telling.text("influence_caption", question=telling.questions[question]),
        (Column(telling.text("column_topic")), Column(telling.text("column_influence"))),
        rows,
        "influence",
    )


def _open(telling: DialogueTelling) -> Iterator[Block | None]:
    """What is not counted: statements that coders see differently, and those without a topic."""
    dialogue = telling.dialogue
    if dialogue.is_small or not dialogue.settled:
        return
    differing = sum(bool(settled.open) for settled in dialogue.settled.values())
    coded = {statement for statement, settled in dialogue.settled.items() if settled.counted or settled.open}
    without = sum(row.values.statement not in coded for row in dialogue.statements)
    said = [
        telling.say("coders_differ", statements=differing) if differing else None,
        telling.say("without_topic", statements=without) if without else None,
    ]
    if any(said):
        yield Heading(3, telling.text("open_heading"), "not-counted")
        yield paragraph(*said)
