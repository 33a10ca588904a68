"""archive, called as a user calls it, over the reports of the example study."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
import shared as made
from calls import call_within
from places import ROOT


@pytest.fixture(scope="module")
def project(shared: Path) -> Path:
    made.example_reports(shared)
    return made.project_of(shared)


@pytest.fixture(scope="module")
def archive(shared: Path) -> Path:
    return made.example_archive(shared)


def files_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as opened:
        return [name.removeprefix("beispiel/") for name in opened.namelist()]


def test_an_archive_holds_data_program_reports_and_what_describes_them(archive: Path) -> None:
    files = files_of(archive)
    assert {
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "codecheck.yml",
        "data/ro-crate-metadata.json", "data/datapackage.json", "data/scheme.toml", "data/study/study.toml",
        "data/study/2024/verwaltung.csv", "data/instrument/selbstcheck-2/items.csv",
        "data/notebooks/02_selfcheck.ipynb", "data/reports/manifest.json",
        "data/reports/2021/modellstadt/selfcheck.pdf", "data/reports/2021/modellstadt/selfcheck.ipynb",
        "data/processed/responses.parquet", "data/codebook/selbstcheck-1.csv",
        "data/software/requirements.txt", "data/software/uv.lock", "data/software/LICENSE",
        "data/software/CITATION.cff", "README.md", "CITATION.cff", "Makefile", "codecheck-certificate.md",
        "data/metadata/datacite.json",
        "data/metadata/ddi-codebook-2.5.xml",
    } <= set(files)  # fmt: skip
    assert any(name.endswith(".whl") for name in files)
    assert not any("/." in name for name in files)


def test_every_report_has_an_action_that_names_its_notebook_and_its_files(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        crate = json.loads(opened.read("beispiel/data/ro-crate-metadata.json"))
        manifest = json.loads(opened.read("beispiel/data/reports/manifest.json"))
    by_id = {entity["@id"]: entity for entity in crate["@graph"]}
    actions = {name: entity for name, entity in by_id.items() if entity["@type"] == "CreateAction"}
    assert len(actions) == len(manifest["reports"])
    action = actions["#report/2021/modellstadt/selfcheck"]
    assert {"@id": "notebooks/02_selfcheck.ipynb"} in action["object"]
    assert {"@id": "reports/2021/modellstadt/selfcheck.pdf"} in action["result"]
    used = {one["@id"] for entity in actions.values() for one in (*entity["object"], *entity["result"])}
    assert used <= by_id.keys()


@pytest.mark.parametrize(
    ("report", "notebook"),
    [
        ("2024/musterstadt/selfcheck", "02_selfcheck"),
        ("2024/musterstadt/2024-06-30_Selbstcheck_musterstadt", "02_selfcheck"),
        ("musterstadt/final_report", "05_final_report"),
        ("_study/all_municipalities", "06_all_municipalities"),
        ("2024/musterstadt/2024-06-30_Selbstcheck_andere", ""),
    ],
)
def test_a_report_is_of_its_notebook_also_under_a_public_name(report: str, notebook: str) -> None:
    from weltoffen_eval.runs.archive import notebook_of

    assert notebook_of(report, "beispiel") == (f"notebooks/{notebook}.ipynb" if notebook else "")


def test_an_archive_of_no_reports_or_of_changed_ones_is_refused(
    project: Path, shared: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "a.zip")
    done = call_within(project, "archive", "wilhelmshaven", "--out", out, "--reports", str(tmp_path))
    assert done.returncode == 2
    assert "There are no reports" in done.stderr
    shutil.copytree(shared / "out", tmp_path / "reports", symlinks=True)
    (tmp_path / "reports" / "beispiel" / "2021" / "modellstadt" / "selfcheck.html").write_text("<p>")
    done = call_within(project, "archive", "beispiel", "--out", out, "--reports", str(tmp_path / "reports"))
    assert done.returncode == 2
    assert "2021/modellstadt/selfcheck.html was changed" in done.stderr
    assert not Path(out).exists()


def test_an_archive_is_not_written_into_what_is_archived(project: Path, shared: Path, tmp_path: Path) -> None:
    study = tmp_path / "Größere Stadt"
    shutil.copytree(ROOT / "data/raw/beispiel", study)
    done = call_within(
        project, "archive", str(study), "--out", str(study / "a.zip"), "--reports", str(shared / "out")
    )
    assert done.returncode == 2
    assert f"a.zip lies in {study}, which is archived" in done.stderr
    assert not (study / "a.zip").exists()


def test_a_study_that_is_read_through_a_link_is_not_archived_without_what_it_leads_to(
    project: Path, shared: Path, tmp_path: Path
) -> None:
    study = tmp_path / "verlinkt"
    shutil.copytree(ROOT / "data/raw/beispiel", study)
    # one that leads out of the study is refused by whatever reads it
    (study / "2021/verwaltung.csv").rename(study / "abgelegt.csv")
    (study / "2021/verwaltung.csv").symlink_to("../abgelegt.csv")
    done = call_within(
        project, "archive", str(study), "--out", str(tmp_path / "a.zip"), "--reports", str(shared / "out")
    )
    assert done.returncode == 2
    assert f"{study / '2021/verwaltung.csv'} is a link, which is not archived" in done.stderr
    assert not (tmp_path / "a.zip").exists()


def test_own_data_is_not_written_where_reports_lie(project: Path, shared: Path, tmp_path: Path) -> None:
    public = shared / "out" / "beispiel" / "x"
    for words in (
        ("score", "beispiel", "--out", str(public / "s.csv")),
        ("export", "beispiel", "--to", "csv", "--out", str(public)),
        (
            "archive",
            "beispiel",
            "--out",
            str(project / "reports" / "a.zip"),
            "--reports",
            str(shared / "out"),
        ),
    ):
        done = call_within(project, *words)
        assert done.returncode == 2, words
        assert "where reports lie" in done.stderr
    assert not public.exists()
