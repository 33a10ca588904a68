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


def test_without_a_project_everything_is_written_below_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as it is for an installed package: nothing beside it, notebooks and studies within it
    package = tmp_path / "site" / "weltoffen_eval"
    for name in ("SHIPPED_NOTEBOOKS", "SHIPPED_STUDIES", "PACKAGE"):
        monkeypatch.setattr(paths, name, package / Path(getattr(paths, name)).relative_to(paths.PACKAGE))
    monkeypatch.delenv("WELTOFFEN_PROJECT")
    shipped = package / "shipped" / "studies" / "beispiel"
    shipped.mkdir(parents=True)
    (shipped / "study.toml").touch()
    notebook = package / "shipped" / "notebooks" / "02_selfcheck.ipynb"
    notebook.parent.mkdir()
    notebook.touch()
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    assert paths.reports_folder("x") == work / "reports" / "x"
    assert paths.processed_folder("x") == work / "data" / "processed" / "x"
    assert paths.study_folder(None) == shipped
    assert paths.study_name(shipped) == "beispiel"
    assert paths.notebook_file("02_selfcheck.ipynb") == notebook
    # the package is not written to: what was released of its study is kept with one's own
    assert paths.ledger_home(shipped) == work / "data" / "raw" / "beispiel"
    # a study and a notebook of one's own go before those of the package
    own = work / "data" / "raw" / "beispiel"
    own.mkdir(parents=True)
    (own / "study.toml").touch()
    (work / "notebooks").mkdir()
    (work / "notebooks" / "02_selfcheck.ipynb").touch()
    assert paths.study_names() == ["beispiel"]
    assert paths.study_folder("beispiel") == own
    assert paths.study_name(shipped) == ""
    assert paths.ledger_home(own) == own
    assert paths.notebook_file("02_selfcheck.ipynb") == work / "notebooks" / "02_selfcheck.ipynb"
    monkeypatch.setenv("WELTOFFEN_NOTEBOOKS", str(tmp_path / "none"))
    assert paths.notebook_file("02_selfcheck.ipynb") == notebook
