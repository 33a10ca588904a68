"""Warm kernels: forked from a process that is safe to fork, and otherwise kernels like any other."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor
from probes import EVERYTHING, notebook_of, outputs_of

from weltoffen_eval.publish.running import provisioner
from weltoffen_eval.publish.running.execution import run_notebook
from weltoffen_eval.publish.running.provisioner import kernel_server

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only"),
    # jupyter_client announces that kernels will be encrypted some day
    pytest.mark.filterwarnings("ignore:.*encryption.*"),
]
WHO = "import os, sys\nprint(os.getppid(), os.getpid(), 'pandas' in sys.modules)"


def execute(*sources: str, kernel: str = "weltoffen") -> list[str]:
    """What the cells of a notebook print, run by nbclient."""
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(node, kernel_name=kernel, shutdown_kernel="immediate").execute()
    return ["".join(output["text"] for output in cell.outputs) for cell in node.cells]


def alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return state.strip() != "" and not state.startswith("Z")


def wait_until_gone(*pids: int) -> None:
    """However long it takes; a process that stays is one that the test waits for in vain."""
    for _ in range(6000):
        if not any(map(alive, pids)):
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {[pid for pid in pids if alive(pid)]}")


def test_the_server_has_one_thread_and_no_zmq_before_it_forks() -> None:
    assert kernel_server().state == {"safe": True, "threads": 1, "contexts": 0}


def test_a_kernel_is_a_new_process_in_which_the_libraries_are_there_and_we_are_not() -> None:
    (first,) = execute(WHO)
    second, ours = execute(WHO, "print('weltoffen_eval.display.selfcheck.report' in sys.modules)")
    parent, pid, there = first.split()
    assert int(parent) == kernel_server().pid
    assert there == "True"
    assert second.split()[0] == parent
    assert second.split()[1] != pid
    assert ours == "False\n", "a changed module would not be read again"
    assert execute(WHO, kernel="python3")[0].split()[2] == "False", "else the test proves nothing"


def test_nothing_of_one_notebook_reaches_the_next() -> None:
    execute("import random, pandas\npandas.marked = True\nleft_behind = 1")
    assert execute("import pandas\nprint('left_behind' in globals(), hasattr(pandas, 'marked'))") == [
        "False False\n"
    ]


@pytest.mark.parametrize("safe", ["", pytest.param("1", marks=pytest.mark.slow)])
def test_a_module_beside_the_notebook_is_found_where_python3_finds_it(
    safe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "beilage.py").write_text("x = 1", encoding="utf-8")
    source = f"{WHO}\nimport importlib.util\nprint(importlib.util.find_spec('beilage') is not None, sys.path)"
    monkeypatch.setenv("PYTHONSAFEPATH", safe)
    monkeypatch.chdir(tmp_path)
    warm, cold = (execute(source, kernel=kernel)[0].split("\n") for kernel in ("weltoffen", "python3"))
    assert int(warm[0].split()[0]) == kernel_server().pid, "else the test proves nothing"
    assert warm[1] == cold[1]
    assert warm[1].startswith("True" if not safe else "False")


@pytest.mark.parametrize(("of", "written"), [({}, False), ({"JPY_SESSION_NAME": "a.ipynb"}, True)])
def test_only_what_a_person_runs_is_written_to_the_history(of: dict[str, str], written: bool) -> None:
    node = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("print(get_ipython().history_manager.hist_file)")]
    )
    client = NotebookClient(node, kernel_name="weltoffen", shutdown_kernel="immediate")
    client.execute(env={**os.environ, **of})
    assert (node.cells[0].outputs[0].text != ":memory:\n") == written


def test_random_numbers_differ_between_kernels() -> None:
    source = "import numpy, random\nprint(numpy.random.rand(), random.random())"
    first, second = execute(source)[0].split(), execute(source)[0].split()
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_warm_kernel_gives_the_same_notebook_as_an_ordinary_one(tmp_path: Path) -> None:
    path = notebook_of(tmp_path, *EVERYTHING)
    warm, cold = (
        run_notebook(path, {"study": "y"}, "Probe", kernel=kernel) for kernel in ("weltoffen", "python3")
    )
    assert outputs_of(warm) == outputs_of(cold)


def test_papermill_and_nbconvert_use_it_by_its_name(tmp_path: Path) -> None:
    path = notebook_of(tmp_path, WHO)
    by_papermill = papermill.execute_notebook(path, None, kernel_name="weltoffen", progress_bar=False)
    by_nbconvert = nbformat.read(path, as_version=4)
    ExecutePreprocessor(kernel_name="weltoffen").preprocess(by_nbconvert)
    for node in (by_papermill, by_nbconvert):
        assert node.cells[-1].outputs[0].text.split()[2] == "True"


@pytest.mark.slow
def test_the_commands_of_papermill_and_nbconvert_use_it_by_its_name(tmp_path: Path) -> None:
    path = notebook_of(tmp_path, WHO)
    folder = Path(sys.executable).parent
    out = tmp_path / "papermill.ipynb"
    subprocess.run(
        [folder / "papermill", path, out, "-k", "weltoffen", "--no-progress-bar"],
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [folder / "jupyter", "nbconvert", "--execute", "--ExecutePreprocessor.kernel_name=weltoffen", "--to",
         "notebook", "--output", "nbconvert", path],
        check=True, capture_output=True,
    )  # fmt: skip
    for name in ("papermill.ipynb", "nbconvert.ipynb"):
        cell = nbformat.read(tmp_path / name, as_version=4).cells[-1]
        assert cell.outputs[0].text.split()[2] == "True", name


DEATHS = ["os.kill(os.getpid(), 9)", "os._exit(3)"]


@pytest.mark.parametrize("end", DEATHS)
def test_a_notebook_whose_kernel_dies_ends(end: str) -> None:
    # nbclient asks every second whether its kernel lives
    with pytest.raises(DeadKernelError):
        execute(f"import os\n{end}")


@pytest.fixture
def kernel() -> Iterator[tuple[KernelManager, object]]:
    manager, client = start_new_kernel(kernel_name="weltoffen")
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def ask(client: object, source: str) -> str:
    said: list[str] = []
    client.execute_interactive(  # type: ignore[attr-defined]
        source, timeout=600, output_hook=lambda message: said.append(message["content"].get("text", ""))
    )
    return "".join(said).strip()


@pytest.mark.parametrize("end", DEATHS)
def test_who_asks_after_a_kernel_died_is_told_so_at_once(
    end: str, kernel: tuple[KernelManager, object]
) -> None:
    manager, client = kernel
    process = os.pidfd_open(int(ask(client, "import os; print(os.getpid())")))
    client.execute(end)  # type: ignore[attr-defined]
    # ready when the process has ended, however long that takes
    select.select([process], [], [])
    os.close(process)
    assert not manager.is_alive()


def test_a_kernel_can_be_interrupted(kernel: tuple[KernelManager, object]) -> None:
    manager, client = kernel
    pid = ask(client, "import os; print(os.getpid())")
    # else the kernel would abort what it is asked right after the error
    source = "import time\nx = 1\nprint('begun', flush=True)\nwhile True: time.sleep(0.1)"
    waiting = client.execute(source, stop_on_error=False)  # type: ignore[attr-defined]
    while client.get_iopub_msg(timeout=600)["content"].get("text") != "begun\n":  # type: ignore[attr-defined]
        pass
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=600))["parent_header"]["msg_id"] != waiting:  # type: ignore[attr-defined]
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert ask(client, "print(os.getpid(), x)") == f"{pid} 1"


def test_a_kernel_can_be_restarted(kernel: tuple[KernelManager, object]) -> None:
    manager, client = kernel
    before = ask(client, "import os; x = 1; print(os.getpid())")
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=600)  # type: ignore[attr-defined]
    after = ask(client, "import os; print('x' in globals(), os.getpid(), os.getppid())").split()
    assert after[0] == "False"
    assert after[1] != before
    assert int(after[2]) == kernel_server().pid
    wait_until_gone(int(before))


def test_a_kernel_that_is_shut_down_leaves_no_process_and_no_file() -> None:
    manager, client = start_new_kernel(kernel_name="weltoffen")
    pid = int(ask(client, "import os; print(os.getpid())"))
    connection = Path(manager.connection_file)
    assert connection.exists()
    client.stop_channels()
    manager.shutdown_kernel()
    wait_until_gone(pid)
    assert not connection.exists()


OWNER = """
import os, signal, sys, time
from jupyter_client.manager import KernelManager
from weltoffen_eval.publish.running.provisioner import kernel_server
manager = KernelManager(kernel_name="weltoffen", transport="ipc")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=600)
print(kernel_server().pid, manager.provisioner.pid, flush=True)
time.sleep(3600)
"""


def test_an_owner_that_is_killed_leaves_no_process_no_file_and_no_socket(tmp_path: Path) -> None:
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        server, kernel = map(int, owner.stdout.readline().split())
        assert alive(kernel)
        there = list(tmp_path.iterdir())
        assert len([path for path in there if path.is_socket()]) == 5
        assert len([path for path in there if path.suffix == ".json"]) == 1
        owner.kill()
    wait_until_gone(server, kernel)
    assert list(tmp_path.iterdir()) == []


def test_without_its_server_a_kernel_is_dead_and_the_next_one_has_a_new_server() -> None:
    manager, client = start_new_kernel(kernel_name="weltoffen")
    pid = int(ask(client, "import os; print(os.getpid())"))
    server = kernel_server().pid
    os.kill(server, signal.SIGKILL)
    wait_until_gone(pid)
    assert not manager.is_alive()
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    (line,) = execute(WHO)
    assert int(line.split()[0]) != server


@pytest.mark.parametrize("reason", ["another system", "another setting of Python", "no safe server"])
def test_where_none_can_be_forked_an_ordinary_kernel_starts(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason == "another system":
        monkeypatch.setattr(provisioner, "_may_fork", lambda env: False)
    elif reason == "no safe server":
        monkeypatch.setattr(provisioner.KernelServer, "usable", False)
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(WHO)])
    client = NotebookClient(node, kernel_name="weltoffen", shutdown_kernel="immediate")
    if reason == "another setting of Python":
        client.execute(env={**os.environ, "PYTHONHASHSEED": "1"})
    else:
        client.execute()
    parent, _, there = node.cells[0].outputs[0].text.split()
    assert (int(parent), there) == (os.getpid(), "False")


def test_the_kernel_is_installed_with_the_package() -> None:
    listed = subprocess.run(
        [Path(sys.executable).parent / "jupyter", "kernelspec", "list", "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    spec = json.loads(listed.stdout)["kernelspecs"]["weltoffen"]["spec"]
    assert spec["metadata"]["kernel_provisioner"]["provisioner_name"] == provisioner.NAME
