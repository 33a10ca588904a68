"""A run called from Python, and a report that is added by an entry, a notebook and a folder: nothing else changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from places import REFERENCE, ROOT
from slim import make_slim

from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.running.job import Outcome
from weltoffen_eval.runs.kinds import KINDS, choose_kinds
from weltoffen_eval.runs.plan import plan_run
from weltoffen_eval.runs.reports import make_reports
from weltoffen_eval.runs.settings import Asked, How
from weltoffen_eval.runs.stale import Stale

ENTRY = """
_TALK = Kind(
    name="talk", notebook="08_talk", scope="municipality_wave",
    needs=(frozenset({Need("notes", "workshop")}),), inputs=("notes",),
    title="runs.talk", file_title="Gespraech", imports=("weltoffen_eval.display.talk.report",),
)
KINDS = (*KINDS, _TALK)
"""
REPORT = '''"""What a report that is added shows."""

from weltoffen_eval.blocks import Heading
from weltoffen_eval.display.shown import Shown


def show(study, municipality, wave, scheme):
    """A title."""
    return Shown(Heading(1, f"Gespräch: {municipality}", "title"))
'''


def test_a_run_is_called_from_python_and_told_what_it_did(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_slim(project)
    ended: list[Outcome] = []
    asked = Asked(folder=project / "data" / "raw" / "mini", kinds=choose_kinds(["selfcheck"]))
    found: list[Stale] = []

    def begin(stale: Stale):  # type: ignore[no-untyped-def]
        found.append(stale)
        return ended.append

    plan = plan_run(asked)
    assert plan.out == project / "reports" / "mini"
    batch = make_reports(asked, plan, How(workers=1), begin)
    assert [outcome.state for outcome in batch.outcomes] == ["done"] * 3
    assert len(ended) == len(found[0].stale) == 3
    assert (plan.out / "2021" / "adorf" / "selfcheck.html").is_file()
    # whoever calls it says what is to be said
    assert capfd.readouterr().out == ""
    again = make_reports(asked, plan_run(asked), How(), begin)
    assert [outcome.renewed for outcome in again.outcomes] == [False] * 3

    # nothing of what was kept below reports/ is a hash of what it was made from
    (origins,) = (project / "data" / "processed").rglob("*.jsonl")
    lines = [json.loads(line) for line in origins.read_text(encoding="utf-8").splitlines()]
    # one line says whose study it is
    parts = [line["parts"] for line in lines if "parts" in line]
    kept = {
        value for part in parts for name, value in part.items() if name in ("answers", "reference") and value
    }
    # three of answers, and that of no reference, since there are too few others
    assert len({part["answers"] for part in parts}) == 3
    said = b"".join(path.read_bytes() for path in plan.out.rglob("*") if path.is_file())
    assert not [value for value in kept if value[:12].encode() in said]


def test_a_report_without_sentences_in_a_language_is_left_out_or_refused(project: Path) -> None:
    folder = project / "data" / "raw" / "mini"
    asked = Asked(folder=folder, kinds=KINDS, language="en", named=True)
    with pytest.raises(CallError, match=r"no sentences in 'en' of .*all_municipalities"):
        plan_run(asked, write=False)
    assert not (project / "data" / "processed").exists()


def test_a_report_is_added_by_an_entry_a_notebook_and_a_folder(tmp_path: Path) -> None:
    project = tmp_path / "project"
    package = tmp_path / "package" / "weltoffen_eval"
    # with what Python compiled, which it would do again
    shutil.copytree(ROOT / "weltoffen_eval", package, ignore=shutil.ignore_patterns("*.part-*"))
    with (package / "runs" / "kinds.py").open("a", encoding="utf-8") as stream:
        stream.write(ENTRY)
    (package / "display" / "talk").mkdir()
    (package / "display" / "talk" / "__init__.py").write_text('"""A report that is added."""\n')
    (package / "display" / "talk" / "report.py").write_text(REPORT, encoding="utf-8")
    for name, text in (("runs.toml", 'when = "x"'), ("de/runs.toml", 'text = "Gespräch"'), ("en/runs.toml", 'text = "Talk"')):  # fmt: skip
        with (package / "sentences" / name).open("a", encoding="utf-8") as stream:
            stream.write(f"[talk]\n{text}\n")
    study = project / "data" / "raw" / "mini"
    shutil.copytree(REFERENCE / "example" / "study", study)
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[file]]\nkind = "notes"\npath = "notes.csv"\nwave = "2021"\nsetting = "workshop"\n')
    notes = study / "notes.csv"
    notes.write_text("municipality,text\nadorf,Räume\nbestadt,Zeit\n", encoding="utf-8")
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".*"))
    node = nbformat.read(project / "notebooks" / "02_selfcheck.ipynb", as_version=4)
    shown = "from weltoffen_eval.display.talk import report\nreport.show(study, municipality, wave, scheme)"
    node.cells = [node.cells[0], nbformat.v4.new_code_cell(shown)]
    nbformat.write(node, project / "notebooks" / "08_talk.ipynb")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(package.parent), "WELTOFFEN_PROJECT": str(project)}
        command = [sys.executable, "-m", "weltoffen_eval.commands.main", "run", "mini", *words]
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)

    done = run("-n", "talk", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "2 reports made, 0 kept, 0 failed, 1 left out." in done.stdout
    page = (project / "reports" / "mini" / "2021" / "adorf" / "talk.html").read_text(encoding="utf-8")
    assert "Gespräch" in page
    index = (project / "reports" / "mini" / "index.html").read_text(encoding="utf-8")
    assert '<a href="2021/adorf/talk.html">Gespräch<' in index
    # only whose row has changed
    notes.write_text("municipality,text\nadorf,Räume\nbestadt,Geld\n", encoding="utf-8")
    told = json.loads(run("-n", "talk", "--dry-run", "--json").stdout)
    assert told["would_make"] == [{"report": "2021/bestadt/talk", "reasons": ["notes changed"]}]
    assert told["would_keep"] == ["2021/adorf/talk"]
    # in another language as soon as there are sentences of it, in a folder of its own
    (package / "sentences" / "en" / "talk.toml").write_text("", encoding="utf-8")
    said = run("--language", "en", "--dry-run").stdout
    assert "would make: Talk: Adorf, 2021: new" in said
