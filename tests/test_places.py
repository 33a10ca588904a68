"""The watch over the checkout sees what a test would leave there."""

from __future__ import annotations

from pathlib import Path

from places import ROOT, files_of_checkout


def test_new_files_everywhere_and_changes_of_data_are_seen(tmp_path: Path) -> None:
    (tmp_path / "data" / "processed").mkdir(parents=True)
    (tmp_path / "data" / "README.md").write_text("a", encoding="utf-8")
    (tmp_path / "code.py").write_text("a", encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    before = files_of_checkout(tmp_path)
    assert set(before) == {"data/README.md", "code.py"}
    (tmp_path / "__pycache__" / "x.pyc").write_text("", encoding="utf-8")
    (tmp_path / "code.py").write_text("edited by a person", encoding="utf-8")
    assert files_of_checkout(tmp_path) == before
    (tmp_path / "data" / "README.md").write_text("longer", encoding="utf-8")
    (tmp_path / "data" / "processed" / "faults.csv").touch()
    (tmp_path / "left.txt").touch()
    after = files_of_checkout(tmp_path)
    assert after["data/README.md"] != before["data/README.md"]
    assert set(after) - set(before) == {"data/processed/faults.csv", "left.txt"}


def test_the_checkout_is_seen() -> None:
    found = files_of_checkout(ROOT)
    assert {"pyproject.toml", "notebooks/02_selfcheck.ipynb"} <= found.keys()
    assert not any(path.startswith((".venv", ".tools")) for path in found)
