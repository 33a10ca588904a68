"""Records that a survey tool marks as tries or as unfinished: logged, or left out as study.toml says."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.raw.tool_notes import read_notes
from weltoffen_eval.study.listed_files import RawFile


def settle_unfinished(raw: RawFile, table: RawTable, items: Sequence[str], faults: list[Fault]) -> None:
    """Log each such record; ``incomplete = "drop"`` leaves out what was not finished.

    A try is never left out by itself: ``skip_rows`` says which it is. ``items``: ids of the questionnaire.
    """
    named = [*raw.columns.values(), raw.perspective_column, *raw.items.values()]
    notes = read_notes(table, [*named, *(item for item in items if item not in raw.items)])
    drop = raw.incomplete == "drop"
    if drop and not notes.says_finished:
        faults.append(
            table.fault(
                "no column that says which records were finished",
                "one of Qualtrics (Finished), SoSci Survey (FINISHED) or LimeSurvey (submitdate), for "
                'incomplete = "drop"',
                "Export it too, or name the rows in skip_rows.",
                row=table.header_line,
            )
        )
    for line, head in notes.tries.items():
        table.log_change(line, head, "", "", "try_kept")
    for line, head in notes.unfinished.items():
        table.log_change(line, head, "", "", "incomplete_dropped" if drop else "incomplete_kept")
    if drop and notes.unfinished:
        table.keep([line not in notes.unfinished for line in table.lines])
