"""Check, clean and score one CSV of 1,000,000 persons × 108 items: seconds and memory at its highest.

The persons are of one municipality, or spread over several: ``python benchmarks/large_survey.py 1000000 36``.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

ITEMS = [f"I{number:03d}" for number in range(1, 109)]
DIMENSIONS = [f"d{number}" for number in range(1, 10)]
ANSWERS = {"0": 10, "1": 20, "2": 20, "3": 20, "4": 20, "98": 4, "99": 3, "": 3}
_DIFFERENT_SHEETS = 2_000
#: Linux counts memory in units of so many bytes.
_UNIT = 1_024

INSTRUMENT = """id = "wide-108"
edition = "1"
title = { de = "Fragebogen mit 108 Fragen" }
source = "made for this benchmark"
licence = "CC0-1.0"
"""
DIMENSION = '[[dimension]]\nid = "{0}"\ntitle = {{ de = "Feld {0}" }}\n'
SCALE = """[[scale]]
id = "five"
kind = "ordinal"
options = [
  { code = 0, points = 0, label = { de = "gar nicht" } },
  { code = 1, points = 25, label = { de = "kaum" } },
  { code = 2, points = 50, label = { de = "teilweise" } },
  { code = 3, points = 75, label = { de = "weitgehend" } },
  { code = 4, points = 100, label = { de = "ganz" } },
]
non_answers = [
  { kind = "dont_know", code = 98, label = { de = "weiß nicht" } },
  { kind = "not_applicable", code = 99, label = { de = "nicht zuständig" } },
  { kind = "skipped", label = { de = "keine Angabe" } },
]
"""
STUDY = """id = "large"
title = "Große Befragung (synthetisch)"
instrument = "./instrument"
synthetic = true
[[wave]]
id = "2024"
date = 2024-06-30
[[file]]
path = "persons.csv"
wave = "2024"
setting = "questionnaire"
perspective = "residents"
"""


def write_survey(folder: Path, persons: int, municipalities: int) -> None:
    """A study with one file of responses, written line by line."""
    chance = random.Random(1)
    instrument = folder / "instrument"
    instrument.mkdir(parents=True)
    text = INSTRUMENT + "".join(map(DIMENSION.format, DIMENSIONS)) + SCALE
    (instrument / "instrument.toml").write_text(text, encoding="utf-8")
    with (instrument / "items.csv").open("w", encoding="utf-8") as stream:
        stream.write("item,dimension,position,scale,direction,text_de\n")
        for number, item in enumerate(ITEMS):
            dimension = DIMENSIONS[number * len(DIMENSIONS) // len(ITEMS)]
            stream.write(f"{item},{dimension},{number + 1},five,1,Frage {number + 1}\n")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    keys = [f"ort{number:05d}" for number in range(municipalities)]
    register = "municipality,name\n" + "".join(f"{key},Ort {key[3:]}\n" for key in keys)
    (folder / "municipalities.csv").write_text(register, encoding="utf-8")
    answers, shares = list(ANSWERS), list(ANSWERS.values())
    sheets = [",".join(chance.choices(answers, shares, k=len(ITEMS))) for _ in range(_DIFFERENT_SHEETS)]
    with (folder / "persons.csv").open("w", encoding="utf-8") as stream:
        stream.write(f"municipality,respondent,{','.join(ITEMS)}\n")
        for number in range(persons):
            stream.write(f"{keys[number % municipalities]},p{number},{chance.choice(sheets)}\n")


def measure(command: list[str], project: Path) -> None:
    """Run a command of weltoffen in a process of its own and print what it took."""
    begin = time.perf_counter()
    child = os.fork()
    if not child:
        os.environ["WELTOFFEN_PROJECT"] = str(project)
        os.execv(sys.executable, [sys.executable, "-m", "weltoffen_eval.commands.main", *command])
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}.")
    print(
        f"{command[0]}: {time.perf_counter() - begin:.0f} s, of which computing "
        f"{used.ru_utime + used.ru_stime:.0f} s; {used.ru_maxrss * _UNIT / 1e9:.2f} GB at its highest",
        flush=True,
    )


def main(persons: int = 1_000_000, municipalities: int = 1) -> None:
    with tempfile.TemporaryDirectory() as name:
        project, study = Path(name), Path(name) / "data" / "raw" / "large"
        (project / "notebooks").mkdir()
        begin = time.perf_counter()
        write_survey(study, persons, municipalities)
        size = (study / "persons.csv").stat().st_size / 1e6
        print(
            f"{persons:,} persons of {municipalities:,} municipalities × {len(ITEMS)} items, {size:.0f} MB, "
            f"written in {time.perf_counter() - begin:.0f} s",
            flush=True,
        )
        for command in (
            ["check", str(study)],
            ["clean", str(study)],
            ["score", str(study), "--out", str(project / "scores.csv")],
        ):
            measure(command, project)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
