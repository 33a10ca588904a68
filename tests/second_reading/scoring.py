"""Responses as the rows of the score file, in exact fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from second_reading.questionnaires import Instrument, Scheme, under_scheme
from second_reading.reading import Group, Sheet

#: Of merged sheets on which no office answered an item, the first of these counts.
NON_ANSWERS = ("dont_know", "not_applicable", "skipped", "not_chosen", "not_asked")
NOT_APPLICABLE = ("not_chosen", "not_asked", "not_applicable")
_PRECISE = Context(prec=40)


class Key(NamedTuple):
    municipality: str
    wave: str
    setting: str
    perspective: str
    unit: str
    respondent: str
    level: str
    id: str


@dataclass(frozen=True)
class Value:
    """What one respondent's sheet gives at one place: its score, bounds, and the items it rests on."""

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    n_items: int
    n_answered: int
    kinds: tuple[str, ...]  # of the items that are not applicable
    n_all: int


@dataclass(frozen=True)
class Row:
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    n: int
    n_items: Fraction
    n_answered: Fraction
    coverage: Fraction | None
    withheld: str


def _mean(parts: list[tuple[Fraction, Fraction]], geometric: bool) -> Fraction:
    total = sum((weight for weight, _ in parts), Fraction(0))
    if not geometric:
        return sum((weight * value for weight, value in parts), Fraction(0)) / total
    exponent = Decimal(0)
    for weight, value in parts:
        floored = max(value, Fraction(1))
        log = _PRECISE.ln(_PRECISE.divide(Decimal(floored.numerator), Decimal(floored.denominator)))
        share = weight / total
        exponent = _PRECISE.add(
            exponent,
            _PRECISE.multiply(log, _PRECISE.divide(Decimal(share.numerator), Decimal(share.denominator))),
        )
    return Fraction(_PRECISE.exp(exponent))


@dataclass(frozen=True)
class Differing:
    """What several offices answered differently to one item."""

    answers: tuple[int | Fraction, ...]


Merged = int | Fraction | str | Differing | None


def _merge(sheets: list[Sheet]) -> dict[str, Merged]:
    """One sheet of all offices of a group."""
    merged: dict[str, Merged] = {}
    for item in sheets[0].answers:
        given = {sheet.name: sheet.answers[item] for sheet in sheets}
        said = {name: a for name, a in given.items() if a is not None and not isinstance(a, str)}
        responsible = (sheets[0].merged or {}).get(item)
        if not said:
            merged[item] = next(kind for kind in NON_ANSWERS if kind in given.values())
        elif len(set(said.values())) == 1:
            merged[item] = next(iter(said.values()))
        elif responsible in said:
            merged[item] = said[responsible]
        else:
            merged[item] = Differing(tuple(said.values()))
    return merged


