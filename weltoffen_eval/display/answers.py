"""What an administration answered, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Answer


@dataclass(frozen=True)
class Answered:
    """An answer in words, the keys behind it, and its language where that is not the reader's."""

    text: str
    rests_on: tuple[str, ...]
    language: str = ""


def answer(telling: Telling, item: str) -> Answered:
    """What was answered to an item, in words; with several sheets each answer with its count."""
    answers = telling.profile.answers_to(item)
    if not answers and telling.profile.own.by_persons:
        return Answered(telling.word("answers", "few_persons"), ())
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
    return Answered(", ".join(f"{word} ({times})" for word, times in said.items()), keys, language)


def in_words(telling: Telling, given: Answer, item: str) -> tuple[str, str]:
    """One answer in words, and their language where it is not the reader's."""
    if given.missing is not None:
        return telling.word("missing", given.missing), ""
    if given.value is not None:
        return telling.language.decimal(given.value, 2), ""
    assert given.code is not None
    texts = telling.profile.instrument.scale_of(item).option(given.code).label
    return telling.title(texts), telling.foreign(texts)


def _key(telling: Telling, given: Answer, item: str) -> str:
    if given.missing is not None:
        return telling.key("item", item, "n_missing", given.missing)
    if given.code is not None:
        return telling.key("item", item, "n", str(given.code))
    return telling.key("item", item, "score")


def answer_groups(telling: Telling, dimension: str) -> list[tuple[str, str, dict[str, int], tuple[str, ...]]]:
    """Answers to a field: (words, their language, {item: how many sheets say so}, keys).

    The best option comes first, non-answers last.
    """
    instrument = telling.profile.instrument
    items = instrument.items_of(dimension)
    scales = [scale for scale in instrument.scales if any(item.scale == scale.id for item in items)]
    options = [option for scale in scales for option in sorted(scale.options, key=lambda o: -o.points)]
    number = telling.word("answers", "number")
    labels = [(telling.title(option.label), telling.foreign(option.label)) for option in options]
    labels += [(number, ""), *((word, "") for word in telling.language.words["missing"].values())]
    groups: dict[str, dict[str, int]] = {label: {} for label, _ in labels}
    keys: dict[str, list[str]] = {label: [] for label, _ in labels}
    for item in items:
        for given in telling.profile.answers_to(item.id):
            label = number if given.value is not None else in_words(telling, given, item.id)[0]
            groups[label][item.id] = groups[label].get(item.id, 0) + 1
            keys[label].append(_key(telling, given, item.id))
    languages = dict(reversed(labels))
    return [
        (label, languages[label], group, tuple(dict.fromkeys(keys[label])))
        for label, group in groups.items()
        if group
    ]
