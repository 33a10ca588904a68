"""What a run did, as data: its state, and run.json for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.publish.keeping.files import write_whole

if TYPE_CHECKING:
    from weltoffen_eval.publish.running.batch import Batch
    from weltoffen_eval.publish.running.job import Outcome
    from weltoffen_eval.runs.jobs import LeftOut


def plain(reason: str) -> str:
    """A reason in one line, without the colours of a traceback."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", reason).split())


def state_of(batch: Batch) -> str:
    """What became of a run: done, failed, interrupted, or nothing if no report was wanted."""
    if batch.interrupted:
        return "interrupted"
    if batch.failed or batch.refused:
        return "failed"
    return "done" if batch.outcomes else "nothing"


def write_record(
    out: Path,
    study: str,
    batch: Batch,
    left_out: Sequence[LeftOut],
    public: bool = False,
    refused: int = 0,
) -> None:
    """run.json: what the run did, for programs.

    Parameters
    ----------
    public : reasons stay away, for they may name folders and show single answers
    refused : the number of faults that ended it at once
    """
    record = {
        "study": study,
        "state": "refused" if refused else state_of(batch),
        "faults": refused,
        "interrupted": batch.interrupted,
        "reports": [
            {
                "report": outcome.job.report,
                "notebook": outcome.job.notebook.name,
                "municipality": outcome.job.parameters.get("municipality", ""),
                "wave": outcome.job.parameters.get("wave", ""),
                "state": outcome.state,
                "renewed": outcome.renewed,
                "reason": "" if public else plain(outcome.reason),
                "files": _files(outcome, out),
            }
            for outcome in batch.outcomes
        ],
        "left_out": [
            {"municipality": e.municipality, "wave": e.wave, "state": "skipped", "reason": e.reason}
            for e in left_out
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    write_whole(out / "run.json", text.encode("utf-8"))


def _files(outcome: Outcome, out: Path) -> list[str]:
    """The files of a report by their paths in the reports folder."""
    folder = outcome.job.target.parent.relative_to(out).as_posix()
    return [f"{folder}/{name}" for name in outcome.files]
