"""Schemes that the lab saves: read again as they were tried, and never over what the lab did not write."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.results.lab.saved import SavingError
from weltoffen_eval.results.lab.session import ScoringLab, open_lab


def test_a_saved_scheme_is_the_one_that_was_tried_and_can_be_opened(lab: ScoringLab, folder: Path) -> None:
    lab.change("weights.item.A3", 0.1)
    lab.change("bands", [(33.3, 'wenig "oder" nichts'), (101, "viel")])
    tried = lab.current
    made = lab.save("mine", "", "Der Rat wollte es so.")
    assert made.path == folder / "schemes" / "mine.toml"
    assert made.named == "mine"
    assert made.scheme.note == "Der Rat wollte es so."
    for name in ("weights", "points", "bands", "levels", "aggregation", "min_coverage", "reference_families"):
        assert getattr(made.scheme, name) == getattr(tried, name), name
    lab.reset()
    lab.open("mine")
    assert lab.value("weights.item.A3") == 0.1
    assert lab.saved()[0] == "mine"
    other = open_lab(str(folder), scheme="mine")
    assert other.standard.sha256 == made.scheme.sha256
    # its own file it may write again
    lab.save("mine", "Meins", "Der Ausschuss auch.")


@pytest.mark.parametrize(
    ("scheme_id", "note", "reason"),
    [
        ("standard", "x", "shipped"),
        ("../mine", "x", "id"),
        ("", "x", "id"),
        ("mine", "  ", "note"),
        ("mine", "x\x1b[2J", "text"),
    ],
)
def test_a_scheme_without_a_name_or_a_reason_is_not_saved(
    lab: ScoringLab, folder: Path, scheme_id: str, note: str, reason: str
) -> None:
    with pytest.raises(SavingError) as refused:
        lab.save(scheme_id, "Meins", note)
    assert refused.value.reason == reason
    assert not list((folder / "schemes").glob("*"))


def test_what_the_lab_did_not_write_or_was_changed_since_is_not_written_over(
    lab: ScoringLab, folder: Path
) -> None:
    (folder / "schemes").mkdir()
    theirs = folder / "schemes" / "mine.toml"
    theirs.write_text('id = "mine"\ntitle = { de = "Ihres" }\n', encoding="utf-8")
    before = theirs.read_bytes()
    with pytest.raises(SavingError, match="not written by the lab"):
        lab.save("mine", "Meins", "x")
    assert theirs.read_bytes() == before
    path = lab.save("other", "Meins", "x").path
    path.write_text(
        path.read_text(encoding="utf-8").replace("min_coverage = 0.5", "min_coverage = 0.7"), encoding="utf-8"
    )
    with pytest.raises(SavingError, match="changed since"):
        lab.save("other", "Meins", "x")
    assert sorted(path.name for path in (folder / "schemes").iterdir()) == ["mine.toml", "other.toml"]


def test_where_the_study_cannot_be_written_the_scheme_lies_in_the_project(
    lab: ScoringLab, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a file in the place of the folder: nobody can write below it, not even root
    (folder / "schemes").write_text("", encoding="utf-8")
    (folder.parent / "project").mkdir()
    monkeypatch.chdir(folder.parent / "project")
    made = lab.save("mine", "Meins", "x")
    assert made.path == folder.parent / "project" / "schemes" / "mine.toml"
    assert made.named == "schemes/mine.toml"
    assert open_lab(str(folder), scheme=made.named).standard.id == "mine"
