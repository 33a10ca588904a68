"""What was read of a file is used again while it and all on which its reading rests are as they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kept_studies import content, store

from weltoffen_eval.publish.keeping.listing import files_in_order
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.stored_before import StoredBefore
from weltoffen_eval.results.stored_sheets import StoredSheets
from weltoffen_eval.study.definition import load_study

CORRECTION = "file,row,column,old,new,reason\nworkshop.csv,2,A1,2,1,asked\n"


@pytest.fixture
def stored(example: Path, tmp_path: Path) -> Path:
    """The tables of the worked example."""
    store(example, tmp_path / "stored")
    return tmp_path / "stored"


def found(study: Path, stored: Path) -> set[str]:
    """The files that need not be read again."""
    loaded = load_study(study)
    before = StoredBefore.of(stored, provenance_of(loaded, load_scheme(None, loaded)))
    sheets = StoredSheets(loaded, before)
    return {raw.path for raw in loaded.files if sheets.find(raw) is not None}


def test_a_file_that_changed_is_read_again_and_no_other(example: Path, stored: Path) -> None:
    assert found(example, stored) == {"verwaltung.csv", "workshop.csv"}
    path = example / "workshop.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("adorf,p1,", "adorf,p11,", 1), encoding="utf-8")
    assert found(example, stored) == {"verwaltung.csv"}


@pytest.mark.parametrize(
    "name", ["study.toml", "municipalities.csv", "instrument/items.csv", "corrections.csv"]
)
def test_all_are_read_again_when_anything_changed_on_which_reading_rests(
    example: Path, stored: Path, name: str
) -> None:
    path = example / name
    path.write_bytes((path.read_bytes() if path.exists() else CORRECTION.encode()) + b"\n")
    assert found(example, stored) == set()


def test_what_is_damaged_is_read_again(example: Path, stored: Path) -> None:
    whole = content(stored)
    listed = json.loads((stored / "datapackage.json").read_text(encoding="utf-8"))["sheets"]
    path = stored / listed["workshop.csv"]["path"]
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert found(example, stored) == {"verwaltung.csv"}
    store(example, stored)
    assert content(stored) == whole


def test_a_link_that_leads_out_is_not_followed(example: Path, stored: Path, tmp_path: Path) -> None:
    loaded = load_study(example)
    (example / "workshop.csv").rename(tmp_path / "elsewhere.csv")
    (example / "workshop.csv").symlink_to(tmp_path / "elsewhere.csv")
    before = StoredBefore.of(stored, provenance_of(loaded, load_scheme(None, loaded)))
    sheets = StoredSheets(loaded, before)
    assert [raw.path for raw in loaded.files if sheets.find(raw)] == ["verwaltung.csv"]


def test_no_archive_takes_them_along(stored: Path) -> None:
    hidden = {path.name for path in stored.iterdir() if path.name.startswith(".")}
    assert hidden == {".sheets-0.npz", ".sheets-1.npz"}
    assert hidden.isdisjoint(path.name for _, path in files_in_order(stored, "processed"))
