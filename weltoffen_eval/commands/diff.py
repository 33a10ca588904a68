"""``weltoffen diff``: what changed between two archives or runs, by cause, down to the number."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from weltoffen_eval.commands import options

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
        for file in files[:_MOST]:
            print(f"  {file}")
    print(f"reports: {len(found.reports)} files changed" if found.reports else "reports: as before")
    for one in found.numbers[:_MOST]:
        print(f"  {one.report}: {one.key} {_told(one.before)} → {_told(one.after)}")
    if len(found.numbers) > _MOST:
        print(f"  and {len(found.numbers) - _MOST:,} numbers more; --json lists all")
    return 0


def _told(number: float | None) -> str:
    return "–" if number is None else f"{number:.10g}"
