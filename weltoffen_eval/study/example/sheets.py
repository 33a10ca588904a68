"""Sheets of the administrations: one, several opinions, or a part per office; oddities of real life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from weltoffen_eval.study.example import story
from weltoffen_eval.study.example.implications import (
    DONT_KNOW,
    EMPTY,
    NOT_APPLICABLE,
    Implication,
    fit,
)
from weltoffen_eval.study.example.register import Invented
from weltoffen_eval.study.example.standing import Standings, codes
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

#: After so many municipalities the oddities come again.
ROUND = 36
#: Places in a round: several opinions (how many), and a part per office.
_OPINIONS = {3: 3, 14: 2, 27: 4}
_OFFICES = (9, 20, 26)
_FOUR_FIELDS = (6, 19)
_LEFT_OUT = ("access", "economy", "cohesion")
#: Which office answers a field; of a city the economy has one of its own.
_OFFICE_OF = {
    "management": "Hauptamt", "opening": "Hauptamt", "communication": "Hauptamt", "access": "Sozialamt",
    "engagement": "Sozialamt", "economy": "Wirtschaftsförderung", "cohesion": "Stadtentwicklung",
}  # fmt: skip
#: What every office answers, each from where it stands, and whose answer counts; of MS04 nobody was named.
_ASKED_OF_ALL = ("MS04", "MS13", "IO10")
RESPONSIBLE = {"MS13": "Hauptamt", "IO10": "Sozialamt"}


@dataclass
class SheetRows:
    """Rows of the three files of a wave, one for each shape of sheets."""

    alone: list[list[object]] = field(default_factory=list)
    opinions: list[list[object]] = field(default_factory=list)
    offices: list[list[object]] = field(default_factory=list)


@dataclass(frozen=True)
class AskedWave:
    """What a wave asks: its number, its name and its questionnaire."""

    number: int
    wave: str
    instrument: Instrument


def fill_sheets(
    rng: np.random.Generator,
    asked: AskedWave,
    register: Sequence[Invented],
    standings: Standings,
    implications: tuple[Implication, ...],
) -> SheetRows:
    """The sheets of all administrations in a wave."""
    files = SheetRows()
    items = asked.instrument.items
    for number, entry in enumerate(register):
        place = number % ROUND
        if is_missing(place, asked.wave):
            continue
        latent = standings.latent(asked.number, number, items)
        if place in _OFFICES:
            answers = _answer(rng, items, codes(latent), entry, place, asked.wave)
            files.offices += _parts(rng, asked, entry, fit(answers, implications))
            continue
        for sheet in range(_OPINIONS.get(place, 1)):
            apart = rng.normal(0.0, 0.4, len(items)) if place in _OPINIONS else 0.0
            answers = _answer(rng, items, codes(latent + apart), entry, place, asked.wave)
            if entry.key == story.KEY:
                told = story.load_answers(asked.wave)
                answers = {item.id: told.get(item.id, EMPTY) for item in items}
            written = _writer(asked.instrument, as_label=number % 3 == 1, blanks=place == 12)
            fitted = fit(answers, implications)
            cells = (written(item, fitted[item.id]) for item in items)
            row: list[object] = [entry.key, f"b{sheet + 1}", *cells]
            (files.opinions if place in _OPINIONS else files.alone).append(row)
    return files


def is_missing(place: int, wave: str) -> bool:
    """Whether a municipality sent nothing in a wave."""
    return (place, wave) in ((10, "2024"), (23, "2021"))


def chosen_fields(place: int, fields: Sequence[str]) -> list[str]:
    """The fields that a municipality works on: all, or four of the seven."""
    return [name for name in fields if place not in _FOUR_FIELDS or name not in _LEFT_OUT]


def _answer(
    rng: np.random.Generator,
    items: Sequence[Item],
    chosen: np.ndarray,
    entry: Invented,
    place: int,
    wave: str,
) -> dict[str, int]:
    """Codes as people leave them: some weiß nicht and empty, nicht zuständig where it is another's task."""
    draw, left = rng.random(len(items)), rng.random(len(items))
    answers = {}
    for position, item in enumerate(items):
        code, chance = int(chosen[position]), draw[position]
        if item.applies_to and entry.kind not in item.applies_to:
            code = EMPTY if chance < 0.1 else NOT_APPLICABLE
        elif chance < 0.02:
            code = EMPTY
        elif chance < 0.05:
            code = DONT_KNOW
        elif chance < 0.06:
            code = NOT_APPLICABLE
        if place in _FOUR_FIELDS and item.dimension in _LEFT_OUT:
            code = EMPTY
        elif place == 8 and item.dimension == "engagement" and left[position] < 0.7:
            code = EMPTY  # a field mostly skipped
        elif place == 31 and wave == "2021":
            code = EMPTY  # a sheet that came back empty
        answers[item.id] = code
    return answers


def _writer(instrument: Instrument, as_label: bool, blanks: bool) -> Callable[[Item, int], str]:
    """How a sheet writes an answer: as code or as label, with blanks around it or without."""
    labels = {
        (scale.id, code): label
        for scale in instrument.scales
        for code, label in (
            *((option.code, option.label["de"]) for option in scale.options),
            *((other.code, other.label["de"]) for other in scale.non_answers if other.code is not None),
        )
    }

    def write(item: Item, code: int) -> str:
        if code == EMPTY:
            return ""
        text = labels[item.scale, code] if as_label else str(code)
        return f" {text} " if blanks else text

    return write


def _parts(
    rng: np.random.Generator, asked: AskedWave, entry: Invented, answers: dict[str, int]
) -> list[list[object]]:
    """A row per answer: each office its fields, and from where it stands what is asked of all."""
    own = entry.kind == "kreisfreie Stadt"
    office_of = {
        name: office if own or name != "economy" else "Hauptamt" for name, office in _OFFICE_OF.items()
    }
    written = _writer(asked.instrument, as_label=False, blanks=False)
    rows: list[list[object]] = []
    for office in sorted(set(office_of.values())):
        for item in asked.instrument.items:
            code = answers[item.id]
            of_all = item.id in _ASKED_OF_ALL
            if not of_all and office_of[item.dimension] != office:
                continue
            if of_all and 0 <= code <= 4:
                code = int(np.clip(code + rng.integers(-1, 2), 0, 4))
            if code != EMPTY:
                rows.append([entry.key, office, item.id, written(item, code)])
    return rows
