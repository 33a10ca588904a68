"""The process from which warm kernels are forked: it has the libraries, and nothing of Jupyter that runs.

It is started and asked by ``provisioner.py`` over one end of a socket pair, a line of JSON for each
question and answer. When the other end is closed, its owner is gone: it ends its kernels, removes what they
had in the file system, and ends.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import time
from pathlib import Path
from typing import Any

from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.inheritance import give_up_inheritance, name_command

#: What the notebooks import of others. Our own package is not among it: who works on it wants to see the
#: change with the next kernel.
LIBRARIES = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.magics",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.style",
    "openpyxl",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
    "pydantic.fields",
    "pydantic.functional_validators",
    "pydantic.main",
    "seaborn",
)
_REAP_EVERY = 1.0


def main(handle: int) -> None:
    """Import the libraries, then fork a kernel for every request."""
    # Ctrl-C in a terminal is for the owner
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=handle) as stream, stream.makefile("rw", encoding="utf-8") as lines:
        # what a library makes when it is imported is no garbage
        gc.disable()
        for name in LIBRARIES:
            importlib.import_module(name)
        gc.freeze()
        gc.enable()
        _Server(stream, lines).serve()


class _Server:
    """What the server knows of its kernels: which run, how the others ended, which files are theirs."""

    def __init__(self, stream: socket.socket, lines: Any):
        self.stream, self.lines = stream, lines
        self.running: set[int] = set()
        self.ended: dict[int, int] = {}
        self.files: dict[int, tuple[Path, Path]] = {}

    def serve(self) -> None:
        self.answer({"safe": processes.can_fork(), **_surroundings()})
        try:
            while True:
                ready, _, _ = select.select([self.stream], [], [], _REAP_EVERY)
                self.reap()
                if not ready:
                    continue
                line = self.lines.readline()
                if not line:
                    return
                request = json.loads(line)
                self.answer(getattr(self, f"do_{request.pop('do')}")(**request))
        except OSError:
            # the owner died while it was being answered
            return
        finally:
            self.end()

    def answer(self, said: dict[str, Any]) -> None:
        self.lines.write(json.dumps(said) + "\n")
        self.lines.flush()

    def reap(self) -> None:
        for process in list(self.running):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                self.running.discard(process)
                self.ended[process] = os.waitstatus_to_exitcode(status)

    def do_fork(self, arguments: list[str], env: dict[str, str], cwd: str, connection: str) -> dict[str, Any]:
        if not processes.can_fork():
            return {"process": None}
        server = os.getpid()
        process = os.fork()
        if not process:
            _become_kernel(server, self.stream, arguments, env, cwd)
        self.running.add(process)
        self.files[process] = Path(connection), Path(cwd)
        return {"process": process}

    def do_poll(self, process: int) -> dict[str, Any]:
        return {"code": None if process in self.running else self.ended.get(process, -signal.SIGKILL)}

    def do_signal(self, process: int, number: int) -> dict[str, Any]:
        # only what was not reaped yet: another process could have its number by now
        if process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, number)
        return {}

    def end(self) -> None:
        """Nobody is there any more who could use the kernels or clean up after them."""
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
        for connection, cwd in self.files.values():
            _remove_traces(connection, cwd)


def _remove_traces(connection: Path, cwd: Path) -> None:
    """The connection file of a kernel, and its sockets where those are files too."""
    with contextlib.suppress(OSError, ValueError):
        about = json.loads(connection.read_text(encoding="utf-8"))
        ports = [about[name] for name in about if name.endswith("_port") and about["transport"] == "ipc"]
        for port in ports:
            (cwd / f"{about['ip']}-{port}").unlink(missing_ok=True)
    connection.unlink(missing_ok=True)


def _surroundings() -> dict[str, int]:
    """What must not be there before a fork: other threads, and contexts of ZMQ."""
    import zmq

    contexts = sum(isinstance(each, zmq.Context) for each in gc.get_objects())
    return {"threads": len(list(Path("/proc/self/task").iterdir())), "contexts": contexts}


def _become_kernel(
    server: int, stream: socket.socket, arguments: list[str], env: dict[str, str], cwd: str
) -> None:
    """In the child: an ordinary kernel, made after the fork; never returns."""
    status = 1
    try:
        os.setsid()
        processes.end_with(server)
        stream.close()
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        os.chdir(cwd)
        give_up_inheritance()
        name_command(arguments)
        from ipykernel.kernelapp import IPKernelApp

        app = IPKernelApp.instance(parent_handle=server)
        app.initialize(arguments)
        app.start()
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    finally:
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()
        os._exit(status)
