"""``weltoffen attack``: what follows from published files of what small groups of persons said."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval.commands import options
from weltoffen_eval.commands.waiting import shown_steps, tell

if TYPE_CHECKING:
    from weltoffen_eval.analysis.disclosure_attack import Bound
    from weltoffen_eval.results.attacked_folders import Attacked


@options.as_command("attack", "Try to work out of published files what small groups of persons said.")
@click.argument("folder", metavar="DIR", type=options.FilePath())
@click.option(
    "--with", "earlier", metavar="EARLIER", multiple=True, type=options.FilePath(),
    help="A folder that was published before (repeatable).",
)  # fmt: skip
@options.as_json
def command(folder: Path, earlier: tuple[Path, ...], as_json: bool) -> int:
    """Attack; print the narrowest interval of each withheld mean. 1 if one is recovered."""
    from weltoffen_eval.results.attacked_folders import attack_folders

    tell("attack", f"reading {folder} and working out what follows from it")
    with shown_steps():
        found = attack_folders(folder, earlier)
    if as_json:
        _print_json(found)
    else:
        _print(found)
    return 1 if found.recovered else 0


def _print(found: Attacked) -> None:
    for unsaid in found.unsaid:
        print(f"{unsaid.file}: {unsaid.kind} that the .json beside it does not hold: {unsaid.what}")
    for bound in found.bounds:
        print(_line(bound))
    print(
        f"{len(found.bounds)} withheld means, {len(found.recovered)} recovered; "
        f"{len(found.unsaid)} statements of pages that the .json beside them does not hold."
    )


def _line(bound: Bound) -> str:
    where = "/".join((bound.municipality, bound.wave, bound.setting, bound.group, bound.level, bound.id))
    files = ", ".join(bound.sources) or "nothing"
    mark = "RECOVERED " if bound.recovered else ""
    return f"{mark}{where} (n = {bound.n}): {bound.low:.2f} to {bound.high:.2f} points, from {files}"


def _print_json(found: Attacked) -> None:
    bounds = [{**asdict(bound), "recovered": bound.recovered} for bound in found.bounds]
    unsaid = [one._asdict() for one in found.unsaid]
    told = {"withheld": len(bounds), "recovered": len(found.recovered), "bounds": bounds, "unsaid": unsaid}
    print(json.dumps(told, ensure_ascii=False))
