"""What was given is taken over as it is stored where only answers changed, and else read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kept_studies import content, store

from weltoffen_eval.results import store as storing
from weltoffen_eval.results.kept_given import keep_given
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.stored_before import StoredBefore
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.generator import write_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The example of all kinds of file, and its tables in ``stored``."""
    folder = tmp_path / "beispiel"
    write_study(folder, 3, study_id="beispiel")
    store(folder, tmp_path / "stored")
    return folder


def is_kept(study: Path) -> bool:
    loaded = load_study(study)
    before = StoredBefore.of(study.parent / "stored", provenance_of(loaded, load_scheme(None, loaded)))
    return keep_given(loaded, before) is not None


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_where_only_answers_changed_no_row_is_read_again(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: object) -> None:
        raise AssertionError("what was given is read again")

    replace(study / "2024" / "verwaltung.csv", ";2;", ";1;")
    store(study, study.parent / "anew")
    monkeypatch.setattr(storing, "tables_of", read)
    assert store(study, study.parent / "stored") == ""
    assert content(study.parent / "stored") == content(study.parent / "anew")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("massnahmen.csv", "2024", "2021"),
        ("municipalities.csv", "Musterstadt", "Neustadt"),
        ("study.toml", "title", "# title\ntitle"),
    ],
)
def test_what_any_of_it_rests_on_is_read_again_when_that_changed(
    study: Path, file: str, old: str, new: str
) -> None:
    assert is_kept(study)
    replace(study / file, old, new)
    assert not is_kept(study)


@pytest.mark.parametrize("name", ["given.parquet", "given_hashes.csv", "cleaning_log.csv"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes() + b"\n")])
def test_a_damaged_table_is_made_anew(study: Path, name: str, damage: Callable[[Path], object]) -> None:
    whole = content(study.parent / "stored")
    damage(study.parent / "stored" / name)
    assert not is_kept(study)
    store(study, study.parent / "stored")
    assert content(study.parent / "stored") == whole


def test_a_link_that_leads_out_is_told_though_the_bytes_are_the_same(study: Path, tmp_path: Path) -> None:
    path = study / "massnahmen.csv"
    loaded = load_study(study)
    path.rename(tmp_path / "elsewhere.csv")
    path.symlink_to(tmp_path / "elsewhere.csv")
    before = StoredBefore.of(tmp_path / "stored", provenance_of(loaded, load_scheme(None, loaded)))
    assert before is not None and before.made_from == before.made_now
    assert keep_given(loaded, before) is None


def test_faults_are_told_as_if_nothing_was_kept(study: Path) -> None:
    before = content(study.parent / "stored")
    replace(study / "2024" / "verwaltung.csv", ";2;", ";99;")
    replace(study / "2024" / "verwaltung.csv", "\n", "x\n")
    said = store(study, study.parent / "stored")
    assert said == store(study, study.parent / "anew")
    assert "99" in said or "x" in said
    assert content(study.parent / "stored") == before


def test_a_file_that_holds_answers_too_is_read_again(study: Path) -> None:
    replace(study / "study.toml", 'path = "2024/workshop_felder.csv"', 'path = "2024/workshop.csv"')
    loaded = load_study(study)
    made = provenance_of(loaded, load_scheme(None, loaded))
    stored = StoredBefore.of(study.parent / "stored", made)
    assert stored is not None
    assert keep_given(loaded, StoredBefore(stored.folder, made, made, {}, {})) is None
