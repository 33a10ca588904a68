"""Selbstcheck reports of some municipalities: the plain loop against `weltoffen run`, in pairs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from weltoffen_eval.study.definition import load_study

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[1]


def plain_loop(keys: list[str], folder: Path) -> None:
    """What one would write by hand: papermill, then nbconvert, per municipality."""
    for key in keys:
        executed = folder / f"{key}.ipynb"
        notebook = ROOT / "notebooks" / "02_selfcheck.ipynb"
        quiet = {"check": True, "capture_output": True, "cwd": ROOT}
        subprocess.run([BIN / "papermill", notebook, executed, "-p", "municipality", key], **quiet)
        subprocess.run([BIN / "jupyter", "nbconvert", "--to", "html", executed], **quiet)


def ours(keys: list[str], folder: Path) -> None:
    chosen = [part for key in keys for part in ("-m", key)]
    command = [BIN / "weltoffen", "run", "beispiel", "-w", "2021", "-n", "selfcheck", "--jobs", "1"]
    subprocess.run([*command, "--out", folder, *chosen], check=True, capture_output=True, cwd=ROOT)


def main(count: int = 8, pairs: int = 3) -> None:
    left_out = {"fantasiehausen", "kommafelde"}  # no answers in 2021
    keys = [m.key for m in load_study("beispiel").register.municipalities if m.key not in left_out][:count]
    for pair in range(1, pairs + 1):
        seconds = []
        for way in (plain_loop, ours):
            with tempfile.TemporaryDirectory() as folder:
                begin = time.perf_counter()
                way(keys, Path(folder))
                seconds.append(time.perf_counter() - begin)
        plain, run = seconds
        print(
            f"pair {pair}, {count} reports, one process: plain loop {plain / count:.2f} s per report, "
            f"weltoffen run {run / count:.2f} s per report, ratio {plain / run:.1f}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
