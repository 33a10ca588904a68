"""Pictures need no ``%matplotlib inline``, whatever runs the notebook."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from places import REFERENCE
from probes import run

from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.execution import run_notebook

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only"),
    pytest.mark.filterwarnings("ignore:.*encryption.*"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]
#: a picture in each of its seven cells with code, as with the kernel python3 of ipykernel 7.4
FIGURES = REFERENCE / "cases" / "warm-figures" / "bilder.ipynb"


def pictures(node: nbformat.NotebookNode) -> list[int]:
    codes = [cell for cell in node.cells if cell.cell_type == "code" and cell.source]
    return [sum("image/png" in output.get("data", {}) for output in cell.outputs) for cell in codes]


def test_a_forked_notebook_shows_every_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: True)
    assert pictures(run_notebook(FIGURES, {}, "Bilder")) == [1] * 7


def test_the_kernel_weltoffen_shows_every_picture() -> None:
    node = nbformat.read(FIGURES, as_version=4)
    NotebookClient(node, kernel_name="weltoffen", shutdown_kernel="immediate").execute()
    assert pictures(node) == [1] * 7


def test_what_is_displayed_can_be_updated_in_a_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: True)
    node = run(tmp_path, "h = display('eins', display_id='h')", "h.update('zwei')")
    (shown,) = node.cells[-2].outputs
    assert shown.data["text/plain"] == "'zwei'"
    assert node.cells[-1].outputs == []
