"""A fault in a row of a known municipality concerns that one; a fault of anything else concerns all."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from slim import change_raw, make_slim, record, tree

from weltoffen_eval.commands.main import main

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def reports(project: Path) -> dict[str, bytes]:
    """What lies in the reports folder, without what tells of the last run."""
    files = tree(project / "reports" / "mini")
    return {
        path: content for path, content in files.items() if path not in ("run.json", "index.html", ".lock")
    }


def test_a_bad_value_of_one_municipality_stops_no_other(within: Call, project: Path) -> None:
    make_slim(project)
    folder = project / "reports" / "mini"
    assert within("run", "mini", "--format", "html,docx").returncode == 0
    first, index = reports(project), (folder / "index.html").read_bytes()

    # without more ado: nothing is made, and the index says that its pages are of an earlier state
    change_raw(project, "adorf,ja", "adorf,7")
    done = within("run", "mini")
    assert done.returncode == 3
    assert "verwaltung.csv, row 2, column A1" in done.stderr
    assert "--keep-going" in done.stderr
    assert reports(project) == first
    said = (folder / "index.html").read_text(encoding="utf-8")
    state = json.loads(first["manifest.json"])["about"]["state"]
    assert "Der letzte Lauf wurde abgewiesen, denn die Angaben enthalten einen Fehler." in said
    assert f"der letzte vollständige hatte den Stand {state[:12]}" in said
    assert 'href="2021/adorf/selfcheck.html"' in said
    assert (record(project)["state"], record(project)["faults"]) == ("refused", 1)

    # of others: it is said and does not stop
    assert main(["run", "mini", "-m", "adorf", "--dry-run"]) == 3
    done = within("run", "mini", "-m", "bestadt")
    assert done.returncode == 0
    assert "1 fault in rows of other municipalities (adorf)" in done.stderr
    assert "row 2, column A1" in done.stderr
    said = (folder / "index.html").read_text(encoding="utf-8")
    assert "abgewiesen" not in said
    assert 'href="2021/adorf/selfcheck.html"' in said
    assert "Die Angaben enthalten inzwischen Fehler; die Berichte zeigen einen früheren Stand." in said

    # all the healthy ones; of the faulty one a page that says so
    done = within("run", "mini", "--keep-going", "--format", "html,docx")
    assert done.returncode == 1
    assert "refused: Selbstcheck: Adorf, 2021" in done.stdout
    assert "4 refused" in done.stdout
    page = (folder / "2021" / "adorf" / "selfcheck.html").read_text(encoding="utf-8")
    assert '<html lang="de"' in page
    assert "Dieser Bericht konnte nicht erneuert werden" in page
    assert "Datei verwaltung.csv" in page
    assert "Zeile 2, Spalte A1: 7" in page
    assert "expected" not in page
    assert sorted(path.name for path in (folder / "2021" / "adorf").iterdir() if path.is_file()) == [
        "data_quality.html",
        "selfcheck.html",
        "workshop.html",
    ]
    of_all_waves = (folder / "adorf" / "final_report.html").read_text(encoding="utf-8")
    assert "Dieser Bericht konnte nicht erneuert werden" in of_all_waves
    theirs = (folder / "2021" / "bestadt" / "selfcheck.html").read_text(encoding="utf-8")
    assert "Nicht berücksichtigt sind die Angaben einer weiteren Kommune" in theirs
    of_study = (folder / "_study" / "all_municipalities.html").read_text(encoding="utf-8")
    assert "Nicht berücksichtigt ist eine Kommune" in of_study
    said = (folder / "index.html").read_text(encoding="utf-8")
    assert "Selbstcheck: nicht erneuert, die Angaben sind zu berichtigen" in said
    states = {(r["municipality"], r["state"]) for r in record(project)["reports"]}  # type: ignore[attr-defined]
    assert states == {("adorf", "refused"), ("bestadt", "done"), ("cekreis", "done"), ("", "done")}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert not any("adorf" in name for name in manifest["reports"])

    # mended: everything as it was at first
    change_raw(project, "adorf,7", "adorf,ja")
    assert within("run", "mini", "--format", "html,docx").returncode == 0
    assert reports(project) == first
    assert (folder / "index.html").read_bytes() == index


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("verwaltung.csv", "cekreis,1", "zekreis,1"),
        ("study.toml", "2021-06-30", '"gestern"'),
    ],
)
def test_a_fault_that_lies_in_no_row_of_a_known_municipality_concerns_all(
    within: Call, project: Path, file: str, old: str, new: str
) -> None:
    change_raw(project, old, new, file)
    done = within("run", "mini", "-m", "bestadt", "--keep-going")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert not (project / "reports").exists()
