"""How many workers there are, and a process for one thing: what it raises, how it ends."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from weltoffen_eval.errors import CallError, Fault, RefusedError, SurroundingsError
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.exports import export_report
from weltoffen_eval.publish.running import processes, workers
from weltoffen_eval.publish.running.job import Job, make_report
from weltoffen_eval.publish.running.workers import (
    Ready,
    fitting_workers,
    free_memory,
    run_once,
    start_pool,
    workers_for,
)

prepared: list[str] = []
#: Its process says that it has begun, then sleeps until it is ended.
SLEEPER = """
import sys
from weltoffen_eval.publish.running.workers import run_once
try:
    run_once(exec, f"open({sys.argv[1]!r}, 'w').close(); import time; time.sleep(3600)")
except KeyboardInterrupt:
    raise SystemExit(130)
"""


def refuse() -> None:
    raise RefusedError([Fault("a.csv", "an empty cell", "an answer", row=row) for row in (2, 3)])


def call_wrongly(word: str) -> None:
    raise CallError(f"There is no {word}.")


def prepare_study() -> None:
    prepared.append("study")


def what_was_prepared() -> list[str]:
    return prepared


def test_what_notebooks_have_in_common_is_made_once_before_the_first() -> None:
    with start_pool(1, Ready(("colorsys",), prepare_study)) as pool:
        assert pool.submit(what_was_prepared).result() == ["study"]
        assert pool.submit(what_was_prepared).result() == ["study"]
    assert prepared == []


def what_is_ready() -> tuple[bool, int, int, bool, int]:
    from weltoffen_eval.publish.exporting import fonts, word_document

    read, styled = fonts.characters.cache_info(), word_document._in_our_style.cache_info()
    return processes.can_fork(), read.currsize, styled.currsize, gc.isenabled(), gc.get_freeze_count()


def test_a_worker_has_read_fonts_and_styles_and_can_still_fork_and_looks_for_new_garbage_only() -> None:
    with start_pool(1, Ready(formats=("html", "pdf", "docx"))) as pool:
        can_fork, fonts_read, styles_made, looks, kept = pool.submit(what_is_ready).result()
    assert (can_fork, styles_made, looks) == (True, 1, True)
    assert fonts_read > 0
    # what was imported before its first notebook
    assert kept > 100_000


def sets_pages(job: Job) -> tuple[list[bytes], bool, bool]:
    """The beginnings of two PDFs of one worker, and whether it can fork then, and after setting one itself."""
    made = [make_report(job) for _ in range(2)]
    before = processes.can_fork()
    export_report(Report(title="Titel"), "pdf")
    return [files.files[job.file("pdf")][:5] for files in made], before, processes.can_fork()


def test_a_worker_sets_no_page_itself_so_that_none_comes_to_typsts_last_source(tmp_path: Path) -> None:
    # Typst ends with a panic after 65,535 sources in one process; whoever has set a page has its threads
    notebook = tmp_path / "page.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Titel")]), notebook)
    job = Job(
        notebook=notebook, parameters={}, title="Titel", inputs={}, target=tmp_path / "out" / "page", formats=("pdf",)
    )  # fmt: skip
    with start_pool(1, Ready(formats=("pdf",))) as pool:
        beginnings, before, after = pool.submit(sets_pages, job).result()
    assert beginnings == [b"%PDF-", b"%PDF-"]
    assert (before, after) == (True, False)


def test_a_worker_has_the_environment_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("1", "2"):
        monkeypatch.setenv("SAMPLE", value)
        with start_pool(1, Ready()) as pool:
            assert pool.submit(os.getenv, "SAMPLE").result() == value


def test_the_memory_that_is_free_is_the_least_of_machine_and_group(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 9 kB\nMemAvailable:    2000 kB\n", encoding="ascii")
    assert free_memory(meminfo, tmp_path) == 2_048_000
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    (tmp_path / "memory.current").write_text("1000\n", encoding="ascii")
    assert free_memory(meminfo, tmp_path) == 2_048_000
    (tmp_path / "memory.max").write_text("5000\n", encoding="ascii")
    assert free_memory(meminfo, tmp_path) == 4000
    assert free_memory(tmp_path / "nothing", tmp_path / "nowhere") is None


@pytest.mark.parametrize(("free", "expected"), [(None, 8), (0, 1), (1_100_000_000, 2), (10**12, 8)])
def test_there_are_as_many_workers_as_cores_and_memory_allow(free: int | None, expected: int) -> None:
    assert workers_for(8, free) == expected
    assert 1 <= fitting_workers() <= (os.cpu_count() or 1)


def test_what_a_function_raises_in_its_own_process_is_raised_here() -> None:
    with pytest.raises(CallError, match="There is no such thing"):
        run_once(call_wrongly, "such thing")
    with pytest.raises(RefusedError) as refused:
        run_once(refuse)
    assert [fault.row for fault in refused.value.faults] == [2, 3]
    assert "rows 2, 3" in str(refused.value)


@pytest.mark.parametrize("served", [False, True])
def test_its_process_comes_from_the_server_that_made_workers_and_has_what_holds_now(
    served: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_served", False)
    if served:
        with start_pool(1, Ready()) as pool:
            pool.submit(os.getpid).result()
    monkeypatch.setenv("SAMPLE", "now")
    monkeypatch.chdir(tmp_path)
    told = "open('told', 'w').write(f'{os.getcwd()} {os.environ[\"SAMPLE\"]} {\"nbformat\" in sys.modules} {gc.isenabled()}')"
    run_once(exec, f"import gc, os, sys; {told}")
    assert (tmp_path / "told").read_text().split() == [str(tmp_path), "now", str(served), "True"]


def test_a_process_that_is_killed_is_said_in_a_sentence() -> None:
    with pytest.raises(SurroundingsError, match="too little memory"):
        run_once(os._exit, 1)


@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGTERM, 130), (signal.SIGINT, 130), (signal.SIGKILL, -9)],
    ids=lambda v: str(v),
)
def test_its_process_ends_with_the_command_however_that_ends(
    sent: signal.Signals, code: int, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    with subprocess.Popen([sys.executable, "-c", SLEEPER, str(begun)]) as command:
        while not begun.exists():
            assert command.poll() is None
            time.sleep(0.05)
        children = psutil.Process(command.pid).children(recursive=True)
        assert children
        command.send_signal(sent)
        assert command.wait(600) == code
    _, alive = psutil.wait_procs(children, timeout=600)
    assert alive == []
