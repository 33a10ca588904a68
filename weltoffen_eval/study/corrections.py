"""corrections.csv: the only way in which a raw value is changed, each change checked and logged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.raw.records import read_records
from weltoffen_eval.study.raw.table import LogEntry, RawTable, plain
from weltoffen_eval.study.study_files import check_file, is_there

_COLUMNS = ("file", "row", "column", "old", "new", "reason")
# ``sheet`` is the former word for a tab
_OPTIONAL = ("tab", "sheet")
#: No file has more rows than a number of so many digits says.
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Correction:
    """One value to be changed: at the record that begins on line ``row`` of ``file``."""

    file: str
    tab: str
    row: int
    column: str
    old: str
    new: str
    reason: str
    line: int


def read_corrections(
    path: Path, file: str, known_files: Sequence[str], faults: list[Fault]
) -> tuple[Correction, ...]:
    """The corrections of a study; none where the file does not exist."""
    if not is_there(path) or not check_file(path, file, faults, path.parent):
        return ()
    corrections = []
    cells: dict[tuple[str, str, int, str], int] = {}
    for record in read_records(path, file, _COLUMNS, _OPTIONAL, faults):
        line = int(record["line"])
        of_file = str(PurePosixPath(record["file"])) if record["file"] else ""
        if of_file not in known_files:
            faults.append(
                Fault(file, repr(record["file"]), "a path as in study.toml", row=line, column="file")
            )
        if record["tab"] and record["sheet"]:
            faults.append(Fault(file, "tab and sheet", "only one of them", row=line, column="sheet"))
        digits = record["row"]
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
            faults.append(Fault(file, repr(digits), "the line of a record", row=line, column="row"))
            continue
        if not record["reason"]:
            faults.append(Fault(file, "no reason", "why the value is changed", row=line, column="reason"))
        tab = record["tab"] or record["sheet"]
        cell = (of_file, tab, int(digits), record["column"])
        if cell in cells:
            faults.append(
                Fault(
                    file,
                    f"row {cell[2]}, column {cell[3]} of {of_file} once more",
                    "one correction of each cell",
                    f"The first stands in row {cells[cell]}.",
                    row=line,
                )
            )
        cells.setdefault(cell, line)
        corrections.append(
            Correction(
                of_file, tab, cell[2], record["column"], record["old"], record["new"], record["reason"], line
            )
        )
    return tuple(corrections)


def apply_corrections(table: RawTable, corrections: Sequence[Correction], faults: list[Fault]) -> None:
    """Change the cells of ``table`` for which there is a correction, and log each.

    A correction whose record, column or old value is not there is a fault, so that none is applied
    to data for which it was not meant.
    """
    meant = [c for c in corrections if c.file == table.file and c.tab in ("", table.tab)]
    record_of = {line: position for position, line in enumerate(table.lines)} if meant else {}
    for correction in meant:

        def fault(found: str, expected: str, correction: Correction = correction) -> None:
            advice = f"It is meant for {correction.file}, row {correction.row}, column {correction.column}."
            faults.append(Fault("corrections.csv", found, expected, advice, row=correction.line))

        if correction.column not in table.columns:
            fault(
                f"the column {correction.column!r}",
                f"a column of {correction.file}{did_you_mean(correction.column, table.columns)}",
            )
            continue
        if correction.row not in record_of:
            fault(f"row {correction.row}", f"the line of a record of {correction.file}")
            continue
        cells = table.rows[record_of[correction.row]]
        position = table.index(correction.column)
        if plain(cells[position]) != correction.old:
            fault(f"the old value {correction.old!r}", f"{plain(cells[position])!r}, as in the raw file")
            continue
        cells[position] = correction.new
        table.log.append(
            LogEntry(
                table.file,
                table.tab,
                correction.row,
                correction.column,
                correction.old,
                correction.new,
                f"correction: {correction.reason}",
            )
        )


def check_tabs(
    corrections: Sequence[Correction], read: Collection[tuple[str, str]], faults: list[Fault]
) -> None:
    """A fault for each correction whose tab was not read, or that may mean any of several tabs.

    ``read``: (file, tab) of the tables that were read; of files that could not be, nothing is said.
    """
    tabs_of: dict[str, list[str]] = {}
    for file, tab in sorted(read):
        tabs_of.setdefault(file, []).append(tab)
    for correction in corrections:
        tabs = tabs_of.get(correction.file, [])
        named = repr(correction.tab) if correction.tab else "no tab"
        if tabs and (correction.tab not in ["", *tabs] or (not correction.tab and len(tabs) > 1)):
            expected = f"a tab that is read: {', '.join(tabs)}" if any(tabs) else "no tab: it is no workbook"
            faults.append(Fault("corrections.csv", named, expected, row=correction.line, column="tab"))
