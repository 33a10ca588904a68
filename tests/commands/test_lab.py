"""The command ``lab`` before it serves: the notebook it opens. In a browser: browser/test_scoring_lab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls import call_within
from places import REFERENCE

from weltoffen_eval.commands.lab import copy_notebook
from weltoffen_eval.study.definition import load_study

MINI = REFERENCE / "example" / "study"


def parameters(notebook: Path) -> dict[str, str]:
    cell = json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]
    pairs = (line.split("  # ")[0].split(" = ", 1) for line in cell["source"])
    return {name: json.loads(value) for name, value in pairs}


def test_the_notebook_is_that_of_the_study_and_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    study = load_study(MINI)
    made = copy_notebook(study)
    assert made == tmp_path / "lab" / f"{study.id}.ipynb"
    wave = study.waves[0].id
    assert parameters(made) == {"study": str(MINI), "municipality": "", "wave": wave, "scheme": ""}
    made.write_text("mine", encoding="utf-8")
    assert copy_notebook(study) == made
    assert made.read_text(encoding="utf-8") == "mine"
    assert "was there and is opened as it is" in capsys.readouterr().out


def test_a_study_that_is_not_there_is_refused_before_anything_starts(tmp_path: Path) -> None:
    done = call_within(tmp_path, "lab", "nowhere")
    assert done.returncode == 2
    assert "There is no study 'nowhere'" in done.stderr
    assert not (tmp_path / "lab").exists()


def test_a_port_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert call_within(tmp_path, "lab", "--port", "70000").returncode == 2
