"""Seconds of CPU and bytes of every format, for executed Selbstchecks of several municipalities."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.exports import export_data, export_notebook
from weltoffen_eval.publish.running.execution import run_notebook
from weltoffen_eval.study.definition import load_study

ROOT = Path(__file__).resolve().parents[1]


def main(rounds: int = 7) -> None:
    notebook = ROOT / "notebooks" / "02_selfcheck.ipynb"
    # another municipality in each round: what is set twice costs Typst little
    left_out = {"fantasiehausen", "kommafelde"}  # no answers in 2021
    keys = [m.key for m in load_study("beispiel").register.municipalities if m.key not in left_out]
    nodes = [
        run_notebook(notebook, {"municipality": key}, "Selbstcheck", day="2021-06-30")
        for key in keys[: rounds + 1]
    ]
    ways = {
        "html": lambda node: len(export_notebook(node, "html")),
        "pdf": lambda node: len(export_notebook(node, "pdf")),
        "docx": lambda node: len(export_notebook(node, "docx")),
        "tables": lambda node: sum(
            map(len, export_data(node, read_report(node), "report", "tables").values())
        ),
    }
    for name, way in ways.items():
        seconds, sizes = [], []
        for node in nodes:
            begin = time.process_time()
            sizes.append(way(node) / 1000)
            seconds.append(time.process_time() - begin)
        # the first also loads templates and fonts
        first, *warm = seconds
        print(
            f"{name}: {min(sizes):.0f} to {max(sizes):.0f} kB, {statistics.median(warm):.3f} s of CPU "
            f"(median of {rounds}; {min(warm):.3f} to {max(warm):.3f}; the first {first:.3f})"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
