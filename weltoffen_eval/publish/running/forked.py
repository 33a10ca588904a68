"""A papermill engine that runs a notebook in a forked process in which the libraries are already there.

Most of what a notebook costs is its start: interpreter, kernel, imports. Here a parent imports the
libraries once and forks a child per notebook; the child runs the cells in an IPython shell, without
sockets, and hands its outputs back through a pipe. Every notebook still has a process of its own that
nobody used before. Where a process cannot be forked safely, ordinary kernels do the same.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import nbformat
from nbformat import NotebookNode
from papermill.engines import Engine, papermill_engines

from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.shell import MOST_OUTPUT_BYTES, line_of, run_cells

Result = TypeVar("Result")
NAME = "weltoffen-forked"
DIED = "the process that ran it died"
_TOO_MUCH = f"more than {MOST_OUTPUT_BYTES:,} bytes of output"
#: Seconds in which an interrupted cell says where it was.
_TO_ANSWER = 2.0


class CellFailed(Exception):
    """A cell that could not be finished: too long, too much output, or its process died.

    ``line``: of the cell, as far as it is known.
    """

    def __init__(self, number: int, reason: str, line: str = ""):
        self.number, self.reason, self.line = number, reason, line
        super().__init__(f"cell {number}: {reason}")


def too_long(time_limit: float) -> str:
    """Why a notebook was ended that did not end by itself."""
    return f"took longer than {time_limit:g} seconds"


def check_size(node: NotebookNode) -> None:
    """Raise CellFailed if a cell put out too much; for kernels, which have no limit of their own."""
    for number, cell in enumerate(node.cells, 1):
        if sum(len(str(output)) for output in cell.get("outputs", [])) > MOST_OUTPUT_BYTES:
            raise CellFailed(number, _TOO_MUCH)


class ForkedEngine(Engine):
    """Runs the cells of a notebook in a forked IPython shell."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        execution_timeout: float = 600,
        tell_notebook: Callable[[NotebookNode], None] = lambda notebook: None,
        **unused: Any,
    ) -> None:
        tell_notebook(nb_man.nb)
        cells = nb_man.nb.cells
        # an empty cell is not run by a kernel either
        sources = [c.source if c.cell_type == "code" and c.source.strip() else None for c in cells]
        allowed = ["raises-exception" in c.metadata.get("tags", []) for c in cells]
        deadline = time.monotonic() + execution_timeout
        with _forked(lambda writing: _run_in_child(sources, allowed, writing)) as child:
            for number, cell in enumerate(cells):
                nb_man.cell_start(cell, number)
                if sources[number] is not None:
                    outputs = _receive(child, number + 1, deadline, execution_timeout)
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
    if not processes.can_fork():
        return function(*arguments)
    with _forked(lambda writing: _send_result(writing, function, arguments)) as child:
        deadline = time.monotonic() + time_limit
        try:
            done, result = _read_message(child, deadline)
        except TimeoutError as error:
            raise ApartFailed(f"{function.__name__}: {too_long(time_limit)}") from error
        except EOFError as error:
            raise ApartFailed(f"{function.__name__}: {DIED}") from error
    if not done:
        raise result
    value: Result = result
    return value


class ApartFailed(Exception):
    """A function whose process took too long or died."""


class _Child(NamedTuple):
    """A forked process, and the end of the pipe from which is read what it writes."""

    process: int
    stream: int


@contextlib.contextmanager
def _forked(work: Callable[[int], None]) -> Iterator[_Child]:
    """A child that works with the writing end of a pipe; it is ended at last."""
    child = _fork(work)
    try:
        yield child
    finally:
        os.close(child.stream)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)


def _fork(work: Callable[[int], None]) -> _Child:
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
        return _Child(process, reading)
    status = 1
    try:
        os.close(reading)
        os.setpgid(0, 0)
        # nobody would read what an orphan finds out
        processes.end_with(parent)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        work(writing)
        status = 0
    finally:
        os._exit(status)


def _receive(child: _Child, number: int, deadline: float, time_limit: float) -> list[NotebookNode]:
    """The outputs of one cell; CellFailed if they do not come."""
    try:
        outputs, line = _read_message(child, deadline)
    except EOFError as error:
        raise CellFailed(number, DIED) from error
    except TimeoutError as error:
        raise CellFailed(number, too_long(time_limit), _interrupt(child)) from error
    if outputs is None:
        raise CellFailed(number, _TOO_MUCH, line)
    said: list[NotebookNode] = outputs
    return said


def _interrupt(child: _Child) -> str:
    """The line at which a cell could be interrupted; empty if it does not answer."""
    os.kill(child.process, signal.SIGINT)
    try:
        outputs, line = _read_message(child, time.monotonic() + _TO_ANSWER)
    except (EOFError, TimeoutError):
        return ""
    return line_of(outputs) if outputs else str(line)


def _read_message(child: _Child, deadline: float) -> tuple[Any, Any]:
    """A length, then two pickled values; EOFError if the process died, TimeoutError if it takes too long."""
    size = int.from_bytes(_read(child.stream, 8, deadline), "big")
    first, second = pickle.loads(_read(child.stream, size, deadline))
    return first, second


def _read(stream: int, size: int, deadline: float) -> bytes:
    parts = []
    while size:
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(stream, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _run_in_child(sources: list[str | None], allowed: list[bool], stream: int) -> None:
    run_cells(sources, allowed, lambda said: _write_message(stream, said))


def _send_result(stream: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    outcome: tuple[bool, Any]
    try:
        outcome = True, function(*arguments)
    except Exception as error:
        outcome = False, error
    _write_message(stream, outcome)


def _write_message(stream: int, message: tuple[Any, Any]) -> None:
    content = pickle.dumps(message)
    view = memoryview(len(content).to_bytes(8, "big") + content)
    while view:
        view = view[os.write(stream, view) :]
