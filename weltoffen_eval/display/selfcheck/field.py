"""One field: what is there and what is missing, its criteria as dots, its questions, a few suggestions."""

from __future__ import annotations

from weltoffen_eval.blocks import Block, Facts, Figure
from weltoffen_eval.display.answers import non_answer_label
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.selfcheck import figures, suggestions, tables, wording
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.standing import NOT_APPLICABLE, by_state
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item


def blocks(telling: Telling, dimension: Dimension) -> list[Block | None]:
    """What is to be said about one field; of a field not chosen only that."""
    said: list[Block | None] = [
        paragraph(
            *wording.dimension_score(telling, dimension.id),
            wording.change(telling, dimension.id),
            *wording.pairs(telling, dimension.id),
        )
    ]
    withheld = telling.profile.score("dimension", dimension.id)["withheld"]
    if withheld in ("not_chosen", "not_asked") or not telling.profile.own.told:
        return said
    said.append(_states(telling, dimension))
    said += _criteria(telling, dimension)
    said.append(tables.items(telling, dimension.id))
    if any(item.id in telling.profile.evidence for item in telling.profile.instrument.items_of(dimension.id)):
        said.append(paragraph(telling.say("evidence_meant")))
    said += suggestions.of_field(telling, dimension.id)
    return said


def _states(telling: Telling, dimension: Dimension) -> Facts | None:
    """Vorhanden, in Arbeit, noch nicht vorhanden, nicht beantwortet: the questions by their short names."""
    found = by_state(telling.profile, telling.profile.instrument.items_of(dimension.id))
    facts = tuple(
        (_term(telling, state, items), entry(wording.named_items(telling, "items_in_state", items)))
        for state, items in found.items()
        if items
    )
    return Facts(facts) if facts else None


def _term(telling: Telling, state: str, items: list[Item]) -> str:
    """The name of a state; what does not apply is called as the questionnaire calls it."""
    if state == NOT_APPLICABLE:
        label = non_answer_label(telling, items[0].id, "not_applicable")
        if not telling.language.foreign(label):
            return label.text[:1].upper() + label.text[1:]
    return telling.word("item_states", state)


def _criteria(telling: Telling, dimension: Dimension) -> list[Figure]:
    criteria = telling.profile.instrument.criteria_of(dimension.id)
    if not criteria:
        return []
    return figure_blocks(
        criteria,
        lambda part: figures.criterion_profile(telling, dimension.id, part),
        f"c-{dimension.id}",
        telling.text("criteria_caption", field=telling.label(dimension.title)),
        lambda part: wording.criterion_alternative(telling, dimension.id, part),
        tables.criterion_profile(telling, dimension.id),
        telling.common,
    )
