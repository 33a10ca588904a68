"""kill -9 of the command at random moments: nothing half in between, and the same bytes at the end."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from places import ROOT
from traces import reports, wait_for_no_process_of

from weltoffen_eval.study.example.generator import write_study

pytestmark = pytest.mark.slow


class Undisturbed(NamedTuple):
    """A project, the reports of a run in it, and the seconds from its first word to its last report."""

    project: Path
    reports: dict[str, bytes]
    seconds: float


def start(project: Path, out: str) -> subprocess.Popen[str]:
    """A run of twelve municipalities that has found out what it has to make."""
    command = [sys.executable, "-m", "weltoffen_eval.commands.main", "run", "zwoelf", "-w", "2021", "-n"]
    process = subprocess.Popen(
        [*command, "selfcheck", "--format", "html,pdf", "--jobs", "2", "--out", out],
        cwd=project, env={**os.environ, "WELTOFFEN_PROJECT": str(project)}, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert "reports to make" in process.stdout.readline()
    return process


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    project = tmp_path_factory.mktemp("projekt")
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".*"))
    write_study(project / "data" / "raw" / "zwoelf", 12, study_id="zwoelf", workshop=False)
    process = start(project, "undisturbed")
    begin = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    return Undisturbed(project, reports(project / "undisturbed" / "zwoelf"), time.monotonic() - begin)


@pytest.mark.parametrize("seed", range(20))
def test_a_run_killed_at_any_moment_goes_on(undisturbed: Undisturbed, seed: int) -> None:
    project = undisturbed.project
    folder = project / f"killed-{seed}" / "zwoelf"
    process = start(project, folder.parent.name)
    seconds = random.Random(seed).uniform(0, undisturbed.seconds)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    wait_for_no_process_of(process.pid)
    there = reports(folder)
    assert {path: undisturbed.reports[path] for path in there} == there
    print(f"killed after {seconds:.1f} s with {len(there)} of {len(undisturbed.reports)} files there")

    again = start(project, folder.parent.name)
    again.communicate()
    assert again.returncode == 0
    assert reports(folder) == undisturbed.reports
    assert list(folder.rglob(".*.part-*")) == []
