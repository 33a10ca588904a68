"""What one more Selbstcheck costs by its kernel: forked, ``weltoffen`` and ``python3``, in pairs.

Each way runs first one notebook, then several, in a worker of its own; the difference is what one more costs,
without the start of workers and servers. The ratios are those of a round; the draws of a busy machine vary.

Usage: kernels.py [notebooks] [rounds]
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from reports import NOTEBOOKS, ROOT, measure
from weltoffen_eval.publish.running.workers import Ready, start_pool

WAYS = {"forked": None, "weltoffen": "weltoffen", "python3": "python3"}
#: What ``weltoffen run`` imports before its first notebook.
MODULES = ("weltoffen_eval.display.selfcheck.report",)


def run(way: str, count: str) -> None:
    from weltoffen_eval.publish.running.execution import run_notebook

    with start_pool(1, Ready(MODULES)) as pool:
        for _ in range(int(count)):
            parameters = {"municipality": "musterstadt"}
            pool.submit(run_notebook, NOTEBOOKS["selfcheck"], parameters, "x", kernel=WAYS[way]).result()


def apart(way: str, keys: list[str], folder: Path) -> None:
    """In a process that ends, so that all of its own have ended too; a notebook for each of the keys."""
    subprocess.run([sys.executable, __file__, "--run", way, str(len(keys))], check=True, cwd=ROOT)


def main(notebooks: str = "8", rounds: str = "5") -> None:
    more = int(notebooks)
    for number in range(1, int(rounds) + 1):
        costs = {}
        for way in WAYS:
            with ProcessPoolExecutor(1) as pool:
                once, often = (pool.submit(measure, apart, way, ["x"] * n).result() for n in (1, 1 + more))
            costs[way] = [(many - one) / more for one, many in zip(once, often, strict=True)]
        wall, cpu = costs["forked"]
        for way, (its_wall, its_cpu) in costs.items():
            print(
                f"round {number}: {way:9} {its_wall:5.2f} s, {its_cpu:5.2f} s of CPU for one more notebook; "
                f"{its_wall / wall:4.2f} times the time and {its_cpu / cpu:4.2f} times the CPU of a fork",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
