"""The batch beyond one machine: jobs go to a Dask cluster, reports come back and are put in place here.

Only this module knows Dask, and imports it when it is used. A worker reads the files of the project and
writes none. It has threads and cannot fork, so a process beside it makes its reports.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from weltoffen_eval.errors import CallError, SurroundingsError
from weltoffen_eval.publish.keeping.environment import hash_environment
from weltoffen_eval.publish.running.batch import Batch, Tell
from weltoffen_eval.publish.running.job import KILLED, Job, Made, publish
from weltoffen_eval.publish.running.report_server import ReportServer, ServerLost
from weltoffen_eval.publish.running.workers import Ready, interruptible

if TYPE_CHECKING:
    from distributed import Client

_SECONDS_TO_CONNECT = 10
_SECONDS_FOR_WORKERS = 30
#: How many jobs wait at each worker, so that it is never idle.
_AHEAD = 2
#: The processes beside a worker that have nothing to do, kept for the next report; one for each thread.
_idle: list[ReportServer] = []
#: How often a report is tried whose process is killed.
_TRIES = 2


def run_on_cluster(
    jobs: Sequence[Job], address: str, tell: Tell = lambda outcome: None, ready: Ready = Ready()
) -> Batch:
    """Run all jobs on the workers of a scheduler; ``tell`` is called as each ends.

    A job whose worker is lost goes to another one.

    Parameters
    ----------
    ready : what the notebooks have in common, to be made once for all of a worker

    Raises
    ------
    CallError
        If Dask is not installed.
    SurroundingsError
        If there is no scheduler or no worker, a worker has another version of the program or of its
        libraries, or reports cannot be written.
    """
    batch = Batch()
    with _connect(address) as client, interruptible():
        try:
            _run(client, jobs, batch, tell, pickle.dumps(ready))
        except KeyboardInterrupt:
            batch.interrupted = True
    batch.outcomes.sort(key=lambda outcome: str(outcome.job.target))
    return batch


def check_address(address: str) -> None:
    """Raise CallError if it cannot be the address of a scheduler."""
    if not re.fullmatch(r"(tcp|tls|ws|wss)://[^\s/]+:\d+", address):
        raise CallError(f"{address!r} is no address of a scheduler, such as tcp://host:8786.")


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise CallError("--scheduler needs Dask: pip install 'weltoffen-eval[cluster]'.") from error
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except OSError as error:
        raise SurroundingsError(f"No scheduler answers at {address}.") from error
    try:
        client.wait_for_workers(1, timeout=_SECONDS_FOR_WORKERS)
    except TimeoutError as error:
        client.close()
        raise SurroundingsError(f"The scheduler at {address} has no workers.") from error
    return client


def _run(client: Client, jobs: Sequence[Job], batch: Batch, tell: Tell, ready: bytes) -> None:
    from distributed import as_completed

    waiting = iter(jobs)
    running: dict[Any, Job] = {}
    ended = as_completed(loop=client.loop)

    def send() -> None:
        while len(running) < _AHEAD * max(1, sum(client.nthreads().values())):
            job = next(waiting, None)
            if job is None:
                return
            # never what another run has found out
            future = client.submit(make_on_worker, job, hash_environment(), ready, pure=False)
            running[future.key] = job
            ended.add(future)

    send()
    for future in ended:
        outcome = publish(running.pop(future.key), _result(future))
        batch.outcomes.append(outcome)
        tell(outcome)
        send()


def _result(future: Any) -> Made:
    from distributed.scheduler import KilledWorker

    try:
        made: Made = future.result()
    except KilledWorker as error:
        return Made(reason=f"{error.allowed_failures + 1} workers died that ran the notebook")
    return made


def make_on_worker(job: Job, environment: str, ready: bytes) -> Made:
    """All files of a report, made beside a worker, once more if the process that makes them is killed.

    ``ready``: what a worker has before its first notebook (:class:`Ready`), pickled.

    Raises
    ------
    SurroundingsError
        If this is not the program that the command is.
    """
    for _ in range(_TRIES):
        server = _idle.pop() if _idle else ReportServer()
        try:
            made = server.make(job, ready, environment)
        except ServerLost:
            server.end()
            continue
        except BaseException:
            server.end()
            raise
        _idle.append(server)
        return made
    return Made(reason=KILLED)
