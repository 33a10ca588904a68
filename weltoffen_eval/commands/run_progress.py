"""How far a run is: a bar on a terminal, else a line per report; failures as they happen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from weltoffen_eval.commands.run_words import clipped
from weltoffen_eval.commands.terminal import bare
from weltoffen_eval.runs.summary import plain

if TYPE_CHECKING:
    from weltoffen_eval.publish.running.job import Outcome


def progress_of(total: int, quiet: bool) -> Callable[[Outcome], None]:
    """What is called as each of so many reports ends; ``quiet``: it tells failures only."""
    if quiet or not total:
        return tell_failure
    return _Bar(total) if sys.stdout.isatty() else _LinePerReport(total)


def tell_failure(outcome: Outcome) -> None:
    """One line, if the report failed."""
    if outcome.state == "failed":
        said = f"failed: {clipped(outcome.job.title)}: {plain(outcome.reason)}"
        print(said, file=sys.stderr, flush=True)


class _LinePerReport:
    """A line per report, for a log."""

    def __init__(self, total: int):
        self.total, self.done = total, 0

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        tell_failure(outcome)
        print(f"[{self.done}/{self.total}] {clipped(outcome.job.title)}", flush=True)


class _Bar:
    """One bar with rate and remaining time."""

    def __init__(self, total: int):
        from tqdm import tqdm

        # the one thing that moves the cursor, so past what makes texts visible
        self.bar = tqdm(total=total, unit=" reports", file=bare(sys.stdout), dynamic_ncols=True)

    def __call__(self, outcome: Outcome) -> None:
        if outcome.state == "failed":
            with self.bar.external_write_mode(file=bare(sys.stdout)):
                tell_failure(outcome)
        self.bar.set_postfix_str(clipped(outcome.job.title, 40), refresh=False)
        self.bar.update()
        if self.bar.n == self.bar.total:
            self.bar.close()
