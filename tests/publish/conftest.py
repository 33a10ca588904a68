"""What the tests of the exporters share: a Selbstcheck as it was executed."""

from __future__ import annotations

import nbformat
import pytest
from places import ROOT

from weltoffen_eval.publish.running.execution import run_notebook


@pytest.fixture(scope="module")
def selfcheck_notebook() -> nbformat.NotebookNode:
    """The Selbstcheck of a municipality with three sheets."""
    path = ROOT / "notebooks" / "02_selfcheck.ipynb"
    return run_notebook(path, {"municipality": "modellstadt"}, "x", day="2021-06-30")
