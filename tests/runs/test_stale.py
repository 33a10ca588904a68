"""What is stale: a report is kept as long as all that it is made from, and all of its files, are as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from foreign import LOGO, districts

from weltoffen_eval import paths
from weltoffen_eval.publish.keeping.environment import hash_environment
from weltoffen_eval.publish.running.job import Job
from weltoffen_eval.runs.inputs import hash_register
from weltoffen_eval.runs.stale import Account, find_stale, hash_sentences
from weltoffen_eval.study.definition import load_study


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    notebook = tmp_path / "probe.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    return Job(
        notebook=notebook,
        parameters={"study": "x"},
        title="Titel",
        inputs={"answers": "hash-of-answers", "scheme": "s"},
        target=tmp_path / "reports" / "x" / "2021" / "a" / "r",
        report="r",
    )


def account_of(job: Job) -> Account:
    return Account("x", job.target.parents[2])


def made(job: Job, *endings: str) -> Account:
    account = account_of(job)
    for ending in endings or (".html", ".ipynb"):
        job.target.parent.mkdir(parents=True, exist_ok=True)
        job.target.with_suffix(ending).write_text(f"{job.inputs}{ending}", encoding="utf-8")
    account.add(job, [f"r{ending}" for ending in endings or (".html", ".ipynb")])
    return account


def test_every_reason_is_named(job: Job) -> None:
    assert account_of(job).reasons(job) == ["new"]
    account = made(job)
    assert account.reasons(job) == []
    assert account.reasons(replace(job, inputs={**job.inputs, "answers": "b"})) == ["answers changed"]
    assert account.reasons(replace(job, inputs={"answers": "b"})) == ["answers changed", "scheme changed"]
    assert account.reasons(replace(job, inputs={**job.inputs, "notes": "n"})) == ["notes changed"]
    assert account.reasons(replace(job, parameters={"study": "y"})) == ["parameters changed"]
    assert account.reasons(replace(job, attach=True)) == ["parameters changed"]
    assert account.reasons(replace(job, formats=("html", "pdf"))) == ["no pdf yet"]
    job.notebook.write_text("{ }", encoding="utf-8")
    assert account.reasons(job) == ["notebook changed"]


def test_what_it_was_made_from_lies_with_the_answers_and_nowhere_below_reports(job: Job) -> None:
    account = made(job)
    account.write()
    assert account_of(job).reasons(job) == []
    below = [
        p for p in job.target.parents[2].rglob("*") if p.is_file() and p.suffix not in (".html", ".ipynb")
    ]
    assert below
    assert not any("hash-of-answers" in path.read_text(encoding="utf-8") for path in below)
    (kept,) = (paths.project_folder() / "data" / "processed").rglob("*.jsonl")
    assert "hash-of-answers" in kept.read_text(encoding="utf-8")
    # it can be deleted at any time
    kept.unlink()
    assert account_of(job).reasons(job) == ["origin changed"]


def test_a_killed_run_leaves_no_hash_of_answers_with_the_reports(job: Job) -> None:
    made(job)
    journal = job.target.parents[2] / ".journal"
    assert journal.exists()
    assert "hash-of-answers" not in journal.read_text(encoding="utf-8")
    assert account_of(job).reasons(job) == []


def test_an_origin_counts_for_the_files_that_came_of_it_alone(job: Job) -> None:
    account = made(job)
    account.write()
    manifest = job.target.parents[2] / "manifest.json"
    earlier = manifest.read_text(encoding="utf-8"), job.target.with_suffix(".html").read_bytes()
    changed = replace(job, inputs={**job.inputs, "answers": "b"})
    account = made(changed)
    account.write()
    assert account_of(job).reasons(changed) == []
    # a backup of the reports is put back
    manifest.write_text(earlier[0], encoding="utf-8")
    job.target.with_suffix(".html").write_bytes(earlier[1])
    assert account_of(job).reasons(changed) == ["origin changed"]


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"report": 3}', '{"report": "2021/a/r"}\n[1]'])
def test_damaged_origins_are_none(job: Job, content: str) -> None:
    made(job).write()
    (kept,) = (paths.project_folder() / "data" / "processed").rglob("*.jsonl")
    kept.write_text(content, encoding="utf-8")
    assert account_of(job).reasons(job) == ["origin changed"]


def test_another_format_of_the_same_leaves_the_first(job: Job) -> None:
    made(job, ".html", ".ipynb").write()
    second = replace(job, formats=("docx",))
    made(second, ".docx", ".ipynb").write()
    assert job.target.with_suffix(".html").exists()
    assert find_stale([replace(job, formats=("html", "docx"))], account_of(job), fresh=False).stale == ()
    made(replace(job, inputs={"answers": "b"}), ".docx", ".ipynb").write()
    assert not job.target.with_suffix(".html").exists(), "it would look current"


def test_a_project_that_was_moved_knows_its_reports(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(job).write()
    new = tmp_path.with_name("elsewhere")
    tmp_path.rename(new)
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(new))
    target = new / "reports" / "x" / "2021" / "a" / "r"
    assert (
        Account("x", target.parents[2]).reasons(replace(job, notebook=new / "probe.ipynb", target=target))
        == []
    )


def test_sentences_of_another_language_change_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("de", "en"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "selfcheck.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "SENTENCES", tmp_path)
    hash_sentences.cache_clear()
    german, english = hash_sentences("de"), hash_sentences("en")
    (tmp_path / "en" / "selfcheck.toml").write_text("# x", encoding="utf-8")
    hash_sentences.cache_clear()
    assert hash_sentences("de") == german
    assert hash_sentences("en") != english
    hash_sentences.cache_clear()


def test_the_environment_names_every_library_as_its_metadata_does() -> None:
    from importlib.metadata import distributions

    from weltoffen_eval.publish.keeping.environment import _distributions

    def plain(name: str) -> str:
        return name.lower().replace("-", "_").replace(".", "_")

    folders = {plain(name.rsplit(".", 1)[0]) for name in _distributions()}
    assert {plain(f"{d.name}-{d.version}") for d in distributions()} <= folders
    assert len(hash_environment()) == 64


def test_origins_are_the_same_bytes_whatever_the_order(job: Job) -> None:
    other = replace(job, target=job.target.with_name("s"))

    def origins(*order: Job) -> bytes:
        account = account_of(job)
        job.target.parent.mkdir(parents=True, exist_ok=True)
        for each in order:
            account.add(each, [])
        account.write()
        (kept,) = (paths.project_folder() / "data" / "processed").rglob("*.jsonl")
        assert all(json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines())
        return kept.read_bytes()

    assert origins(job, other) == origins(other, job)


def test_of_a_logo_counts_what_it_holds_and_not_where_it_lies(tmp_path: Path) -> None:
    def said(folder: str, colour: str = "#ffcc00") -> str:
        target = districts(tmp_path / folder)
        (target / "logo.svg").write_text(LOGO.replace("#ffcc00", colour), encoding="utf-8")
        study = load_study(target)
        return hash_register(study, study.register.by_key["d0"], study.waves[0])

    here = said("here")
    assert said("there") == here
    assert said("elsewhere", "#00ccff") != here
