"""Notebooks in git: without outputs, stripped on commit by the hook, shown as the Python they hold."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from places import ROOT, files_of_checkout

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: What JupyterLab adds when it saves.
OF_JUPYTERLAB = {
    "codemirror_mode": {"name": "ipython", "version": 3}, "file_extension": ".py", "mimetype": "text/x-python",
    "name": "python", "nbconvert_exporter": "python", "pygments_lexer": "ipython3", "version": "3.11.2",
}  # fmt: skip


def saved_with_outputs(source: Path, place: Path) -> None:
    """As JupyterLab saves a notebook that was run, with the state of its controls."""
    node = nbformat.read(source, as_version=4)
    for number, cell in enumerate(cell for cell in node.cells if cell.cell_type == "code"):
        cell.execution_count = number + 1
        cell.metadata["execution"] = {"iopub.status.busy": "2024-06-30T10:00:00Z"}
        cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="Musterstadt: 42\n")]
    node.metadata["language_info"] = dict(OF_JUPYTERLAB)
    node.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"a": {}}}}
    nbformat.write(node, place)


def checkout(folder: Path) -> Path:
    """A repository with the hooks and attributes of ours, and one notebook in it."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    shutil.copy(ROOT / "notebooks" / "scoring_lab.ipynb", folder / "notebooks")
    for name in (".pre-commit-config.yaml", ".gitattributes"):
        shutil.copy(ROOT / name, folder)
    (folder / ".gitignore").write_text(".venv\n", encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    for name, value in (("user.name", "Test"), ("user.email", "test@example.org")):
        git(folder, "config", name, value)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return folder


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_notebook_in_the_checkout_has_outputs() -> None:
    ours = [path for path in files_of_checkout(ROOT) if path.endswith(".ipynb")]
    ours = [path for path in ours if not path.startswith(("tests/reference/", "lab/", "reports/"))]
    assert "notebooks/tour.ipynb" in ours and "benchmarks/frozen.ipynb" in ours
    for path in ours:
        cells = json.loads((ROOT / path).read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code), path


def test_the_hook_makes_of_a_notebook_that_was_saved_with_outputs_the_one_that_it_was(tmp_path: Path) -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (hook,) = (hook for repo in config["repos"] for hook in repo["hooks"])
    program, *options = shlex.split(hook["entry"])
    assert program == ".venv/bin/nbstripout"
    assert re.search(hook["files"], "notebooks/tour.ipynb")
    assert re.search(hook["exclude"], "tests/reference/cases/02-ansi/ansi.ipynb")
    before = ROOT / "notebooks" / "scoring_lab.ipynb"
    saved = tmp_path / "saved.ipynb"
    saved_with_outputs(before, saved)
    assert b"Musterstadt: 42" in saved.read_bytes()
    subprocess.run([sys.executable, "-m", "nbstripout", *options, str(saved)], check=True)
    assert saved.read_bytes() == before.read_bytes()


@pytest.mark.slow
def test_a_commit_of_a_notebook_with_outputs_stops_and_goes_through_stripped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    folder = checkout(tmp_path / "checkout")
    (install,) = re.findall(r"^(\.venv/bin/pre-commit install)$", TEXT, re.MULTILINE)
    subprocess.run(shlex.split(install), cwd=folder, check=True, capture_output=True)
    place = folder / "notebooks" / "scoring_lab.ipynb"
    saved_with_outputs(place, place)
    git(folder, "add", "-A")
    refused = subprocess.run(
        ["git", "commit", "-qm", "x"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "notebooks without outputs" in refused.stdout + refused.stderr
    assert place.read_bytes() == (ROOT / "notebooks" / "scoring_lab.ipynb").read_bytes()
    place.write_text(
        place.read_text(encoding="utf-8").replace("results(lab)", "results( lab)"), encoding="utf-8"
    )
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "second")
    assert "Musterstadt: 42" not in git(folder, "show", "HEAD:notebooks/scoring_lab.ipynb")


@pytest.mark.slow
def test_a_difference_is_shown_as_python_by_the_line_that_contributing_gives(tmp_path: Path) -> None:
    folder = checkout(tmp_path)
    (line,) = re.findall(r"^git (config diff\.notebook\.textconv .*)$", TEXT, re.MULTILINE)
    git(folder, *shlex.split(line))
    place = folder / "notebooks" / "scoring_lab.ipynb"
    place.write_text(
        place.read_text(encoding="utf-8").replace("results(lab)", "title(lab)"), encoding="utf-8"
    )
    shown = git(folder, "diff").splitlines()
    changed = [row for row in shown if re.match(r"[-+](?![-+])", row)]
    assert changed == ["-scoring_lab.results(lab)", "+scoring_lab.title(lab)"]
