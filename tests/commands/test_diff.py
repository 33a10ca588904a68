"""diff, called as a user calls it: what changed, by cause, down to the number."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import shared as made
from calls import call_within


@pytest.fixture(scope="module")
def project(shared: Path) -> Path:
    made.example_reports(shared)
    return made.project_of(shared)


@pytest.fixture(scope="module")
def archive(shared: Path) -> Path:
    return made.example_archive(shared)


def test_what_was_changed_between_two_archives_is_told_by_cause(
    project: Path, archive: Path, shared: Path, tmp_path: Path
) -> None:
    other = tmp_path / "c.zip"
    changed = tmp_path / "reports"
    shutil.copytree(shared / "out", changed, symlinks=True)
    done = call_within(project, "archive", "beispiel", "--out", str(other), "--reports", str(changed))
    assert done.returncode == 0
    # the same content is the same bytes, wherever the reports lay
    assert other.read_bytes() == archive.read_bytes()
    found = json.loads(call_within(project, "diff", str(archive), str(other), "--json").stdout)
    assert found["causes"] == {"data": [], "instrument": [], "scheme": [], "code": [], "environment": []}
    twin = changed / "beispiel" / "2021" / "modellstadt" / "selfcheck.json"
    told = json.loads(twin.read_text(encoding="utf-8"))
    finding = next(one for one in told["findings"] if one["key"].endswith("/dimension/access/score"))
    finding["value"] = 12.5
    twin.write_text(json.dumps(told), encoding="utf-8")
    done = call_within(project, "diff", str(shared / "out" / "beispiel"), str(changed / "beispiel"))
    assert done.returncode == 0
    assert f"{finding['key']} " in done.stdout
    assert "→ 12.5" in done.stdout
