"""What a cell prints, without a clock: the streams of the kernels that make reports.

ipykernel sends what was printed after 0.2 seconds, so that what two streams print is mixed otherwise on a
busy machine. Here it is sent when a program can tell: with ``flush``, before something is displayed, and when
the cell ends. What others write to the file descriptors (programs that were started, other processes, C code)
comes in the order in which it was written.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

#: A cell that puts out more than this has gone astray.
MOST_OUTPUT_BYTES = 10_000_000
_PART = 1 << 16


class TooMuchOutput(BaseException):
    """Ends a cell at the line that put out too much."""


class CellStream(OutStream):
    """Stands for sys.stdout or sys.stderr, and for what is written to its file descriptor."""

    _fid: int

    def __init__(self, session: Any, pub_thread: Any, name: str, **options: Any):
        self.written = 0
        self._reading = threading.Lock()
        watch = "force" if sys.platform != "win32" else False
        super().__init__(session, pub_thread or _Here(), name, **{"watchfd": watch, **options, "echo": None})

    def set_parent(self, parent: dict[str, Any]) -> None:
        super().set_parent(parent)
        self.written = 0

    def _schedule_flush(self) -> None:
        # no clock sends anything
        pass

    def write(self, string: str) -> int:
        if not self._is_master_process():
            # a fork of the kernel: its threads and locks are not ours
            os.write(self._original_stdstream_fd, string.encode(errors="replace"))
            return len(string)
        if self._should_watch:
            self._read_waiting()
        return self._keep(string)

    def _keep(self, string: str) -> int:
        before = self.written
        self.written += len(string)
        if before <= MOST_OUTPUT_BYTES:
            super().write(string)
            if self.written > MOST_OUTPUT_BYTES:
                raise TooMuchOutput
        return len(string)

    def flush(self) -> None:
        if not self._is_master_process():
            return
        # in the kernel's own code it would end the kernel; it is known by its size
        with contextlib.suppress(TooMuchOutput):
            if self._should_watch:
                self._read_waiting()
        super().flush()

    def _setup_stream_redirects(self, name: str) -> None:
        self._original_stdstream_fd = {"stdout": 1, "stderr": 2}[name]
        self._original_stdstream_copy = os.dup(self._original_stdstream_fd)
        self._fid, writing = os.pipe()
        os.dup2(writing, self._original_stdstream_fd)
        os.close(writing)
        os.set_blocking(self._fid, False)
        # else a program that writes much would wait for ever for somebody to read it
        self.watch_fd_thread = threading.Thread(target=self._watch_pipe_fd, daemon=True)
        self.watch_fd_thread.start()

    def _watch_pipe_fd(self) -> None:
        while self._should_watch:
            select.select([self._fid], [], [])
            try:
                self._read_waiting()
            except TooMuchOutput:
                # the cell waits for a program perhaps
                os.kill(os.getpid(), signal.SIGINT)

    def _read_waiting(self) -> None:
        """Take what others wrote so far."""
        with self._reading, contextlib.suppress(BlockingIOError):
            while part := os.read(self._fid, _PART):
                self._keep(part.decode(errors="replace"))

    def close(self) -> None:
        self._should_watch = False


class _Here(IOPubThread):
    """Stands for ipykernel's thread that sends, where there is none: sends in the thread that asks for it."""

    thread = None  # type: ignore[assignment]
    io_loop = None  # type: ignore[assignment]

    def __init__(self) -> None:
        # no socket to prepare
        pass

    def schedule(self, f: Callable[[], object]) -> None:
        f()
