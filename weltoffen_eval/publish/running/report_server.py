"""A process that makes one report after the other for its owner, and forks notebooks as a local worker does.

A Dask worker has threads and cannot fork; this stands beside it. Its owner writes jobs to the standard
input and reads what became of each from the standard output, all of it pickled. When the owner is gone, it
ends, whatever it does.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from typing import Any

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.environment import hash_environment
from weltoffen_eval.publish.running.job import Job, Made, make_report
from weltoffen_eval.publish.running.processes import SURROUNDINGS
from weltoffen_eval.publish.running.workers import Ready, end_with_pipe, keep_without_pipe, make_ready


class ServerLost(Exception):
    """The process died that made a report."""


class ReportServer:
    """The owner's side: the process is started with it and ended by :meth:`end`."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "weltoffen_eval.publish.running.report_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **SURROUNDINGS},
        )

    def make(self, job: Job, ready: bytes, environment: str) -> Made:
        """All files of a report; ``ready``: what it has before its first notebook of this kind, pickled.

        Raises
        ------
        ServerLost
            If the process is killed, by its notebook or by anybody else.
        SurroundingsError
            If it has another version of the program than ``environment``, or there is no room to work.
        """
        writing, reading = self.process.stdin, self.process.stdout
        assert writing is not None and reading is not None
        try:
            pickle.dump((job, ready, environment), writing)
            writing.flush()
            done, result = pickle.load(reading)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise ServerLost from error
        if not done:
            raise result
        made: Made = result
        return made

    def end(self) -> None:
        """End the process; a notebook notices that it is gone, and ends."""
        self.process.kill()
        self.process.communicate()


def _make(job: Job, ready: bytes, environment: str, known: set[bytes]) -> Made:
    if hash_environment() != environment:
        name = socket.gethostname()
        raise SurroundingsError(f"The worker on {name} has another version of the program or its libraries.")
    if ready not in known:
        made_ready: Ready = pickle.loads(ready)
        make_ready(made_ready)
        known.add(ready)
    return make_report(job)


def main() -> None:
    """Make reports until the owner closes the pipe."""
    # Ctrl-C in a terminal is for the owner
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # what a notebook reads and prints is none of the owner's
    jobs, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    known: set[bytes] = set()
    while True:
        try:
            job, ready, environment = pickle.load(jobs)
        except EOFError:
            return
        # nothing comes along the pipe before this is answered, but its end
        end_with_pipe(jobs.fileno())
        answer: tuple[bool, Any]
        try:
            answer = True, _make(job, ready, environment, known)
        except Exception as error:
            answer = False, error
        keep_without_pipe(jobs.fileno())
        pickle.dump(answer, results)
        results.flush()


if __name__ == "__main__":
    main()
