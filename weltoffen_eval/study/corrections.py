"""corrections.csv: the only way in which a raw value is changed, each change checked and logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.raw_table import LogEntry, RawTable, plain, read_records

_COLUMNS = ("file", "sheet", "row", "column", "old", "new", "reason")


@dataclass(frozen=True)
class Correction:
    """One value to be changed: at the record that begins on line ``row`` of ``file``."""

    file: str
    sheet: str
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
    if not path.exists():
        return ()
    corrections = []
    for record in read_records(path, file, _COLUMNS, (), faults):
        line = int(record["line"])
        if record["file"] not in known_files:
            advice = did_you_mean(record["file"], known_files).strip()
            faults.append(
                Fault(file, repr(record["file"]), "a path as in study.toml", advice, row=line, column="file")
            )
        if not record["row"].isascii() or not record["row"].isdigit():
            faults.append(Fault(file, repr(record["row"]), "the line of a record", row=line, column="row"))
            continue
        if not record["reason"]:
            faults.append(Fault(file, "no reason", "why the value is changed", row=line, column="reason"))
        fields = {name: record[name] for name in _COLUMNS if name != "row"}
        corrections.append(Correction(row=int(record["row"]), line=line, **fields))
    return tuple(corrections)


def apply_corrections(table: RawTable, corrections: Sequence[Correction], faults: list[Fault]) -> None:
    """Change the cells of ``table`` for which there is a correction, and log each.

    A correction whose record, column or old value is not there is a fault, so that none is applied
    to data for which it was not meant.
    """
    record_of = {line: position for position, line in enumerate(table.lines)}
    for correction in corrections:
        if correction.file != table.file or correction.sheet not in ("", table.sheet):
            continue

        def fault(found: str, expected: str, correction: Correction = correction) -> None:
            faults.append(
                Fault(
                    "corrections.csv",
                    found,
                    expected,
                    f"It is meant for {correction.file}, row {correction.row}, column {correction.column}.",
                    row=correction.line,
                )
            )

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
                table.sheet,
                correction.row,
                correction.column,
                correction.old,
                correction.new,
                f"correction: {correction.reason}",
            )
        )
