"""Small notebooks made and run by tests, and what they show."""

from __future__ import annotations

from pathlib import Path

import nbformat

from weltoffen_eval.publish.running.execution import run_notebook

EVERYTHING = (
    "import sys\nprint('eins'); print('zwei')\nprint('Fehler', file=sys.stderr)",
    "study",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\n1 + 1",
    "1 + 1;",
    "from weltoffen_eval.display.shown import Shown, facts\nShown(facts([('Wort', 'Bedeutung')]))",
)


def notebook_of(tmp_path: Path, *sources: str) -> Path:
    node = nbformat.v4.new_notebook()
    parameters = nbformat.v4.new_code_cell('study = "x"')
    parameters.metadata["tags"] = ["parameters"]
    node.cells = [parameters, *(nbformat.v4.new_code_cell(source) for source in sources)]
    path = tmp_path / "probe.ipynb"
    nbformat.write(node, path)
    return path


def run(tmp_path: Path, *sources: str, time_limit: int = 3600) -> nbformat.NotebookNode:
    return run_notebook(notebook_of(tmp_path, *sources), {"study": "y"}, "Probe", time_limit)


def outputs_of(node: nbformat.NotebookNode) -> list[object]:
    return [cell.get("outputs") for cell in node.cells]
