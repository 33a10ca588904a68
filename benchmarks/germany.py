"""All of Germany: what a study of 11,000 municipalities costs until its scores and its own reports are there.

``python benchmarks/germany.py [MUNICIPALITIES]``: clean (with references), score, and the two reports on the
study as a whole, each in a process of its own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from watching import Cost, watch

from weltoffen_eval.study.example.generator import write_study

ROOT = Path(__file__).resolve().parents[1]
_REPORTS = ("all_municipalities", "instrument_quality")


def main(municipalities: int = 11_000) -> None:
    with tempfile.TemporaryDirectory(prefix="weltoffen-bench-") as folder:
        project = Path(folder)
        (project / "notebooks").symlink_to(ROOT / "notebooks")
        write_study(project / "data" / "raw" / "all", municipalities, study_id="all", workshop=False)
        costs = []
        for told, words in (
            ("clean, with references", ("clean", "all")),
            ("score", ("score", "all", "--out", str(project / "scores.csv"))),
            ("study reports", ("run", "all", "--jobs", "1", *(w for n in _REPORTS for w in ("-n", n)))),
        ):
            costs.append(watch(project, *words))
            print(f"{told}: {costs[-1]}", flush=True)
        together = Cost(
            *map(sum, zip(*(cost[:2] for cost in costs), strict=True)), max(c.memory for c in costs)
        )
        print(f"together: {together}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
