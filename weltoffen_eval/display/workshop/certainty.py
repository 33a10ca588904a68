"""How sure what is said is: how far one answer moves a value, how far the persons agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from weltoffen_eval.analysis.agreement import in_words
from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Column, Sentence, Table
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.shown import paragraph
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.standing import NOT_APPLICABLE, state_of
from weltoffen_eval.results.workshop_findings import Rated
from weltoffen_eval.study.questionnaire.instrument import Item


class _Agreement(NamedTuple):
    """How far all persons agree on a question: ``united``, ``mixed`` or ``divided``, and the findings."""

    item: Item
    word: str
    deviation: Finding
    van_der_eijk: Finding
    behind: tuple[str, ...]


def blocks(telling: WorkshopTelling) -> Iterator[Block | None]:
    """What the numbers say, and what they do not."""
    persons = _persons(telling)
    if not telling.workshop.rated:
        yield paragraph(telling.say("certain_notes"), telling.say("certain_mandate"))
        return
    yield paragraph(
        *persons, telling.say("certain_mandate"), _agreement(telling), telling.say("certain_change")
    )


def _persons(telling: WorkshopTelling) -> list[Sentence]:
    """How many answered, and how far one of the smallest group that is shown moves a value."""
    said = []
    for rated in telling.workshop.rated:
        numbers = [
            int(f.n)
            for f in rated.told.values()
            if f.quantity in ("gap", "score") and not math.isnan(f.value)
        ]
        if numbers:
            smallest = min(numbers)
            total = sum(rated.sizes.values())
            said.append(
                telling.say("certain_persons", persons=total, smallest=smallest, points=float(100 / smallest))
            )
    return said


def _agreements(telling: WorkshopTelling) -> list[_Agreement]:
    """The questions on which the answers of all together may be shown."""
    rated = telling.workshop.questions
    if rated is None:
        return []
    found = []
    for item in telling.profile.instrument.items:
        told = _counted(rated, item)
        deviation = rated.finding(ALL, "item", item.id, "average_deviation")
        van_der_eijk = rated.finding(ALL, "item", item.id, "van_der_eijk_a")
        if not told or deviation is None or van_der_eijk is None or math.isnan(deviation.value):
            continue
        word = in_words([int(of.value) for of in told])
        keys = tuple(of.key for of in told)
        found.append(_Agreement(item, word, deviation, van_der_eijk, keys))
    return found


def _counted(rated: Rated, item: Item) -> list[Finding]:
    """Persons by answer, lowest points first; nothing where they may not be shown."""
    codes = sorted(
        (code for of, code in rated.points if of == item.id), key=lambda c: rated.points[item.id, c]
    )
    told = [rated.finding(ALL, "item", item.id, f"n={code}") for code in codes]
    return (
        [of for of in told if of is not None] if all(of and not math.isnan(of.value) for of in told) else []
    )


def _agreement(telling: WorkshopTelling) -> Sentence | None:
    found = _agreements(telling)
    if not found:
        return None
    words = [of.word for of in found]
    keys = tuple(of.deviation.key for of in found)
    if len(set(words)) == 1:
        word = telling.word("agreement", words[0])
        return telling.say_on("certain_agreement_alike", keys, total=len(found), word=word)
    parts = [
        _part(telling, words.count(word), telling.word("agreement", word))
        for word in ("united", "mixed", "divided")
        if word in words
    ]
    return telling.say_on("certain_agreement", keys, total=len(found), parts=parts)


def _part(telling: WorkshopTelling, questions: int, word: str) -> str:
    if questions == 1:
        return telling.text("agreement_of_one", word=word)
    return telling.text("agreement_of_some", questions=questions, word=word)


def appendix(telling: WorkshopTelling) -> Iterator[Block | None]:
    """The coefficients, question by question."""
    found = _agreements(telling)
    if not found:
        rated = telling.workshop.questions is not None
        yield paragraph(telling.say("agreement_none" if rated else "questions_not_rated"))
        return
    shown = {of.item.id for of in found}
    withheld = any(item.id not in shown for item in _rated_items(telling))
    yield paragraph(
        telling.say("agreement_explained"),
        telling.say("agreement_of_persons"),
        telling.say("agreement_withheld") if withheld else None,
        _not_applicable(telling, [of.item for of in found]),
    )
    yield _table(telling, found)


def _not_applicable(telling: WorkshopTelling, items: Sequence[Item]) -> Sentence | None:
    """Which of the questions do not apply, as the administration says, though persons answered them."""
    found = [item for item in items if state_of(telling.profile, item.id) == NOT_APPLICABLE]
    if not found:
        return None
    return telling.say("agreement_not_applicable", items=[short_name(telling, item).text for item in found])


def _rated_items(telling: WorkshopTelling) -> Iterator[Item]:
    """The questions that any person was asked, shown or not."""
    rated = telling.workshop.questions
    for item in telling.profile.instrument.items:
        if rated is not None and rated.finding(ALL, "item", item.id, "average_deviation") is not None:
            yield item


def _table(telling: WorkshopTelling, found: list[_Agreement]) -> Table:
    decimal = telling.language.decimal
    rows: list[list[Cell]] = [
        [
            (of.item.id, ()),
            (short_name(telling, of.item).text, ()),
            (decimal(of.deviation.n), (of.deviation.key,)),
            (decimal(of.deviation.value, 2, fixed=True), (of.deviation.key,)),
            (decimal(of.van_der_eijk.value, 2, fixed=True), (of.van_der_eijk.key,)),
            (telling.word("agreement", of.word), of.behind),
        ]
        for of in found
    ]
    heads = ("number", "question", "n", "deviation", "van_der_eijk_a", "agreement")
    numeric = ("n", "deviation", "van_der_eijk_a")
    columns = tuple(Column(telling.word("columns", head), head in numeric) for head in heads)
    return keyed_table(telling.text("agreement_table"), columns, rows, "agreement", folded=True)
