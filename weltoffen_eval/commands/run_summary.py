"""What a run did, told: the index page for people, run.json for programs, the summary on the console."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.publish.files import write_whole

if TYPE_CHECKING:
    from weltoffen_eval.publish.batch import Batch
    from weltoffen_eval.publish.job import Outcome
    from weltoffen_eval.publish.pages import Reports

#: How the formats are called in the index.
_FORMATS = {".html": "HTML", ".pdf": "PDF", ".docx": "Word"}


@dataclass(frozen=True)
class LeftOut:
    """A municipality and wave without report: ``reason`` in English, ``remark`` in German."""

    municipality: str
    wave: str
    reason: str
    remark: str


def plain(reason: str) -> str:
    """A reason in one line, without the colours of a traceback."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", reason).split())


def clipped(title: str, longest: int = 100) -> str:
    """A title for a line of a terminal: not longer than that, nothing in it that moves the cursor."""
    shown = without_controls(title)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def write_index(
    out: Path, title: str, note: str, names: Mapping[str, str], batch: Batch, left_out: Sequence[LeftOut]
) -> None:
    """index.html: every municipality of the run (key and name) with what became of it."""
    from weltoffen_eval.publish.pages import Entry, index_page

    made: dict[str, list[Outcome]] = {key: [] for key in names}
    of_study: list[Outcome] = []
    for outcome in batch.outcomes:
        made.get(outcome.job.parameters.get("municipality", ""), of_study).append(outcome)
    missing: dict[str, list[str]] = {key: [] for key in names}
    for left in left_out:
        missing[left.municipality].append(left.remark)

    def linked(outcomes: Sequence[Outcome]) -> Reports:
        return tuple((_label(outcome), _links(outcome, out)) for outcome in outcomes)

    entries = []
    for key, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        outcomes = made[key]
        remarks = [f"{_label(o)}: konnte nicht erstellt werden" for o in outcomes if o.state == "failed"]
        state = _state(outcomes, len(missing[key]))
        entries.append(Entry(key, name, state, linked(outcomes), tuple(remarks + missing[key])))
    write_whole(out / "index.html", index_page(title, note, entries, linked(of_study)))


def _label(outcome: Outcome) -> str:
    wave = outcome.job.parameters.get("wave", "")
    return f"{outcome.job.title.split(':')[0]} {wave}".strip()


def _links(outcome: Outcome, out: Path) -> tuple[tuple[str, str], ...]:
    files = [(PurePosixPath(path).suffix, path) for path in _files(outcome, out)]
    if outcome.state == "failed":
        return tuple(("Fehlerseite", path) for suffix, path in files if suffix == ".html")
    return tuple((_FORMATS[suffix], path) for suffix, path in files if suffix in _FORMATS)


def _files(outcome: Outcome, out: Path) -> list[str]:
    """The files of a report by their paths in the reports folder."""
    folder = outcome.job.target.parent.relative_to(out).as_posix()
    return [f"{folder}/{name}" for name in outcome.files]


def _state(outcomes: Sequence[Outcome], missing: int) -> str:
    """What became of a municipality, as one of the states of the index."""
    failed = sum(outcome.state == "failed" for outcome in outcomes)
    if not outcomes:
        return "none"
    if failed == len(outcomes):
        return "failed"
    return "part" if failed or missing else "done"


def write_record(out: Path, study: str, batch: Batch, left_out: list[LeftOut]) -> None:
    """run.json: what the run did, for programs."""
    record = {
        "study": study,
        "interrupted": batch.interrupted,
        "reports": [
            {
                "notebook": outcome.job.notebook.name,
                "municipality": outcome.job.parameters.get("municipality", ""),
                "wave": outcome.job.parameters.get("wave", ""),
                "state": outcome.state,
                "renewed": outcome.renewed,
                "reason": plain(outcome.reason),
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


def tell_summary(call: argparse.Namespace, out: Path, batch: Batch, left_out: list[LeftOut]) -> None:
    """The summary of a run on the console: in words, or as JSON."""
    done = sum(outcome.state == "done" and outcome.renewed for outcome in batch.outcomes)
    kept = sum(not outcome.renewed for outcome in batch.outcomes)
    if call.json:
        summary = {
            "reports": done,
            "kept": kept,
            "failed": len(batch.failed),
            "left_out": len(left_out),
            "interrupted": batch.interrupted,
            "index": str(out / "index.html"),
            "record": str(out / "run.json"),
        }
        print(json.dumps(summary, ensure_ascii=False))
        return
    for entry in left_out:
        print(f"left out: {entry.municipality}, {entry.wave}: {entry.reason}")
    for outcome in batch.failed:
        print(f"failed: {clipped(outcome.job.title)}: {plain(outcome.reason)}")
    if batch.interrupted:
        print(f"Interrupted after {done} reports; what is finished is in {out}.")
        return
    print(f"{done} reports made, {kept} kept, {len(batch.failed)} failed, {len(left_out)} left out.")
    print(f"Open {out / 'index.html'}")
