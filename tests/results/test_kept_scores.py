"""Scores of whom nothing changed are those that are stored; of whom anything did they are made."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from kept_studies import content, store

from weltoffen_eval import paths
from weltoffen_eval.results import kept_scores
from weltoffen_eval.study.example.generator import write_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The example, and its tables in ``stored``."""
    folder = tmp_path / "beispiel"
    write_study(folder, 6, study_id="beispiel")
    store(folder, tmp_path / "stored")
    return folder


def scored(study: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Of whom scores are made, as the study is stored over what is there; the bytes are those of one anew."""
    store(study, study.parent / "anew")
    found: list[tuple[str, str]] = []
    score = kept_scores.score_waves

    def watched(*given: object, **named: object) -> pd.DataFrame:
        scores = score(*given, **named)  # type: ignore[arg-type]
        keys = scores[["municipality", "wave"]].astype(str).drop_duplicates()
        found.extend(keys.itertuples(index=False, name=None))
        return scores

    monkeypatch.setattr(kept_scores, "score_waves", watched)
    store(study, study.parent / "stored")
    assert content(study.parent / "stored") == content(study.parent / "anew")
    return found


def change(study: Path, line: int, name: str = "2024/verwaltung.csv") -> None:
    path = study / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[line].split(";")
    cells[4] = "1" if cells[4] != "1" else "2"
    lines[line] = ";".join(cells)
    path.write_text("".join(lines), encoding="utf-8")


def test_one_changed_answer_is_scored_and_nobody_else(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(study, 1)
    assert [wave for _, wave in scored(study, monkeypatch)] == ["2024"]


def test_who_gives_no_answer_any_more_has_no_scores(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = study / "2021" / "verwaltung.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(scored(study, monkeypatch)) <= 1


def test_with_a_title_changed_nobody_is_scored(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = study / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("title = ", 'licence = ""\ntitle = ', 1).replace(
        'licence = "CC0-1.0"\n', ""), encoding="utf-8")  # fmt: skip
    assert scored(study, monkeypatch) == []


@pytest.mark.parametrize("name", ["scores.parquet", "report_inputs.csv"])
def test_over_a_damaged_table_all_are_scored(study: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    change(study, 1)
    path = study.parent / "stored" / name
    path.write_bytes(path.read_bytes()[:-1])
    assert len(scored(study, monkeypatch)) > 6


def test_by_another_scheme_all_are_scored(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = (paths.PACKAGE / "schemes" / "standard.toml").read_text(encoding="utf-8")
    path = study / "study.toml"
    path.write_text(path.read_text("utf-8").replace('"standard"', '"./scheme.toml"'), encoding="utf-8")
    (study / "scheme.toml").write_text(scheme, encoding="utf-8")
    store(study, study.parent / "stored")
    (study / "scheme.toml").write_text(scheme + "# another\n", encoding="utf-8")
    assert len(scored(study, monkeypatch)) > 6
