"""``weltoffen check``, ``clean`` and ``score``: from raw files to tables."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault, RefusedError, WeltoffenError
from weltoffen_eval.publish.keeping.files import spreadsheet_cell, write_whole
from weltoffen_eval.publish.keeping.lock import only_writer

FAULT_COLUMNS = ("file", "tab", "row", "column", "found", "expected", "advice", "municipality")


def add_to(commands: Any) -> None:
    """Add the three commands to the parser."""
    check = commands.add_parser("check", help="every fault of every raw file, at once")
    clean = commands.add_parser("clean", help="raw files to data/processed, with the cleaning log")
    score = commands.add_parser("score", help="scores as CSV")
    for parser, function in ((check, run_check), (clean, run_clean), (score, run_score)):
        parser.add_argument(
            "study", nargs="?", metavar="STUDY", help="a folder or a name (default: beispiel)"
        )
        parser.add_argument("--json", action="store_true", help="print what a script needs")
        parser.set_defaults(run=function)
    score.add_argument("--scheme", metavar="S", help="a shipped scheme or the path of one")
    score.add_argument(
        "--by", choices=("municipality", "respondent"), default="municipality", help="what a row is about"
    )
    score.add_argument("--out", metavar="F", type=Path, help="the file to write (default: print)")


def run_check(call: argparse.Namespace) -> int:
    """Read everything, collect all faults, tell them as text and as faults.csv."""
    from weltoffen_eval.results.scheme_files import read_scheme
    from weltoffen_eval.study.definition import read_study
    from weltoffen_eval.study.keys import is_study_id
    from weltoffen_eval.study.responses.cleaning import read_responses

    folder = paths.study_folder(call.study)
    faults: list[Fault] = []
    study = read_study(folder, faults)
    cleaned = None
    if study is not None:
        read_scheme(None, study, faults)
        cleaned = read_responses(study, faults)
    name = study.id if study is not None else folder.name
    if faults:
        # an id that is refused names no folder
        path = write_faults(name, faults) if study is None or is_study_id(name) else None
        if call.json:
            print(json.dumps({"study": name, "faults": [_row(f) for f in faults]}, ensure_ascii=False))
        raise RefusedFaults(faults, path)
    assert study is not None and cleaned is not None
    (paths.processed_folder(name) / "faults.csv").unlink(missing_ok=True)
    sheets = cleaned.records.drop_duplicates(["municipality", "wave", "setting", "perspective", "respondent"])
    unread = [f.path for f in study.files if f.kind != "responses"]
    if call.json:
        print(json.dumps({"study": name, "faults": [], "sheets": len(sheets), "not_read": unread}))
        return 0
    print(
        f"{name}: no faults. {len(sheets)} sheets, {int(sheets['counted'].sum())} with answers; "
        f"{len(cleaned.cleaning_log)} entries in the cleaning log."
    )
    for path_name in unread:
        print(f"not read by this version: {path_name}")
    return 0


class RefusedFaults(RefusedError):
    """All faults, and where they lie as a table."""

    def __init__(self, faults: list[Fault], path: Path | None):
        super().__init__(faults)
        self.path = path

    def __str__(self) -> str:
        count = len(self.faults)
        where = f"\nAs a table: {self.path}" if self.path else ""
        return f"{count} fault{'s' if count > 1 else ''}\n{super().__str__()}{where}"


def write_faults(study: str, faults: list[Fault]) -> Path | None:
    """faults.csv beside the processed tables; None where it cannot be written."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, FAULT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for fault in faults:
        writer.writerow({name: spreadsheet_cell(cell) for name, cell in _row(fault).items()})
    path = paths.processed_folder(study) / "faults.csv"
    try:
        write_whole(path, stream.getvalue().encode("utf-8-sig"))
    except WeltoffenError:
        return None
    return path


def _row(fault: Fault) -> dict[str, object]:
    """A fault by the columns of faults.csv."""
    return {name: getattr(fault, "sheet" if name == "tab" else name) for name in FAULT_COLUMNS}


def run_clean(call: argparse.Namespace) -> int:
    """Write data/processed/<study>/."""
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.store import store_study
    from weltoffen_eval.study.definition import load_study

    study = load_study(call.study)
    folder = paths.processed_folder(study.id)
    with only_writer(folder):
        cleaned = store_study(folder, study, load_scheme(None, study))
    if call.json:
        print(json.dumps({"study": study.id, "folder": str(folder), "responses": cleaned.count_responses()}))
        return 0
    for rule, count in cleaned.cleaning_log["rule"].value_counts(sort=False).sort_index().items():
        print(f"{rule}: {count}")
    print(f"{cleaned.count_responses()} responses: {folder}")
    return 0


def run_score(call: argparse.Namespace) -> int:
    """Write or print the score file."""
    from weltoffen_eval.analysis.scoring import score_waves
    from weltoffen_eval.commands.table_files import check_out
    from weltoffen_eval.results.csv_text import scores_csv
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.responses.cleaning import clean_responses

    study = load_study(call.study)
    check_out(call.out, study)
    scheme = load_scheme(call.scheme, study)
    scores = score_waves(study, clean_responses(study).waves, scheme, call.by)
    text = scores_csv(scores)
    if call.out is None and not call.json:
        sys.stdout.write(text)
        return 0
    if call.out is not None:
        write_whole(call.out, text.encode("utf-8"))
    if call.json:
        print(json.dumps({"study": study.id, "scheme": scheme.id, "rows": len(scores), "out": str(call.out)}))
    else:
        print(f"{len(scores)} scores: {call.out}")
    return 0
