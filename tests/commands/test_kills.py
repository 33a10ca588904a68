"""kill -9 of the command at random moments: nothing half in between, and the same bytes at the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_run_again import processes_of, reports

pytestmark = pytest.mark.slow

Call = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = ("run", "mini", "--format", "html,pdf", "--jobs", "2")


@pytest.mark.parametrize("seed", range(20))
def test_a_run_killed_at_any_moment_goes_on(weltoffen: Call, project: Path, seed: int) -> None:
    begin = time.monotonic()
    assert weltoffen(*COMMAND, "--out", "undisturbed").returncode == 0
    undisturbed = reports(project / "undisturbed" / "mini")
    seconds = random.Random(seed).uniform(0.3, time.monotonic() - begin)
    process = subprocess.Popen(
        [sys.executable, "-m", "weltoffen_eval.commands.main", *COMMAND],
        cwd=project, env={**os.environ, "WELTOFFEN_PROJECT": str(project)}, stdout=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        left = processes_of(process.pid)
        if not left:
            break
        time.sleep(0.1)
    assert left == [], "processes without their owner"
    folder = project / "reports" / "mini"
    there = reports(folder)
    half = [path for path in there if there[path] != undisturbed.get(path)]
    assert [path for path in half if path != "manifest.json"] == []
    print(f"killed after {seconds:.1f} s with {len(there)} files there")
    assert weltoffen(*COMMAND).returncode == 0
    assert reports(folder) == undisturbed
    assert list(folder.rglob(".*.part-*")) == []
