"""The questionnaire as data: dimensions, criteria, items and the scales on which they are answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from weltoffen_eval.raw.table import folded, plain
from weltoffen_eval.raw.written_numbers import NumberStyle
from weltoffen_eval.study.brand import Brand

#: The kinds of non-answer that an answering person can give. ``skipped`` is also an empty cell.
NON_ANSWERS = ("skipped", "dont_know", "not_applicable")
#: All kinds, with those that follow from the study: a whole dimension left out, an item not asked.
MISSING_KINDS = (*NON_ANSWERS, "not_chosen", "not_asked")

#: "2 – vereinzelt", "2: vereinzelt", "2) vereinzelt".
_CODE_AND_LABEL = re.compile(r"([+-]?[0-9]+)\s*[–—:.)=-]\s*(\S.*)", re.DOTALL)
_CODE = re.compile(r"[+-]?[0-9]+")
_WHOLE = re.compile(r"([+-]?[0-9]+)[.,]0+")


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen: its ``code``, its ``points`` (0–100) and how people write it.

    ``help`` explains it in the form; ``suggestion`` is said once per field, for items answered so.
    """

    code: int
    points: float
    label: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    suggestion: Mapping[str, str] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)

    def spellings(self) -> tuple[str, ...]:
        return (str(self.code), *self.label.values(), *self.aliases)


@dataclass(frozen=True)
class NonAnswer:
    """One way of not answering, of a ``kind`` in :data:`NON_ANSWERS`; reports print its ``label``.

    ``help`` and ``suggestion`` as of an :class:`Option`.
    """

    kind: str
    label: Mapping[str, str]
    code: int | None = None
    aliases: tuple[str, ...] = ()
    suggestion: Mapping[str, str] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)

    def spellings(self) -> tuple[str, ...]:
        code = () if self.code is None else (str(self.code),)
        return (*code, *self.label.values(), *self.aliases)


@dataclass(frozen=True)
class Decoded:
    """What a cell means: exactly one of code, value, missing; ``rule``: how it was read, if not as is."""

    code: int | None = None
    value: float | None = None
    missing: str | None = None
    rule: str = ""


@dataclass(frozen=True)
class ResponseScale:
    """A scale: ``ordinal`` with options, or ``numeric`` with the goalposts ``minimum`` and ``maximum``.

    ``about``: one of :data:`~weltoffen_eval.study.questionnaire.subjects.SUBJECTS`, or empty.
    """

    id: str
    kind: str
    options: tuple[Option, ...] = ()
    non_answers: tuple[NonAnswer, ...] = ()
    minimum: float = 0.0
    maximum: float = 100.0
    about: str = ""

    @cached_property
    def _exact(self) -> dict[str, Decoded]:
        table = {plain(s): Decoded(code=o.code) for o in self.options for s in o.spellings()}
        for non_answer in self.non_answers:
            for spelling in non_answer.spellings():
                table[plain(spelling)] = Decoded(missing=non_answer.kind)
        return table

    @cached_property
    def _folded(self) -> dict[str, Decoded]:
        return {folded(spelling): decoded for spelling, decoded in self._exact.items()}

    def decode(self, cell: str, style: NumberStyle | None = None) -> Decoded | None:
        """What a cell of a raw file means; None where it is not on the scale.

        An empty cell is ``skipped``. Labels are matched without regard to case; ``1.0`` and ``1,0``
        are the code 1; in numbers a decimal comma is a decimal comma, unless the ``style`` of the
        file says otherwise. A code beside its label is that answer. Nothing else is guessed.
        """
        text = plain(cell)
        if text == "":
            return Decoded(missing="skipped")
        rule = "" if text == cell else "trimmed"
        exact = self._exact.get(text)
        if exact is not None:
            return Decoded(exact.code, exact.value, exact.missing, rule)
        whole = _WHOLE.fullmatch(text)
        if whole and whole.group(1) in self._exact:
            exact = self._exact[whole.group(1)]
            return Decoded(exact.code, exact.value, exact.missing, "number_format")
        numeral = self.numeral(text)
        number = (style or NumberStyle()).read(numeral) if self.kind == "numeric" else None
        if number is not None:
            value, how = number
            on_scale = self.minimum <= value <= self.maximum
            how = "percent_format" if numeral != text else how or rule
            return Decoded(value=value, rule=how) if on_scale else None
        alike = self._folded.get(folded(text))
        if alike is not None:
            return Decoded(alike.code, alike.value, alike.missing, "spelling")
        return self._code_and_label(text)

    def _code_and_label(self, text: str) -> Decoded | None:
        """What "2 – vereinzelt" means, where code and label are of one answer."""
        parts = _CODE_AND_LABEL.fullmatch(text)
        if parts is None:
            return None
        by_code, by_label = self._exact.get(parts[1]), self._folded.get(folded(parts[2]))
        if by_code is None or by_label is None or by_code != by_label:
            return None
        return Decoded(by_code.code, by_code.value, by_code.missing, "code_and_label")

    def numeral(self, text: str) -> str:
        """A text without its percent sign where the scale goes from 0 to 100, so that 45 % is 45 on it."""
        of_hundred = (self.minimum, self.maximum) == (0, 100)
        return text[:-1].rstrip() if of_hundred and text.endswith("%") else text

    def names(self, cell: str) -> bool:
        """Whether a cell is word for word one of the scale's answers."""
        return plain(cell) in self._exact

    def names_in_words(self, cell: str) -> bool:
        """Whether a cell is one of the scale's answers in words, not by its code."""
        text = folded(cell)
        return not _CODE.fullmatch(text) and text in self._folded

    def expected(self) -> str:
        """What a cell may hold, in words, for messages."""
        if self.kind == "numeric":
            return f"a number from {self.minimum:g} to {self.maximum:g} (scale {self.id})"
        named = ", ".join(f"{o.code} = {o.label['de'] if o.label else ''}" for o in self.options)
        others = ", ".join(n.label["de"] if n.label else "" for n in self.non_answers)
        return f"an answer of the scale {self.id} ({named}{'; ' + others if others else ''})"

    def option(self, code: int) -> Option:
        return next(option for option in self.options if option.code == code)


