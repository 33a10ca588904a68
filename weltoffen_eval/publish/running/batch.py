"""The batch: many notebooks, each with its outcome; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from weltoffen_eval.publish.running.job import KILLED, Job, Made, Outcome, publish, run_job
from weltoffen_eval.publish.running.workers import Ready, end_pool, interruptible, start_pool

Tell = Callable[[Outcome], None]


@dataclass
class Batch:
    """All outcomes so far; ``interrupted`` if the rest was not started any more."""

    outcomes: list[Outcome] = field(default_factory=list)
    interrupted: bool = False

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "failed"]

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "refused"]


def run_batch(
    jobs: Sequence[Job],
    workers: int,
    tell: Tell = lambda outcome: None,
    ready: Ready = Ready(),
) -> Batch:
    """Run all jobs on ``workers`` processes; ``tell`` is called as each ends.

    Parameters
    ----------
    ready : what the notebooks have in common, to be made once for all

    Raises
    ------
    SurroundingsError
        If reports cannot be written (disk full, no right to write).
    """
    batch = Batch()
    waiting = iter(jobs)
    running: dict[Future[Outcome], Job] = {}
    pool = start_pool(workers, ready)

    def ended(outcome: Outcome) -> None:
        batch.outcomes.append(outcome)
        tell(outcome)

    try:
        with interruptible():
            _fill(pool, waiting, running, workers * 2)
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    job = running.pop(future)
                    try:
                        ended(future.result())
                    except BrokenProcessPool:
                        # the process that drove the notebook was killed; the others go on in a new pool
                        pool.shutdown(wait=False)
                        lost = [job, *running.values()]
                        running.clear()
                        pool = start_pool(workers, ready)
                        for each in lost:
                            ended(_run_alone(each, ready))
                        break
                _fill(pool, waiting, running, workers * 2)
    except KeyboardInterrupt:
        batch.interrupted = True
        end_pool(pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    batch.outcomes.sort(key=lambda outcome: str(outcome.job.target))
    return batch


def _fill(
    pool: ProcessPoolExecutor, waiting: Iterator[Job], running: dict[Future[Outcome], Job], most: int
) -> None:
    while len(running) < most and (job := next(waiting, None)) is not None:
        running[pool.submit(run_job, job)] = job


def _run_alone(job: Job, ready: Ready) -> Outcome:
    """A job whose process may have been killed by it: once more, in a process of its own."""
    with start_pool(1, ready) as pool:
        try:
            return pool.submit(run_job, job).result()
        except BrokenProcessPool:
            return publish(job, Made(reason=KILLED))
