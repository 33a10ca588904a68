"""The project's notebooks as they were executed, for tests of what is made of them."""

from __future__ import annotations

import hashlib
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from places import ROOT
from shared_project import made_once, store_studies

from weltoffen_eval.publish.exporting.public_notebook import for_everybody
from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.execution import run_notebook


def executed(folder: Path, stem: str, parameters: dict[str, str], title: str = "x") -> nbformat.NotebookNode:
    """A notebook with its outputs, from the folder that all workers share: of the same one, those of one run."""
    asked = hashlib.sha256(repr((stem, title, sorted(parameters.items()))).encode()).hexdigest()
    name = f"{stem}-{asked[:12]}"
    path = folder / f"{name}.ipynb"
    store_studies(folder)
    made_once(folder, name, lambda: nbformat.write(execute(stem, parameters, title), path))
    return nbformat.read(path, as_version=4)


def execute(stem: str, parameters: dict[str, str], title: str = "x") -> nbformat.NotebookNode:
    """A run of its own; forked, since an ordinary kernel takes seconds to start and gives the same.

    That it does is held by publish/running/test_execution.py.
    """
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        if sys.platform == "linux":
            # the threads of the test runner hold no lock that matters
            patch.setattr(processes, "can_fork", lambda: True)
            warnings.simplefilter("ignore", DeprecationWarning)
        node = run_notebook(ROOT / "notebooks" / f"{stem}.ipynb", parameters, title, day="2021-06-30")
        return for_everybody(node) if parameters.get("audience") == "public" else node
