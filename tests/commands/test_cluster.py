"""The batch on a Dask cluster, started as the documentation says: the same bytes, also when a worker is lost."""

from __future__ import annotations

import os
import pickle
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from places import ROOT
from slim import make_slim

from weltoffen_eval.errors import CallError, SurroundingsError
from weltoffen_eval.publish.running import cluster as cluster_runs
from weltoffen_eval.publish.running.cluster import make_on_worker, run_on_cluster
from weltoffen_eval.publish.running.job import Job
from weltoffen_eval.publish.running.workers import Ready

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def commands(port: int) -> list[list[str]]:
    """The three commands of the documentation, with a port that is free here."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    block = re.search(r"```\n(dask scheduler.*?)```", text, re.DOTALL)
    assert block is not None
    lines = [line.replace("8786", str(port)).split() for line in block[1].splitlines()]
    assert [line[:2] for line in lines] == [["dask", "scheduler"], ["dask", "worker"], ["weltoffen", "run"]]
    return lines


def start(commands: list[list[str]], project: Path, log: Path) -> Iterator[list[psutil.Process]]:
    """The processes of these commands, ended afterwards."""
    # a process that watches the machine's memory would see that of the other tests
    environment = {**os.environ, "DASK_TEMPORARY_DIRECTORY": str(log.parent)}
    with log.open("w") as stream:
        started = [
            subprocess.Popen(
                [str(Path(sys.executable).parent / command[0]), *command[1:]],
                cwd=project, env=environment, stdout=stream, stderr=stream,
            )
            for command in commands
        ]  # fmt: skip
    yield [psutil.Process(process.pid) for process in started]
    for process in reversed(started):
        process.terminate()
        process.wait(timeout=600)


@pytest.fixture
def small_cluster(project: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with one worker."""
    scheduler, worker, run = commands(free_port())
    worker[worker.index("--nworkers") + 1] = "1"
    for _ in start([scheduler, worker], project, tmp_path / "dask.log"):
        yield run[-1]


@pytest.fixture
def cluster(project: Path, tmp_path: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The address of a scheduler, and the command that started its two workers."""
    scheduler, worker, run = commands(free_port())
    for started in start([scheduler, worker], project, tmp_path / "dask.log"):
        yield run[-1], started[1]


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != ".lock"
    }


def test_a_cluster_gives_the_bytes_of_a_local_run(
    weltoffen: Call, within: Call, project: Path, small_cluster: str
) -> None:
    make_slim(project)
    # all reports in all formats where a worker is lost, in check-slow
    given = ("run", "mini", "-m", "adorf", "-n", "selfcheck", "-n", "data_quality", "--format", "html,pdf")
    far = weltoffen(*given, "--scheduler", small_cluster, "--out", "far")
    assert (far.returncode, "2 reports made, 0 kept, 0 failed" in far.stdout) == (0, True), far.stderr
    assert within(*given, "--out", "near").returncode == 0
    assert files(project / "far" / "mini") == files(project / "near" / "mini")


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_a_local_run(
    within: Call, project: Path, cluster: tuple[str, psutil.Process]
) -> None:
    address, workers = cluster
    command = [
        sys.executable,
        "-m",
        "weltoffen_eval.commands.main",
        "run",
        "mini",
        "--format",
        "html,pdf,docx",
    ]
    process = subprocess.Popen(
        [*command, "--scheduler", address, "--out", "far"], cwd=project, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("[1/"):
            break
    first = next(p for p in workers.children() if "spawn_main" in " ".join(p.cmdline()))
    first.kill()
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait(timeout=600) == 0
    assert "10 reports made, 0 kept, 0 failed" in said
    assert within("run", "mini", "--format", "html,pdf,docx", "--out", "near").returncode == 0
    assert files(project / "far" / "mini") == files(project / "near" / "mini")


def test_a_scheduler_that_does_not_answer_ends_with_4_and_changes_nothing(
    within: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # nobody listens there, however long one waits
    monkeypatch.setattr(cluster_runs, "_SECONDS_TO_CONNECT", 1)
    done = within("run", "mini", "--scheduler", f"tcp://127.0.0.1:{free_port()}")
    assert done.returncode == 4
    assert "No scheduler answers at tcp://127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr
    assert [name for name in files(project / "reports" / "mini") if name.endswith(".html")] == []


def test_what_is_no_address_is_a_wrong_call(within: Call) -> None:
    done = within("run", "mini", "--scheduler", "there")
    assert done.returncode == 2
    assert "'there' is no address of a scheduler" in done.stderr


def test_without_dask_the_call_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CallError, match=r"weltoffen-eval\[cluster\]"):
        run_on_cluster([], "tcp://127.0.0.1:8786")


def test_a_worker_with_another_version_is_refused(tmp_path: Path) -> None:
    job = Job(
        notebook=tmp_path / "x.ipynb", parameters={}, title="Titel", inputs={}, target=tmp_path / "out" / "x"
    )
    with pytest.raises(SurroundingsError, match="has another version of the program"):
        make_on_worker(job, "another hash", pickle.dumps(Ready()))


def test_the_command_of_a_local_run_imports_nothing_of_dask_nor_what_only_notebooks_need(
    project: Path,
) -> None:
    make_slim(project)
    source = (
        "import sys\nfrom weltoffen_eval.commands.main import main\n"
        "code = main(['run', 'mini', '-m', 'adorf', '-n', 'selfcheck'])\n"
        "unwanted = ('dask', 'distributed', 'pandas', 'matplotlib', 'papermill', 'IPython', 'jsonschema')\n"
        "print(code, [name for name in sys.modules if name.split('.')[0] in unwanted])"
    )
    done = subprocess.run([sys.executable, "-c", source], cwd=project, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
