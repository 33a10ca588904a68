"""A run over a part: the index shows what lies in the folder; a dry run writes nothing; nothing made is said."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from places import ROOT
from slim import change_raw, make_slim, record, tree

from weltoffen_eval.commands.main import main

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_index_shows_what_lies_in_the_folder_whichever_run_made_it(within: Call, project: Path) -> None:
    make_slim(project)
    folder = project / "reports" / "mini"
    assert within("run", "mini", "-n", "selfcheck").returncode == 0
    # what somebody took away is said, and not linked
    (folder / "2021" / "bestadt" / "selfcheck.html").unlink()
    done = within("run", "mini", "-m", "adorf", "-n", "selfcheck")
    assert "0 reports made, 1 kept" in done.stdout
    said = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="2021/cekreis/selfcheck.html"' in said
    assert "2021/bestadt/selfcheck.html" not in said
    assert "Selbstcheck: Dateien fehlen" in said

    # whose answers are gone has no report that looks current
    change_raw(project, "cekreis,1,2,0,,", "cekreis,,,,,")
    done = within("run", "mini", "-n", "selfcheck", "--explain")
    assert done.returncode == 0, done.stderr
    assert "Selbstcheck: Bestadt, 2021: 2021/bestadt/selfcheck.html is not there" in done.stdout
    assert "They are made now; --dry-run only says so." in done.stdout
    assert sorted(p.name for p in (folder / "2021" / "cekreis").iterdir() if p.is_file()) == [
        "selfcheck.html"
    ]
    page = (folder / "2021" / "cekreis" / "selfcheck.html").read_text(encoding="utf-8")
    assert "Zu diesem Bericht liegen keine Angaben mehr vor" in page
    assert "Bogen ohne Antwort" in (folder / "index.html").read_text(encoding="utf-8")

    # a second format leaves the first; nothing is left of a page that said there was none
    change_raw(project, "cekreis,,,,,", "cekreis,1,2,0,,")
    assert within("run", "mini", "-n", "selfcheck", "--format", "docx").returncode == 0
    names = {p.name for p in (folder / "2021" / "cekreis").iterdir() if p.is_file()}
    assert names == {"selfcheck.docx", "selfcheck.ipynb", "selfcheck.json"}


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(
    within: Call, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_slim(project)
    before = tree(project)
    assert main(["run", "mini", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "would make: Selbstcheck: Adorf, 2021: new" in said
    assert "10 reports to make, 0 to keep, 0 left out. Nothing was written." in said
    assert tree(project) == before

    assert within("run", "mini", "-m", "adorf").returncode == 0
    change_raw(project, "bestadt,", "bestadt,7", "verwaltung.csv")
    before = tree(project)
    assert main(["run", "mini", "--dry-run"]) == 3
    capsys.readouterr()
    assert main(["run", "mini", "--dry-run", "--keep-going", "--json"]) == 1
    would = json.loads(capsys.readouterr().out)
    assert would["would_keep"] == ["2021/adorf/data_quality", "2021/adorf/workshop", "adorf/final_report"]
    assert {"report": "2021/adorf/selfcheck", "reasons": ["left_out changed"]} in would["would_make"]
    assert would["would_refuse"] == ["2021/bestadt/data_quality", "2021/bestadt/selfcheck"]
    assert tree(project) == before


def test_a_run_that_makes_nothing_says_why_and_ends_with_1(within: Call, project: Path) -> None:
    make_slim(project)
    done = within("run", "mini", "-m", "adorf", "-n", "all_municipalities")
    assert done.returncode == 1
    assert "no report was made: all_municipalities is about the study as a whole" in done.stderr
    assert record(project)["state"] == "nothing"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("02_selfcheck", "municipality", "kommune", "the parameter municipality is missing; kommune is none"),
        (
            "02_selfcheck",
            "report.title(",
            'municipality = \\"x\\"\\nreport.title(',
            "sets the parameter municipality again",
        ),
        ("06_all_municipalities", '"parameters"', '"parameter"', "no cell is tagged parameters"),
    ],
)
def test_a_notebook_with_other_parameters_is_refused_before_anything_starts(
    project: Path, name: str, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "notebooks" / f"{name}.ipynb"
    text = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = tree(project)
    assert main(["run", "mini"]) == 2
    told = capsys.readouterr().err
    assert re.fullmatch(r"weltoffen run: [^\n]+\n", told)
    assert said in told
    assert tree(project) == before
    if name.startswith("06"):
        # it is no part of this run
        assert main(["run", "mini", "-m", "adorf", "--dry-run"]) == 0
