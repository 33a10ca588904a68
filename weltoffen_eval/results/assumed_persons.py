"""Who is assumed known to have answered, as far as published numbers of persons tell it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.findings import FIELD_RATING, setting_of, where_of
from weltoffen_eval.analysis.known_persons import EVERYBODY, KnownPersons
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Persons of whom no perspective is told.
OTHERS = "others"
#: Before the name of what stands for all items of a dimension that are not known.
WHOLE = "="
#: Numbers of persons are those of these; of others they count items or both sides.
_OF_PERSONS = (
    "gap", "score", "share_below", "share_equal", "share_above", "cliffs_delta", "average_deviation",
    "van_der_eijk_a",
)  # fmt: skip
#: Answers that an item has, where its questionnaire is not known.
_ANSWERS = tuple(str(n) for n in range(1, 6))
_OWN = ("questionnaire", "administration")
#: Its value is what the administration answered.
_BAND = "prediction_band"
_OF_RATINGS = setting_of("", FIELD_RATING)
Where = tuple[str, str, str]


class Scale(NamedTuple):
    """Answers of an item in the order of their points, empty for numbers, and its dimension."""

    codes: tuple[str, ...]
    dimension: str


def scales_of(instruments: Iterable[Instrument]) -> dict[str, Scale]:
    """The scales of the items of some questionnaires."""
    found = {}
    for instrument in instruments:
        for item in instrument.items:
            options = sorted(
                instrument.scale_by_id[item.scale].options, key=lambda o: o.points * item.direction
            )
            points = np.array([option.points for option in options])
            even = len(points) > 1 and np.allclose(np.diff(points), np.diff(points)[0])
            codes = tuple(str(option.code) for option in options) if even else ()
            found[item.id] = Scale(codes, item.dimension)
    return found


def assumed_persons(said: Sequence[Said], scales: Mapping[str, Scale]) -> list[KnownPersons]:
    """The persons of every municipality, wave and setting of which numbers of persons are published.

    What the administration answered is taken from its published scores and bands; where it is not, gaps are
    points above it, from −100 to 100.
    """
    numbers: dict[Where, dict[tuple[str, str], dict[str, int]]] = {}
    own: dict[tuple[str, str], dict[str, float]] = {}
    for one in said:
        of = one.finding
        at = of.level, of.id
        if (where_of(of)[2], of.perspective) == _OWN and not of.other:
            if of.quantity == "score" and of.level == "item" and not math.isnan(of.value):
                own.setdefault((of.municipality, of.wave), {})[of.id] = of.value
            continue
        if of.quantity == _BAND and of.level == "item" and not math.isnan(of.value):
            own.setdefault((of.municipality, of.wave), {})[of.id] = of.value
        counted = of.quantity in _OF_PERSONS and of.other in ("", "administration") and not math.isnan(of.n)
        if counted and of.municipality and of.level in ("item", "dimension") and of.perspective:
            entries = numbers.setdefault(where_of(of), {})
            entries.setdefault(at, {})[of.perspective] = int(of.n)
    for (where, at, group), n in _answers_told(said).items():
        numbers.setdefault(where, {}).setdefault(at, {}).setdefault(group, n)
    beside = _beside_ratings(said)
    found = [
        _persons(where, entries, beside.get(where, {}), {})
        if where[2].endswith(_OF_RATINGS)
        else _persons(where, entries, own.get(where[:2], {}), scales)
        for where, entries in numbers.items()
        if entries
    ]
    apart = _not_comparable(said, {of.where: of for of in found})
    return [_without(of, apart.get(of.where, {})) for of in found]


def _not_comparable(
    said: Sequence[Said], of_where: Mapping[Where, KnownPersons]
) -> dict[Where, dict[str, set[str]]]:
    """Dimensions of which it is not known over which items a change is told, by side."""
    found: dict[Where, dict[str, set[str]]] = {}
    for one in said:
        of = one.finding
        if of.quantity not in ("change", "items_not_comparable") or of.level != "dimension":
            continue
        for setting in {where[2] for where in of_where if where[:2] == (of.municipality, of.wave)}:
            sides = [(of.municipality, wave, setting) for wave in (of.wave, of.variant)]
            there = [of_where[side] for side in sides if side in of_where]
            asked = [{side.items[n] for n in side.columns_of("dimension", of.id)} for side in there]
            if (of.quantity == "items_not_comparable" and of.value != 0) or asked[0] != asked[-1]:
                for side, kind in zip(sides, ("changed_from", "changed_to"), strict=True):
                    found.setdefault(side, {}).setdefault(kind, set()).add(of.id)
    return found


def _without(of: KnownPersons, apart: Mapping[str, set[str]]) -> KnownPersons:
    """The same persons, with the items that enter a change without some dimensions."""
    names = list(zip(of.items, of.dimensions, strict=True))
    entering = {
        kind: frozenset(item for item, dimension in names if dimension not in left_out)
        for kind, left_out in apart.items()
    }
    return replace(of, changed_from=entering.get("changed_from"), changed_to=entering.get("changed_to"))


def _beside_ratings(said: Sequence[Said]) -> dict[Where, dict[str, float]]:
    """What the administration has in rated fields: its mean rating less its gap, where one group has both."""
    told: dict[tuple[Where, str, str, float], dict[str, float]] = {}
    for one in said:
        of = one.finding
        if (
            of.variant == FIELD_RATING
            and of.quantity in ("gap", "score")
            and of.other in ("", "administration")
        ):
            told.setdefault((where_of(of), of.id, of.perspective, of.n), {})[of.quantity] = of.value
    found: dict[Where, dict[str, float]] = {}
    for (where, name, _, _), values in told.items():
        own = values.get("score", math.nan) - values.get("gap", math.nan)
        if not math.isnan(own):
            found.setdefault(where, {})[WHOLE + name] = own
    return found


def _answers_told(said: Sequence[Said]) -> dict[tuple[Where, tuple[str, str], str], int]:
    """How many persons answered, where it is told how many chose each answer."""
    told: dict[tuple[Where, tuple[str, str], str], dict[str, int]] = {}
    for one in said:
        of = one.finding
        whose = (of.setting, of.perspective)
        if of.quantity == "n" and of.level == "item" and whose != _OWN and not math.isnan(of.value):
            told.setdefault((where_of(of), (of.level, of.id), of.perspective), {})[of.variant] = int(of.value)
    return {key: sum(counts.values()) for key, counts in told.items()}


def _persons(
    where: Where,
    entries: Mapping[tuple[str, str], Mapping[str, int]],
    own: Mapping[str, float],
    scales: Mapping[str, Scale],
) -> KnownPersons:
    largest: dict[str, int] = {}
    for sizes in entries.values():
        for name, n in sizes.items():
            largest[name] = max(n, largest.get(name, 0))
    alone = _sizes(largest)
    items = [entry for level, entry in entries if level == "item"]
    dimensions = [entry for level, entry in entries if level == "dimension"]
    of_items = {item: scales[item].dimension if item in scales else "" for item in items}
    # a dimension is linked to its items where all of them are there
    whole = {name: sum(scale.dimension == name for scale in scales.values()) for name in dimensions}
    linked = {name for name, n in whole.items() if n and n == sum(d == name for d in of_items.values())}
    columns = [*items, *(WHOLE + name for name in dimensions if name not in linked)]
    named = [of_items.get(column, column.removeprefix(WHOLE)) for column in columns]
    named = [
        name if column.startswith(WHOLE) or name in linked else WHOLE + name
        for column, name in zip(columns, named, strict=True)
    ]
    perspectives = tuple(name for name, n in alone.items() for _ in range(n))
    answered = np.zeros((len(perspectives), len(columns)), dtype=bool)
    guessed: set[tuple[str, str]] = set()
    for number, column in enumerate(columns):
        level = "dimension" if column.startswith(WHOLE) else "item"
        answering, sharing = _answering(entries[level, column.removeprefix(WHOLE)], alone)
        guessed |= {(name, column) for name in sharing}
        for name, size in answering.items():
            answered[[n for n, one in enumerate(perspectives) if one == name][:size], number] = True
    known = np.array([own.get(column, math.nan) for column in columns])
    relative = np.isnan(known)
    rated = where[2].endswith(_OF_RATINGS)
    codes = [() if rated else _codes(column, scales) for column in columns]
    return KnownPersons(
        municipality=where[0], wave=where[1], setting=where[2].removesuffix(_OF_RATINGS),
        variant=FIELD_RATING if rated else "", perspectives=perspectives,
        items=tuple(columns), dimensions=tuple(named), answered=answered, applicable=np.ones_like(answered),
        own=np.where(relative, 0.0, known), lowest=np.where(relative, -100.0, 0.0),
        highest=np.full(len(columns), 100.0),
        # twice the scale has twice the steps
        codes=tuple(
            tuple(f"{n}" for n in range(2 * len(of) - 1)) if doubled and of else of
            for of, doubled in zip(codes, relative, strict=True)
        ),
        person_by_person=bool(answered.all()), guessed=frozenset(guessed),
    )  # fmt: skip


def _codes(column: str, scales: Mapping[str, Scale]) -> tuple[str, ...]:
    if column.startswith(WHOLE):
        found = [scale.codes for scale in scales.values() if scale.dimension == column.removeprefix(WHOLE)]
        return max(found, key=len, default=_ANSWERS)
    return scales[column].codes if column in scales else _ANSWERS


def _answering(numbers: Mapping[str, int], alone: Mapping[str, int]) -> tuple[dict[str, int], set[str]]:
    """How many of each perspective answered: as told, else what several together leave for it.

    Of several that are not told the smallest come first, so that few are looked for among few: a guess, of
    which the names come second. Where no number of theirs is told, all answered.
    """
    found = {name: numbers[name] for name in alone if name in numbers}
    guessed: set[str] = set()
    several = [(name.split("+"), n) for name, n in numbers.items() if "+" in name]
    if EVERYBODY in numbers:
        several.append((list(alone), numbers[EVERYBODY]))
    for names, n in several:
        left = n - sum(found.get(name, 0) for name in names)
        untold = [name for name in names if name in alone and name not in found]
        if len(untold) > 1:
            guessed.update(untold)
        for name in sorted(untold, key=lambda name: alone[name]):
            found[name] = min(alone[name], max(left, 0))
            left -= found[name]
    return {name: found.get(name, size) for name, size in alone.items()}, guessed


def _sizes(numbers: Mapping[str, int]) -> dict[str, int]:
    """Persons by perspective, from those of perspectives, of several together and of all."""
    found = {name: n for name, n in numbers.items() if "+" not in name and name != EVERYBODY}
    for name, n in numbers.items():
        if "+" in name:
            parts = name.split("+")
            missing = [part for part in parts if part not in found]
            left = n - sum(found.get(part, 0) for part in parts)
            if missing and left > 0:
                found[missing[0]] = left
    left = numbers.get(EVERYBODY, 0) - sum(found.values())
    if left > 0:
        found[OTHERS] = left
    return {name: n for name, n in found.items() if n}
