"""A papermill engine that runs a notebook in a forked process in which the libraries are already there.

Most of what a notebook costs is its start: interpreter, kernel, imports. Here a parent imports the
libraries once and forks a child per notebook; the child runs the cells in an IPython shell, without
sockets, and hands its outputs back through a pipe. Every notebook still has a process of its own that
nobody used before. Where a process cannot be forked safely, ordinary kernels do the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.child_kernel import Message, asked_apart, line_of, run_cells
from weltoffen_eval.publish.running.given_values import NOTHING_GIVEN, GivenValues
from weltoffen_eval.publish.running.inheritance import give_up_inheritance
from weltoffen_eval.publish.running.streams import MOST_OUTPUT_BYTES

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
            raise CellFailed(number, _TOO_MUCH, line_of(cell.outputs))


class ForkedEngine(Engine):
    """Runs a notebook in a kernel of a forked process; nbclient makes outputs of its messages."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        execution_timeout: float = 600,
        tell_notebook: Callable[[NotebookNode], None] = lambda notebook: None,
        given: GivenValues = NOTHING_GIVEN,
        **unused: Any,
    ) -> None:
        tell_notebook(nb_man.nb)
        client = PapermillNotebookClient(nb_man, record_timing=False)
        cells = nb_man.nb.cells
        sources = [cell.source if _is_run(cell, client) else None for cell in cells]
        allowed = [may_fail(cell) for cell in cells]
        deadline = time.monotonic() + execution_timeout
        with _forked(lambda writing: _run_in_child(sources, allowed, given, writing)) as child:
            listener = _Listener(child, client, given, deadline)
            for number, cell in enumerate(cells):
                nb_man.cell_start(cell, number)
                is_run = sources[number] is not None
                if is_run and listener.hear(cell, number, execution_timeout, allowed[number]):
                    nb_man.cell_exception(cell, number, exception=None)
                    break
                nb_man.cell_complete(cell, number)
        client.set_widgets_metadata()


def _is_run(cell: NotebookNode, client: PapermillNotebookClient) -> bool:
    """As nbclient decides it."""
    skipped = client.skip_cells_with_tag in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


def may_fail(cell: NotebookNode) -> bool:
    """Whether a cell goes on where it fails, as nbclient decides it."""
    return "raises-exception" in cell.metadata.get("tags", [])


class _Listener:
    """Hears what a kernel says of its cells, one after the other."""

    def __init__(
        self, child: _Child, client: PapermillNotebookClient, given: GivenValues, deadline: float
    ) -> None:
        self.child, self.client, self.given, self.deadline = child, client, given, deadline

    def hear(self, cell: NotebookNode, position: int, time_limit: float, may_fail: bool) -> bool:
        """Put into a cell what it puts out; whether it failed and may not. CellFailed if it does not come to
        its end, or changed what was given."""
        number = position + 1
        # as nbclient begins a cell
        cell.outputs, self.client.clear_before_next_output = [], False
        try:
            failed = self._until_idle(cell, position, str(position))
            if failed and may_fail:
                self._until_idle(cell, position, asked_apart(position))
            return failed and not may_fail
        except EOFError as error:
            raise CellFailed(number, DIED) from error
        except TimeoutError as error:
            raise CellFailed(number, too_long(time_limit), self._interrupt(cell, position)) from error

    def _until_idle(self, cell: NotebookNode, position: int, request: str) -> bool:
        failed, size, changed = False, 0, ""
        while True:
            message = Message(*_read_message(self.child, self.deadline))
            if message.cell != request:
                # a thread of a cell before says something; nobody listens any more
                continue
            size += len(message.content)
            content = json.loads(message.content)
            if message.kind == "execute_reply":
                failed = content["status"] == "error"
                changed = self.given.reason(self.client.nb.cells, position, content)
                continue
            try:
                self.client.process_message(_as_received(message, content), cell, position)
            except CellExecutionComplete:
                if size > MOST_OUTPUT_BYTES:
                    raise CellFailed(position + 1, _TOO_MUCH, line_of(cell.outputs)) from None
                if changed:
                    raise CellFailed(position + 1, changed) from None
                return failed

    def _interrupt(self, cell: NotebookNode, position: int) -> str:
        """The line at which a cell could be interrupted; empty if it does not answer."""
        os.kill(self.child.process, signal.SIGINT)
        self.deadline = time.monotonic() + _TO_ANSWER
        with contextlib.suppress(EOFError, TimeoutError, CellFailed):
            self._until_idle(cell, position, str(position))
        return line_of(cell.outputs)


def _as_received(message: Message, content: Any) -> dict[str, Any]:
    about, parent = {"msg_type": message.kind}, {"msg_id": message.cell}
    said = {"content": content, "buffers": list(message.buffers)}
    return {**about, "header": about, "parent_header": parent, **said}


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
    """A forked process, the end of the pipe from which it is heard, and what tells that it died."""

    process: int
    stream: int
    end: int


@contextlib.contextmanager
def _forked(work: Callable[[int], None]) -> Iterator[_Child]:
    """A child that works with the writing end of a pipe; it is ended at last."""
    child = _fork(work)
    try:
        yield child
    finally:
        os.close(child.stream)
        os.close(child.end)
        # by itself too: it may have no group yet
        for kill in (os.kill, os.killpg):
            with contextlib.suppress(ProcessLookupError):
                kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)


def _fork(work: Callable[[int], None]) -> _Child:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    process = os.fork()
    if process:
        os.close(writing)
        return _Child(process, reading, os.pidfd_open(process))
    status = 1
    try:
        os.close(reading)
        os.setsid()
        # nobody would read what an orphan finds out
        processes.end_with(parent)
        work(writing)
        status = 0
    finally:
        os._exit(status)


def _read_message(child: _Child, deadline: float) -> Any:
    """A length, then a pickled value; EOFError if the process died, TimeoutError if it takes too long."""
    size = int.from_bytes(_read(child, 8, deadline), "big")
    return pickle.loads(_read(child, size, deadline))


def _read(child: _Child, size: int, deadline: float) -> bytes:
    parts = []
    while size:
        ready, _, _ = select.select([child.stream, child.end], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        if child.stream not in ready and not select.select([child.stream], [], [], 0)[0]:
            # it is dead, though others that it started may hold its end of the pipe
            raise EOFError
        part = os.read(child.stream, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _run_in_child(sources: list[str | None], allowed: list[bool], given: GivenValues, stream: int) -> None:
    give_up_inheritance()
    run_cells(sources, allowed, given.question, lambda message: _write_message(stream, tuple(message)))


def _send_result(stream: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    outcome: tuple[bool, Any]
    try:
        outcome = True, function(*arguments)
    except Exception as error:
        outcome = False, error
    _write_message(stream, outcome)


def _write_message(stream: int, message: Any) -> None:
    content = pickle.dumps(message)
    view = memoryview(len(content).to_bytes(8, "big") + content)
    while view:
        view = view[os.write(stream, view) :]
