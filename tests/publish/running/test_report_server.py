"""The process beside a Dask worker: one that dies costs its report only, and none outlives its owner."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from weltoffen_eval.publish.keeping.environment import hash_environment
from weltoffen_eval.publish.running import cluster
from weltoffen_eval.publish.running.job import KILLED, Job, Made
from weltoffen_eval.publish.running.report_server import ReportServer, ServerLost

#: An owner whose process is idle, or is busy for an hour.
OWNER = """
import pickle, sys, time
from pathlib import Path
from weltoffen_eval.publish.keeping.environment import hash_environment
from weltoffen_eval.publish.running.report_server import ReportServer

class Busy:
    def __reduce__(self):
        return exec, (f"open({sys.argv[2]!r}, 'w').close(); import time; time.sleep(3600)",)

server = ReportServer()
if sys.argv[1] == "busy":
    server.make(None, pickle.dumps(Busy()), hash_environment())
Path(sys.argv[2]).touch()
time.sleep(3600)
"""


class Deadly:
    """Ends the process that reads it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


class Wrong:
    """Raises in the process that reads it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("no number",)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(notebook=tmp_path / "x.ipynb", parameters={}, title="Titel", inputs={}, target=tmp_path / "x")


def test_a_process_that_dies_says_so_and_one_that_raises_goes_on(job: Job) -> None:
    server = ReportServer()
    for _ in range(2):
        with pytest.raises(ValueError, match="no number"):
            server.make(job, pickle.dumps(Wrong()), hash_environment())
    assert server.process.poll() is None
    with pytest.raises(ServerLost):
        server.make(job, pickle.dumps(Deadly()), hash_environment())
    with pytest.raises(ServerLost):
        server.make(job, pickle.dumps(Wrong()), hash_environment())
    server.end()
    assert server.process.returncode == 1


def test_a_report_whose_process_dies_each_time_has_failed(job: Job) -> None:
    assert cluster.make_on_worker(job, hash_environment(), pickle.dumps(Deadly())) == Made(reason=KILLED)


@pytest.mark.parametrize("state", ["idle", "busy"])
@pytest.mark.skipif(sys.platform != "linux", reason="a busy process is told by Linux only")
def test_it_ends_when_its_owner_is_killed(state: str, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with subprocess.Popen([sys.executable, "-c", OWNER, state, str(begun)]) as owner:
        while not begun.exists():
            assert owner.poll() is None
            time.sleep(0.05)
        children = psutil.Process(owner.pid).children(recursive=True)
        assert len(children) == 1
        owner.send_signal(signal.SIGKILL)
        owner.wait(600)
    _, alive = psutil.wait_procs(children, timeout=600)
    assert alive == []
