from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls import call_within
from places import ROOT


def test_notebooks_are_put_out_and_a_changed_one_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "meine"
    told = json.loads(call_within(ROOT, "notebooks", "--out", str(out), "--json").stdout)
    names = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert told == {"folder": str(out), "written": names, "kept": [], "same": [], "used": False}
    changed, lost = out / names[0], out / names[1]
    changed.write_text("{}", encoding="utf-8")
    lost.unlink()
    again = json.loads(call_within(ROOT, "notebooks", "--out", str(out), "--json").stdout)
    assert again["kept"] == [names[0]]
    assert again["written"] == [names[1]]
    assert changed.read_text(encoding="utf-8") == "{}"
    assert lost.read_bytes() == (ROOT / "notebooks" / names[1]).read_bytes()


def test_it_is_said_how_the_notebooks_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "meine"
    said = call_within(ROOT, "notebooks", "--out", str(out)).stdout
    assert f"WELTOFFEN_NOTEBOOKS={out} weltoffen run" in said
    monkeypatch.setenv("WELTOFFEN_NOTEBOOKS", str(out))
    assert (
        "weltoffen run takes its notebooks from here."
        in call_within(ROOT, "notebooks", "--out", str(out)).stdout
    )


def test_a_file_is_no_folder_for_notebooks(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    done = call_within(ROOT, "notebooks", "--out", str(tmp_path / "x"))
    assert done.returncode == 2
    assert "is no folder" in done.stderr
