"""The kernel of a forked process: ipykernel's own, which runs the cells that it was forked with.

Everything is ipykernel's (application, shell, messages), so that a notebook finds what it finds in an
ordinary kernel. Only what carries the messages is another: a function, without sockets and their threads.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from jupyter_client.session import Session
from nbformat import NotebookNode
from traitlets.log import get_logger

from weltoffen_eval.publish.running.inheritance import name_command
from weltoffen_eval.publish.running.processes import IN_MEMORY
from weltoffen_eval.publish.running.streams import MOST_OUTPUT_BYTES, TooMuchOutput

_STREAM = "--IPKernelApp.outstream_class=weltoffen_eval.publish.running.streams.CellStream"
#: What an ordinary kernel gets too where it makes a report.
ARGUMENTS_OF_A_REPORT = (_STREAM,)
#: Seconds in which what a cell left running in the event loop goes on, as it does between two requests.
_BETWEEN_CELLS = 0.005
_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Message(NamedTuple):
    """What a kernel says: ``content`` as JSON, ``cell``: the position of the cell that it is about."""

    kind: str
    cell: str
    content: bytes
    buffers: tuple[bytes, ...] = ()


class _Session(Session):
    """Gives messages to a function; counts what a cell puts out."""

    def __init__(self, tell: Callable[[Message], None]):
        super().__init__(key=b"")
        self.tell, self.owner = tell, os.getpid()
        #: of the cell that is running: its bytes, and whether it failed
        self.size, self.failed = 0, False
        self._telling = threading.Lock()

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, ident: Any = None,
        buffers: Any = None, track: bool = False, header: Any = None, metadata: Any = None,
    ) -> dict[str, Any] | None:  # fmt: skip
        """As jupyter_client's, but to nobody's socket."""
        if os.getpid() != self.owner:
            get_logger().warning("WARNING: attempted to send message from fork\n%s", msg_or_type)
            return None
        if isinstance(msg_or_type, dict):
            message, buffers = msg_or_type, buffers or msg_or_type.get("buffers")
        else:
            message = self.msg(msg_or_type, content, parent, header, metadata)
        if message["msg_type"] == "execute_reply":
            self.failed = message["content"]["status"] == "error"
        kind, about = message["msg_type"], message["parent_header"].get("msg_id", "")
        packed = self.pack(message["content"])
        with self._telling:
            self.tell(Message(kind, about, packed, tuple(bytes(part) for part in buffers or ())))
        before, self.size = self.size, self.size + len(packed)
        # the traceback of the cell that is ended must come through
        if before <= MOST_OUTPUT_BYTES < self.size and kind not in ("error", "execute_reply"):
            raise TooMuchOutput
        return message

    def feed_identities(self, msg_list: Any, copy: bool = True) -> Any:
        return [], msg_list

    def deserialize(self, msg_list: Any, content: bool = True, copy: bool = True) -> Any:
        # requests are made here and were never packed
        return msg_list


class _Kernel(IPythonKernel):
    """ipykernel's kernel, without threads for its channels."""

    _supports_kernel_subshells = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        # who asks decides whether another cell is run
        pass


class _Application(IPKernelApp):
    """ipykernel's application, without connections: its configuration, streams, shell and extensions."""

    def _without_connection(self, *arguments: Any) -> None:
        pass

    init_connection_file = init_poller = init_sockets = init_heartbeat = _without_connection
    log_connection_info = _without_connection
    write_connection_file = _without_connection  # type: ignore[assignment]

    def init_kernel(self) -> None:
        thread = SimpleNamespace(parent_thread=threading.main_thread())
        self.kernel = _Kernel.instance(
            parent=self, session=self.session, shell_channel_thread=thread, log=self.log,
            profile_dir=self.profile_dir, user_ns=self.user_ns,
        )  # fmt: skip
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


def run_cells(
    sources: Sequence[str | None],
    allowed: Sequence[bool],
    question: Mapping[str, str],
    tell: Callable[[Message], None],
) -> None:
    """Run cells one after the other, up to the first that fails; None stands for a cell that is not run.

    ``allowed``: which cells may fail. ``question``: what the reply to every cell answers (expressions by
    name). ``tell`` gets every message of the kernel as it comes; the last one of a cell is that it is idle
    again.
    """
    _leave_out_debugger()
    session = _Session(tell)
    name_command(["-f", "", *ARGUMENTS_OF_A_REPORT, *IN_MEMORY])
    application = _Application.instance(session=session)
    application.initialize([*IN_MEMORY, *ARGUMENTS_OF_A_REPORT])
    # not asyncio.run, which would wait for threads that a notebook left behind
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_run(application.kernel, session, sources, allowed, question))


def _leave_out_debugger() -> None:
    """Nobody debugs a report; loading what it takes would cost as much as its cells."""
    sys.modules["debugpy.server"] = None  # type: ignore[assignment]
    importlib.import_module("ipykernel.debugger")
    # a notebook may still load it
    del sys.modules["debugpy.server"]
    # as that of a debugger to which nobody is connected
    sys.breakpointhook = lambda *arguments, **options: None


async def _run(
    kernel: _Kernel,
    session: _Session,
    sources: Sequence[str | None],
    allowed: Sequence[bool],
    question: Mapping[str, str],
) -> None:
    # not IPython's own, which would miss the channel of a debugger
    Kernel.start(kernel)
    for position, source in enumerate(sources):
        if source is None:
            continue
        session.size = 0
        await kernel.dispatch_shell(_request(session, str(position), source, question))
        if session.failed:
            if not allowed[position]:
                return
            # what failed answers no question
            session.size = 0
            await kernel.dispatch_shell(_request(session, asked_apart(position), "", question, silent=True))
        if len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(_BETWEEN_CELLS)


def asked_apart(position: int) -> str:
    """The id of the question behind a cell that failed and may."""
    return f"{position} failed"


def _request(
    session: _Session, identity: str, source: str, question: Mapping[str, str], silent: bool = False
) -> dict[str, Any]:
    asked = {
        "code": source,
        "silent": silent,
        "store_history": not silent,
        "allow_stdin": False,
        "user_expressions": {**question},
    }
    request = session.msg("execute_request", asked)
    request["msg_id"] = request["header"]["msg_id"] = identity
    return request


def line_of(outputs: list[NotebookNode]) -> str:
    """The line of the cell in which it failed, as IPython tells it; empty where it does not."""
    for output in outputs:
        if output["output_type"] == "error":
            found = _LINE.search(_COLOURS.sub("", "\n".join(output["traceback"])))
            return found.group(1) if found else ""
    return ""
