"""The synthetic example: invented municipalities with the oddities of real life, from a seed.

Nothing here is about a real municipality: names are put together from words for examples, and the
AGS lie in numbers of Kreise (980 and above) that do not exist. What is written by hand (the story of
Musterstadt, what was said and agreed, how hard an item is, what follows from what) lies in tables beside
the modules.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from weltoffen_eval.study.example.handwritten import list_given
from weltoffen_eval.study.example.implications import Implication, load_implications
from weltoffen_eval.study.example.register import Invented, invent_register
from weltoffen_eval.study.example.sheets import RESPONSIBLE, AskedWave, fill_sheets
from weltoffen_eval.study.example.standing import Standings, draw_standings
from weltoffen_eval.study.example.study_toml import Listed, study_toml
from weltoffen_eval.study.example.tables import csv_text
from weltoffen_eval.study.example.workshops import hold_workshops, loss_notes
from weltoffen_eval.study.questionnaire.files import load_instrument

WAVES = {"2021": "selbstcheck-1", "2024": "selbstcheck-2"}
_OF_ADMINISTRATION = ('perspective = "administration"',)


def write_study(
    folder: Path | str,
    municipalities: int = 36,
    seed: int = 2021,
    study_id: str = "beispiel",
    workshop: bool = True,
) -> None:
    """Write a synthetic study of two waves, 2021 and 2024, in the formats of the contract.

    The same arguments give the same bytes. From 36 municipalities on it holds every oddity: several
    opinions of one administration, a part per office, only four fields chosen, a field mostly skipped,
    an empty sheet, a municipality missing in a wave, labels beside codes, blanks, workshops of 12 to 45.
    """
    target = Path(folder)
    rng = np.random.default_rng(seed)
    register = invent_register(municipalities)
    instruments = [load_instrument(name) for name in WAVES.values()]
    standings = draw_standings(rng, register, instruments)
    implications = load_implications()
    files: list[Listed] = []
    for number, (wave, instrument) in enumerate(zip(WAVES, instruments, strict=True)):
        asked = AskedWave(number, wave, instrument)
        files += _of_administrations(rng, asked, register, standings, implications, notes=workshop)
        if workshop:
            files += _of_workshops(rng, asked, register, standings, implications)
    if workshop:
        files += list_given(register)
    texts = {file.path: file.text for file in files}
    texts["municipalities.csv"] = _register_text(register)
    if any('sheets = "merge"' in file.keys for file in files):
        texts["zustaendig.csv"] = csv_text(["item", "respondent"], list(RESPONSIBLE.items()))
    texts["study.toml"] = study_toml(study_id, municipalities, WAVES, files)
    for name, text in texts.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def _register_text(register: list[Invented]) -> str:
    header = ["municipality", "name", "ags", "kind", "state", "population", "parent", "consent"]
    rows = [[m.key, m.name, m.ags, m.kind, m.state, m.population, m.parent, m.consent] for m in register]
    return csv_text(header, rows)


def _of_administrations(
    rng: np.random.Generator,
    asked: AskedWave,
    register: list[Invented],
    standings: Standings,
    implications: tuple[Implication, ...],
    notes: bool,
) -> list[Listed]:
    """Three files for three shapes of sheets, and the notes on what was lost; none that would be empty."""
    sheets = fill_sheets(rng, asked, register, standings, implications)
    wave, delimiter = asked.wave, ";" if asked.number else ","
    wide = ["municipality", "respondent", *(item.id for item in asked.instrument.items)]
    long = ["municipality", "respondent", "item", "response"]
    merged = ('layout = "long"', 'sheets = "merge"', 'responsible = "zustaendig.csv"')
    shapes: list[tuple[str, list[str], list[list[object]], tuple[str, ...]]] = [
        ("verwaltung", wide, sheets.alone, ('layout = "wide"',)),
        ("meinungen", wide, sheets.opinions, ('layout = "wide"', 'sheets = "average"')),
        ("aemter", long, sheets.offices, merged),
    ]
    listed = [
        Listed(
            f"{wave}/{name}.csv",
            csv_text(header, rows, delimiter),
            wave,
            "questionnaire",
            (*_OF_ADMINISTRATION, *keys),
        )
        for name, header, rows, keys in shapes
        if rows
    ]
    if notes and asked.number:
        there = {str(row[0]) for rows in (sheets.alone, sheets.opinions, sheets.offices) for row in rows}
        rows = loss_notes(register, standings, sorted(there))
        listed.append(_listed_notes(f"{wave}/anmerkungen.csv", rows, wave, "questionnaire"))
    return listed


def _of_workshops(
    rng: np.random.Generator,
    asked: AskedWave,
    register: list[Invented],
    standings: Standings,
    implications: tuple[Implication, ...],
) -> list[Listed]:
    """Ratings of items, one number per field, and notes; none that would be empty."""
    held = hold_workshops(rng, asked, register, standings, implications)
    wave, listed = asked.wave, []
    if held.ratings:
        header = ["municipality", "respondent", "Gruppe", *(item.id for item in asked.instrument.items)]
        keys = ('perspective_column = "Gruppe"', 'unit = "persons"', 'layout = "wide"')
        text = csv_text(header, held.ratings)
        listed.append(Listed(f"{wave}/workshop.csv", text, wave, "workshop", keys))
    if held.field_ratings:
        text = csv_text(
            ["municipality", "respondent", "perspective", "dimension", "rating"], held.field_ratings
        )
        path = f"{wave}/workshop_felder.csv"
        listed.append(Listed(path, text, wave, "workshop", ('kind = "field_ratings"',)))
    if held.notes:
        listed.append(_listed_notes(f"{wave}/workshop_notizen.csv", held.notes, wave, "workshop"))
    return listed


def _listed_notes(path: str, rows: list[list[object]], wave: str, setting: str) -> Listed:
    text = csv_text(["municipality", "dimension", "text", "kind", "group", "released"], rows)
    return Listed(path, text, wave, setting, ('kind = "notes"',))
