"""``weltoffen verify``: whether an archive is whole, consistent, and comes out again."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word


@options.as_command("verify", "Whether an archive is whole, its numbers follow from it, and come out again.")
@click.argument("archive", type=options.FilePath(), metavar="F.zip")
@click.option(
    "--level",
    type=Word(("integrity", "content", "rerun")),
    default="content",
    help="integrity: every hash; content: all parts agree; rerun: all is made anew (default: content).",
)
@click.option("--wheels", type=options.FilePath(), metavar="DIR", help="Libraries for rerun, taken offline.")
@options.as_json
def command(archive: Path, level: str, wheels: Path | None, as_json: bool) -> int:
    """A table for people, JSON for programs; returns 1 where something is wrong."""
    from weltoffen_eval.runs.verification import verify

    with tempfile.TemporaryDirectory(prefix="weltoffen-verify-") as folder:
        verdict = verify(archive, level, Path(folder) / "data", wheels)
    if as_json:
        print(json.dumps({"ok": verdict.ok, **asdict(verdict)}, ensure_ascii=False))
        return 0 if verdict.ok else 1
    for check in verdict.checks:
        print(f"{'ok   ' if check.ok else 'WRONG'} {check.what}{': ' + check.found if check.found else ''}")
    states = Counter(one.state for one in verdict.compared)
    for one in verdict.compared:
        if one.state not in ("identical",):
            print(f"{one.state}: {one.path}{' at ' + one.where if one.where else ''}")
    if states:
        print("made anew: " + ", ".join(f"{count:,} {state}" for state, count in sorted(states.items())))
    for remark in verdict.remarks:
        print(remark)
    print(f"{archive}: {'verified' if verdict.ok else 'NOT verified'} ({level})")
    return 0 if verdict.ok else 1
