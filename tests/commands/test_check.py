"""``weltoffen check`` and ``clean``: faults.csv with its columns, and nothing written for a refused id."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pytest
from places import ROOT

from weltoffen_eval.commands.main import main


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_faults_csv_says_whose_row_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project / "data" / "raw" / "mini" / "verwaltung.csv", "bestadt,2", "bestadt,7")
    assert main(["check", "mini", "--json"]) == 3
    with (project / "data" / "processed" / "mini" / "faults.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["file", "tab", "row", "column", "found", "expected", "advice", "municipality"]
    assert [(r["file"], r["row"], r["column"], r["municipality"]) for r in rows] == [
        ("verwaltung.csv", "3", "A1", "bestadt")
    ]
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["tab"], fault["row"], fault["municipality"]) == ("", 3, "bestadt")


def test_what_could_not_be_checked_yet_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project / "data" / "raw" / "mini" / "verwaltung.csv", "bestadt,2", "bestadt,7")
    assert main(["check", "mini"]) == 3
    assert "Not checked yet" not in capsys.readouterr().err
    change(
        project / "data" / "raw" / "mini" / "instrument" / "instrument.toml", "points = 50", "points = 500"
    )
    assert main(["check", "mini"]) == 3
    said = capsys.readouterr().err
    assert "Not checked yet: the answers of 2021. Mend these faults, then check again." in said


@pytest.mark.parametrize("study_id", ["../../X", "/tmp/x", "a/b", "..", "mini-public", "", "x\\\\y"])
def test_nothing_is_written_for_a_refused_id(project: Path, study_id: str) -> None:
    change(project / "data" / "raw" / "mini" / "study.toml", '"mini"', f'"{study_id}"')
    before = sorted(project.parent.rglob("*"))
    for command in ("check", "clean", "score"):
        assert main([command, "mini"]) == 3
    assert sorted(project.parent.rglob("*")) == before


def test_counts_of_what_clean_writes_are_whole_numbers(project: Path) -> None:
    change(project / "data" / "raw" / "mini" / "verwaltung.csv", ",ja,", ", JA,")
    assert main(["clean", "mini"]) == 0
    folder = project / "data" / "processed" / "mini"
    with (folder / "cleaning_log.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["file", "tab", "row", "column", "old", "new", "rule"]
    assert {r["row"] for r in rows} <= {str(n) for n in range(1, 20)}
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    kinds = {f["name"]: f["type"] for r in package["resources"] for f in r["schema"]["fields"]}
    assert {kinds[name] for name in ("row", "n", "position")} == {"integer"}


@pytest.mark.parametrize(("path", "kept_out"), [("beispiel/study.toml", False), ("egi-chile/2019/egi_2019.csv", False),
                                                ("musterkreis/study.toml", True), ("musterkreis/2024/antworten.xlsx", True)])  # fmt: skip
def test_only_the_shipped_studies_are_in_the_repository(path: str, kept_out: bool) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no repository")
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-q", f"data/raw/{path}"], cwd=ROOT, check=False
    )
    assert (done.returncode == 0) == kept_out