@dataclass(frozen=True)
class Dimension:
    """A field of action; its weight counts in the overall value only.

    ``plain``: its title in plain words by language; empty where the questionnaire has none.
    """

    id: str
    title: Mapping[str, str]
    weight: float = 1.0
    plain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Criterion:
    """A sub-topic of a dimension; its weight counts with levels = "criteria" only; ``plain``: as there."""

    id: str
    dimension: str
    title: Mapping[str, str]
    weight: float = 1.0
    plain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One question. ``direction`` −1: points become 100 − points. ``criterion`` may be empty.

    ``aspect`` is ``concept`` (laid down), ``practice`` (done), or empty; only items of one ``pair`` are set
    against each other. ``applies_to``: the kinds of municipality to which it is put; empty: all.
    ``label`` is its short name (at most four words), empty where the questionnaire has none.
    """

    id: str
    dimension: str
    criterion: str
    position: int
    scale: str
    direction: int
    weight: float
    aspect: str
    text: Mapping[str, str]
    label: Mapping[str, str] = field(default_factory=dict)
    pair: str = ""
    applies_to: tuple[str, ...] = ()

    def is_put_to(self, kind: str) -> bool:
        """Whether it is put to a municipality of a kind; to one whose kind is not known every item is."""
        return not self.applies_to or not plain(kind) or folded(kind) in map(folded, self.applies_to)


@dataclass(frozen=True)
class Suggestion:
    """A suggestion for further work, shown when the item's score is at most ``at_most`` points.

    ``text`` is in the first language that it has, ``texts`` in all of them.
    """

    item: str
    at_most: float
    text: str
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GlossaryEntry:
    """A word of the questionnaire and what is meant by it; on the first page of the form."""

    term: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True)
class ItemMapping:
    """What became of an item of the previous instrument; ``comparable`` is yes, reworded or no."""

    previous: str
    item: str
    comparable: str


@dataclass(frozen=True)
class Instrument:
    """A questionnaire edition. Dimensions and criteria stand in their order, items by position.

    ``stem``: the question of which all items are statements, or empty. ``instructions``: how the form is
    filled in. ``previous``: the id of the edition before, of whose items ``mapping`` says what they became.
    """

    id: str
    edition: str
    title: Mapping[str, str]
    source: str
    licence: str
    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]
    scales: tuple[ResponseScale, ...]
    items: tuple[Item, ...]
    suggestions: tuple[Suggestion, ...] = ()
    mapping: tuple[ItemMapping, ...] = ()
    previous: str = ""
    stem: Mapping[str, str] = field(default_factory=dict)
    instructions: Mapping[str, str] = field(default_factory=dict)
    glossary: tuple[GlossaryEntry, ...] = ()
    brand: Brand | None = None
    sha256: str = field(default="", compare=False)

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def scale_by_id(self) -> dict[str, ResponseScale]:
        return {scale.id: scale for scale in self.scales}

    def scale_of(self, item: str) -> ResponseScale:
        return self.scale_by_id[self.item_by_id[item].scale]

    def dimension(self, dimension: str) -> Dimension:
        return next(entry for entry in self.dimensions if entry.id == dimension)

    def criteria_of(self, dimension: str) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.dimension == dimension]

    def items_of(self, dimension: str) -> list[Item]:
        return [item for item in self.items if item.dimension == dimension]

    def items_of_criterion(self, criterion: str) -> list[Item]:
        return [item for item in self.items if item.criterion == criterion]
