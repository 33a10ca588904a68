"""Provenance: what is stored serves only while files, scheme and program are as they were."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from weltoffen_eval import paths
from weltoffen_eval.results import provenance
from weltoffen_eval.results.provenance import (
    hash_inputs,
    hash_program,
    provenance_of,
    stored_provenance,
)
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study


def stored(folder: Path, content: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "scores.parquet").touch()
    return folder


def test_what_was_made_from_the_same_serves(example: Path, tmp_path: Path) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    made = provenance_of(study, scheme)
    folder = stored(tmp_path / "processed", {"weltoffen": made})
    assert stored_provenance(folder, study, scheme) == made
    assert stored_provenance(folder, study, replace(scheme, sha256="other")) is None
    (folder / "scores.parquet").unlink()
    assert stored_provenance(folder, study, scheme) is None


@pytest.mark.parametrize(
    "name", ["study.toml", "municipalities.csv", "verwaltung.csv", "instrument/items.csv", "corrections.csv"]
)
def test_every_file_of_which_cleaning_reads_counts(example: Path, name: str) -> None:
    before = hash_inputs(load_study(example))
    path = example / name
    text = b"file,row,column,old,new,reason\nverwaltung.csv,2,A1,ja,nein,asked\n"
    path.write_bytes((path.read_bytes() if path.exists() else text) + b"\n")
    after = hash_inputs(load_study(example))
    assert before != after


def test_a_file_that_nothing_reads_does_not_count(example: Path) -> None:
    before = hash_inputs(load_study(example))
    (example / "notes.txt").write_text("x", encoding="utf-8")
    assert hash_inputs(load_study(example)) == before
    # sha256 of an empty file is published
    (example / "verwaltung.csv").write_bytes(b"")
    assert hash_inputs(load_study(example))["verwaltung.csv"].startswith("e3b0c44298fc1c149afbf4c8996fb924")


@pytest.mark.parametrize("content", ["", "[", "null", '{"weltoffen": 1}'])
def test_what_cannot_be_read_does_not_serve(example: Path, tmp_path: Path, content: str) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    assert stored_provenance(tmp_path / "nosuch", study, scheme) is None
    folder = stored(tmp_path / "processed", {})
    (folder / "datapackage.json").write_text(content, encoding="utf-8")
    assert stored_provenance(folder, study, scheme) is None


def test_every_module_that_reads_cleans_scores_or_stores_counts(tmp_path: Path) -> None:
    package = tmp_path / "package"
    for room in ("raw", "study", "analysis", "results", "display"):
        shutil.copytree(paths.PACKAGE / room, package / room, ignore=shutil.ignore_patterns("__pycache__"))
    before = hash_program(package)
    assert before == hash_program()
    for module in (
        "study/definition.py",
        "raw/csv_files.py",
        "study/responses/cleaning.py",
        "study/questionnaire/instrument.py",
        "analysis/scoring.py",
        "results/store.py",
    ):
        path = package / module
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        assert hash_program(package) != before, module
        path.write_bytes(content)
    # how a number is shown changes no number
    (package / "display" / "numbers.py").write_text("", encoding="utf-8")
    assert hash_program(package) == before
    (package / "analysis" / "scoring.py").rename(package / "analysis" / "scores.py")
    assert hash_program(package) != before


def test_a_file_that_is_gone_has_no_hash(example: Path) -> None:
    study = load_study(example)
    (example / "verwaltung.csv").unlink()
    assert "verwaltung.csv" not in hash_inputs(study)


def test_a_changed_byte_is_seen_though_size_and_time_are_as_before(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as if all files were old, of which a hash is kept
    monkeypatch.setattr(provenance, "_TICK", 0)
    study = load_study(example)
    name = next(raw.path for raw in study.files if raw.kind == "responses")
    path = example / name
    before, of = hash_inputs(study), path.stat()
    time.sleep(0.05)
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(of.st_atime_ns, of.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (of.st_size, of.st_mtime_ns)
    after = hash_inputs(study)
    assert after.pop(name) == hashlib.sha256(content).hexdigest() != before.pop(name)
    assert after == before
