"""``weltoffen diff``: what changed between two archives or runs, by cause, down to the number."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval.commands import options
from weltoffen_eval.errors import visible

if TYPE_CHECKING:
    from weltoffen_eval.runs.difference import ChangedFile

#: So many of a list are printed; all are in --json.
_MOST = 40


@options.as_command("diff", "What changed between two archives or folders of reports, and by what cause.")
@click.argument("before", type=options.FilePath(), metavar="A")
@click.argument("after", type=options.FilePath(), metavar="B")
@options.as_json
def command(before: Path, after: Path, as_json: bool) -> int:
    """A and B are archives, or folders of the reports of a study; returns 0 also where they differ."""
    from weltoffen_eval.runs.difference import compare

    with tempfile.TemporaryDirectory(prefix="weltoffen-diff-") as work:
        found = compare(before, after, Path(work))
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return 0
    if found.causes is None:
        print("By what cause is known of archives only.")
    for cause, files in (found.causes or {}).items():
        print(f"{cause}: {'as before' if not files else f'{len(files)} changed'}")
        for line in _first(line for file in files for line in _lines(file)):
            print(f"  {line}")
    print(f"reports: {len(found.reports)} files changed" if found.reports else "reports: as before")
    for line in _first(map(visible, found.reports)):
        print(f"  {line}")
    print(f"numbers: {len(found.numbers):,} changed" if found.numbers else "numbers: as before")
    changed = (f"{one.report}: {one.key} {_told(one.before)} → {_told(one.after)}" for one in found.numbers)
    for line in _first(map(visible, changed)):
        print(f"  {line}")
    return 0


def _lines(file: ChangedFile) -> Iterator[str]:
    """A changed file; below it what of it is another."""
    yield f"{visible(file.path)} ({file.state})"
    yield from (f"  {within}" for within in file.within)


def _first(lines: Iterable[str]) -> Iterator[str]:
    """So many as a person reads; then how many there are beyond."""
    rest = iter(lines)
    yield from islice(rest, _MOST)
    beyond = sum(1 for _ in rest)
    if beyond:
        yield f"and {beyond:,} more; --json lists all"


def _told(number: float | None) -> str:
    return "–" if number is None else f"{number:.10g}"
