"""Warm kernels for papermill, nbclient, nbconvert and JupyterLab: forked with the libraries already there.

A kernel provisioner of jupyter_client, named ``weltoffen-forked``; the kernel ``weltoffen`` uses it. Where no
process can be forked safely, or another interpreter or other settings of Python are asked for, it starts an
ordinary kernel, as jupyter_client's own does.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from weltoffen_eval.publish.running.processes import IN_MEMORY, SURROUNDINGS

#: Name of the entry point.
NAME = "weltoffen-forked"
#: How names of variables begin that Python, matplotlib, pandas, Arrow, dynamic libraries and locales read at
#: their start; what draws pictures is chosen after the fork.
_READ_AT_START = (
    "PYTHON", "MPLCONFIGDIR", "MATPLOTLIBRC", "PANDAS_", "ARROW_", "NUMEXPR_", "OPENBLAS_", "OMP_", "MKL_",
    "LD_", "LC_", "LANG", "HOME", "XDG_",
)  # fmt: skip
_SAFE_PATH = "PYTHONSAFEPATH"
#: The server leaves its folder out by itself, so that its kernels may have theirs.
_START = """\
import sys
if not sys.flags.safe_path: del sys.path[0]
from weltoffen_eval.publish.running.kernel_server import main
main({})
"""
#: A Jupyter server names the document for which it starts a kernel.
_OF_A_PERSON = "JPY_SESSION_NAME"
#: Seconds in which the server has imported its libraries, and in which it answers then.
_TO_START, _TO_ANSWER = 60.0, 10.0


class ForkedProvisioner(LocalProvisioner):
    """Asks a server of this process to fork a kernel."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        env = {**(kwargs.get("env") or os.environ)}
        if self.kernel_spec.metadata.get("kernel_provisioner", {}).get("provisioner_name") == NAME:
            cmd = _without_history(cmd, env)
        cwd = str(kwargs.get("cwd") or Path.cwd())
        connection = str(getattr(self.parent, "connection_file", ""))
        arguments = _arguments_of(cmd)
        # starting the server takes seconds, in which a Jupyter server has other things to do
        process = (
            await asyncio.to_thread(_fork_kernel, arguments, env, cwd, connection)
            if arguments is not None and _may_fork(env)
            else None
        )
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]  # as much of a Popen as is used
        # signals go through the server, which knows whether the process is still the same
        self.pid, self.pgid, self.cwd = process.pid, None, Path(cwd)
        return self.connection_info


def _arguments_of(cmd: list[str]) -> list[str] | None:
    """What follows the start of an IPython kernel of this interpreter; None for any other command."""
    if Path(cmd[0]) != Path(sys.executable) or "ipykernel_launcher" not in cmd:
        return None
    return cmd[cmd.index("ipykernel_launcher") + 1 :]


def _without_history(cmd: list[str], env: dict[str, str]) -> list[str]:
    """As nbclient starts ``python3``, and only that: a notebook that a person has open writes its history."""
    said = any("hist_file" in part for part in cmd) or _OF_A_PERSON in env
    return cmd if said else [*cmd, *IN_MEMORY]


def _may_fork(env: dict[str, str]) -> bool:
    """Linux, and what Python and its libraries read when they start is that of this process."""
    return sys.platform == "linux" and _read_at_start(env) == _read_at_start(os.environ)


def _read_at_start(env: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    ours = SURROUNDINGS.keys() - {_SAFE_PATH}
    return frozenset((n, env[n]) for n in env if n.startswith(_READ_AT_START) and n not in ours)


class KernelServer:
    """The server of this process; it ends with it, and its kernels with it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair()
        with theirs:
            env = {name: SURROUNDINGS[name] for name in SURROUNDINGS if name != _SAFE_PATH}
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START.format(theirs.fileno())],
                pass_fds=[theirs.fileno()], env={**os.environ, **env},
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self._stream = ours
        self._lines = ours.makefile("rw", encoding="utf-8")
        ours.settimeout(_TO_START)
        try:
            #: what the server said of itself before its first fork
            self.state = json.loads(self._lines.readline() or "{}")
        except (OSError, ValueError):
            self.state = {}
        ours.settimeout(_TO_ANSWER)
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether it can fork, and belongs to this process and not to the one that this was forked from."""
        return bool(self.state.get("safe")) and self.owner == os.getpid() and self._process.poll() is None

    def ask(self, do: str, **about: Any) -> dict[str, Any] | None:
        """Its answer; None if it is gone."""
        with self._lock:
            try:
                self._lines.write(json.dumps({"do": do, **about}) + "\n")
                self._lines.flush()
                answer: dict[str, Any] = json.loads(self._lines.readline())
            except (OSError, ValueError):
                # what it might still answer would be taken for the answer to the next question
                self.state = {}
                return None
            return answer

    def close(self) -> None:
        """End the server and its kernels."""
        if self.owner == os.getpid():
            self.state = {}
            for part in (self._lines, self._stream):
                try:
                    part.close()
                except OSError:
                    continue
            self._process.wait()


class _ForkedKernel:
    """Stands for the process of a kernel as subprocess.Popen does, as far as LocalProvisioner uses that."""

    stdin = stdout = stderr = None

    def __init__(self, server: KernelServer, pid: int):
        self._server, self.pid = server, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            answer = self._server.ask("poll", process=self.pid)
            # without its server no kernel lives on
            self.returncode = -signal.SIGKILL if answer is None else answer["code"]
        return self.returncode

    def wait(self) -> int | None:
        return self.poll()

    def send_signal(self, number: int) -> None:
        self._server.ask("signal", process=self.pid, number=int(number))

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


#: By what Python and its libraries read when the server started: who changes that gets another one.
_servers: dict[frozenset[tuple[str, str]], KernelServer] = {}
_MOST_SERVERS = 4
_starting = threading.Lock()


def kernel_server() -> KernelServer:
    """The server of this process, started when it is first needed, and again if it died."""
    settings = _read_at_start(os.environ)
    with _starting:
        server = _servers.get(settings)
        if server is None or not server.usable:
            if server is not None:
                server.close()
            server = _servers[settings] = KernelServer()
        return server


def _fork_kernel(
    arguments: list[str], env: dict[str, str], cwd: str, connection: str
) -> _ForkedKernel | None:
    if _read_at_start(env) not in _servers and len(_servers) >= _MOST_SERVERS:
        return None
    server = kernel_server()
    if not server.usable:
        return None
    answer = server.ask("fork", arguments=arguments, env=env, cwd=cwd, connection=connection)
    process = None if answer is None else answer["process"]
    return None if process is None else _ForkedKernel(server, process)
