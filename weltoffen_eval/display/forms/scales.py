"""The scales of a questionnaire in a form: what can be chosen, and what each answer means."""

from __future__ import annotations

from collections.abc import Iterable

from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.study.forms.pages import EntryCell
from weltoffen_eval.study.questionnaire.instrument import Item, NonAnswer, Option, ResponseScale

#: So many letters of explanations stand above the questions of a field, where they stay in view.
_MOST_ABOVE = 1_000


def answer_cell(asked: AskedForm, item: Item) -> EntryCell:
    """The cell in which an item is answered, with what this office has answered already."""
    scale = asked.instrument.scale_of(item.id)
    given = asked.given.get(item.id, "")
    words = asked.words
    if scale.kind == "ordinal":
        return EntryCell(given, choices=scale.id, hint=words.text("choose"), refused=words.text("refused"))
    others = list(asked.answers_of(scale))
    ends = {"low": scale.minimum, "high": scale.maximum}
    if others:
        return EntryCell(given, hint=words.text("enter_number", **ends, others=others))
    hint = words.text("enter_number_only", **ends)
    return EntryCell(given, between=(scale.minimum, scale.maximum), hint=hint, refused=hint)


def choices(asked: AskedForm) -> dict[str, tuple[str, ...]]:
    """By scale what can be chosen."""
    return {scale.id: asked.answers_of(scale) for scale in asked.instrument.scales if scale.kind == "ordinal"}


def scale_title(asked: AskedForm, scale: ResponseScale) -> str:
    """What the questions of a scale are about, where that is one aspect."""
    aspects = {item.aspect for item in asked.instrument.items if item.scale == scale.id}
    aspect = aspects.pop() if len(aspects) == 1 else ""
    return asked.words.text(f"answers_{aspect}" if aspect in ("practice", "concept") else "answers_other")


def meanings_of(asked: AskedForm, answers: Iterable[Option | NonAnswer]) -> list[tuple[str, str]]:
    """Each of these answers with what it means, which may be nothing."""
    return [(asked.say(answer.label), asked.say(answer.help)) for answer in answers]


def meanings(asked: AskedForm, scale: ResponseScale) -> list[tuple[str, str]]:
    """Each answer of a scale with what it means, which may be nothing."""
    answers = meanings_of(asked, (*scale.options, *scale.non_answers))
    if scale.kind == "numeric":
        number = asked.words.text("answers_number", low=scale.minimum, high=scale.maximum)
        return [(number, ""), *answers]
    return answers


def explained(asked: AskedForm, items: Iterable[Item]) -> list[str]:
    """The answers of the scales of these items in a line for each scale, where they can stay in view.

    What is no answer and can be chosen on all of them has a line of its own.
    """
    used = {item.scale for item in items}
    scales = [scale for scale in asked.instrument.scales if scale.id in used]
    others = [meanings_of(asked, scale.non_answers) for scale in scales]
    alike = len(scales) > 1 and all(other == others[0] for other in others)
    lines = [
        (scale_title(asked, scale), meanings(asked, scale)[: -len(other) if alike and other else None])
        for scale, other in zip(scales, others, strict=True)
    ]
    if alike and others[0]:
        lines.append((asked.words.text("answers_always"), others[0]))
    told = [
        f"{title}: {' · '.join(f'{label} ({meant})' if meant else label for label, meant in answers)}"
        for title, answers in lines
    ]
    return told if sum(map(len, told)) <= _MOST_ABOVE else []
