"""Commands as a user calls them: what they make, what they say, how they end."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from places import REFERENCE, ROOT

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def break_raw(project: Path, old: str = "adorf,ja", new: str = "adorf,jein") -> None:
    path = project / "data" / "raw" / "mini" / "verwaltung.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_score_writes_the_scores_of_the_worked_example(within: Call, project: Path) -> None:
    done = within("score", "mini", "--out", "scores.csv")
    assert done.returncode == 0, done.stderr
    made = pd.read_csv(project / "scores.csv", dtype={"wave": str})
    expected = pd.read_csv(REFERENCE / "example" / "expected_scores.csv", dtype={"wave": str})
    # counts are written as whole numbers
    pd.testing.assert_frame_equal(made, expected, rtol=0, atol=1e-9, check_dtype=False)
    within("score", "data/raw/mini", "--out", "again.csv")
    assert (project / "again.csv").read_bytes() == (project / "scores.csv").read_bytes()


def test_score_takes_a_scheme_by_id_and_by_path(within: Call, project: Path) -> None:
    assert within("score", "mini", "--scheme", "standard").returncode == 0
    own = within("score", "mini", "--scheme", "data/raw/mini/scheme.toml").stdout
    assert own == within("score", "mini").stdout
    assert within("score", "mini", "--scheme", "./nowhere.toml").returncode == 3


def test_check_tells_all_faults_and_writes_them_as_a_table(within: Call, project: Path) -> None:
    assert within("check", "mini").returncode == 0
    break_raw(project)
    break_raw(project, "cekreis,1", "zekreis,1")
    done = within("check", "mini")
    assert done.returncode == 3
    assert "2 faults" in done.stderr
    assert "row 2, column A1" in done.stderr
    # a key next to another is another place
    assert "cekreis" not in done.stderr.replace("zekreis", "")
    assert "Traceback" not in done.stderr
    path = project / "data" / "processed" / "mini" / "faults.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["file"], row["row"], row["column"]) for row in rows] == [
        ("verwaltung.csv", "4", "municipality"),
        ("verwaltung.csv", "2", "A1"),
    ]


def test_faults_as_a_table_are_no_formulas(within: Call, project: Path) -> None:
    break_raw(project, "adorf,ja", "=cmd(),ja")
    within("check", "mini")
    text = (project / "data" / "processed" / "mini" / "faults.csv").read_text(encoding="utf-8-sig")
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(text.splitlines()) for cell in row)


def test_clean_writes_the_tables_with_their_description(within: Call, project: Path) -> None:
    done = within("clean", "mini")
    assert done.returncode == 0, done.stderr
    folder = project / "data" / "processed" / "mini"
    responses = pd.read_parquet(folder / "responses.parquet")
    assert list(responses.columns) == [
        "municipality", "wave", "setting", "perspective", "unit", "respondent", "item",
        "code", "value", "missing",
    ]  # fmt: skip
    assert len(responses) == (3 + 6) * 5
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["name"] for r in package["resources"]} >= {"responses", "comments", "cleaning_log"}


@pytest.mark.parametrize("command", ["check", "clean", "score", "run"])
def test_refused_data_end_with_3_and_without_traceback(within: Call, project: Path, command: str) -> None:
    break_raw(project)
    done = within(command, "mini")
    assert done.returncode == 3
    assert "jein" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "reports").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "minni"], "Did you mean 'mini'"),
        (["run", "mini", "-m", "adorff"], "Did you mean 'adorf'"),
        (["run", "mini", "-w", "2020"], "no wave '2020'"),
        (["run", "mini", "-n", "selfchek"], "Did you mean 'selfcheck'"),
        (["run", "mini", "--scheme", "standart"], "Did you mean 'standard'"),
        (["run", "mini", "--format", "odt"], "odt"),
        (["run", "mini", "--jobs", "0"], "at least 1"),
        (["score", "nowhere/at/all"], "no study"),
    ],
)
def test_a_wrong_call_ends_with_2_and_starts_nothing(
    within: Call, project: Path, arguments: list[str], said: str
) -> None:
    done = within(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (project / "reports").exists()


def test_the_catalogue_names_what_is_there(within: Call) -> None:
    assert within("studies").stdout.startswith("mini  Kleines Beispiel (synthetisch)  2021  3")
    instruments = json.loads(within("instruments", "--json").stdout)
    assert {"instrument": "selbstcheck-1", "items": 108}.items() <= instruments[1].items()
    assert "standard" in within("schemes").stdout


def test_run_makes_a_report_for_each_municipality_and_says_who_is_left_out(
    within: Call, project: Path
) -> None:
    raw = project / "data" / "raw" / "mini" / "verwaltung.csv"
    raw.write_text(
        raw.read_text(encoding="utf-8").replace("cekreis,1,2,0,,", "cekreis,,,,,"), encoding="utf-8"
    )
    done = within("run", "mini")
    assert done.returncode == 0, done.stderr
    folder = project / "reports" / "mini"
    for key in ("adorf", "bestadt"):
        for name in ("data_quality", "selfcheck"):
            assert (folder / "2021" / key / f"{name}.html").is_file()
            assert (folder / "2021" / key / f"{name}.ipynb").is_file()
    assert not (folder / "2021" / "cekreis").exists()
    assert "left out: cekreis, 2021: its sheet holds no answer" in done.stdout
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "2021/adorf/selfcheck.html" in index
    assert "Bogen ohne Antwort" in index
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert [r["state"] for r in record["reports"]] == ["done"] * 8


def test_run_writes_where_it_is_told_to(within: Call, project: Path, tmp_path: Path) -> None:
    done = within(
        "run", "mini", "-m", "adorf", "-n", "data_quality", "--out", str(tmp_path / "out"), "--json"
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["reports"] == 1
    assert Path(summary["index"]).is_file()
    assert not (project / "reports").exists()


def test_run_writes_pdf_beside_html_and_links_it(within: Call, project: Path) -> None:
    done = within("run", "mini", "-m", "adorf", "-n", "selfcheck", "--format", "pdf", "--format", "html")
    assert done.returncode == 0, done.stderr
    folder = project / "reports" / "mini"
    assert (folder / "2021" / "adorf" / "selfcheck.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert 'href="2021/adorf/selfcheck.pdf"' in (folder / "index.html").read_text(encoding="utf-8")


def test_a_study_in_a_folder_elsewhere_is_run(within: Call, example: Path, project: Path) -> None:
    done = within("run", str(example), "-m", "bestadt")
    assert done.returncode == 0, done.stderr
    assert (project / "reports" / "mini" / "2021" / "bestadt" / "selfcheck.html").is_file()


def test_a_folder_that_cannot_be_written_ends_with_4(within: Call, project: Path) -> None:
    (project / "reports").write_text("a file where a folder should be", encoding="utf-8")
    done = within("run", "mini", "-m", "adorf", "-n", "data_quality")
    assert done.returncode == 4
    assert "reports" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failing_municipality_does_not_stop_the_others(within: Call, project: Path) -> None:
    notebook = project / "notebooks" / "01_data_quality.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][1]["source"][0] = 'assert municipality != "bestadt", "mit <b>Absicht</b>"\n'
    content["cells"][1]["source"].insert(1, "from weltoffen_eval import load_profile, quality_report\n")
    notebook.write_text(json.dumps(content), encoding="utf-8")
    folder = project / "reports" / "mini" / "2021"
    stale = folder / "bestadt" / "data_quality.ipynb"
    stale.parent.mkdir(parents=True)
    stale.write_text("from an earlier run", encoding="utf-8")
    done = within("run", "mini", "-n", "data_quality")
    assert done.returncode == 1
    assert (
        "Datenqualität: Bestadt, 2021: cell 2 of 01_data_quality.ipynb, line 1: AssertionError" in done.stderr
    )
    assert (folder / "adorf" / "data_quality.ipynb").is_file()
    assert (folder / "cekreis" / "data_quality.ipynb").is_file()
    assert not stale.exists(), "an old report must not look current"
    page = (folder / "bestadt" / "data_quality.html").read_text(encoding="utf-8")
    assert "konnte nicht erstellt werden" in page
    assert "&lt;b&gt;Absicht" in page
    assert 'href="data_quality.failed.ipynb"' in page
    executed = json.loads((folder / "bestadt" / "data_quality.failed.ipynb").read_text(encoding="utf-8"))
    assert "AssertionError" in json.dumps(executed["cells"][2]["outputs"])
    assert "konnte nicht erstellt werden" in (folder.parent / "index.html").read_text(encoding="utf-8")

    notebook.write_bytes((ROOT / "notebooks" / "01_data_quality.ipynb").read_bytes())
    assert within("run", "mini", "-n", "data_quality").returncode == 0
    assert not (folder / "bestadt" / "data_quality.failed.ipynb").exists()


def test_a_study_in_which_nothing_was_answered_makes_nothing_and_ends_with_1(
    within: Call, project: Path
) -> None:
    study = project / "data" / "raw" / "mini"
    header = (study / "verwaltung.csv").read_text(encoding="utf-8").splitlines()[0]
    (study / "verwaltung.csv").write_text(f"{header}\nadorf,,,,,\n", encoding="utf-8")
    (study / "workshop.csv").unlink()
    text = (study / "study.toml").read_text(encoding="utf-8")
    text = text[: text.rindex("[[file]]")]
    (study / "study.toml").write_text(text, encoding="utf-8")
    assert len(within("score", "mini").stdout.splitlines()) == 1
    done = within("run", "mini")
    assert (done.returncode, "0 reports made, 0 kept, 0 failed, 3 left out." in done.stdout) == (1, True)
    assert "no report was made: there is no answer of an administration (questionnaire)" in done.stderr


def test_a_study_without_questionnaire_has_no_scores(within: Call, project: Path) -> None:
    study = project / "data" / "raw" / "mini"
    text = (study / "study.toml").read_text(encoding="utf-8").replace('instrument = "./instrument"\n', "")
    text = text[: text.index("[[file]]")] + '[[file]]\nkind = "events"\npath = "events.csv"\n'
    (study / "study.toml").write_text(text, encoding="utf-8")
    (study / "events.csv").write_text("Kommune,Welle,Rahmen\nadorf,2021,Dialog\n", encoding="utf-8")
    assert "Rows of other files: events 1." in within("check", "mini").stdout
    assert json.loads(within("check", "mini", "--json").stdout)["rows"] == {"events": 1}
    assert len(within("score", "mini").stdout.splitlines()) == 1
    assert within("run", "mini").returncode == 1


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_an_interrupted_run_ends_with_130_and_leaves_no_process(
    project: Path, number: signal.Signals
) -> None:
    notebook = project / "notebooks" / "01_data_quality.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][1]["source"][0] = "import pathlib, time\n"
    content["cells"][1]["source"][1:1] = [
        "pathlib.Path(study).with_suffix('.begun').touch()\n",
        "time.sleep(3600)\n",
    ]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    study = project / "data" / "raw" / "mini"
    other = project / "elsewhere"
    study.rename(other)
    command = [sys.executable, "-m", "weltoffen_eval.commands.main", "run", str(other), "--jobs", "2"]
    environment = {**os.environ, "WELTOFFEN_PROJECT": str(project)}
    process = subprocess.Popen(
        [*command, "-n", "data_quality"], cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    )
    while not other.with_suffix(".begun").exists():
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(number)
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "Interrupted after 0 reports" in said
    assert not list(project.rglob("*.part*"))
    for _ in range(600):
        listed = subprocess.run(["ps", "-eo", "stat,args"], capture_output=True, text=True).stdout
        left = [line for line in listed.splitlines() if str(other) in line and not line.startswith("Z")]
        if not left:
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {left}")
