"""Damaged files given to ``register``, ``new`` and as tables beside answers: refused with faults, or they mean something.

WELTOFFEN_DAMAGED says how many of each the slow test tries.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from calls import call_within
from damage import damaged, damaged_workbook
from given_studies import AT_DIALOGUE, given_faults, write_given
from official_lists import RECORDS, fixed_width
from openpyxl import Workbook
from places import ROOT

from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.kinds.given import read_given

#: Tables beside answers: by kind what study.toml says of it, and its rows.
TABLES = {
    "notes": (AT_DIALOGUE, ["Kommune;Handlungsfeld;Notiz;Art;freigegeben", 'adorf;Feld A;"Räume; Zeit";Bedarf;ja']),
    "participants": (AT_DIALOGUE, ["Kommune;Person;Perspektive;anwesend", "adorf;P1;Politik;ja", "adorf;P2;;nein"]),
    "statements": (AT_DIALOGUE, ["Kommune;Nummer;Leitfrage;Wortlaut", "adorf;S1;1;Im Verein.", "adorf;S2;2;Im Amt."]),
    "measures": ('wave = "2024"', ["Kommune;Was;Kennung;Stand;Priorität", "adorf;Stelle;M1;in Arbeit;2"]),
    "events": ('wave = "2024"', ["Kommune;Rahmen;Datum;Teilnehmende", "adorf;Dialog;03.05.2024;12"]),
    "outcomes": (AT_DIALOGUE, ["Kommune;Nummer;Ergebnis", "adorf;1;Mehr Räume.", "adorf;2;Mehr Zeit."]),
    "field_ratings": (AT_DIALOGUE, ["Kommune;Person;Perspektive;Handlungsfeld;Wert", "adorf;1;Politik;Feld A;45,5"]),
}  # fmt: skip
EXPORT = [
    ["id", "Kommune", "AGS", "E-Mail", "Gruppe", "Gibt es ein Leitbild?", "Gibt es Mittel?", "Stellen", "Notiz"],
    [1, "Bad Münder", "03252002", "m@x.de", "Politik", "ja", "nein", 0.5, "siehe Anlage; Seite 2"],
    [2, "Aerzen", "03252001", "a@x.de", "Verwaltung", "teilweise", "k. A.", 2, None],
    [3, "Aerzen", "03252001", "b@x.de", "Politik", "nein", "ja", 1.25, "x"],
]  # fmt: skip


def make_official_text(folder: Path) -> Path:
    path = folder / "GV100AD.txt"
    path.write_text("\r\n".join(map(fixed_width, RECORDS)) + "\r\n", encoding="utf-8", newline="")
    return path


def make_official_workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.create_sheet("Onlineprodukt_Gemeinden30062024")
    sheet.append(
        ["Satzart", "Text-kenn-zeichen", "Land", "RB", "Kreis", "VB", "Gem", "Gemeindename", "km2", "Bev."]
    )
    for satzart, key, verband, name, mark, people in RECORDS:
        parts = [key[:2], key[2:3], key[3:5], verband, key[5:8]]
        sheet.append([satzart, mark, *parts, name, 12.5, int(people) if people else None])
    book.save(folder / "auszug.xlsx")
    return folder / "auszug.xlsx"


def make_export(folder: Path) -> Path:
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in EXPORT)
    path = folder / "export.csv"
    path.write_text(text.replace("siehe Anlage; Seite 2", '"siehe Anlage; Seite 2"') + "\n", encoding="utf-8")
    return path


def make_export_workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["Abfrage", *[None] * 5, "Stand", "14.03.2025"])
    sheet.append([None, None, None, None, None, "Steuerung", None, None, None])
    for row in EXPORT:
        sheet.append(row)
    sheet.merge_cells("F2:G2")
    sheet.append(["Summe", *[None] * 6, 3.75])
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def make_export_of_spss(folder: Path) -> Path:
    heads, *rows = EXPORT
    names = ["id", "Kommune", "AGS", "Mail", "Gruppe", "F1", "F2", "Stellen", "Notiz"]
    frame = pd.DataFrame(rows, columns=names)
    frame["Notiz"] = frame["Notiz"].fillna("")
    frame["F1"], frame["F2"] = [2.0, 1.0, 0.0], [0.0, 98.0, 2.0]
    labels = {0: "nein", 1: "teilweise", 2: "ja", 98: "weiß nicht"}
    pyreadstat.write_sav(
        frame, str(folder / "export.sav"), column_labels=heads, variable_value_labels={"F1": labels, "F2": labels}
    )  # fmt: skip
    return folder / "export.sav"


def make_tables(folder: Path) -> Path:
    files = [(kind, keys, "\n".join(rows) + "\n") for kind, (keys, rows) in TABLES.items()]
    return write_given(folder / "klein", *files)


def make_table_of_workbook(folder: Path) -> Path:
    study = write_given(folder / "klein", ("measures", 'wave = "2024"', "x"))
    book = Workbook()
    for row in TABLES["measures"][1]:
        book.active.append(row.split(";"))
    book.save(study / "measures1.xlsx")
    (study / "measures1.csv").unlink()
    toml = study / "study.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("measures1.csv", "measures1.xlsx"), encoding="utf-8"
    )
    return study


def use_register(path: Path) -> bool:
    done = call_within(
        ROOT, "register", "--from", str(path), "--names", "Heide; Landkreis Osnabrück", "--ags", "03353"
    )
    assert done.returncode in (0, 3), done.stderr
    assert bool(done.stdout) == (done.returncode == 0)
    assert done.returncode == 0 or "expected" in done.stderr, done.stderr
    return done.returncode == 0


def use_new(path: Path) -> bool:
    folder = path.parent / "made"
    shutil.rmtree(folder, ignore_errors=True)
    done = call_within(ROOT, "new", str(folder), "--from", str(path))
    assert done.returncode in (0, 3), done.stderr
    assert done.returncode == 0 or "found" in done.stderr, done.stderr
    # what is accepted is accepted by check too
    if done.returncode == 0:
        assert call_within(ROOT, "check", str(folder)).returncode == 0
    return done.returncode == 0


def use_tables(study: Path) -> bool:
    faults = given_faults(study)
    assert all(fault.file and fault.found and fault.expected for fault in faults)
    if not faults:
        read = read_study(study, faults)
        assert read is not None
        read_given(read)
    return not faults


@dataclass(frozen=True)
class Target:
    """``make`` gives a file, or a study, one of whose tables is damaged; ``use`` says whether it was accepted."""

    make: Callable[[Path], Path]
    use: Callable[[Path], bool]
    damage: Callable[[bytes, random.Random], bytes] = damaged
    tables: str = ""


TARGETS = {
    "the official list as text": Target(make_official_text, use_register),
    "the official list as a workbook": Target(make_official_workbook, use_register, damaged_workbook),
    "a draft of CSV": Target(make_export, use_new),
    "a draft of a workbook": Target(make_export_workbook, use_new, damaged_workbook),
    "a draft of SPSS": Target(make_export_of_spss, use_new),
    "tables of CSV": Target(make_tables, use_tables, tables="*1.csv"),
    "a table of a workbook": Target(make_table_of_workbook, use_tables, damaged_workbook, tables="*1.xlsx"),
}


def try_often(folder: Path, target: Target, times: int, seed: str) -> tuple[int, int]:
    """How many damaged files were accepted, how many refused."""
    made = target.make(folder)
    assert target.use(made)
    files = sorted(made.glob(target.tables)) if target.tables else [made]
    whole = {path: path.read_bytes() for path in files}
    chance, accepted = random.Random(seed), 0
    for _ in range(times):
        path = chance.choice(files)
        path.write_bytes(target.damage(whole[path], chance))
        accepted += target.use(made)
        path.write_bytes(whole[path])
    return accepted, times - accepted


@pytest.mark.parametrize("name", TARGETS)
def test_a_damaged_file_is_refused_or_means_something(tmp_path: Path, name: str) -> None:
    try_often(tmp_path, TARGETS[name], 3, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_many_damaged_files_are_refused_or_mean_something(tmp_path: Path, name: str) -> None:
    accepted, refused = try_often(
        tmp_path, TARGETS[name], int(os.environ.get("WELTOFFEN_DAMAGED", "100")), f"{name} long"
    )
    assert accepted and refused
