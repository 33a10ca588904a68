"""Where workers come from: processes in which everything that a notebook needs is there before it runs."""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.running.processes import SURROUNDINGS

#: How a notebook is executed and exported; the command itself needs none of it, so it is not imported here.
MACHINERY = (
    "weltoffen_eval.publish.running.imports_first",
    # then, since others import what it imports in another way
    "weltoffen_eval.publish.running.notebook_rules",
    "weltoffen_eval.publish.running.job",
    "weltoffen_eval.publish.running.execution",
    "weltoffen_eval.publish.exporting.exports",
    "weltoffen_eval.publish.exporting.pages",
    # what IPython and ipykernel import with their first shell
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "multiprocessing.forkserver",
    "sqlite3",
    "tornado.locks",
    "tornado.platform.asyncio",
    "tornado.queues",
)
#: What a worker and the notebook that it runs take, at most; measured for a Selbstcheck in three formats.
_BYTES_PER_WORKER = 500_000_000
#: Whether the server of the workers has made some, so that everything is imported there.
_served = False


@dataclass(frozen=True)
class Ready:
    """What a worker has before its first notebook, and each of its notebooks too.

    ``modules`` are imported; ``prepare`` is called, to work out once what is the same for all; ``formats``
    are those of FORMATS in which reports are written.
    """

    modules: tuple[str, ...] = ()
    prepare: Callable[[], object] | None = None
    formats: tuple[str, ...] = ("html",)


def fitting_workers() -> int:
    """As many as there are cores, and as there is memory for; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return workers_for(cores, free_memory(Path("/proc/meminfo"), Path("/sys/fs/cgroup")))


def workers_for(cores: int, free: int | None) -> int:
    """One per core, as far as ``free`` bytes of memory allow; None where nobody knows how much is free."""
    return cores if free is None else max(1, min(cores, free // _BYTES_PER_WORKER))


def free_memory(meminfo: Path, group: Path) -> int | None:
    """Bytes that are free, on the machine and in the group of processes; None where nothing tells them."""
    found = []
    try:
        for line in meminfo.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                found.append(int(line.split()[1]) * 1024)
    except OSError:
        pass
    try:
        most, used = ((group / name).read_text("ascii").strip() for name in ("memory.max", "memory.current"))
        if most != "max":
            found.append(int(most) - int(used))
    except OSError:
        pass
    return min(found, default=None)


def warm_up(modules: Sequence[str]) -> None:
    """Begin to import what workers need, beside what the caller does next."""
    if worker_context(modules).get_start_method() == "forkserver":
        from multiprocessing import forkserver

        forkserver.ensure_running()


def worker_context(modules: Sequence[str]) -> multiprocessing.context.BaseContext:
    """Forks from a server that has imported the modules once, where there is one."""
    # for the workers, and for the notebooks that they fork or start
    os.environ.update(SURROUNDINGS)
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*MACHINERY, *modules])
    return context


def start_pool(workers: int, ready: Ready) -> ProcessPoolExecutor:
    """Workers that end when this process does, however it ends."""
    global _served
    context = worker_context(ready.modules)
    _served = context.get_start_method() == "forkserver"
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(ready, dict(os.environ))
    )


def _start_worker(ready: Ready, environment: dict[str, str]) -> None:
    _obey(environment)
    make_ready(ready)


def run_once(function: Callable[..., None], *arguments: Any) -> None:
    """Call a function in a process of its own, which ends with it, or when this one does.

    The process comes from the server of the workers where that has made some; where it may still import what
    they need, a process that imports nothing is there sooner.

    Raises
    ------
    SurroundingsError
        If the process is killed. Whatever the function raises.
    """
    os.environ.update(SURROUNDINGS)
    context = multiprocessing.get_context("forkserver" if _served else "spawn")
    pool = ProcessPoolExecutor(1, mp_context=context, initializer=_obey, initargs=(dict(os.environ),))
    try:
        with interruptible():
            pool.submit(function, *arguments).result()
    except BrokenProcessPool as error:
        raise SurroundingsError("A process was killed; there may be too little memory.") from error
    except KeyboardInterrupt:
        end_pool(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _obey(environment: dict[str, str]) -> None:
    """This process ends when the one that started it does, and leaves Ctrl-C to that."""
    # the server that it comes from may be older than what stands there now
    os.environ.clear()
    os.environ.update(environment)
    # nor has it looked for garbage; among what it imported there is none
    gc.freeze()
    gc.enable()
    # Ctrl-C reaches the whole group of processes; only the command itself answers it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        end_with_pipe(parent.sentinel)


def end_pool(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool; a notebook notices that the process which drives it is gone, and ends."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM ends what is done here as Ctrl-C does."""

    def interrupt(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def make_ready(ready: Ready) -> None:
    """Import all that a notebook and its exports need, and make once what is the same for every report."""
    for name in (*MACHINERY, *ready.modules):
        importlib.import_module(name)
    if ready.prepare is not None:
        ready.prepare()
    from weltoffen_eval.program import program_tree
    from weltoffen_eval.publish.exporting.exports import warm_exporters

    warm_exporters(ready.formats)
    program_tree()
    # what is there now stays; looking through it would copy its memory into every notebook's process
    gc.freeze()
    gc.enable()


def end_with_pipe(stream: int) -> None:
    """Ends this process when the other end of a pipe is closed; without a thread, which no fork allows.

    Linux signals that it was closed, and the signal ends us.
    """
    if sys.platform != "linux":
        return
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(stream, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(stream, fcntl.F_GETFL)
    fcntl.fcntl(stream, fcntl.F_SETFL, flags | os.O_ASYNC)
    if multiprocessing.connection.wait([stream], timeout=0):
        # it was closed before we asked to be told
        os._exit(1)


def keep_without_pipe(stream: int) -> None:
    """Takes back what :func:`end_with_pipe` asked for."""
    if sys.platform != "linux":
        return
    import fcntl

    fcntl.fcntl(stream, fcntl.F_SETFL, fcntl.fcntl(stream, fcntl.F_GETFL) & ~os.O_ASYNC)
