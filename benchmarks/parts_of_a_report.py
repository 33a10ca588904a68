"""What a Selbstcheck costs in a warm worker: there, in the process of its notebook, in that of its export.

``python benchmarks/parts_of_a_report.py [FORMATS]`` (``html,pdf,docx``; default ``html``): medians over the
municipalities of the example study, each in the processes that a run forks for it; then the export in the
worker itself, as it cannot be in a run, and how many pages of memory were touched or copied.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from weltoffen_eval.publish.running.processes import SURROUNDINGS

if __name__ == "__main__" and not SURROUNDINGS.items() <= os.environ.items():
    # as a run starts its workers: one thread each, before any library is there
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **SURROUNDINGS})

from weltoffen_eval.publish.running.execution import run_notebook
from weltoffen_eval.publish.running.forked import run_apart
from weltoffen_eval.publish.running.job import Job, _export
from weltoffen_eval.publish.running.processes import can_fork
from weltoffen_eval.publish.running.workers import Ready, make_ready
from weltoffen_eval.runs.jobs import modules_for
from weltoffen_eval.runs.kinds import choose_kinds
from weltoffen_eval.runs.reports import _prepare
from weltoffen_eval.runs.settings import Asked
from weltoffen_eval.study.definition import load_study

ROOT = Path(__file__).resolve().parents[1]
WAVE, DAY = "2021", "2021-06-30"
WITHOUT_ANSWERS = {"fantasiehausen", "kommafelde"}


class Used(NamedTuple):
    """Seconds of CPU, in programs and in the system, and page faults: of this process, of its children."""

    user: float
    system: float
    faults: float
    user_children: float
    system_children: float
    faults_children: float

    @classmethod
    def so_far(cls) -> Used:
        own, theirs = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return cls(*(n for of in (own, theirs) for n in (of.ru_utime, of.ru_stime, of.ru_minflt)))

    def __str__(self) -> str:
        return (
            f"worker {self.user:.3f} + {self.system:.3f} s ({self.faults:.0f} faults), forked "
            f"{self.user_children:.3f} + {self.system_children:.3f} s ({self.faults_children:.0f} faults)"
        )


def used_by(work: Callable[[], object]) -> Used:
    before = Used.so_far()
    work()
    return Used(*(now - then for now, then in zip(Used.so_far(), before, strict=True)))


def main(formats: str = "html") -> None:
    study = load_study("beispiel")
    wanted = tuple(formats.split(","))
    asked = Asked(folder=study.folder, kinds=choose_kinds(["selfcheck"]), formats=wanted, named=True)
    make_ready(Ready(modules_for(asked), partial(_prepare, study.folder, ()), wanted))
    assert can_fork()
    jobs = [
        Job(
            notebook=ROOT / "notebooks" / "02_selfcheck.ipynb",
            parameters={"study": study.id, "municipality": each.key, "wave": WAVE},
            title="Selbstcheck", inputs={}, target=Path(each.key), formats=wanted, day=DAY,
        )
        for each in study.register.municipalities
        if each.key not in WITHOUT_ANSWERS
    ]  # fmt: skip
    nodes = {}

    def run(job: Job) -> None:
        nodes[job.target] = run_notebook(job.notebook, job.parameters, job.title, job.time_limit, job.day)

    for told, work in (
        ("notebook", run),
        ("export in a process of its own", lambda job: run_apart(_export, job, nodes[job.target])),
        ("export in the worker", lambda job: _export(job, nodes[job.target])),
    ):
        costs = [used_by(partial(work, job)) for job in jobs]
        # the first loads what the others find
        print(f"{told}: {Used(*map(statistics.median, zip(*costs[1:], strict=True)))}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
