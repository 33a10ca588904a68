"""``weltoffen analyse``: the statistics as one table, for those who check the numbers without a notebook."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from weltoffen_eval.publish.keeping.files import write_whole

#: What can be analysed; ``analysis.analyses`` holds it under the same names.
WHAT = ("reference", "gaps", "change", "robustness", "reliability", "agreement")


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("analyse", help="statistics as CSV: one row per number, nothing rounded")
    parser.add_argument("study", nargs="?", metavar="STUDY", help="a folder or a name (default: beispiel)")
    parser.add_argument("--what", required=True, choices=WHAT, help="which statistics")
    parser.add_argument("--scheme", metavar="S", help="a shipped scheme or the path of one")
    parser.add_argument("--json", action="store_true", help="print what a script needs")
    parser.add_argument("--out", metavar="F", type=Path, help="the file to write (default: print)")
    parser.set_defaults(run=run)


def run(call: argparse.Namespace) -> int:
    """Clean, score, analyse; write or print the table."""
    from weltoffen_eval.commands.table_files import check_out
    from weltoffen_eval.results.csv_text import findings_csv
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.statistics_table import analyse
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.responses.cleaning import clean_responses

    study = load_study(call.study)
    check_out(call.out, study)
    scheme = load_scheme(call.scheme, study)
    findings = analyse(study, clean_responses(study).responses, scheme, call.what)
    text = findings_csv(findings)
    if call.out is not None:
        write_whole(call.out, text.encode("utf-8"))
    if call.json:
        print(json.dumps({"study": study.id, "rows": len(findings), "out": str(call.out or "")}))
    elif call.out is None:
        sys.stdout.write(text)
    else:
        print(f"{len(findings)} findings: {call.out}")
    return 0
