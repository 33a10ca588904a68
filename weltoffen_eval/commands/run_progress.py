"""How far a run is: a line per report, failures as they happen."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from weltoffen_eval.commands.run_summary import clipped, plain
from weltoffen_eval.commands.terminal import clear_line

if TYPE_CHECKING:
    from weltoffen_eval.publish.job import Outcome


class Progress:
    """A line per report; on a terminal one that overwrites itself, with rate and remaining time."""

    def __init__(self, total: int, quiet: bool):
        self.total, self.done, self.quiet = total, 0, quiet
        self.begin = time.monotonic()

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        if outcome.state == "failed":
            said = f"failed: {clipped(outcome.job.title)}: {plain(outcome.reason)}"
            print(said, file=sys.stderr, flush=True)
        if self.quiet:
            return
        line = f"[{self.done}/{self.total}] {clipped(outcome.job.title)}"
        if sys.stdout.isatty():
            end = "\n" if self.done == self.total else ""
            clear_line()
            print(f"{line}{self.rate()}", end=end, flush=True)
        else:
            print(line, flush=True)

    def rate(self) -> str:
        """How many a second, and how long the rest takes at that rate."""
        rate = self.done / max(time.monotonic() - self.begin, 1e-9)
        seconds = (self.total - self.done) / rate
        left = f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
        return f" ({rate:.1f}/s, {left} left)"
