"""diff, called as a user calls it: what changed, by cause, down to the number."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import shared as made
from calls import call_within
from kept_archives import LAYOUT_1, changed_archive, payload_of


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


def changed(path: str, old: str, new: str) -> dict[str, bytes | None]:
    content = payload_of(LAYOUT_1)[path].decode()
    assert old in content
    return {path: content.replace(old, new).encode()}


@pytest.mark.parametrize(
    ("cause", "path", "old", "new", "within"),
    [
        ("data", "study/verwaltung.csv", "adorf,ja,0", "adorf,1,0", "row 2, column A1 of adorf"),
        (
            "instrument",
            "instrument/instrument/items.csv",
            "-1,2,practice",
            "-1,3,practice",
            "row 3, column weight of A2",
        ),
        ("scheme", "scheme.toml", "min_coverage = 0.5", "min_coverage = 0.6", "min_coverage: 0.5 and 0.6"),
        ("code", "notebooks/02_selfcheck.ipynb", '"cells"', '"cells" ', ""),
        ("environment", "software/requirements.txt", "numpy==", "numpy==1!", "numpy: "),
    ],
)
def test_each_cause_is_named_alone_with_what_of_the_file_is_another(
    project: Path, tmp_path: Path, cause: str, path: str, old: str, new: str, within: str
) -> None:
    other = changed_archive(tmp_path / "b.zip", changed(path, old, new))
    done = call_within(project, "diff", str(LAYOUT_1), str(other))
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    for name in ("data", "instrument", "scheme", "code", "environment"):
        assert f"{name}: {'1 changed' if name == cause else 'as before'}" in told
    at = told.index(f"  {path} (changed)")
    assert told[at + 1].strip().startswith(within)


def test_a_changed_number_is_told_with_its_municipality(project: Path, tmp_path: Path) -> None:
    path = "reports/2021/adorf/selfcheck.json"
    content = payload_of(LAYOUT_1)[path].decode().replace('"low": 33.39519354942873', '"low": 34')
    other = changed_archive(tmp_path / "b.zip", {path: content.encode()})
    done = call_within(project, "diff", str(LAYOUT_1), str(other))
    key = "adorf/2021/questionnaire/administration/dimension/beta/band.low"
    assert f"  2021/adorf/selfcheck.json: {key} 33.39519355 → 34\n" in done.stdout
    assert "numbers: 1 changed\n" in done.stdout, done.stdout
