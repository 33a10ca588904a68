"""What the tests of the exporters share: a Selbstcheck as it was executed."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from executed import executed


@pytest.fixture(scope="module")
def selfcheck_notebook(shared: Path) -> nbformat.NotebookNode:
    """The Selbstcheck of a municipality with three sheets."""
    return executed(shared, "02_selfcheck", {"municipality": "modellstadt"})
