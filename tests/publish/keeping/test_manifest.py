"""The manifest: files as they were made, what is missing; a killed run goes on; no hash of what it was made from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.lock import only_run
from weltoffen_eval.publish.keeping.manifest import Manifest, hash_file

REPORT = "2021/a/r"


def make(folder: Path, *endings: str, content: str = "") -> list[str]:
    """Files of the report, as a batch would have made them; their paths in its folder."""
    target = folder / REPORT
    files = [target.with_suffix(ending) for ending in endings] + [target.parent / "tables" / "r-t.csv"]
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}{path.name}", encoding="utf-8")
    return [path.relative_to(target.parent).as_posix() for path in files]


def made(folder: Path, *endings: str) -> Manifest:
    manifest = Manifest(folder)
    manifest.add(REPORT, make(folder, *(endings or (".html", ".ipynb"))))
    return manifest


def test_what_was_never_made_is_new_and_what_is_there_is_kept(tmp_path: Path) -> None:
    assert Manifest(tmp_path).lacking(REPORT) == "new"
    made(tmp_path).write()
    again = Manifest(tmp_path)
    assert again.lacking(REPORT) == ""
    assert again.flaws(REPORT, ("html",)) == []
    assert again.flaws(REPORT, ("html", "pdf")) == ["no pdf yet"]
    assert len(again.files_of(REPORT)) == 3


def test_a_file_that_is_gone_or_was_changed_is_named(tmp_path: Path) -> None:
    manifest = made(tmp_path)
    path = tmp_path / "2021" / "a" / "r.html"
    path.write_text("von Hand", encoding="utf-8")
    assert manifest.flaws(REPORT, ("html",)) == ["2021/a/r.html was changed"]
    path.unlink()
    assert manifest.flaws(REPORT, ("html",)) == ["2021/a/r.html is not there"]


def test_another_format_leaves_the_others_and_another_state_takes_them_away(tmp_path: Path) -> None:
    manifest = made(tmp_path, ".html", ".pdf", ".ipynb")
    manifest.add(REPORT, make(tmp_path, ".docx", ".ipynb"), same=True)
    assert manifest.flaws(REPORT, ("html", "pdf", "docx")) == []
    manifest.add(REPORT, make(tmp_path, ".html", ".ipynb", content="anders"))
    assert manifest.flaws(REPORT, ("html",)) == []
    assert not (tmp_path / "2021" / "a" / "r.pdf").exists(), "it would look current"
    assert not (tmp_path / "2021" / "a" / "r.docx").exists()


def test_a_report_that_could_not_be_made_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    manifest = made(tmp_path)
    manifest.lack(REPORT, "failed", "", ["r.html"])
    manifest.write()
    again = Manifest(tmp_path)
    assert again.lacking(REPORT) == "failed before"
    assert [path.name for path in (tmp_path / "2021" / "a").iterdir() if path.is_file()] == ["r.html"]


def test_a_run_that_was_killed_goes_on_from_its_journal(tmp_path: Path) -> None:
    made(tmp_path)
    assert not (tmp_path / "manifest.json").exists()
    with (tmp_path / ".journal").open("a", encoding="utf-8") as journal:
        journal.write('{"2021/b/r": {"files": {"ans')
    half = tmp_path / "2021" / "a" / ".r.html.part-12345"
    half.write_text("<html", encoding="utf-8")
    manifest = Manifest(tmp_path)
    assert not half.exists()
    assert manifest.flaws(REPORT, ("html",)) == []
    manifest.write()
    assert not (tmp_path / ".journal").exists()
    assert list(json.loads((tmp_path / "manifest.json").read_text())["reports"]) == [REPORT]


def test_a_run_that_was_killed_before_its_first_report_leaves_nothing_half_written(tmp_path: Path) -> None:
    Manifest(tmp_path).begin()
    half, kept = (tmp_path / name / ".r.html.part-12345" for name in ("2021", "2024"))
    half.parent.mkdir()
    half.write_text("<html", encoding="utf-8")
    Manifest(tmp_path, look_only=True)
    assert half.exists()
    manifest = Manifest(tmp_path)
    assert not half.exists()
    manifest.write()
    # no run is under way: what lies in its folders is not searched, what lies beside the index is
    index = tmp_path / ".index.html.part-12345"
    for path in (kept, index):
        path.parent.mkdir(exist_ok=True)
        path.write_text("<html", encoding="utf-8")
    Manifest(tmp_path)
    assert [path.exists() for path in (kept, index)] == [True, False]


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"reports": {"x": 1}}', '{"reports": 3}'])
def test_a_damaged_manifest_is_none(tmp_path: Path, content: str) -> None:
    made(tmp_path).write()
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    assert Manifest(tmp_path).lacking(REPORT) == "new"


def test_two_states_of_a_folder_are_told_apart_by_its_files_alone(tmp_path: Path) -> None:
    first, again = made(tmp_path / "x").state(), made(tmp_path / "y").state()
    assert first == again
    manifest = Manifest(tmp_path / "x")
    manifest.add(REPORT, make(tmp_path / "x", ".html", content="anders"))
    assert manifest.state() != first


def test_a_hash_is_that_of_sha256sum(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    assert hash_file(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_file(tmp_path / "nowhere") is None


HOLD = """
import sys, time
from pathlib import Path
from weltoffen_eval.publish.keeping.lock import only_run
with only_run(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(3600)
"""


def test_a_folder_is_held_by_one_run_and_freed_when_it_dies(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(SurroundingsError, match="in use by another run"), only_run(tmp_path):
            pass
        other.kill()
    with only_run(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(SurroundingsError, match=r"file/below cannot be written"),
        only_run(tmp_path / "file" / "below"),
    ):
        pass
