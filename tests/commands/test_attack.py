"""``weltoffen attack`` says by its exit code whether something is recovered, and from which files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from weltoffen_eval.commands.main import main


def publish(folder: Path, residents: float | None) -> Path:
    folder.mkdir()
    sizes = {"participants": (12.5, 8), "politics": (None, 2), "residents": (residents, 6)}
    findings = [
        {"key": f"m/2021/workshop/{who}/item/X1/gap~administration", "value": value, "n": n, "reason": ""}
        for who, (value, n) in sizes.items()
    ]
    twin = {"schema": "weltoffen-report/1", "instrument": {"id": "x"}, "findings": findings}
    (folder / "workshop.json").write_text(json.dumps(twin), encoding="utf-8")
    return folder


def test_nothing_recovered_is_0_and_what_follows_with_an_earlier_folder_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now, before = publish(tmp_path / "now", None), publish(tmp_path / "before", 25 / 6)
    assert main(["attack", str(now)]) == 0
    assert "1 withheld means, 0 recovered" in capsys.readouterr().out
    assert main(["attack", str(now), "--with", str(before)]) == 1
    line = capsys.readouterr().out.splitlines()[0]
    # (8 · 12.5 − 6 · 25/6) / 2
    assert line == (
        "RECOVERED m/2021/workshop/politics/item/X1 (n = 2): 37.50 to 37.50 points, "
        "from before/workshop.json, now/workshop.json"
    )


def test_as_json_the_same_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attack", str(publish(tmp_path / "a", 25 / 6)), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["withheld"], told["recovered"], told["bounds"][0]["low"]) == (1, 1, pytest.approx(37.5))


def test_a_folder_that_is_not_there_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attack", str(tmp_path / "gone")]) == 2
    assert "is no folder" in capsys.readouterr().err
