"""The synthetic example: invented municipalities with the oddities of real life, from a seed.

Nothing here is about a real municipality: names are put together from words for examples, and the
AGS lie in numbers of Kreise (990 and above) that do not exist.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from weltoffen_eval.study.questionnaire.files import load_instrument
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

STATES = (
    "SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH",
)  # fmt: skip
_STEMS = (
    "Muster", "Beispiel", "Probe", "Modell", "Skizzen", "Fabel", "Silben", "Komma", "Vokabel",
    "Tinten", "Entwurfs", "Fantasie",
)  # fmt: skip
_ENDINGS = ("stadt", "hausen", "felde", "au", "ingen", "dorf", "bach", "heim", "tal", "furt")
_WORKSHOP_WORDS = {
    "Verwaltung": 0.0,
    "Politik": -0.1,
    "Zivilgesellschaft": -0.5,
    "Wirtschaft": -0.2,
}
#: Standing of the implementation (in standard deviations) from which on each option is chosen.
_THRESHOLDS = np.array([-1.0, -0.35, 0.4, 1.2])


@dataclass(frozen=True)
class _Invented:
    key: str
    name: str
    ags: str
    kind: str
    state: str
    population: int
    parent: str


def write_study(
    folder: Path | str,
    municipalities: int = 36,
    seed: int = 2021,
    study_id: str = "beispiel",
    workshop: bool = True,
) -> None:
    """Write a synthetic study of two waves, 2021 and 2024, in the formats of the contract.

    The same arguments give the same bytes. From 12 municipalities on it holds every oddity: several
    sheets of one administration, only four fields chosen, a field mostly skipped, an empty sheet, a
    municipality missing in a wave, labels beside codes, blanks, workshops of 3 to 60 people.
    """
    target = Path(folder)
    instrument = load_instrument("selbstcheck-1")
    rng = np.random.default_rng(seed)
    register = _invent_register(municipalities)
    files = [
        (
            "municipalities.csv",
            _csv(
                ["municipality", "name", "ags", "kind", "state", "population", "parent", "consent"],
                [[m.key, m.name, m.ags, m.kind, m.state, m.population, m.parent, ""] for m in register],
                ",",
            ),
        ),
        ("study.toml", _study_toml(study_id, municipalities, workshop)),
    ]
    dimensions = [d.id for d in instrument.dimensions]
    standing = rng.normal(0.0, 0.6, (len(register), len(dimensions)))
    difficulty = rng.normal(0.0, 0.35, len(instrument.items)) + np.array(
        [-0.15 if item.aspect == "concept" else 0.1 for item in instrument.items]
    )
    for number, wave in enumerate(("2021", "2024")):
        now = standing + 0.25 * number + rng.normal(0.0, 0.1, standing.shape)
        answers = _administration(rng, instrument, register, now, difficulty, wave)
        files.append((f"{wave}/verwaltung.csv", answers))
        if workshop:
            ratings = _workshop(rng, instrument, register, now, difficulty, wave)
            files.append((f"{wave}/workshop.csv", ratings))
    for name, text in files:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def _csv(header: list[str], rows: list[list[object]], delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()


def _study_toml(study_id: str, municipalities: int, workshop: bool) -> str:
    text = f'''# Synthetic: made by weltoffen_eval.study.example.generator; nobody gave these answers.
id = "{study_id}"
title = "Selbstcheck – Beispielstudie (synthetisch)"
instrument = "selbstcheck-1"
scheme = "standard"
synthetic = true
licence = "CC0-1.0"
source = "synthetisch erzeugt: {municipalities} erfundene Kommunen"

[[wave]]
id = "2021"
date = 2021-06-30

[[wave]]
id = "2024"
date = 2024-06-30
'''
    for wave in ("2021", "2024"):
        text += f'''
[[file]]
path = "{wave}/verwaltung.csv"
wave = "{wave}"
setting = "questionnaire"
perspective = "administration"
layout = "wide"
'''
        if workshop:
            text += f'''
[[file]]
path = "{wave}/workshop.csv"
wave = "{wave}"
setting = "workshop"
perspective_column = "Gruppe"
unit = "persons"
layout = "wide"
'''
    return text


def _invent_register(count: int) -> list[_Invented]:
    """Every sixth a Landkreis with the two behind it as members; the first is Musterstadt."""
    names = [stem + ending for ending in _ENDINGS for stem in _STEMS]
    register: list[_Invented] = []
    districts = [0] * len(STATES)
    district: _Invented | None = None
    for number in range(count):
        again = f" {number // len(names) + 1}" if number >= len(names) else ""
        name = names[number % len(names)] + again
        state = number % len(STATES)
        if number % 6 == 4:
            name = f"Landkreis {name}"
            districts[state] += 1
            # 5 digits; a state has no more than twenty such numbers to give away
            ags = f"{state + 1:02d}{979 + districts[state]}" if districts[state] <= 20 else ""
            population, kind, parent = 90_000 + 7_130 * (number % 17), "Landkreis", ""
        else:
            # about as the sizes of German municipalities: many small ones, few large ones
            population = int(round(2_500 * 1.9 ** ((number * 5 + 4) % 9), -2)) + 37 * (number % 11)
            parent = ""
            if district is not None and number % 6 in (5, 0):
                population, parent = min(population, 60_000 + number), district.key
                state = STATES.index(district.state)
            kind = "Gemeinde" if population < 10_000 else "Stadt"
            if population > 150_000:
                kind = "kreisfreie Stadt"
            ags = f"{state + 1:02d}{99 - number // 10_000}{number // 1_000 % 10}{number % 1_000:03d}"
        key = name.lower().replace("landkreis ", "kreis-").replace(" ", "-")
        entry = _Invented(key, name, ags, kind, STATES[state], population, parent)
        register.append(entry)
        if kind == "Landkreis":
            district = entry
    return register


def _options(
    rng: np.random.Generator,
    instrument: Instrument,
    standing: np.ndarray,
    difficulty: np.ndarray,
    spread: float = 0.8,
) -> np.ndarray:
    """Codes 0–4 for every item, from the standing per dimension (standard deviations)."""
    dimensions = [d.id for d in instrument.dimensions]
    of_item = np.array([dimensions.index(item.dimension) for item in instrument.items])
    latent = standing[of_item] - difficulty + rng.normal(0.0, spread, len(of_item))
    codes: np.ndarray = np.searchsorted(_THRESHOLDS, latent)
    return codes


def _cells(
    rng: np.random.Generator, items: tuple[Item, ...], codes: np.ndarray, as_label: bool,
    labels: list[str], not_applicable: float = 0.015, skipped: float = 0.03,
) -> list[str]:  # fmt: skip
    """Cells as people leave them: codes or labels, some weiß nicht, nicht zuständig and empty ones."""
    draw = rng.random(len(items))
    cells = [labels[code] if as_label else str(code) for code in codes]
    for position, chance in enumerate(draw):
        if chance < skipped:
            cells[position] = ""
        elif chance < skipped + 0.03:
            cells[position] = "weiß nicht" if as_label else "98"
        elif chance < skipped + 0.03 + not_applicable:
            cells[position] = "nicht zuständig" if as_label else "99"
    return cells


def _administration(
    rng: np.random.Generator,
    instrument: Instrument,
    register: list[_Invented],
    standing: np.ndarray,
    difficulty: np.ndarray,
    wave: str,
) -> str:
    """The sheets of the administrations, with the oddities at fixed places of the register."""
    labels = [option.label["de"] for option in instrument.scales[0].options]
    dimensions = [d.id for d in instrument.dimensions]
    header = ["municipality", "respondent", *(item.id for item in instrument.items)]
    rows: list[list[object]] = []
    for number, entry in enumerate(register):
        place = number % 36
        if (place, wave) in ((10, "2024"), (23, "2021")):
            continue  # missing in a wave
        sheets = {3: 3, 14: 2, 27: 4}.get(place, 1)
        for sheet in range(sheets):
            codes = _options(rng, instrument, standing[number], difficulty)
            district = entry.kind == "Landkreis"
            cells = _cells(rng, instrument.items, codes, number % 3 == 1, labels, 0.06 if district else 0.015)
            for position, item in enumerate(instrument.items):
                field = dimensions.index(item.dimension)
                if place in (6, 19) and field in (2, 3, 5):
                    cells[position] = ""  # four fields chosen, three left out
                elif place == 8 and field == 4 and rng.random() < 0.7:
                    cells[position] = ""  # a field mostly skipped
                elif place == 31 and wave == "2021":
                    cells[position] = ""  # a sheet that came back empty
                elif place == 12 and cells[position].isdigit():
                    cells[position] = f" {cells[position]} "
            rows.append([entry.key, f"b{sheet + 1}", *cells])
    return _csv(header, rows, ";" if wave == "2024" else ",")


def _workshop(
    rng: np.random.Generator,
    instrument: Instrument,
    register: list[_Invented],
    standing: np.ndarray,
    difficulty: np.ndarray,
    wave: str,
) -> str:
    """The ratings of the workshops: 3 to 60 people of four perspectives; a sixth had no workshop."""
    labels = [option.label["de"] for option in instrument.scales[0].options]
    header = ["municipality", "respondent", "Gruppe", *(item.id for item in instrument.items)]
    rows: list[list[object]] = []
    for number, entry in enumerate(register):
        place = number % 36
        people = 3 if place == 5 else 60 if place == 20 else int(rng.integers(8, 36))
        if place % 6 == 3 or (wave == "2024" and place % 2):
            continue
        shares = rng.dirichlet([3.0, 2.0, 4.0, 1.5])
        groups = rng.choice(list(_WORKSHOP_WORDS), size=people, p=shares)
        for person, group in enumerate(groups, start=1):
            view = standing[number] + _WORKSHOP_WORDS[str(group)] + rng.normal(0.0, 0.3)
            codes = _options(rng, instrument, view, difficulty)
            cells = _cells(rng, instrument.items, codes, False, labels, 0.0, 0.08)
            rows.append([entry.key, f"t{person:02d}", str(group), *cells])
    return _csv(header, rows, ",")
