"""The project's notebooks as they were executed, for tests of what is made of them."""

from __future__ import annotations

import copy
import functools
import sys
import warnings

import nbformat
import pytest
from places import ROOT

from weltoffen_eval.publish.exporting.public_notebook import for_everybody
from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.execution import run_notebook


def executed(stem: str, parameters: dict[str, str], title: str = "x") -> nbformat.NotebookNode:
    """A notebook with its outputs; of the same one, those of one run for all tests of a process."""
    return copy.deepcopy(_executed(stem, tuple(sorted(parameters.items())), title))


@functools.cache
def _executed(stem: str, parameters: tuple[tuple[str, str], ...], title: str) -> nbformat.NotebookNode:
    return execute(stem, dict(parameters), title)


def execute(stem: str, parameters: dict[str, str], title: str = "x") -> nbformat.NotebookNode:
    """A run of its own; forked, since an ordinary kernel takes seconds to start and gives the same.

    That it does is held by publish/running/test_execution.py.
    """
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        if sys.platform == "linux":
            # the threads of the test runner hold no lock that matters
            patch.setattr(processes, "can_fork", lambda: True)
            warnings.simplefilter("ignore", DeprecationWarning)
        patch.setenv("WELTOFFEN_PROJECT", str(ROOT))
        node = run_notebook(ROOT / "notebooks" / f"{stem}.ipynb", parameters, title, day="2021-06-30")
        return for_everybody(node) if parameters.get("audience") == "public" else node
