"""What a run has left in a folder of reports is read report by report, and only when it came to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.finished_run import FinishedRun
from weltoffen_eval.publish.keeping.manifest import Manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a run that made two reports and lacks two."""
    for name in ("2021/adorf/selfcheck.html", "2021/adorf/selfcheck.json", "2021/bdorf/selfcheck.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    manifest = Manifest(tmp_path)
    manifest.add("2021/adorf/selfcheck", ["selfcheck.html", "selfcheck.json"])
    manifest.add("2021/bdorf/selfcheck", ["selfcheck.html"])
    manifest.lack("2021/cdorf/selfcheck", "failed", "", [])
    manifest.lack("2021/ddorf/selfcheck", "skipped", "", [])
    manifest.write()
    return tmp_path


def test_it_says_what_the_manifest_says(folder: Path) -> None:
    known, run = Manifest(folder), FinishedRun(folder)
    assert list(run.reports()) == [(name, known.reports[name].files) for name in sorted(known.reports)]
    assert list(run.not_made()) == ["2021/cdorf/selfcheck"]
    assert list(run.changed()) == []


def test_files_that_were_changed_or_are_gone_are_told(folder: Path) -> None:
    (folder / "2021/adorf/selfcheck.json").write_text("x", encoding="utf-8")
    (folder / "2021/bdorf/selfcheck.html").unlink()
    assert list(FinishedRun(folder).changed()) == [
        "2021/adorf/selfcheck.json was changed", "2021/bdorf/selfcheck.html is not there",
    ]  # fmt: skip


def test_a_run_that_goes_on_or_was_ended_is_told(folder: Path) -> None:
    Manifest(folder).add("2021/adorf/selfcheck", ["selfcheck.html"])
    with pytest.raises(CallError, match="has not come to its end"):
        FinishedRun(folder)


@pytest.mark.parametrize(
    "text", ["", "{", '{"reports": [1]}', '{"reports": {"a": 5}}', '{"reports": {"a": {}}}']
)
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(CallError, match=r"manifest\.json is damaged"):
        list(FinishedRun(tmp_path).reports())


def test_a_folder_without_a_manifest_has_no_reports(tmp_path: Path) -> None:
    assert list(FinishedRun(tmp_path).reports()) == []
