"""The worked example, in a folder that may be written to, and its lab."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import REFERENCE

from weltoffen_eval.results.lab.session import ScoringLab, open_lab


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the worked example."""
    shutil.copytree(REFERENCE / "example" / "study", tmp_path / "mini")
    return tmp_path / "mini"


@pytest.fixture
def lab(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScoringLab]:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(folder.parent / "project"))
    yield open_lab(str(folder))
