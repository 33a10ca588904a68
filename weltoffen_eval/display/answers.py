"""What an administration answered, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weltoffen_eval.analysis.merged_sheets import PRECEDENCE
from weltoffen_eval.display.language import Label
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.own_answers import Answer
from weltoffen_eval.study.questionnaire.instrument import Item


@dataclass(frozen=True)
class Answered:
    """An answer in words, the keys behind it, and its language where that is not the reader's."""

    text: str
    rests_on: tuple[str, ...]
    language: str = ""


def answer(telling: Telling, item: str) -> Answered:
    """What was answered to an item, in words; of several sheets "zweimal vereinzelt, einmal keine Angabe".

    Answers stand in the order of the scale, non-answers last.
    """
    answers = sorted(_counted(telling, item), key=lambda given: _place(telling, given, item))
    if not answers and telling.profile.own.by_persons:
        protected = telling.profile.score("item", item)["withheld"] == "disclosure"
        return Answered(telling.word("answers", "protected" if protected else "few_persons"), ())
    keys = tuple(dict.fromkeys(_key(telling, given, item) for given in answers))
    said: dict[str, int] = {}
    languages = set()
    for given in answers:
        word, language = in_words(telling, given, item)
        said[word] = said.get(word, 0) + 1
        languages.add(language)
    language = languages.pop() if len(languages) == 1 else ""
    if len(answers) == 1:
        return Answered(next(iter(said)), keys, language)
    times = telling.language.times
    # an answer that says nothing of what is in place may be half a sentence ("stimme eher zu")
    by_points = telling.manner is not None and telling.manner.by_points
    called = {word: telling.language.quoted(word) if by_points else word for word in said}
    text = ", ".join(f"{times(count)} {called[word]}" for word, count in said.items())
    return Answered(text, keys, language)


def _counted(telling: Telling, item: str) -> list[Answer]:
    """The answers that are told: of parts of one questionnaire, what an office answered, each answer once."""
    answers = telling.profile.answers_to(item)
    if not telling.profile.merged:
        return answers
    together = telling.profile.together.get(item, "")
    there = [given for given in answers if (given.missing or "") == together]
    return there if len(set(there)) > 1 else there[:1]


def in_words(telling: Telling, given: Answer, item: str) -> tuple[str, str]:
    """One answer in words, and their language where it is not the reader's."""
    if given.missing is not None:
        label = non_answer_label(telling, item, given.missing)
        return label.text, telling.language.foreign(label)
    if given.value is not None:
        return telling.language.decimal(given.value, 2), ""
    assert given.code is not None
    texts = telling.profile.instrument.scale_of(item).option(given.code).label
    return telling.title(texts), telling.foreign(texts)


def non_answer_label(telling: Telling, item: str, kind: str) -> Label:
    """A kind of non-answer as the scale of the item calls it; in our words where it does not."""
    scale = telling.profile.instrument.scale_of(item)
    labels: list[Mapping[str, str]] = [n.label for n in scale.non_answers if n.kind == kind and n.label]
    if labels:
        return telling.label(labels[0])
    return Label(telling.word("missing", kind), telling.language.id)


def short_name(telling: Telling, item: Item) -> Label:
    """The short name of a question; its text where it has none."""
    return telling.label(item.label or item.text)


def _place(telling: Telling, given: Answer, item: str) -> tuple[float, float]:
    """Where an answer stands: by the order of the scale, numbers by size, non-answers last."""
    if given.missing is not None:
        return 2, PRECEDENCE.index(given.missing)
    if given.value is not None:
        return 1, given.value
    codes = [option.code for option in telling.profile.instrument.scale_of(item).options]
    return 0, codes.index(given.code) if given.code in codes else len(codes)


def _key(telling: Telling, given: Answer, item: str) -> str:
    if given.missing is not None:
        return telling.key("item", item, "n_missing", given.missing)
    if given.code is not None:
        return telling.key("item", item, "n", str(given.code))
    return telling.key("item", item, "score")
