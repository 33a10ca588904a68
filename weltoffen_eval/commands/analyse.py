"""``weltoffen analyse``: the statistics as one table, for those who check the numbers without a notebook."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word
from weltoffen_eval.commands.waiting import shown_steps, tell

#: What can be analysed; ``results.statistics_table`` holds it under the same names.
WHAT = ("reference", "gaps", "change", "robustness", "reliability", "agreement")
#: Why a table holds nothing.
_NONE = {
    "reference": "no municipality has enough others of its kind that answered",
    "gaps": "no persons answered beside an administration, or too few to be told of",
    "change": "nobody answered the same questions in two waves",
    "robustness": "no administration answered",
    "reliability": "no administration answered",
    "agreement": "no persons answered, or too few to be told of",
}


@options.as_command("analyse", "Statistics as CSV: one row per number, nothing rounded.")
@options.study
@click.option("--what", required=True, type=Word(WHAT), help="Which statistics.")
@options.scheme
@options.as_json
@options.out_file
def command(study: str | None, what: str, scheme: str | None, as_json: bool, out: Path | None) -> int:
    """Clean, score, analyse; write or print the table."""
    from weltoffen_eval.commands.table_files import check_out, write_table
    from weltoffen_eval.results.csv_text import findings_csv
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.statistics_table import analyse
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.merging import merging_of
    from weltoffen_eval.study.responses.cleaning import clean_responses

    the_study = load_study(study)
    check_out(out, the_study)
    the_scheme = load_scheme(scheme, the_study)
    tell("analyse", f"reading the files of {the_study.id}")
    cleaned = clean_responses(the_study)
    tell("analyse", f"{what} of {cleaned.records['municipality'].nunique()} municipalities")
    merging = merging_of(the_study, cleaned.records)
    with shown_steps():
        findings = analyse(the_study, cleaned.responses, the_scheme, what, merging)
    text = findings_csv(findings)
    if not len(findings):
        print(f"weltoffen analyse: there are no numbers: {_NONE[what]}.", file=sys.stderr)
    if out is not None:
        write_table(out, text)
    if as_json:
        print(json.dumps({"study": the_study.id, "rows": len(findings), "out": str(out or "")}))
    elif out is None:
        sys.stdout.write(text)
    else:
        print(f"{len(findings)} findings: {out}")
    return 0
