"""What all see alike, what most of a group sees otherwise, what others know: question by question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from weltoffen_eval.analysis.comparison import whole
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Column, Facts, Heading, Listing, Sentence, Table
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.sentences import Known
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.workshop import answers
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.standing import ABSENT, ABSENT_BELOW, PRESENT, UNDER_WAY, state_of
from weltoffen_eval.results.workshop_views import (
    MOST_DIFFERENCES,
    Difference,
    alike_questions,
    differences,
    known_to_others,
    question_views,
)
from weltoffen_eval.study.questionnaire.instrument import Item

#: So many questions are listed of those that all see alike, and of those that others know.
_MOST_ALIKE, _MOST_KNOWN = 5, 8


def blocks(telling: WorkshopTelling) -> Iterator[Block | None]:
    """Agreement before difference; one sentence where no question was rated."""
    if telling.workshop.questions is None:
        yield paragraph(telling.say("questions_not_rated"))
        return
    yield Heading(3, telling.text("alike_heading"), "alike")
    yield from _alike(telling)
    yield Heading(3, telling.text("differences_heading"), "differences")
    yield from _differences(telling)
    yield from _known(telling)


def _alike(telling: WorkshopTelling) -> Iterator[Block | None]:
    found = alike_questions(telling.workshop)
    total = sum(map(len, found.values()))
    if not total:
        yield paragraph(telling.say("alike_none"))
        return
    ground = telling.say("alike_ground") if found[ABSENT] else None
    otherwise = called_otherwise(telling, found[ABSENT][:_MOST_ALIKE])
    yield paragraph(telling.say("alike", questions=total), ground, *otherwise)
    yield Facts(
        tuple(
            (telling.word("together", state), entry(_listed(telling, items)))
            for state, items in ((PRESENT, found[PRESENT]), (ABSENT, found[ABSENT]))
            if items
        )
    )


def _listed(telling: WorkshopTelling, items: Sequence[Item]) -> Sentence:
    names, keys = named(telling, items[:_MOST_ALIKE])
    if len(items) > _MOST_ALIKE:
        return telling.say_on("alike_among", keys, items=names, total=len(items))
    return telling.say_on("alike_present", keys, items=names)


def called_otherwise(telling: WorkshopTelling, items: Sequence[Item]) -> Iterator[Sentence]:
    """That the self-check calls questions otherwise that all together see as not there yet."""
    under_way = [item for item in items if state_of(telling.profile, item.id) == UNDER_WAY]
    if under_way:
        _, keys = named(telling, under_way)
        state = telling.word("item_states", UNDER_WAY)
        questions = len(under_way)
        yield telling.say_on("absent_under_way", keys, least=ABSENT_BELOW, state=state, questions=questions)


def named(telling: WorkshopTelling, items: Sequence[Item]) -> tuple[list[str], tuple[str, ...]]:
    """The short names of questions, and the findings behind how all see them.

    A question without a short name loses its full stop: the sentence around it has one.
    """
    keys = [
        key
        for item in items
        for key in (
            telling.key("item", item.id, "score"),
            *(view.finding.key for view in question_views(telling.workshop, item.id)),
        )
    ]
    return [short_name(telling, item).text.removesuffix(".") for item in items], tuple(keys)


def _differences(telling: WorkshopTelling) -> Iterator[Block | None]:
    found = differences(telling.workshop)
    if not found:
        yield paragraph(telling.say("page_nothing_apart"))
        return
    shown = found[:MOST_DIFFERENCES]
    among = (
        telling.say("differences_among", shown=len(shown), total=len(found))
        if len(found) > len(shown)
        else None
    )
    less = telling.say("less_may_mean") if any(of.gap.value < 0 for of in shown) else None
    more = telling.say("more_may_mean") if any(of.gap.value > 0 for of in shown) else None
    yield paragraph(
        telling.say("differences", questions=len(found)), among, less, more, telling.say("nobody_is_right")
    )
    yield Listing(tuple(entry(said) for said in apart_by_group(telling, shown, found)))
    yield from answers.figures(telling, [of.item for of in shown])


def apart_by_group(
    telling: WorkshopTelling, shown: Sequence[Difference], found: Sequence[Difference]
) -> list[Sentence]:
    """Who sees more or less of which questions: a sentence for each group and way, the widest first.

    ``shown``: the first of all that were ``found``; a group with more of its kind is told so.
    """
    together: dict[tuple[str, str], list[Difference]] = {}
    for of in shown:
        together.setdefault(_side(of), []).append(of)
    number = Counter(_side(of) for of in found)
    return [
        _told(telling, *side, those, "_most" if number[side] > len(those) else "")
        for side, those in together.items()
    ]


def _side(of: Difference) -> tuple[str, str]:
    """The group, and whether it sees less or more."""
    return of.view.group, "less" if of.gap.value < 0 else "more"


def _printed_gap(telling: WorkshopTelling, of: Difference) -> float | Known:
    """How far a group is from the administration: the difference of what is printed of both."""
    printed = abs(whole(telling.profile.item_scores[of.item.id]) - whole(of.view.points))
    # where rounding makes no other number of it, it is the finding itself
    same = printed == whole(abs(of.gap.value))
    return Known(abs(of.gap.value), f"{of.gap.key}.value") if same else float(printed)


def _told(telling: WorkshopTelling, group: str, way: str, found: Sequence[Difference], most: str) -> Sentence:
    """Of one group and way: a question in a sentence, or several in one, each with its points and persons."""
    who = telling.group(group)
    numbers = [
        {
            "points": _printed_gap(telling, of),
            "persons": Known(float(of.view.persons), f"{of.gap.key}.n"),
        }
        for of in found
    ]
    if len(found) == 1:
        name = short_name(telling, found[0].item)
        return telling.say(f"difference_{way}", group=who, question=name, **numbers[0])
    parts = [
        telling.say("difference_of", question=short_name(telling, of.item), **given)
        for of, given in zip(found, numbers, strict=True)
    ]
    said = telling.say(
        f"differences_{way}{most}", group=who, count=len(found), questions=[part.text for part in parts]
    )
    keys = tuple(dict.fromkeys(key for part in parts for key in part.rests_on))
    return replace(said, rests_on=keys, numbers=tuple(pair for part in parts for pair in part.numbers))


def _known(telling: WorkshopTelling) -> Iterator[Block | None]:
    found = known_to_others(telling.workshop)
    if not found:
        return
    yield Heading(3, telling.text("known_heading"), "known")
    shown = found[:_MOST_KNOWN]
    among = (
        telling.say("known_among", shown=len(shown), total=len(found)) if len(found) > len(shown) else None
    )
    yield paragraph(telling.say("known", questions=len(found)), among)
    yield _known_table(telling, shown)


def _known_table(telling: WorkshopTelling, rows: Sequence[tuple[Item, tuple[Finding, ...]]]) -> Table:
    """A row per question and group: what the administration left open, and what others said."""
    filled: list[list[Cell]] = []
    for item, told in rows:
        own = answers.own_answer(telling, item)
        for finding in told:
            said, keys = answers.in_words(telling, item, finding.perspective)
            if not keys:
                said, keys = telling.text("mean_of_persons", points=finding.value), (finding.key,)
            persons = telling.language.decimal(finding.n) if not math.isnan(finding.n) else ""
            filled.append(
                [
                    (short_name(telling, item).text, ()),
                    own,
                    (telling.group_label(finding.perspective), ()),
                    (persons, (finding.key,)),
                    (said, keys),
                ]
            )
    question, *heads = (
        Column(telling.word("columns", head), head == "n")
        for head in ("question", "perspective", "n", "answers")
    )
    return keyed_table(
        telling.text("known_table"),
        (question, Column(telling.text("label_own")), *heads),
        filled,
        "known-to-others",
    )
