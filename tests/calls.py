"""Calls of the command in the process of the tests, where the libraries are there already."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from pathlib import Path

import pytest

from weltoffen_eval.commands.main import main


def call_within(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a project, with what it says and how it ends.

    Workers of ``run`` come from one server for all calls of a process; each gets the surroundings of its call.
    """
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
