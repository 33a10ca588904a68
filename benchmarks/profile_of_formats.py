"""Where the time of one Selbstcheck goes, in its cells and in each format.

``python benchmarks/profile_of_formats.py [SHARE]``: the first of three reports loads templates, fonts and
caches, the second is measured, the third profiled. Printed are functions that take at least
a SHARE (default 0.06) of it with what they call, the longest first; a profile makes many small calls look
dearer than they are.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reports import NOTEBOOKS, run_cells
from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.publish.running.execution import run_notebook

KEYS = ("musterstadt", "probestadt", "modellstadt")
#: Folders by which a path is shortened, and what is Python's own and says little.
_ROOMS = ("weltoffen_eval", "site-packages")


def main(share: float = 0.06) -> None:
    notebook = NOTEBOOKS["selfcheck"]
    nodes = {
        key: run_notebook(notebook, {"municipality": key}, "Selbstcheck", day="2021-06-30") for key in KEYS
    }
    ways: dict[str, Callable[[str], object]] = {"cells": lambda key: run_cells("selfcheck", key)}
    for form in ("html", "pdf", "docx"):
        ways[form] = lambda key, form=form: export_notebook(nodes[key], form)  # type: ignore[misc]
    for name, way in ways.items():
        way(KEYS[0])
        begin = time.process_time()
        way(KEYS[1])
        seconds = time.process_time() - begin
        profile = cProfile.Profile()
        profile.runcall(way, KEYS[2])
        print(f"{name}: {seconds:.3f} s of CPU")
        for part, place in parts_of(profile, share):
            print(f"  {part:4.0%}  {place}")


def parts_of(profile: cProfile.Profile, share: float) -> list[tuple[float, str]]:
    """The functions that take at least a share of a profile, with what they call: share and place."""
    told = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = max(cumulative for _, _, _, cumulative, _ in told.values())
    found = []
    for (file, _, function), (_, _, own, cumulative, _) in told.items():
        if function.startswith("<") and not file.startswith("~"):
            continue  # a comprehension, told by what holds it
        room = next((name for name in _ROOMS if f"/{name}/" in file), "")
        # of libraries what takes long itself; of our own what stands for it
        counted = cumulative if room == _ROOMS[0] else own
        if counted >= share * whole:
            place = Path(file.rpartition(f"/{room}/")[2] if room else file)
            found.append((counted / whole, f"{place.with_suffix('').as_posix()} {function}"))
    return sorted(found, reverse=True)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
