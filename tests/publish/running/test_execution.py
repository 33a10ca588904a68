"""One notebook: the same bytes forked and in an ordinary kernel; whatever goes wrong has a name."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from places import ROOT
from probes import EVERYTHING, outputs_of, run

from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.publish.exporting.formats import FORMATS, NOTEBOOK
from weltoffen_eval.publish.running import forked, processes
from weltoffen_eval.publish.running.execution import NotebookFailed, run_notebook


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork here too: a test process has threads of the test runner, which hold no lock that matters."""
    if sys.platform != "linux":
        pytest.skip("processes are forked on Linux only")
    monkeypatch.setattr(processes, "can_fork", lambda: True)


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: False)


pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


NAMED = "cell 2 of probe.ipynb, line 2: "
#: A slow machine may reach the limit before the cell that never ends has begun.
LATE = r"cell \d of probe\.ipynb, lines? [\d to]+: "


def test_forked_and_ordinary_processes_give_the_same_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for can_fork in (True, False):
        monkeypatch.setattr(processes, "can_fork", lambda can_fork=can_fork: can_fork)
        made.append(run(tmp_path, *EVERYTHING))
    assert outputs_of(made[0]) == outputs_of(made[1])
    assert export_notebook(made[0], "ipynb") == export_notebook(made[1], "ipynb")


def test_the_selfcheck_has_the_same_bytes_forked_and_in_an_ordinary_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    for can_fork in (True, False):
        monkeypatch.setattr(processes, "can_fork", lambda can_fork=can_fork: can_fork)
        node = run_notebook(ROOT / "notebooks" / "02_selfcheck.ipynb", {"municipality": "modellstadt"}, "x")
        made.append([export_notebook(node, form) for form in (*FORMATS, NOTEBOOK)])
    assert made[0] == made[1]


@pytest.mark.usefixtures("forking")
def test_parameters_reach_the_notebook_and_nothing_reaches_the_next(tmp_path: Path) -> None:
    first = run(tmp_path, "left_behind = 1\nstudy")
    assert first.cells[-1].outputs[0].data["text/plain"] == "'y'"
    second = run(tmp_path, "'left_behind' in globals()")
    assert second.cells[-1].outputs[0].data["text/plain"] == "False"


@pytest.mark.usefixtures("forking")
def test_random_numbers_differ_between_notebooks(tmp_path: Path) -> None:
    source = "import numpy, random\n(numpy.random.rand(), random.random())"
    first, second = (run(tmp_path, source).cells[-1].outputs[0].data["text/plain"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize("way", ["forking", "cold"])
def test_an_error_is_told_with_its_cell(tmp_path: Path, way: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(way)
    with pytest.raises(NotebookFailed, match=NAMED + "ZeroDivisionError: division by zero") as failed:
        run(tmp_path, "x = 1\n1 / 0", "print('never')")
    executed = failed.value.notebook
    assert executed is not None
    assert [cell.source for cell in executed.cells[2:]] == ["x = 1\n1 / 0", "print('never')"]
    assert executed.cells[2].outputs[0].ename == "ZeroDivisionError"
    assert executed.cells[3].outputs == []


@pytest.mark.parametrize("way", ["forking", "cold"])
def test_a_killed_process_is_noticed(tmp_path: Path, way: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(way)
    # nobody can say at which line it was
    named = "cell 2 of probe.ipynb, lines 1 to 2: the process that ran it died"
    with pytest.raises(NotebookFailed, match=named):
        run(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("endless", ["pass", "time.sleep(1000)"])
def test_a_cell_that_never_ends_is_ended(tmp_path: Path, endless: str) -> None:
    with pytest.raises(NotebookFailed, match=LATE + "took longer than 1 seconds"):
        run(tmp_path, f"import time; y = 1\nwhile True: {endless}", time_limit=1)


@pytest.mark.usefixtures("forking")
def test_a_cell_that_will_not_be_interrupted_is_ended_too(tmp_path: Path) -> None:
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(NotebookFailed, match=LATE + "took longer than 1 s"):
        run(tmp_path, stubborn, time_limit=1)


def test_an_ordinary_kernel_has_one_time_limit_for_all_cells(tmp_path: Path, cold: None) -> None:
    # each of them ends within the limit, both together never
    with pytest.raises(NotebookFailed, match=LATE + "took longer than 3 s"):
        run(tmp_path, "import time", "time.sleep(2)", "time.sleep(2)", time_limit=3)


@pytest.mark.parametrize("way", ["forking", "cold"])
def test_output_without_end_is_ended(tmp_path: Path, way: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(way)
    with pytest.raises(NotebookFailed, match=r"cell 2 of probe.ipynb, .*10,000,000 bytes of output"):
        run(tmp_path, "for _ in range(100):\n    print('x' * 1_000_000)")


@pytest.mark.usefixtures("forking")
def test_output_without_end_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match=NAMED + "more than 10,000,000 bytes of output"):
        run(tmp_path, "for _ in range(100):\n    print('x' * 1_000_000)")


@pytest.mark.usefixtures("forking")
def test_what_a_notebook_started_ends_with_it(tmp_path: Path) -> None:
    node = run(tmp_path, "import subprocess\nsubprocess.Popen(['sleep', '1000']).pid")
    pid = node.cells[-1].outputs[0].data["text/plain"]
    for _ in range(600):
        listed = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True).stdout
        if listed.strip() in ("", "Z"):
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} goes on: {listed}")


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _set_with_typst(text: str) -> tuple[int, bytes]:
    from weltoffen_eval.publish.exporting.typesetting import draw_pixels

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    assert text == "x"
    return os.getpid(), draw_pixels(svg)


@pytest.mark.usefixtures("forking")
def test_what_starts_threads_leaves_none_behind() -> None:
    before = _threads()
    process, pixels = forked.run_apart(_set_with_typst, "x")
    assert process != os.getpid()
    assert pixels.startswith(b"\x89PNG")
    assert _threads() == before


@pytest.mark.usefixtures("forking")
def test_what_is_raised_apart_is_raised_here() -> None:
    from weltoffen_eval.errors import ExportError
    from weltoffen_eval.publish.exporting.contents import read_report

    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("## Ohne Titel")])
    with pytest.raises(ExportError, match="level 2 after level 0"):
        forked.run_apart(read_report, node)


@pytest.mark.usefixtures("forking")
def test_a_process_that_dies_or_takes_too_long_apart_is_noticed() -> None:
    with pytest.raises(forked.ApartFailed, match="_exit: the process that ran it died"):
        forked.run_apart(os._exit, 3)
    with pytest.raises(forked.ApartFailed, match=r"sleep: took longer than 0\.2 seconds"):
        forked.run_apart(time.sleep, 30, time_limit=0.2)


def test_where_no_process_can_be_forked_the_work_is_done_here(cold: None) -> None:
    assert forked.run_apart(os.getpid) == os.getpid()
