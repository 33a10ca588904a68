"""Variables of an exported study: how an item is called in a statistics program, and what its codes mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from weltoffen_eval.display.language import Language
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Instrument, Item, ResponseScale

#: Whose the answers are, in every table.
WHO = ("municipality", "name", "ags", "wave", "setting", "perspective", "unit", "respondent")
#: Derived from the study, not answered: what is read back has to be empty there.
NOT_ANSWERED = ("not_chosen", "not_asked")
#: Words that mean something in the language of SPSS.
_OF_SPSS = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
_LONGEST_NAME = 64


@dataclass(frozen=True)
class ItemVariable:
    """An item as a variable.

    ``label``: the item's text. ``labels``: by code what it means, answers first. ``missing``: by kind of
    missing answer its code; all of these lie in the ``ranges`` (lowest, highest), in which no answer lies.
    """

    item: Item
    name: str
    label: str
    labels: Mapping[int, str]
    missing: Mapping[str, int]
    ranges: tuple[tuple[int, int], ...]


def variables_of(instrument: Instrument, language: Language) -> tuple[ItemVariable, ...]:
    """The variables of a questionnaire, in its order."""
    names = variable_names(item.id for item in instrument.items)
    made = []
    for item, name in zip(instrument.items, names, strict=True):
        scale = instrument.scale_of(item.id)
        missing = missing_codes(scale)
        answers = {option.code: language.of(option.label).text for option in scale.options}
        others = {code: missing_label(scale, kind, language) for kind, code in missing.items()}
        text = language.of(item.text).text
        made.append(ItemVariable(item, name, text, answers | others, missing, _ranges(missing.values())))
    return tuple(made)


def missing_label(scale: ResponseScale, kind: str, language: Language) -> str:
    """What a missing answer is called; with its id, by which it is read back, where the scale has none."""
    said = next((entry.label for entry in scale.non_answers if entry.kind == kind and entry.label), None)
    return language.of(said).text if said else f"{language.word('missing', kind)} ({kind})"


def missing_codes(scale: ResponseScale) -> dict[str, int]:
    """A code for every kind of missing answer, none of which can be an answer.

    Those of the questionnaire, and beside them others, where all of them lie together between no answers: a
    program such as SPSS takes one range of missing values. Else all five are new, below every answer.
    """
    own: dict[str, int] = {}
    for entry in scale.non_answers:
        if entry.code is not None:
            own.setdefault(entry.kind, entry.code)
    taken = {option.code for option in scale.options}
    if own and scale.kind == "ordinal" and max(own.values()) - min(own.values()) < len(MISSING_KINDS):
        # of those that lie next to them, the lower ones first
        free = [
            code
            for code in range(min(own.values()) - len(MISSING_KINDS), max(own.values()) + 1)
            if code not in own.values()
        ]
        codes = own | dict(zip([k for k in MISSING_KINDS if k not in own], reversed(free), strict=False))
        if not taken & set(range(min(codes.values()), max(codes.values()) + 1)):
            return {kind: codes[kind] for kind in MISSING_KINDS}
    lowest = min([*taken, *own.values(), 0, int(scale.minimum) if scale.kind == "numeric" else 0])
    # -91 to -95, or as far below the lowest answer
    begin = -91 + min(0, (lowest + 90) // 100 * 100) if lowest < -90 else -91
    return {kind: begin - place for place, kind in enumerate(MISSING_KINDS)}


def _ranges(codes: Iterable[int]) -> tuple[tuple[int, int], ...]:
    known = sorted(codes)
    return ((known[0], known[-1]),)


def variable_names(ids: Iterable[str]) -> list[str]:
    """Names that statistics programs take: letters, digits and _, each once, in small or capital letters."""
    taken = {*WHO, *_OF_SPSS}
    names = []
    for key in ids:
        stem = re.sub("[^A-Za-z0-9_]", "_", key)
        stem = (stem if stem[:1].isalpha() else f"v_{stem}")[: _LONGEST_NAME - 4].rstrip("_") or "v"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names
