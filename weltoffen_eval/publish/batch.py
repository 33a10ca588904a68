"""The batch: many notebooks, each with its outcome; one that fails does not stop the others."""

from __future__ import annotations

import contextlib
import errno
import importlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import SurroundingsError, WeltoffenError
from weltoffen_eval.publish.files import write_whole

#: One thread per process, so that it can be forked and gives the same digits on every machine; no
#: module beside the data is imported.
_SURROUNDINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYTHONSAFEPATH": "1",
    "TZ": "UTC",
}


#: What a report can be written as; the executed notebook from which it came is written always.
FORMATS = ("html", "pdf", "docx")
NOTEBOOK = "ipynb"
#: Imported once for all workers: how a notebook is executed, and what the notebooks import. The
#: command itself needs none of it, so it is named here and not imported.
_PRELOADED = (
    "weltoffen_eval.publish.execution",
    "weltoffen_eval.publish.pages",
    "pandas",
    "pyarrow.parquet",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
)


@dataclass(frozen=True)
class Job:
    """One notebook with its parameters; ``target`` is the path of the report without its ending.

    ``formats``: those of FORMATS that are wanted. ``day``: the date of the data (ISO). ``attach``: whether
    a PDF holds the report's data files too.
    """

    notebook: Path
    parameters: Mapping[str, str]
    title: str
    inputs: Mapping[str, str]
    target: Path
    formats: tuple[str, ...] = ("html",)
    day: str = ""
    attach: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a job: ``done`` with its files, or ``failed`` with the reason.

    ``renewed``: made in this run; else it was there already as it would be made.
    """

    job: Job
    state: str
    files: tuple[Path, ...] = ()
    reason: str = ""
    renewed: bool = True


@dataclass
class Batch:
    """All outcomes so far; ``interrupted`` if the rest was not started any more."""

    outcomes: list[Outcome] = field(default_factory=list)
    interrupted: bool = False

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "failed"]


def run_batch(
    jobs: Sequence[Job],
    workers: int,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> Batch:
    """Run all jobs on ``workers`` processes; ``tell`` is called as each ends.

    Raises
    ------
    SurroundingsError
        If reports cannot be written (disk full, no right to write).
    """
    batch = Batch()
    context = _context()
    waiting = iter(jobs)
    running: dict[Future[Outcome], Job] = {}
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    try:
        with _interruptible():
            _fill(pool, waiting, running, workers * 2)
            while running:
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    job = running.pop(future)
                    try:
                        outcome = future.result()
                    except BrokenProcessPool:
                        # the process that drove the notebook was killed; the others go on in a new pool
                        pool.shutdown(wait=False)
                        lost = [job, *running.values()]
                        running.clear()
                        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
                        for each in lost:
                            alone = _run_alone(each, context)
                            batch.outcomes.append(alone)
                            tell(alone)
                        break
                    batch.outcomes.append(outcome)
                    tell(outcome)
                _fill(pool, waiting, running, workers * 2)
    except KeyboardInterrupt:
        batch.interrupted = True
        _end(pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    batch.outcomes.sort(key=lambda outcome: str(outcome.job.target))
    return batch


def warm_up() -> None:
    """Begin to import what workers need, beside what the caller does next."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        forkserver.ensure_running()


def _context() -> multiprocessing.context.BaseContext:
    """Where workers come from: forked from a server that has imported the libraries once, if there is one."""
    # for the workers, and for the notebooks that they fork or start
    os.environ.update(_SURROUNDINGS)
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *_PRELOADED])
    return context


def _fill(
    pool: ProcessPoolExecutor, waiting: Iterator[Job], running: dict[Future[Outcome], Job], most: int
) -> None:
    while len(running) < most and (job := next(waiting, None)) is not None:
        running[pool.submit(run_job, job)] = job


def _run_alone(job: Job, context: multiprocessing.context.BaseContext) -> Outcome:
    """A job whose process may have been killed by it: once more, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=context, initializer=_start_worker) as pool:
        try:
            return pool.submit(run_job, job).result()
        except BrokenProcessPool:
            return _fail(job, "the process that ran the notebook was killed")


def _start_worker() -> None:
    # Ctrl-C reaches the whole group of processes; only the command itself answers it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    for name in _PRELOADED:
        importlib.import_module(name)


def _end_with_parent() -> None:
    """Ends this process when the command is gone, however it went; without a thread, which no fork allows.

    The parent holds the other end of a pipe. Linux signals that it was closed, and the signal ends us.
    """
    parent = multiprocessing.parent_process()
    if sys.platform != "linux" or parent is None:
        return
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
    if multiprocessing.connection.wait([parent.sentinel], timeout=0):
        # it was closed before we asked to be told
        os._exit(1)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends the batch as Ctrl-C does."""

    def interrupt(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers; a kernel notices that the process which drives it is gone, and ends too."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


def run_job(job: Job) -> Outcome:
    """Run one notebook and put its report in place; expected failures become an outcome."""
    from weltoffen_eval.publish.execution import run_notebook
    from weltoffen_eval.publish.forked import run_apart

    try:
        node = run_notebook(job.notebook, job.parameters, job.title, day=job.day)
        files = run_apart(_export, job, node)
    except SurroundingsError:
        raise
    except WeltoffenError as error:
        return _fail(job, str(error))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SurroundingsError(f"{job.target.parent}: {error.strerror}.") from error
        return _fail(job, f"{type(error).__name__}: {error}")
    except Exception as error:  # whatever a notebook or a library raises concerns this report only
        return _fail(job, f"{type(error).__name__}: {error}")
    for path in _tables_of(job):
        # a table that the report no longer has
        if path not in files:
            path.unlink(missing_ok=True)
    for path, content in files.items():
        write_whole(path, content)
    return Outcome(job, "done", tuple(files))


def _export(job: Job, node: Any) -> dict[Path, bytes]:
    """All files of a job from its executed notebook."""
    from weltoffen_eval.publish.execution import export_notebook, export_tables

    files = {
        job.target.with_suffix(f".{form}"): export_notebook(node, form, job.attach)
        for form in (*job.formats, NOTEBOOK)
    }
    tables = export_tables(node)
    return {**files, **{_table_path(job, name): content for name, content in tables.items()}}


def _table_path(job: Job, name: str) -> Path:
    """Where the numbers of a report lie as tables, beside those of the other reports of a municipality."""
    return job.target.parent / "tables" / f"{job.target.name}-{name}"


def _tables_of(job: Job) -> list[Path]:
    """The tables that an earlier run made of this job."""
    return list(_table_path(job, "").parent.glob(f"{job.target.name}-*.csv"))


def _fail(job: Job, reason: str) -> Outcome:
    """A report that could not be renewed must not look current: an error page takes its place."""
    from weltoffen_eval.publish.pages import error_page

    for earlier in (*(job.target.with_suffix(f".{form}") for form in (*FORMATS, NOTEBOOK)), *_tables_of(job)):
        earlier.unlink(missing_ok=True)
    path = job.target.with_suffix(".html")
    write_whole(path, error_page(job.title, reason))
    return Outcome(job, "failed", (path,), reason)
