"""Calls of the command in the process of the tests, where the libraries are there already."""

from __future__ import annotations

import contextlib
import functools
import io
import multiprocessing
import os
import subprocess
from pathlib import Path

import pytest

from weltoffen_eval.commands.main import main
from weltoffen_eval.publish.running.processes import SURROUNDINGS


def call_within(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a project, with what it says and how it ends.

    Workers of ``run`` come from one server for all calls of a process; each gets the surroundings of its call.
    """
    if arguments[:1] == ("run",):
        start_server()
    said, complained = io.StringIO(), io.StringIO()
    before = dict(os.environ)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("WELTOFFEN_PROJECT", str(project))
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            try:
                code = main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
    for name in os.environ.keys() - before.keys():
        # what the command sets for its workers
        del os.environ[name]
    os.environ.update(before)
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())


@functools.cache
def start_server() -> None:
    """What makes the workers of all calls, with everything that they would import; see ready_workers.py."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return
    from multiprocessing import forkserver

    with pytest.MonkeyPatch.context() as patch:
        # it looks for modules nowhere else
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        for name, value in SURROUNDINGS.items():
            patch.setenv(name, value)
        multiprocessing.get_context("forkserver").set_forkserver_preload(["ready_workers"])
        forkserver.ensure_running()
