"""Where things lie: in the project that is named, else in the one around the working folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError


def test_the_project_is_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    assert paths.raw_folder() == tmp_path / "data" / "raw"
    assert paths.notebooks_folder() == tmp_path / "notebooks"
    assert paths.processed_folder("x") == tmp_path / "data" / "processed" / "x"
    assert paths.reports_folder("x") == tmp_path / "reports" / "x"
    assert paths.reports_folder("x", Path("elsewhere")) == Path("elsewhere") / "x"


def test_without_a_name_it_is_looked_for_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELTOFFEN_PROJECT")
    (tmp_path / "notebooks").mkdir()
    inner = tmp_path / "data" / "raw" / "mini"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert paths.project_folder() == tmp_path.resolve()


def test_a_study_is_a_folder_or_a_name_and_else_the_names_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    for name in ("beispiel", "andere"):
        (tmp_path / "data" / "raw" / name).mkdir(parents=True)
        (tmp_path / "data" / "raw" / name / "study.toml").touch()
    (tmp_path / "empty").mkdir()
    assert paths.study_names() == ["andere", "beispiel"]
    assert (
        paths.study_folder(None) == paths.study_folder("beispiel") == tmp_path / "data" / "raw" / "beispiel"
    )
    assert paths.study_folder(tmp_path / "data" / "raw" / "andere").name == "andere"
    with pytest.raises(CallError, match=r"data/raw/ \(andere, beispiel\).*beispiel"):
        paths.study_folder("beispeil")
    with pytest.raises(CallError, match="has no study"):
        paths.study_folder(tmp_path / "empty")
