"""``weltoffen scheme diff``: what differs between two schemes, and what the difference moves in a study."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from weltoffen_eval.commands import options
from weltoffen_eval.errors import visible


@options.as_command("diff", "What differs between two schemes, and what that moves in a study.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@options.study
@options.as_json
def command(before: str, after: str, study: str | None, as_json: bool) -> int:
    """A and B are paths, or names of schemes; returns 0 also where they differ."""
    from weltoffen_eval.analysis.scheme_difference import differences, moved_scores, remarks_on
    from weltoffen_eval.analysis.scoring import score_waves
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.responses.cleaning import clean_responses

    loaded = load_study(study)
    one, other = load_scheme(before, loaded), load_scheme(after, loaded)
    found = differences(one, other)
    cleaned = clean_responses(loaded)
    tables = (score_waves(loaded, cleaned.waves, rules, records=cleaned.records) for rules in (one, other))
    moved = moved_scores(*tables)
    remarks = remarks_on(other, list(loaded.instruments.values()))
    if as_json:
        told = {
            "differences": [asdict(entry) for entry in found],
            "moved": [asdict(entry) for entry in moved],
            "remarks": remarks,
        }
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(f"{visible(one.id)} and {visible(other.id)}: {len(found) or 'no'} differences")
    for entry in found:
        print(f"  {visible(entry.what)}: {visible(entry.before)} → {visible(entry.after)}")
    for row in moved:
        name = f"{row.level} {row.id}"
        print(
            f"  {name}: {row.moved} of {row.scores} scores move, by {row.least:+.1f} to {row.most:+.1f}"
            + (f"; {row.withheld} withheld now, {row.shown} shown now" if row.withheld or row.shown else "")
        )
    if found and not any(row.moved or row.withheld or row.shown for row in moved):
        print(f"Nothing moves in {loaded.id}.")
    for remark in remarks:
        print(visible(remark))
    return 0
