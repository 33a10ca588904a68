"""What lies there already is taken over where it rests on the same, and never shows: all bytes are as anew."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from kept_studies import hold_against_anew

from weltoffen_eval.results import stored_before
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import store_study
from weltoffen_eval.results.stored_before import StoredBefore
from weltoffen_eval.study.definition import load_study


@pytest.mark.parametrize(("seed", "changes"), [(1, 16), (3, 16), (2, 8)])
def test_whatever_changes_the_stored_bytes_are_those_of_a_study_stored_anew(
    tmp_path: Path, seed: int, changes: int
) -> None:
    assert hold_against_anew(tmp_path, seed, changes) > 1


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_whatever_changes_today_the_stored_bytes_are_those_of_a_study_stored_anew(
    tmp_path: Path, number: int
) -> None:
    hold_against_anew(tmp_path, 10 * datetime.date.today().toordinal() + number, changes=150)


def test_a_file_is_taken_over_only_as_it_was_written(example: Path, tmp_path: Path) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    folder = tmp_path / "processed"
    assert StoredBefore.of(folder, provenance_of(study, scheme)) is None
    store_study(folder, study, scheme)
    before = StoredBefore.of(folder, provenance_of(study, scheme))
    assert before is not None
    log = (folder / "cleaning_log.csv").read_bytes()
    assert before.contents("cleaning_log.csv") == {"cleaning_log.csv": log}
    (folder / "cleaning_log.csv").write_bytes(log.replace(b"trimmed", b"trimmen") + b"\n")
    assert before.contents("cleaning_log.csv") is None
    assert before.contents("scores.parquet", "cleaning_log.csv") is None
    (folder / "cleaning_log.csv").unlink()
    assert before.contents("cleaning_log.csv") is None
    # what the package does not list, whatever lies there
    (folder / "other.csv").touch()
    assert before.contents("other.csv") is None


@pytest.mark.parametrize(
    "what", ["program", "software", "libraries", "left_out", "resources", "inputs", "sheets", "nothing"]
)
def test_nothing_is_taken_over_of_what_was_made_otherwise(example: Path, tmp_path: Path, what: str) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    store_study(tmp_path / "processed", study, scheme)
    path = tmp_path / "processed" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    holder = package["weltoffen"] if what in ("program", "software", "inputs") else package
    if what != "nothing":
        holder[what] = "other"
    path.write_text(json.dumps(package), encoding="utf-8")
    before = StoredBefore.of(tmp_path / "processed", provenance_of(study, scheme))
    assert (before is None) == (what not in ("sheets", "nothing"))


def test_another_state_of_a_library_takes_nothing_over(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    store_study(tmp_path / "processed", study, scheme)
    known = stored_before.libraries()
    monkeypatch.setattr(stored_before, "libraries", lambda: {**known, "pyarrow": "1"})
    assert StoredBefore.of(tmp_path / "processed", provenance_of(study, scheme)) is None
