"""The manifest: what is there as it would be made is kept, all else is made, and a killed run goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.lock import only_run
from weltoffen_eval.publish.keeping.manifest import Manifest, hash_environment, hash_file
from weltoffen_eval.publish.running.job import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    notebook = tmp_path / "probe.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    return Job(
        notebook,
        {"study": "x"},
        "Titel",
        {"answers": "a", "scheme": "s"},
        tmp_path / "out" / "2021" / "a" / "r",
    )


def make(job: Job, *endings: str) -> list[str]:
    """Files of a job, as a batch would have made them."""
    files = [job.target.with_suffix(ending) for ending in endings] + [
        job.target.parent / "tables" / "r-t.csv"
    ]
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{job.inputs} {path.name}", encoding="utf-8")
    return [path.relative_to(job.target.parent).as_posix() for path in files]


def made(job: Job, *endings: str) -> Manifest:
    manifest = Manifest(job.target.parents[2])
    manifest.add(job, make(job, *(endings or (".html", ".ipynb"))))
    return manifest


def test_what_was_never_made_is_new_and_what_is_there_is_kept(job: Job) -> None:
    assert Manifest(job.target.parents[2]).reasons(job) == ["new"]
    manifest = made(job)
    assert manifest.reasons(job) == []
    manifest.write()
    again = Manifest(job.target.parents[2])
    assert again.reasons(job) == []
    assert len(again.files_of(job)) == 3


def test_every_reason_is_named(job: Job) -> None:
    manifest = made(job)
    assert manifest.reasons(replace(job, inputs={**job.inputs, "answers": "b"})) == ["answers changed"]
    assert manifest.reasons(replace(job, inputs={"answers": "b"})) == ["answers changed", "scheme changed"]
    assert manifest.reasons(replace(job, parameters={"study": "y"})) == ["parameters changed"]
    assert manifest.reasons(replace(job, attach=True)) == ["parameters changed"]
    assert manifest.reasons(replace(job, formats=("html", "pdf"))) == ["no pdf yet"]
    job.notebook.write_text("{ }", encoding="utf-8")
    assert manifest.reasons(job) == ["notebook changed"]


def test_a_file_that_is_gone_or_was_changed_is_made_again(job: Job) -> None:
    manifest = made(job)
    path = job.target.with_suffix(".html")
    path.write_text("von Hand", encoding="utf-8")
    assert manifest.reasons(job) == ["2021/a/r.html was changed"]
    path.unlink()
    assert manifest.reasons(job) == ["2021/a/r.html is not there"]


def test_another_format_leaves_the_others_and_another_state_takes_them_away(job: Job) -> None:
    manifest = made(job, ".html", ".pdf", ".ipynb")
    both = replace(job, formats=("docx",))
    manifest.add(both, make(both, ".docx", ".ipynb"))
    assert job.target.with_suffix(".pdf").exists()
    assert manifest.reasons(replace(job, formats=("html", "pdf", "docx"))) == []
    changed = replace(job, inputs={"answers": "b", "scheme": "s"})
    manifest.add(changed, make(changed, ".html", ".ipynb"))
    assert manifest.reasons(changed) == []
    assert not job.target.with_suffix(".pdf").exists(), "it would look current"
    assert not job.target.with_suffix(".docx").exists()


def test_a_run_that_was_killed_goes_on_from_its_journal(job: Job) -> None:
    made(job)
    folder = job.target.parents[2]
    assert not (folder / "manifest.json").exists()
    with (folder / ".journal").open("a", encoding="utf-8") as journal:
        journal.write('{"2021/b/r": {"parts": {"ans')
    half = job.target.parent / ".r.html.part-12345"
    half.write_text("<html", encoding="utf-8")
    manifest = Manifest(folder)
    assert not half.exists()
    assert manifest.reasons(job) == []
    manifest.write()
    assert not (folder / ".journal").exists()
    assert list(json.loads((folder / "manifest.json").read_text())["reports"]) == ["2021/a/r"]


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"reports": {"x": 1}}', '{"reports": 3}'])
def test_a_damaged_manifest_is_none(job: Job, content: str) -> None:
    made(job).write()
    folder = job.target.parents[2]
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    assert Manifest(folder).reasons(job) == ["new"]


def test_a_hash_is_that_of_sha256sum(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    assert hash_file(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_file(tmp_path / "nowhere") is None
    assert len(hash_environment()) == 64


HOLD = """
import sys, time
from pathlib import Path
from weltoffen_eval.publish.keeping.lock import only_run
with only_run(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
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
