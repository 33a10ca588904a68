"""The scoring lab: how long from a changed weight to new numbers and the new picture.

For each size a synthetic study is made and its lab is opened with its controls; then weights, points and
the kind of mean are changed one after another. Timed is what the kernel does from the change until what is
shown is made: scores, sentences, tables, pictures as SVG, the values of all controls. The way to the browser
is not in it.

Usage: lab.py [SIZE ...]     (36 and 3600 municipalities)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from weltoffen_eval.display.lab.controls import Controls
from weltoffen_eval.display.lab.state import state
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.generator import write_study

#: Seconds that a change may take.
AIMS = {36: 0.3, 3600: 1.0}
CHANGES: list[tuple[str, object]] = [
    ("weights.item.MS01", 2.0),
    ("weights.item.MS01", 3.0),
    ("weights.item.FZ01", 0.5),
    ("points.umsetzung-5.1", 40.0),
    ("levels", "criteria"),
    ("min_coverage", 0.4),
    ("aggregation.dimension", "geometric"),
    ("overall", True),
    ("weights.dimension.access", 2.0),
    ("weights.item.MS02", 2.5),
]


def measure(folder: Path, size: int) -> None:
    study = folder / f"s{size}"
    write_study(study, size, study_id=f"s{size}", workshop=False)
    begin = time.perf_counter()
    lab = ScoringLab(load_study(study))
    controls = Controls(lab)
    draw(lab)
    print(f"{size} municipalities: opened and drawn after {time.perf_counter() - begin:.1f} s", flush=True)
    lab.listeners = {"controls": controls.show, "state": lambda: draw(lab)}
    walls, cpus = [], []
    for setting, value in CHANGES:
        wall, cpu = time.perf_counter(), time.process_time()
        lab.change(setting, value)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        print(f"    {setting} = {value}: {walls[-1]:.2f} s, {cpus[-1]:.2f} s of CPU")
    wall, cpu = time.perf_counter(), time.process_time()
    lab.undo()
    print(f"    undone: {time.perf_counter() - wall:.2f} s, {time.process_time() - cpu:.2f} s of CPU")
    print(
        f"    median {statistics.median(walls):.2f} s ({statistics.median(cpus):.2f} s of CPU), "
        f"longest {max(walls):.2f} s ({max(cpus):.2f} s of CPU); aim {AIMS.get(size, '–')} s",
        flush=True,
    )


def draw(lab: ScoringLab) -> None:
    """What the cell of the notebook sends to the browser."""
    shown = state(lab)
    shown._mimebundle()
    shown._metadata()


def main(*sizes: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes or ("36", "3600"):
            measure(Path(folder), int(size))


if __name__ == "__main__":
    main(*sys.argv[1:])
