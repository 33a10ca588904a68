"""What a survey asks of a questionnaire: by item where it stands, and how it is worded there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.limesurvey.structure import (
    Part,
    Structure,
    SurveyQuestion,
    escaped,
    seen,
    strip_tags,
)
from weltoffen_eval.study.limesurvey.survey_layout import lay_out
from weltoffen_eval.study.questionnaire.instrument import Instrument


@dataclass(frozen=True)
class AskedItem:
    """An item as a survey asks it: the code of its question and of its part, either of which may be empty.

    ``texts``: the question's and the part's text, in each language, as headings may show them before they are
    cut. ``question``: what is known of it from a file of the structure.
    """

    code: str
    part: str
    texts: tuple[tuple[str, str], ...] = ()
    question: SurveyQuestion | None = None


@dataclass(frozen=True)
class AskedItems:
    """A survey in the terms of a questionnaire.

    ``from_structure``: whether its codes are known for certain; else they are those that a survey made of
    the questionnaire would have, and a question's code may be another.
    """

    items: Mapping[str, AskedItem]
    structure: Structure = field(default_factory=Structure)
    from_structure: bool = False


def asked_by_layout(instrument: Instrument) -> AskedItems:
    """The items as a survey made of the questionnaire has them."""
    items = {}
    for question in lay_out(instrument):
        for item, part in question.items:
            texts = []
            for language in item.text:
                named = question.texts[language]
                if not part:
                    texts += [(form, "") for form in _forms(named)]
                    continue
                short = [item.label[language]] if language in item.label else []
                texts += [
                    (q, p)
                    for q in _forms(named)
                    for text in [item.text[language], *short]
                    for p in _forms(text)
                ]
            items[item.id] = AskedItem(question.code, part, tuple(dict.fromkeys(texts)))
    return AskedItems(items)


def _forms(text: str) -> Iterable[str]:
    """A text as it is, and as it stands in LimeSurvey, where texts are HTML."""
    return dict.fromkeys((text, escaped(text)))


def asked_by_structure(
    structure: Structure, instrument: Instrument, file: str, faults: list[Fault], named: Iterable[str] = ()
) -> AskedItems:
    """The items as a survey has them that its structure file describes: found by wording, else by code.

    ``named``: items for which study.toml names the column itself. An item that two questions ask, or a
    question whose code is one item and whose wording another, is a fault.
    """
    by_text: dict[str, set[str]] = {}
    for item in instrument.items:
        for text in (*item.text.values(), *item.label.values()):
            by_text.setdefault(folded(text), set()).add(item.id)
    found: dict[str, list[AskedItem]] = {}
    for question in structure.questions:
        for part in question.parts or (None,):
            key = _meant(question, part, by_text, instrument, file, faults)
            if key and key not in named:
                found.setdefault(key, []).append(_asked(question, part))
    for key, several in found.items():
        if len(several) > 1:
            places = ", ".join(f"{a.code}[{a.part}]" if a.part else a.code for a in several)
            faults.append(
                Fault(
                    file, f"{key} in several places: {places}", "one question for each item",
                    "Say in study.toml which is meant: items = { … }.",
                )
            )  # fmt: skip
    return AskedItems({key: several[0] for key, several in found.items()}, structure, True)


def _meant(
    question: SurveyQuestion,
    part: Part | None,
    by_text: Mapping[str, set[str]],
    instrument: Instrument,
    file: str,
    faults: list[Fault],
) -> str:
    """The item that a question or a part of it asks, or nothing."""
    texts = (part or question).texts.values()
    by_wording: set[str] = set()
    for text in texts:
        by_wording |= by_text.get(folded(seen(text)), set())
    code = part.code if part else question.code
    by_code = {code} if code in instrument.item_by_id else set()
    if len(by_wording) > 1:
        # several items of one wording: the code says which
        by_wording = by_wording & by_code or by_wording
    if len(by_wording) > 1 or (by_wording and by_code and by_wording != by_code):
        place = f"{question.code}[{part.code}]" if part else question.code
        meant = " or ".join(sorted(by_wording | by_code))
        faults.append(
            Fault(
                file, f"{place}, which may be {meant}", "a question that is one item by code and wording",
                "Say in study.toml which is meant: items = { … }.",
            )
        )  # fmt: skip
        return ""
    return next(iter(by_wording or by_code), "")


def _asked(question: SurveyQuestion, part: Part | None) -> AskedItem:
    texts = []
    for language, text in question.texts.items():
        of_part = part.texts.get(language, "") if part else ""
        texts.append((strip_tags(text), strip_tags(of_part)))
    return AskedItem(question.code, part.code if part else "", tuple(texts), question)
