"""Sheets of feedback: written for a municipality, and what comes back put into ``corrections/``."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.errors import CallError, Fault

if TYPE_CHECKING:
    from weltoffen_eval.study.corrections import Correction
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.responses.placed_answers import PlacedAnswer
    from weltoffen_eval.study.responses.returned_feedback import Feedback

_COLUMNS = ("file", "tab", "row", "column", "old", "new", "reason")


def write_feedback_form(study: Study, municipality: str, out: Path) -> dict[Path, str]:
    """Write the sheet of feedback of a municipality; by file how many answers are in it."""
    from weltoffen_eval.commands.table_files import write_unfilled
    from weltoffen_eval.display.forms.feedback import make_feedback
    from weltoffen_eval.study.forms.workbooks import write_form
    from weltoffen_eval.study.responses.faulty_rows import number_of
    from weltoffen_eval.study.responses.placed_answers import place_answers

    if not municipality:
        raise CallError("A sheet of feedback is for one municipality: say -m KEY.")
    if out.suffix.lower() != ".xlsx":
        raise CallError(f"--out is {out}, but the sheet is a workbook; name {out.stem}.xlsx.")
    faults: list[Fault] = []
    answers = place_answers(study, municipality, faults)
    if not answers:
        raise CallError(
            f"There is no answer of an institution of {municipality} that could be looked through."
        )
    if faults:
        told = f"{number_of(faults)} in the files of the study: what could not be read is not in the sheet."
        print(f"{told} See weltoffen check.", file=sys.stderr)
    place = study.register.by_key[municipality]
    write_unfilled({out: write_form(make_feedback(study, place, answers))})
    return {out: f"{len(answers)} answers"}


def split_feedback(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The sheets of feedback among files that came back, and the others."""
    from weltoffen_eval.study.responses.returned_feedback import is_feedback

    feedback = [path for path in paths if is_feedback(path)]
    return feedback, [path for path in paths if path not in feedback]


def read_feedback_forms(study: Study, paths: Sequence[Path], faults: list[Fault]) -> list[Feedback]:
    """What these sheets change, held against each other; incomplete where there are faults."""
    from weltoffen_eval.display.forms.feedback import shown_of
    from weltoffen_eval.display.sentences import load_catalogue
    from weltoffen_eval.study.responses.returned_feedback import FeedbackWords, read_feedback

    words = load_catalogue("feedback", "de")

    def reason(given: str) -> str:
        return words.text("reason_given", text=given) if given else words.text("reason")

    def shown(municipality: str) -> Callable[[PlacedAnswer], tuple[str, str, str]]:
        return shown_of(study, study.register.by_key[municipality])

    read: list[Feedback] = []
    first_of: dict[tuple[str, str, int, str], tuple[str, str]] = {}
    for path in paths:
        feedback = read_feedback(study, path, str(path), FeedbackWords(reason, shown), faults)
        if feedback is None:
            continue
        for made in feedback.corrections:
            place = (made.file, made.tab, made.row, made.column)
            new, name = first_of.setdefault(place, (made.new, str(path)))
            if new != made.new:
                found = (
                    f"row {made.row}, column {made.column} of {made.file} corrected otherwise than in {name}"
                )
                advice = "Ask the municipality which of the two holds."
                faults.append(Fault(str(path), found, "one correction of each cell", advice, row=made.line))
        read.append(feedback)
    return read


def put_corrections(study: Study, read: Sequence[Feedback]) -> dict[str, int]:
    """Write what is new into corrections/<municipality>.csv, beside what stands there; how much by file."""
    from weltoffen_eval.publish.keeping.files import write_whole
    from weltoffen_eval.study.responses.returned_feedback import source_of

    put: dict[str, int] = {}
    for municipality in dict.fromkeys(feedback.municipality for feedback in read):
        source = source_of(municipality)
        there = [made for made in study.corrections if made.source == source]
        places = {(made.file, made.tab, made.row, made.column) for made in there}
        new = []
        for made in (made for one in read if one.municipality == municipality for made in one.corrections):
            if (made.file, made.tab, made.row, made.column) not in places:
                places.add((made.file, made.tab, made.row, made.column))
                new.append(made)
        put[source] = len(new)
        if new:
            write_whole(study.folder / source, _as_csv([*there, *new]))
    return put


def _as_csv(corrections: Sequence[Correction]) -> bytes:
    from weltoffen_eval.publish.keeping.files import spreadsheet_cell

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for made in sorted(corrections, key=lambda made: (made.file, made.tab, made.row, made.column)):
        # old and new are held against the file letter by letter, so they stay as they are
        place = (made.file, made.tab, made.row, made.column)
        writer.writerow((*place, made.old, made.new, spreadsheet_cell(made.reason)))
    return stream.getvalue().encode("utf-8")
