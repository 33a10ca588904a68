"""A small study that a test writes as it needs it: two dimensions, an ordinal and a numeric scale."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.cleaning import CleanedStudy, clean_responses, read_responses
from weltoffen_eval.study.definition import load_study, read_study

STUDY = """id = "klein"
title = "Kleine Studie (synthetisch)"
instrument = "./instrument"
synthetic = true

[[wave]]
id = "2024"
date = 2024-06-30
"""
FILE = """
[[file]]
path = "{path}"
wave = "2024"
setting = "{setting}"
{keys}
"""
REGISTER = """municipality,name,ags,kind
adorf,Adorf,01001001,Gemeinde
bestadt,Bestadt,01002000,Stadt
kreis,Kreis Ce,01003,Landkreis
"""
INSTRUMENT = """id = "klein"
edition = "1"
title = { de = "Kleiner Fragebogen" }
source = "made for this test"
licence = "CC0-1.0"

[[dimension]]
id = "alpha"
title = { de = "Feld A" }
[[dimension]]
id = "beta"
title = { de = "Feld B" }

[[scale]]
id = "stufen"
kind = "ordinal"
options = [
  { code = 0, points = 0, label = { de = "nein" } },
  { code = 1, points = 50, label = { de = "teilweise" } },
  { code = 2, points = 100, label = { de = "ja" } },
]
non_answers = [
  { kind = "dont_know", code = 98, label = { de = "weiß nicht" } },
  { kind = "skipped", label = { de = "keine Angabe" } },
]
[[scale]]
id = "anzahl"
kind = "numeric"
min = 0
max = 5000
non_answers = [{ kind = "skipped", label = { de = "keine Angabe" } }]
[[scale]]
id = "anteil"
kind = "numeric"
min = 0
max = 100
"""
ITEMS = """item,dimension,position,scale,direction,text_de
A1,alpha,1,stufen,1,Frage A1
A2,alpha,2,stufen,1,Frage A2
B1,beta,3,anzahl,1,Frage B1
B2,beta,4,anteil,1,Frage B2
"""


def write_study(
    folder: Path,
    *files: tuple[str, str],
    keys: str = 'perspective = "civil_society"',
    setting: str = "workshop",
    study: str = STUDY,
) -> Path:
    """The study with raw files of (name, content), all listed with the same keys."""
    (folder / "instrument").mkdir(parents=True, exist_ok=True)
    (folder / "instrument" / "instrument.toml").write_text(INSTRUMENT, encoding="utf-8")
    (folder / "instrument" / "items.csv").write_text(ITEMS, encoding="utf-8")
    (folder / "municipalities.csv").write_text(REGISTER, encoding="utf-8")
    listed = "".join(FILE.format(path=name, setting=setting, keys=keys) for name, _ in files)
    (folder / "study.toml").write_text(study + listed, encoding="utf-8")
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def clean(folder: Path) -> CleanedStudy:
    return clean_responses(load_study(folder))


def faults_of(folder: Path) -> list[Fault]:
    """All faults, as ``weltoffen check`` finds them in one run; there is at least one."""
    faults: list[Fault] = []
    study = read_study(folder, faults)
    if study is not None:
        read_responses(study, faults)
    assert faults
    with pytest.raises(RefusedError):
        clean(folder)
    return faults


def told(faults: list[Fault]) -> list[tuple[str, int | None, str]]:
    """Where the faults are: file, row, column."""
    return [(fault.file, fault.row, fault.column) for fault in faults]


def rules(cleaned: CleanedStudy) -> list[tuple[int, str, str]]:
    """What the cleaning log says: row, new value, rule."""
    log = cleaned.cleaning_log
    return list(zip(log["row"], log["new"], log["rule"], strict=True))
