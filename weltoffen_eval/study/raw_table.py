"""A raw file as text: header and cells exactly as they stand, each record with its line number."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from weltoffen_eval.errors import Fault, did_you_mean


@dataclass(frozen=True)
class LogEntry:
    """One change between what was received and what is counted (a row of cleaning_log.csv)."""

    file: str
    sheet: str
    row: int | None
    column: str
    old: str
    new: str
    rule: str


@dataclass
class RawTable:
    """What a file holds, as text. ``lines[i]`` is the line of the record ``rows[i]``; the header is 1.

    ``delimiter`` parts the cells of a CSV file, and is empty for a workbook, whose numbers are certain
    but for the ``text_cells``: by column, the lines on which a cell holds a text.
    """

    file: str
    columns: list[str]
    rows: list[list[str]]
    lines: list[int]
    sheet: str = ""
    log: list[LogEntry] = field(default_factory=list)
    delimiter: str = ""
    text_cells: dict[str, set[int]] = field(default_factory=dict)

    def index(self, column: str) -> int:
        return self.columns.index(column)

    def cells(self, column: str) -> list[str]:
        position = self.index(column)
        return [row[position] for row in self.rows]

    def fault(
        self, found: str, expected: str, advice: str = "", row: int | None = None, column: str = ""
    ) -> Fault:
        return Fault(self.file, found, expected, advice, self.sheet, row, column)


def plain(text: str) -> str:
    """The form in which names and labels are compared: NFC, no outer blanks."""
    if text.isascii():
        return text.strip()
    # a no-break space, a zero-width space and a BOM are blanks to the person who typed them
    return unicodedata.normalize("NFC", text).strip().strip("\u200b\ufeff").strip()


def folded(text: str) -> str:
    """As :func:`plain`, without regard to case and to the number of blanks inside."""
    return " ".join(plain(text).casefold().split())


def check_header(table: RawTable, faults: list[Fault]) -> bool:
    """False, with faults, where a column has no name or two have the same."""
    seen: dict[str, int] = {}
    before = len(faults)
    for position, name in enumerate(table.columns, start=1):
        if name == "":
            faults.append(
                table.fault(
                    f"column {position} has no name",
                    "a name for each column",
                    "Name it or delete the column.",
                    row=1,
                )
            )
        elif name in seen:
            faults.append(
                table.fault(
                    f"the column stands twice (columns {seen[name]} and {position})",
                    "each column once",
                    "Delete or rename one of them.",
                    row=1,
                    column=name,
                )
            )
        else:
            seen[name] = position
    return len(faults) == before


def check_columns(
    table: RawTable, required: Sequence[str], optional: Sequence[str], faults: list[Fault]
) -> bool:
    """False, with faults, where a required column is missing or one is not known."""
    known = [*required, *optional]
    before = len(faults)
    for name in required:
        if name not in table.columns:
            faults.append(table.fault("no such column", f"a column {name}", "Add it.", row=1, column=name))
    for name in table.columns:
        if name not in known:
            faults.append(
                table.fault(
                    "a column that is not known here",
                    "only " + ", ".join(known),
                    did_you_mean(name, known).strip(),
                    row=1,
                    column=name,
                )
            )
    return len(faults) == before


def read_records(
    path: Path,
    file: str,
    required: Sequence[str],
    optional: Sequence[str],
    faults: list[Fault],
) -> list[dict[str, str]]:
    """A table of our own format (items.csv, municipalities.csv, …) as one dict per record.

    Every optional column is there, empty if the file lacks it; ``line`` is the record's line.
    An empty list where the file is refused.
    """
    from weltoffen_eval.study.raw_files import read_table

    table = read_table(path, file, faults, known=[*required, *optional])
    if table is None or not check_columns(table, required, optional, faults):
        return []
    absent = {name: "" for name in optional if name not in table.columns}
    return [
        dict(zip(table.columns, map(plain, cells), strict=True)) | absent | {"line": str(line)}
        for line, cells in zip(table.lines, table.rows, strict=True)
    ]
