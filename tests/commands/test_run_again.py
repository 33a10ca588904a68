"""A second run: what is there is kept, what changed is made, and a run that was killed goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from slim import make_slim
from traces import reports, wait_for_no_process_of

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def renewed(project: Path) -> set[tuple[str, str]]:
    """Municipality and notebook of every report that the last run made."""
    record = json.loads((project / "reports" / "mini" / "run.json").read_text(encoding="utf-8"))
    return {(r["municipality"], r["notebook"]) for r in record["reports"] if r["renewed"]}


def test_only_what_changed_is_made_again(within: Call, project: Path) -> None:
    make_slim(project)
    done = within("run", "mini")
    assert done.returncode == 0, done.stderr
    assert len(renewed(project)) == 10
    folder = project / "reports" / "mini"
    first = reports(folder)

    done = within("run", "mini")
    assert "0 reports made, 10 kept" in done.stdout
    assert reports(folder) == first

    raw = project / "data" / "raw" / "mini" / "verwaltung.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace("adorf,ja", "adorf,nein"), encoding="utf-8")
    done = within("run", "mini", "--explain")
    assert "Selbstcheck: Adorf, 2021: answers changed" in done.stdout
    # its own four reports, and the two that rest on all answers
    assert {municipality for municipality, _ in renewed(project)} == {"adorf", ""}
    assert len(renewed(project)) == 6

    (folder / "2021" / "bestadt" / "selfcheck.html").write_text("von Hand", encoding="utf-8")
    done = within("run", "mini", "--explain")
    assert "Selbstcheck: Bestadt, 2021: 2021/bestadt/selfcheck.html was changed" in done.stdout
    assert renewed(project) == {("bestadt", "02_selfcheck.ipynb")}

    changed = reports(folder)
    assert [p for p in first if "bestadt" in p and changed[p] != first[p]] == []
    done = within("run", "mini", "--fresh")
    assert "10 reports made, 0 kept" in done.stdout
    assert reports(folder) == changed


def test_a_folder_in_use_ends_with_4_and_stays_as_it_is(within: Call, project: Path) -> None:
    from weltoffen_eval.publish.keeping.lock import only_run

    with only_run(project / "reports" / "mini"):
        done = within("run", "mini")
    assert done.returncode == 4
    assert "in use by another run" in done.stderr
    assert reports(project / "reports" / "mini") == {}


# killed at any moment: tests/commands/test_kills.py
@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_and_ends_with_the_same_bytes(within: Call, project: Path) -> None:
    make_slim(project)
    folder = project / "reports" / "mini"
    run = ("run", "mini", "-n", "selfcheck", "-n", "instrument_quality")
    # the last report does not end before the run is killed, however slow this test is
    last = project / "notebooks" / "07_instrument_quality.ipynb"
    content = last.read_text(encoding="utf-8")
    node = json.loads(content)
    node["cells"][1]["source"].insert(0, "import time; time.sleep(3600)\n")
    last.write_text(json.dumps(node), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "weltoffen_eval.commands.main", *run, "--jobs", "1"],
        cwd=project, env={**os.environ, "WELTOFFEN_PROJECT": str(project)}, stdout=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    # the last that is written of a report that is finished; whose folder it is stands there before
    origins = project / "data" / "processed"
    while not any('{"files"' in path.read_text(encoding="utf-8") for path in origins.rglob("*.jsonl")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for_no_process_of(process.pid)
    there = reports(folder)
    assert not (folder / "manifest.json").exists()
    last.write_text(content, encoding="utf-8")

    done = within(*run)
    assert done.returncode == 0, done.stderr
    assert len(renewed(project)) < 4, "what was finished is kept"
    went_on = reports(folder)
    assert within(*run, "--out", "undisturbed").returncode == 0
    undisturbed = reports(project / "undisturbed" / "mini")
    # nothing half was there under a final name
    assert [path for path in there if there[path] != undisturbed[path]] == []
    assert went_on == undisturbed
