"""A command of weltoffen watched while it runs, with all processes that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import psutil

_PAUSE = 0.2


class Cost(NamedTuple):
    """What a command took: seconds by the clock, seconds of CPU, highest MB of any of its processes.

    ``said``: what it printed.
    """

    seconds: float
    computing: float
    memory: float
    said: str = ""

    def __str__(self) -> str:
        gigabytes = self.memory / 1000
        return f"{self.seconds:.1f} s, {self.computing:.1f} s of CPU, {gigabytes:.2f} GB at its highest"


def begin(project: Path, words: tuple[str, ...], out: IO[Any] | int, **more: Any) -> subprocess.Popen[str]:
    """A command of weltoffen that begins in a project; what it prints goes to ``out``."""
    return subprocess.Popen(
        [sys.executable, "-m", "weltoffen_eval.commands.main", *words],
        cwd=project, stdout=out, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "WELTOFFEN_PROJECT": str(project), **more},
    )  # fmt: skip


def watch(project: Path, *words: str) -> Cost:
    """Run a command in a project to its end; of its last tenths of a second the CPU is missing."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = begin(project, words, said)
        computing = memory = 0.0
        while process.poll() is None:
            computing = max(computing, computing_of(process.pid))
            memory = max(memory, *(one.memory_info().rss / 1e6 for one in alive(process.pid)), 0.0)
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - start
        said.seek(0)
        printed = said.read()
        if process.returncode:
            sys.exit(f"{' '.join(words)} ended with {process.returncode}: {printed}")
    return Cost(seconds, computing, memory, printed)


def alive(pid: int) -> Iterator[psutil.Process]:
    """A process and all below it that are there; who asks for more may find that one has just ended."""
    try:
        yield from [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return


def computing_of(pid: int) -> float:
    """Seconds of CPU of a process and all below it, also of those that ended and were waited for."""
    seconds = 0.0
    for one in alive(pid):
        try:
            seconds += sum(one.cpu_times()[:4])
        except psutil.Error:
            continue  # one that has just ended
    return seconds
