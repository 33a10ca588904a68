"""Workshops: 12 to 45 people, few of them from business; each rates two of the fields worked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from weltoffen_eval.study.example import story
from weltoffen_eval.study.example.implications import DONT_KNOW, EMPTY, Implication, fit
from weltoffen_eval.study.example.register import Invented
from weltoffen_eval.study.example.sheets import ROUND, AskedWave, chosen_fields
from weltoffen_eval.study.example.standing import Standings, codes
from weltoffen_eval.study.example.tables import read_rows

#: How far a group sees its municipality otherwise than the administration (standard deviations).
_VIEWS = {"Verwaltung": 0.0, "Politik": -0.1, "Zivilgesellschaft": -0.5, "Wirtschaft": -0.2}
_FEWEST, _MOST = 12, 45
#: Places in a round with the smallest and the largest workshop.
_SMALL, _LARGE = 5, 18
#: Places in a round where one number per field was asked, and where only notes were taken.
_FIELD_RATINGS = (2, 14, 20, 32)
_NOTES_ONLY = (7, 29)


@dataclass
class WorkshopRows:
    """Rows of the files of a wave's workshops."""

    ratings: list[list[object]] = field(default_factory=list)
    field_ratings: list[list[object]] = field(default_factory=list)
    notes: list[list[object]] = field(default_factory=list)


def hold_workshops(
    rng: np.random.Generator,
    asked: AskedWave,
    register: Sequence[Invented],
    standings: Standings,
    implications: tuple[Implication, ...],
) -> WorkshopRows:
    """What the workshops of a wave left; a sixth of the municipalities had none, in 2024 more."""
    files = WorkshopRows()
    for number, entry in enumerate(register):
        place = number % ROUND
        if place % 6 == 3 or (asked.wave == "2024" and place % 2):
            continue
        fields, people = _invite(rng, standings, place)
        if entry.key == story.KEY:
            told = story.load_workshop(asked.wave)
            fields, people = list(told.fields), told.people
        if place in _NOTES_ONLY:
            files.notes += _take_notes(entry, fields)
            continue
        groups = [group for group, how_many in people.items() for _ in range(how_many)]
        for person, group in enumerate(groups, start=1):
            two = [fields[chosen] for chosen in sorted(rng.choice(len(fields), 2, replace=False))]
            head = [entry.key, f"t{person:02d}", group]
            if place in _FIELD_RATINGS:
                row = standings.of_field[asked.number][number]
                files.field_ratings += [
                    [*head, name, _rate_field(rng, row[standings.fields.index(name)], group)] for name in two
                ]
                continue
            rated = _rate(rng, asked, number, entry, standings, group, two)
            files.ratings.append([*head, *(_cell(code) for code in fit(rated, implications).values())])
    return files


def _rate_field(rng: np.random.Generator, standing: float, group: str) -> int:
    """One number for a field, in steps of five as people give them."""
    rating = 45 + 22 * (standing + _VIEWS[group] + rng.normal(0.0, 0.5))
    return int(np.clip(5 * round(rating / 5), 0, 100))


def loss_notes(
    register: Sequence[Invented], standings: Standings, there: Sequence[str]
) -> list[list[object]]:
    """A remark of each administration that is behind its first wave in a field, why it is."""
    texts = _texts("loss")
    rows: list[list[object]] = []
    for number, entry in enumerate(register):
        lost = standings.fields[standings.lost[number]] if standings.lost[number] >= 0 else ""
        lost = story.LOST if entry.key == story.KEY else lost
        if lost in chosen_fields(number % ROUND, standings.fields) and entry.key in there:
            rows.append([entry.key, lost, texts[lost], "remark", "", "no"])
    return rows


def _invite(
    rng: np.random.Generator, standings: Standings, place: int
) -> tuple[list[str], Mapping[str, int]]:
    """Three fields, with many people four, and people by group."""
    fixed = {_SMALL: _FEWEST, _LARGE: _MOST}
    people = fixed.get(place, int(rng.integers(_FEWEST, _MOST + 1)))
    possible = chosen_fields(place, standings.fields)
    chosen = rng.choice(len(possible), 4 if people >= 30 else 3, replace=False)
    business, politics = int(rng.integers(1, 5)), round(people * rng.uniform(0.12, 0.2))
    administration = round(people * rng.uniform(0.28, 0.38))
    return [possible[field] for field in sorted(chosen)], {
        "Verwaltung": administration,
        "Politik": politics,
        "Zivilgesellschaft": people - administration - politics - business,
        "Wirtschaft": business,
    }


def _rate(
    rng: np.random.Generator,
    asked: AskedWave,
    number: int,
    entry: Invented,
    standings: Standings,
    group: str,
    fields: Sequence[str],
) -> dict[str, int]:
    """The answers of one person to all items; those of other fields stay empty."""
    items = asked.instrument.items
    view = _VIEWS[group] + rng.normal(0.0, 0.3)
    chosen = codes(standings.latent(asked.number, number, items) + view + rng.normal(0.0, 0.5, len(items)))
    draw = rng.random(len(items))
    told = story.load_answers(asked.wave) if entry.key == story.KEY else {}
    apart = story.load_workshop(asked.wave).apart.get(group, {}) if told else {}
    rated = {}
    for position, item in enumerate(items):
        code = int(chosen[position])
        if told:
            known = told.get(item.id, EMPTY)
            middle = (known if 0 <= known <= 4 else 2) + apart.get(item.dimension, 0.0)
            code = int(np.clip(round(middle + rng.normal(0.0, 0.7)), 0, 4))
        if item.dimension not in fields or draw[position] < 0.03:
            code = EMPTY
        elif draw[position] < 0.09:
            code = DONT_KNOW
        rated[item.id] = code
    return rated


def _cell(code: int) -> str:
    return "" if code == EMPTY else str(code)


def _take_notes(entry: Invented, fields: Sequence[str]) -> list[list[object]]:
    rows: list[list[object]] = []
    for kind in ("strength", "need", "idea"):
        texts = _texts(kind)
        rows += [[entry.key, dimension, texts[dimension], kind, "", "no"] for dimension in fields]
    return rows


def _texts(kind: str) -> dict[str, str]:
    rows = read_rows(Path(__file__).with_name("notes.csv"))
    return {row["dimension"]: row["text"] for row in rows if row["kind"] == kind}