class _SheetScores:
    """The values of one sheet, from the items upwards."""

    def __init__(self, answers: Mapping[str, Merged], instrument: Instrument, scheme: Scheme) -> None:
        self.instrument, self.scheme = instrument, scheme
        self.of: dict[tuple[str, str], Value] = {}
        for item, answer in answers.items():
            self.of["item", item] = self._item(item, answer)
        for criterion in instrument.criteria:
            inside = [key for key, item in instrument.items.items() if item.criterion == criterion]
            self.of["criterion", criterion] = self._level("criterion", self._items_above(inside))
        for dimension in instrument.dimensions:
            self.of["dimension", dimension] = self._level("dimension", self._parts(dimension))
        if scheme.overall:
            parts = [
                (weight, self.of["dimension", key])
                for key, weight in instrument.dimensions.items()
                if weight > 0
            ]
            self.of["overall", "overall"] = self._level("overall", parts)

    def _item(self, key: str, answer: Merged) -> Value:
        if isinstance(answer, str) and answer in NOT_APPLICABLE:
            return Value(None, None, None, 0, 0, (answer,), 1)
        item = self.instrument.items[key]
        scale = self.instrument.scales[item.scale]
        worst, best = scale.ends()
        score = None
        if isinstance(answer, Differing):
            points = [scale.points_of(one) for one in answer.answers]
            score = worst = best = sum(points, Fraction(0)) / len(points)
        elif not isinstance(answer, str) and answer is not None:
            score = worst = best = scale.points_of(answer)
        if item.reversed:
            score, worst, best = None if score is None else 100 - score, 100 - best, 100 - worst
        return Value(score, worst, best, 1, 0 if score is None else 1, (), 1)

    def _items_above(self, keys: Iterable[str]) -> list[tuple[Fraction, Value]]:
        items = self.instrument.items
        return [(items[key].weight, self.of["item", key]) for key in keys if items[key].weight > 0]

    def _parts(self, dimension: str) -> list[tuple[Fraction, Value]]:
        items = [item for item in self.instrument.items.values() if item.dimension == dimension]
        if self.scheme.levels == "items":
            return self._items_above(item.id for item in items)
        criteria = [
            (weight, self.of["criterion", key])
            for key, (place, weight) in self.instrument.criteria.items()
            if place == dimension and weight > 0
        ]
        return criteria + self._items_above(item.id for item in items if not item.criterion)

    def _level(self, level: str, parts: list[tuple[Fraction, Value]]) -> Value:
        """Score of what is there; open items keep their place in the bounds, withheld levels leave them."""
        n_items = sum(value.n_items for _, value in parts)
        n_answered = sum(value.n_answered for _, value in parts)
        kinds = tuple(kind for _, value in parts for kind in value.kinds)
        n_all = sum(value.n_all for _, value in parts)
        scored = [(weight, value.score) for weight, value in parts if value.score is not None]
        if n_items == 0 or not scored or Fraction(n_answered, n_items) < self.scheme.min_coverage:
            return Value(None, None, None, n_items, n_answered, kinds, n_all)
        geometric = self.scheme.is_geometric(level)
        return Value(
            _mean(scored, geometric),
            _mean([(weight, value.low) for weight, value in parts if value.low is not None], geometric),
            _mean([(weight, value.high) for weight, value in parts if value.high is not None], geometric),
            n_items,
            n_answered,
            kinds,
            n_all,
        )


def _reason(values: list[Value], unit: str, size: int | None) -> str:
    """Why there is no score; in the order of the contract."""
    scored = sum(value.score is not None for value in values)
    if not any(value.n_items for value in values):
        kinds = [kind for value in values for kind in value.kinds]
        if "not_chosen" in kinds:
            return "not_chosen"
        return "not_asked" if kinds and set(kinds) == {"not_asked"} else "not_applicable"
    if size is not None and unit == "persons" and scored < size:
        return "group_size"
    return "" if scored else "coverage"


def _row(values: list[Value], unit: str, size: int | None) -> Row:
    reason = _reason(values, unit, size)
    shown = [] if reason else [value for value in values if value.score is not None]

    def mean(numbers: list[Fraction | int | None]) -> Fraction | None:
        there = [Fraction(number) for number in numbers if number is not None]
        return sum(there, Fraction(0)) / len(there) if there else None

    n_items = sum(value.n_items for value in values)
    n_answered = sum(value.n_answered for value in values)
    return Row(
        mean([value.score for value in shown]),
        mean([value.low for value in shown]),
        mean([value.high for value in shown]),
        sum(value.score is not None for value in values),
        Fraction(n_items, len(values)),
        Fraction(n_answered, len(values)),
        Fraction(n_answered, n_items) if n_items else None,
        reason,
    )


def score(
    sheets: list[Sheet], instruments: dict[str, Instrument], scheme: Scheme, by: str = "municipality"
) -> dict[Key, Row]:
    """The score file, a row per key.

    With ``by="respondent"`` a respondent is named by its place in ``sheets``: names are not compared.
    """
    weighted = {wave: under_scheme(instrument, scheme) for wave, instrument in instruments.items()}
    groups: dict[tuple[Group, str, str], list[dict[tuple[str, str], Value]]] = defaultdict(list)
    parts: dict[Group, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.merged is not None:
            parts[sheet.group].append(sheet)
    scored = [
        (sheet.group, sheet.unit, str(place), sheet.answers)
        for place, sheet in enumerate(sheets)
        if sheet.merged is None
    ]
    scored += [(group, "institution", "merged", _merge(members)) for group, members in parts.items()]
    for group, unit, name, answers in scored:
        respondent = name if by == "respondent" else ""
        values = _SheetScores(answers, weighted[group.wave], scheme).of
        groups[group, unit, respondent].append(values)
    size = scheme.min_group_size if by == "municipality" else None
    return {
        Key(*group, unit, respondent, *place): _row([values[place] for values in members], unit, size)
        for (group, unit, respondent), members in groups.items()
        for place in members[0]
    }
