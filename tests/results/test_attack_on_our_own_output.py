"""The attack on what we put out ourselves: reports and tables of the example tell nothing of small groups."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from foreign import districts
from places import ROOT

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.commands.main import main
from weltoffen_eval.results.attacked_folders import Attacked, attack_folders
from weltoffen_eval.results.csv_text import findings_csv
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.statistics_table import ANALYSES, analyse
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses

#: Workshops of many and of few, in both waves; of two sheets of the administration, with points between two answers.
MUNICIPALITIES = ("probehausen", "beispielstadt", "fabelfelde")


def tables(folder: Path, scheme: ScoringScheme) -> Path:
    """What ``analyse`` says of some municipalities that have workshops."""
    folder.mkdir()
    study = load_study(ROOT / "data" / "raw" / "beispiel")
    responses = clean_responses(study).responses
    some = responses[responses["municipality"].isin(MUNICIPALITIES)]
    for what in ("gaps", "change"):
        (folder / f"{what}.csv").write_text(
            findings_csv(analyse(study, some, scheme, what)), encoding="utf-8"
        )
    return folder


def test_tables_of_gaps_and_changes_tell_nothing_and_with_the_door_open_they_do(tmp_path: Path) -> None:
    scheme = load_scheme(None, load_study(ROOT / "data" / "raw" / "beispiel"))
    closed = attack_folders(tables(tmp_path / "closed", scheme))
    assert len(closed.bounds) > 100
    assert closed.recovered == []
    opened = attack_folders(tables(tmp_path / "open", replace(scheme, min_group_size=1)))
    assert len(opened.recovered) > 100


def test_reports_of_a_small_study_tell_nothing(
    project: Path, within: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    assert within("run", "mini", "-n", "selfcheck", "-n", "instrument_quality").returncode == 0
    found = attack_folders(project / "reports" / "mini")
    assert (found.recovered, found.unsaid) == ([], [])


@pytest.mark.slow
def test_all_reports_and_tables_of_the_example_tell_nothing(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data" / "raw" / "beispiel", project / "data" / "raw" / "beispiel")
    assert main(["run", "beispiel", "--out", str(tmp_path / "reports")]) == 0
    told = tmp_path / "tables"
    told.mkdir()
    for what in ANALYSES:
        assert main(["analyse", "beispiel", "--what", what, "--out", str(told / f"{what}.csv")]) == 0
    for folder in (tmp_path / "reports" / "beispiel", told):
        capsys.readouterr()
        assert main(["attack", str(folder)]) == 0
        assert (
            capsys.readouterr()
            .out.splitlines()[-1]
            .endswith(" 0 recovered; 0 statements of pages that the .json beside them does not hold.")
        )


def of_residents(folder: Path) -> Path:
    """Districts in which nobody but residents answered: in two of them three and four, in the others fourteen."""
    target = districts(folder)
    few = {"d0": 3, "d1": 4}
    head, *lines = (target / "answers.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    came = [line for line in lines if int(line.split(",")[1][1:]) < few.get(line.split(",")[0], 14)]
    (target / "answers.csv").write_text(head + "".join(came), encoding="utf-8")
    return target


def test_tables_of_a_study_of_residents_alone_tell_nothing_of_few(tmp_path: Path) -> None:
    study = load_study(of_residents(tmp_path / "study"))
    responses = clean_responses(study).responses
    sizes = responses.groupby("municipality", observed=True)["respondent"].nunique()
    assert (sizes["d0"], sizes["d1"], sizes["d2"]) == (3, 4, 14)
    scheme = load_scheme(None, study)

    def attacked(of: ScoringScheme, name: str) -> Attacked:
        folder = tmp_path / name
        folder.mkdir()
        for what in ("gaps", "agreement", "reliability", "reference"):
            table = findings_csv(analyse(study, responses, of, what))
            (folder / f"{what}.csv").write_text(table, encoding="utf-8")
        scores = score_study(study, responses, of)
        scores.to_csv(folder / "scores.csv", index=False)
        return attack_folders(folder)

    closed, opened = attacked(scheme, "closed"), attacked(replace(scheme, min_group_size=1), "open")
    assert closed.recovered == []
    assert {bound.municipality for bound in closed.bounds} == {"d0", "d1"}
    assert {bound.municipality for bound in opened.recovered} == {"d0", "d1"}
