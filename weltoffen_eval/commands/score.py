"""``weltoffen score``: the scores of a study as CSV."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word
from weltoffen_eval.commands.own_data import check_apart_from_reports, tell_own_data


@options.as_command("score", "Scores as CSV.")
@options.study
@options.as_json
@options.scheme
@click.option(
    "--by",
    type=Word(("municipality", "respondent")),
    default="municipality",
    help="What a row is about (default: municipality).",
)
@options.out_file
def command(study: str | None, as_json: bool, scheme: str | None, by: str, out: Path | None) -> int:
    """Write or print the score file."""
    from weltoffen_eval.analysis.scoring import score_waves
    from weltoffen_eval.commands.table_files import check_out, write_table
    from weltoffen_eval.results.csv_text import scores_csv
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.responses.cleaning import clean_responses

    the_study = load_study(study)
    check_out(out, the_study)
    check_apart_from_reports(out)
    the_scheme = load_scheme(scheme, the_study)
    cleaned = clean_responses(the_study)
    tell_own_data(cleaned.records)
    scores = score_waves(the_study, cleaned.waves, the_scheme, by, cleaned.records)
    text = scores_csv(scores)
    if out is None and not as_json:
        sys.stdout.write(text)
        return 0
    if out is not None:
        write_table(out, text)
    if as_json:
        told = {"study": the_study.id, "scheme": the_scheme.id, "rows": len(scores), "out": str(out)}
        print(json.dumps(told))
    else:
        print(f"{len(scores)} scores: {out}")
    return 0
