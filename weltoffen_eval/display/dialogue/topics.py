"""What is said of the topics of a guiding question: which most groups raised, which only one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from weltoffen_eval.analysis.coding import Raised
from weltoffen_eval.blocks import Column, Sentence, Table
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.keyed_tables import keyed_table
from weltoffen_eval.display.sentences import Known
from weltoffen_eval.results.dialogue import Code
from weltoffen_eval.results.dialogue_findings import raised_in

#: So many topics are named as the most frequent; where more share the first place, none of them leads.
_MOST_TOPICS = 3


class RaisedTopic(NamedTuple):
    """A code and how often it was raised to a question."""

    code: Code
    raised: Raised


class MostRaised(NamedTuple):
    """A topic, and the question to which most groups raised it; without numbers where these are not told."""

    question: str
    topic: str
    groups: Known | None
    total: Known | None


def topics_of(telling: DialogueTelling, question: str, sensitive: bool = False) -> list[RaisedTopic]:
    """The topics of a question by how many groups raised them, then as in the codebook.

    ``sensitive``: instead those that are told and never ranked, in the order of the codebook.
    """
    raised = raised_in(telling.dialogue)
    found = [
        RaisedTopic(code, raised[question, code.id])
        for code in telling.dialogue.codebook.values()
        if (question, code.id) in raised and code.sensitive == sensitive
    ]
    return found if sensitive else sorted(found, key=lambda topic: -_count(telling, topic))


def _count(telling: DialogueTelling, topic: RaisedTopic) -> int:
    """By groups; by statements where it is not documented in which group something was said."""
    return topic.raised.n_groups if telling.dialogue.by_groups else topic.raised.n_statements


def by_groups(telling: DialogueTelling, found: Sequence[RaisedTopic]) -> bool:
    """Whether it is told how many groups raised topics: where it is known of any of them."""
    return telling.dialogue.by_groups and any(topic.raised.n_groups for topic in found)


def in_short(telling: DialogueTelling, question: str) -> Sentence:
    """On a question what is told and not ranked, then what most groups raised."""
    text = telling.questions[question]
    dialogue = telling.dialogue
    there = [row for row in dialogue.statements if row.values.question == question]
    found, told = topics_of(telling, question), topics_of(telling, question, sensitive=True)
    if not there:
        return telling.say("short_nothing", question=text)
    if dialogue.is_small or not (found or told):
        return telling.say("short_statements", question=text, statements=len(there))
    said, numbers, keys = _ranked(telling, question, found, "others" if told else "short")
    if told:
        counted = [topic for topic in told if _is_counted(telling, topic)]
        parts = [_told(telling, topic) for topic in told]
        numbers = [
            *numbers,
            *(telling.known("code", topic.code.id, "n_groups", question) for topic in counted),
        ]
        if counted:
            numbers.append(telling.known("event", "dialogue", "n_groups"))
        said = " ".join(filter(None, (*parts, said)))
    if not numbers and not keys:
        return telling.say("short_told_only", question=text, said=said)
    whole = resting_on(telling, telling.say("short_topics", question=text, said=said), numbers)
    return replace(whole, rests_on=tuple(dict.fromkeys((*whole.rests_on, *keys))))


def _ranked(
    telling: DialogueTelling, question: str, found: list[RaisedTopic], short: str
) -> tuple[str, list[Known], tuple[str, ...]]:
    """What is said of topics in the essentials, its numbers, and findings that it does not print.

    ``short``: how the names of its sentences begin; ``others`` where topics that are not ranked stand before.
    """
    if not found:
        return "", [], ()
    if not by_groups(telling, found):
        most = _most(telling, found)
        keys = tuple(telling.key("code", topic.code.id, "n_statements", question) for topic in most)
        return telling.text(f"{short}_most_statements", topics=[topic.code.title for topic in most]), [], keys
    if found[0].raised.n_groups == 1:
        keys = tuple(telling.key("code", topic.code.id, "n_groups", question) for topic in found)
        return telling.text(f"{short}_single", topics=len(found)), [], keys
    first = _first(found)
    groups = telling.known("code", first[0].code.id, "n_groups", question)
    total = telling.known("event", "dialogue", "n_groups")
    none_leads = "others_none_leads" if short == "others" else "none_leads"
    alike = none_leads if _none_leads(telling, first) else f"{short}_most_alike"
    said = telling.text(
        f"{short}_most" if len(first) == 1 else alike,
        topics=[topic.code.title for topic in first],
        groups=first[0].raised.n_groups,
        total=_total(telling),
    )
    others = tuple(telling.key("code", topic.code.id, "n_groups", question) for topic in first[1:])
    return said, [groups, total], others


def _first(found: Sequence[RaisedTopic]) -> list[RaisedTopic]:
    """The topics that share the first place by groups."""
    return [topic for topic in found if topic.raised.n_groups == found[0].raised.n_groups]


def _none_leads(telling: DialogueTelling, first: Sequence[RaisedTopic]) -> bool:
    """Whether the first place says nothing: it is shared by many, or by some that less than half raised."""
    few = 2 * first[0].raised.n_groups < _total(telling)
    return len(first) > _MOST_TOPICS or (len(first) > 1 and few)


def _told(telling: DialogueTelling, topic: RaisedTopic) -> str:
    """A topic that is not ranked, with its groups where these are not few people."""
    title = topic.code.title
    if not _is_counted(telling, topic):
        return telling.text("short_told_uncounted", topic=title)
    return telling.text("short_told_topic", topic=title, groups=topic.raised.n_groups, total=_total(telling))


def told_most(telling: DialogueTelling, dimension: str | None = None) -> Iterator[MostRaised]:
    """Of each topic that is not ranked the question to which most groups raised it, in the codebook's order.

    ``dimension``: only those on a field.
    """
    for code in telling.dialogue.codebook.values():
        if not code.sensitive or (dimension is not None and code.dimension != dimension):
            continue
        raised = {q: t for q in telling.questions for t in topics_of(telling, q, True) if t.code == code}
        if raised:
            question, topic = max(raised.items(), key=lambda one: one[1].raised.n_groups)
            yield _most_raised(telling, question, code, _is_counted(telling, topic))


def leading(telling: DialogueTelling) -> Iterator[MostRaised]:
    """Of each question the topic that at least half of the groups raised, where it is a single one."""
    for question in telling.questions:
        found = topics_of(telling, question)
        if not found or not by_groups(telling, found) or found[0].raised.n_groups < 2:
            continue
        first = _first(found)
        if len(first) == 1 and 2 * first[0].raised.n_groups >= _total(telling):
            yield _most_raised(telling, question, first[0].code, True)


def _most_raised(telling: DialogueTelling, question: str, code: Code, counted: bool) -> MostRaised:
    groups = telling.known("code", code.id, "n_groups", question) if counted else None
    total = telling.known("event", "dialogue", "n_groups") if counted else None
    return MostRaised(telling.questions[question], code.title, groups, total)


def _is_counted(telling: DialogueTelling, topic: RaisedTopic) -> bool:
    """Whether it is told in how many groups a sensitive topic was raised."""
    return bool(topic.raised.n_groups) and not telling.dialogue.groups_are_small


def _most(telling: DialogueTelling, found: list[RaisedTopic]) -> list[RaisedTopic]:
    """Up to three topics, none of them left out that was raised as often as the last of them."""
    counts = [_count(telling, topic) for topic in found]
    for most in range(min(_MOST_TOPICS, len(found)), 0, -1):
        if most == len(found) or counts[most] < counts[most - 1]:
            return found[:most]
    # more than three share the first place
    return [topic for topic, count in zip(found, counts, strict=True) if count == counts[0]]


def most_raised(telling: DialogueTelling, question: str) -> Iterator[Sentence]:
    """What most groups raised, and that it is groups that are counted."""
    found = topics_of(telling, question)
    if not found:
        return
    if not by_groups(telling, found):
        yield telling.say("most_statements", topics=[topic.code.title for topic in _most(telling, found)])
        return
    if found[0].raised.n_groups == 1:
        yield telling.say("each_single", topics=len(found))
        return
    first = _first(found)
    if _none_leads(telling, first):
        names = [topic.code.title for topic in first]
        said = telling.say("none_leads", topics=names, groups=first[0].raised.n_groups, total=_total(telling))
        known = [telling.known("code", topic.code.id, "n_groups", question) for topic in first]
        yield resting_on(telling, said, [*known, telling.known("event", "dialogue", "n_groups")])
        return
    named = [topic for topic in _most(telling, found) if topic.raised.n_groups > 1]
    parts = []
    for groups, alike in itertools.groupby(named, key=lambda topic: topic.raised.n_groups):
        names = [topic.code.title for topic in alike]
        name = "topic_in_groups" if len(names) == 1 else "topics_in_groups"
        parts.append(telling.text(name, topics=names, groups=groups, total=_total(telling)))
    counts = [telling.known("code", topic.code.id, "n_groups", question) for topic in named]
    total = telling.known("event", "dialogue", "n_groups")
    yield resting_on(telling, telling.say("most_raised", topics=parts), [*counts, total])


def singles(telling: DialogueTelling, question: str) -> Sentence | None:
    """What a single group raised, beside what many did."""
    found = topics_of(telling, question)
    alone = [topic for topic in found if topic.raised.n_groups == 1]
    if not by_groups(telling, found) or not alone or len(alone) == len(found):
        return None
    said = telling.say("raised_once", topics=[telling.language.quoted(topic.code.title) for topic in alone])
    keys = tuple(telling.key("code", topic.code.id, "n_groups", question) for topic in alone)
    return replace(said, rests_on=keys)


def sensitive(telling: DialogueTelling, question: str) -> Iterator[Sentence]:
    """What is told and not ranked; without a number where a group may be few people."""
    for topic in topics_of(telling, question, sensitive=True):
        if not _is_counted(telling, topic):
            yield telling.say("told_of", topic=topic.code.title)
        else:
            groups = telling.known("code", topic.code.id, "n_groups", question)
            yield telling.say("told_in_groups", topic=topic.code.title, groups=groups, total=_total(telling))


def resting_on(telling: DialogueTelling, sentence: Sentence, numbers: list[Known]) -> Sentence:
    """A sentence with numbers in a list, which rests on these findings."""
    printed = tuple((known.key, telling.language.count(known.value)) for known in numbers)
    keys = tuple(dict.fromkeys(known.key.rpartition(".")[0] for known in numbers))
    return replace(sentence, rests_on=keys, numbers=printed)


def _total(telling: DialogueTelling) -> int:
    return telling.dialogue.groups or 0


def table(telling: DialogueTelling, question: str, found: list[RaisedTopic]) -> Table:
    """A row per topic: in how many groups, in how many statements."""
    heads = ("topic", "groups", "statements") if by_groups(telling, found) else ("topic", "statements")
    rows = []
    for topic in found:
        keys = {name: telling.key("code", topic.code.id, f"n_{name}", question) for name in heads[1:]}
        cells = {
            "groups": telling.language.part_of(topic.raised.n_groups, _total(telling)),
            "statements": str(topic.raised.n_statements),
        }
        rows.append([(topic.code.title, ()), *((cells[name], (keys[name],)) for name in heads[1:])])
    return keyed_table(
        telling.text("topics_table", question=telling.questions[question]),
        tuple(Column(telling.text(f"column_{name}"), name != "topic") for name in heads),
        rows,
        f"topics-{list(telling.questions).index(question) + 1}",
    )
