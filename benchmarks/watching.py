"""A command of weltoffen watched while it runs, with all processes that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

_PAUSE = 0.2


class Cost(NamedTuple):
    """What a command took: seconds by the clock, seconds of CPU, highest MB of any of its processes."""

    seconds: float
    computing: float
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.seconds:.1f} s, {self.computing:.1f} s of CPU, {self.memory / 1000:.2f} GB at its highest"
        )


def watch(project: Path, *words: str) -> Cost:
    """Run a command in a project, and look at its processes again and again.

    CPU of a process is that when it was last seen, so that of one command up to some tenths of a second of
    each process are missing.
    """
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "weltoffen_eval.commands.main", *words],
            cwd=project, stdout=said, stderr=said, env={**os.environ, "WELTOFFEN_PROJECT": str(project)},
        )  # fmt: skip
        computing: dict[int, float] = {}
        memory = 0.0
        while process.poll() is None:
            for pid, seconds, megabytes in _look(process.pid):
                computing[pid] = seconds
                memory = max(memory, megabytes)
            time.sleep(_PAUSE)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(words)} ended with {process.returncode}: {said.read().decode()}")
    return Cost(time.perf_counter() - begin, sum(computing.values()), memory)


def _look(pid: int) -> list[tuple[int, float, float]]:
    """Of a process and all below it: number, seconds of CPU, MB."""
    found = []
    try:
        everybody = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return []
    for one in everybody:
        try:
            times = one.cpu_times()
            found.append((one.pid, times.user + times.system, one.memory_info().rss / 1e6))
        except psutil.Error:
            continue  # one that has just ended
    return found
