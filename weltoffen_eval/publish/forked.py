"""A papermill engine that runs a notebook in a forked process in which the libraries are already there.

Most of what a notebook costs is its start: interpreter, kernel, imports. Here a parent imports the
libraries once and forks a child per notebook; the child runs the cells in an IPython shell, without
sockets, and hands its outputs back through a pipe. Every notebook still has a process of its own that
nobody used before. Where a process cannot be forked safely, ordinary kernels do the same.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

Result = TypeVar("Result")
NAME = "weltoffen-forked"
#: A cell that puts out more than this has gone astray.
MOST_OUTPUT_BYTES = 10_000_000
_PR_SET_PDEATHSIG = 1


class CellFailed(Exception):
    """A cell that could not be finished: too long, too much output, or its process died."""

    def __init__(self, number: int, reason: str):
        self.number, self.reason = number, reason
        super().__init__(f"cell {number}: {reason}")


def can_fork() -> bool:
    """True on Linux in a process of one thread; a fork of several would copy locks that nobody frees."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


class ForkedEngine(Engine):
    """Runs the cells of a notebook in a forked IPython shell."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: int = 600, **unused: Any
    ) -> None:
        cells = nb_man.nb.cells
        # an empty cell is not run by a kernel either
        sources = [c.source if c.cell_type == "code" and c.source.strip() else None for c in cells]
        allowed = ["raises-exception" in c.metadata.get("tags", []) for c in cells]
        with _forked(lambda writing: _run_child(sources, allowed, writing)) as stream:
            for number, cell in enumerate(cells):
                nb_man.cell_start(cell, number)
                if sources[number] is not None:
                    outputs = _receive(stream, number + 1, execution_timeout)
                    cell.outputs = [nbformat.from_dict(output) for output in outputs]
                    cell.execution_count = sum(s is not None for s in sources[: number + 1])
                    failed = any(output["output_type"] == "error" for output in outputs)
                    if failed and not allowed[number]:
                        nb_man.cell_exception(cell, number, exception=None)
                        break
                nb_man.cell_complete(cell, number)


papermill_engines.register(NAME, ForkedEngine)


def run_apart(function: Callable[..., Result], *arguments: Any, time_limit: float = 600) -> Result:
    """What a function returns or raises, worked out in a forked process; here, where none can be forked.

    For what starts threads, as Typst does: a process with threads could fork no notebook any more.
    """
    if not can_fork():
        return function(*arguments)
    with _forked(lambda writing: _send_result(writing, function, arguments)) as stream:
        deadline = time.monotonic() + time_limit
        try:
            size = int.from_bytes(_read(stream, 8, 0, deadline, time_limit), "big")
            done, result = pickle.loads(_read(stream, size, 0, deadline, time_limit))
        except CellFailed as error:
            raise ApartFailed(f"{function.__name__}: {error.reason}") from error
    if not done:
        raise result
    value: Result = result
    return value


class ApartFailed(Exception):
    """A function whose process took too long or died."""


@contextlib.contextmanager
def _forked(work: Callable[[int], None]) -> Iterator[int]:
    """A child that works with the writing end of a pipe; gives the reading end, ends the child at last."""
    process, stream = _fork(work)
    try:
        yield stream
    finally:
        os.close(stream)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _fork(work: Callable[[int], None]) -> tuple[int, int]:
    """The child's process and the end of the pipe from which is read what it writes."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    process = os.fork()
    if process:
        os.close(writing)
        # set here too, so that killing the group cannot come before the child has one
        with contextlib.suppress(OSError):
            os.setpgid(process, process)
        return process, reading
    status = 1
    try:
        os.close(reading)
        os.setpgid(0, 0)
        # nobody would read what an orphan finds out
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            # it died before we asked to be told
            os._exit(status)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        work(writing)
        status = 0
    finally:
        os._exit(status)


def _receive(stream: int, number: int, time_limit: float) -> list[NotebookNode]:
    """The outputs of one cell: a length, then the pickled list; CellFailed if they do not come."""
    deadline = time.monotonic() + time_limit
    header = _read(stream, 8, number, deadline, time_limit)
    size = int.from_bytes(header, "big")
    if size > MOST_OUTPUT_BYTES:
        raise CellFailed(number, f"more than {MOST_OUTPUT_BYTES:,} bytes of output")
    outputs: list[NotebookNode] = pickle.loads(_read(stream, size, number, deadline, time_limit))
    return outputs


def _read(stream: int, size: int, number: int, deadline: float, time_limit: float) -> bytes:
    content = b""
    while len(content) < size:
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise CellFailed(number, f"took longer than {time_limit:g} seconds")
        part = os.read(stream, min(size - len(content), 1 << 20))
        if not part:
            raise CellFailed(number, "the process that ran it died")
        content += part
    return content


# --- in the child -----------------------------------------------------------------------------------


class _TooMuchOutput(BaseException):
    pass


class _Outputs(list[NotebookNode]):
    """The outputs of the cell that is running; texts of one stream one after the other are one output."""

    size = 0

    def add(self, output: NotebookNode) -> None:
        self.append(output)
        self.grow(len(str(output)))

    def write(self, name: str, text: str) -> None:
        if self and self[-1].output_type == "stream" and self[-1].name == name:
            self[-1].text += text
        else:
            self.append(new_output("stream", name=name, text=text))
        self.grow(len(text))

    def grow(self, size: int) -> None:
        self.size += size
        if self.size > MOST_OUTPUT_BYTES:
            raise _TooMuchOutput


class _Stream:
    """Stands for sys.stdout or sys.stderr."""

    encoding = "utf-8"

    def __init__(self, outputs: _Outputs, name: str):
        self.outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        if text:
            self.outputs.write(self.name, text)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


class _Publisher(DisplayPublisher):
    outputs: _Outputs

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **unused: Any) -> None:
        self.outputs.add(new_output("display_data", data=data, metadata=metadata or {}))

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):
    outputs: _Outputs
    source = ""

    def quiet(self) -> bool:
        return bool(self.semicolon_at_end_of_expression(self.source))

    def __call__(self, result: Any = None) -> None:
        if result is None or self.quiet():
            return
        data, metadata = self.compute_format_data(result)
        if data:
            assert self.shell is not None
            count = self.shell.execution_count
            self.outputs.add(
                new_output("execute_result", data=data, metadata=metadata, execution_count=count)
            )


class _Shell(InteractiveShell):
    """IPython without terminal, history or sockets."""

    outputs: _Outputs
    displayhook_class = _Hook
    display_pub_class = _Publisher

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        name = getattr(etype, "__name__", str(etype))
        self.outputs.add(new_output("error", ename=name, evalue=str(evalue), traceback=list(stb)))

    def enable_gui(self, gui: Any = None) -> None:
        pass


def _send_result(stream: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    outcome: tuple[bool, Any]
    try:
        outcome = True, function(*arguments)
    except Exception as error:
        outcome = False, error
    content = pickle.dumps(outcome)
    _write_all(stream, len(content).to_bytes(8, "big") + content)


def _run_child(sources: list[str | None], allowed: list[bool], stream: int) -> None:
    _reseed()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = _Shell.instance(config=config)
    count = 0
    for source, may_fail in zip(sources, allowed, strict=True):
        if source is None:
            continue
        count += 1
        shell.execution_count = count
        outputs = _Outputs()
        # one list for all three, each of which IPython makes itself
        setattr(shell.displayhook, "source", source)  # noqa: B010
        for part in (shell, shell.displayhook, shell.display_pub):
            setattr(part, "outputs", outputs)  # noqa: B010
        with _captured(outputs):
            try:
                done = shell.run_cell(source).success
            except _TooMuchOutput:
                os.write(stream, (MOST_OUTPUT_BYTES + 1).to_bytes(8, "big"))
                return
        content = pickle.dumps(list(outputs))
        _write_all(stream, len(content).to_bytes(8, "big") + content)
        if not done and not may_fail:
            return


def _write_all(stream: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(stream, view) :]


@contextlib.contextmanager
def _captured(outputs: _Outputs) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(outputs, "stdout"), _Stream(outputs, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _reseed() -> None:
    """Random numbers that no fork shares with another: those of a process that has just begun."""
    import random

    import numpy as np

    random.seed()
    np.random.seed()  # noqa: NPY002 (the notebook may use the old generator)
