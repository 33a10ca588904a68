"""CSV as text, strictly: fields are counted, line numbers kept, nothing is guessed over.

pandas' reader shifts columns where a record has a field too many, lets an open quote swallow the
records behind it, and reads ``NA`` as empty; none of that may happen to an answer. The file is read
line by line, so that its size is limited by what is kept of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw import characters as raw_characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.encoding import (
    MOST_LINE_BYTES,
    Encoding,
    find_encoding,
    has_endless_line,
    read_lines,
    seems_of_another_encoding,
)
from weltoffen_eval.raw.header import FIRST_ROWS, Layout, read_header
from weltoffen_eval.raw.table import LogEntry, RawTable, plain

DELIMITERS = (",", ";", "\t")
MOST_BYTES = 8_000_000_000
MOST_FIELD_CHARACTERS = 131_072
#: 2,000,000 respondents × 108 items; a cell takes one to four bytes of memory.
MOST_CELLS = 220_000_000
#: Of a file with few columns; a record takes some 300 bytes, whatever it holds.
MOST_RECORDS = 10_000_000
_AT_ONCE = 20_000


def read_csv(
    path: Path,
    file: str,
    faults: list[Fault],
    known: Sequence[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
    layout: Layout | None = None,
) -> RawTable | None:
    """The table of a CSV file; None, with faults, where it is not one.

    Where records are faulty the others are read all the same: a fault hides no other.
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        faults.append(Fault(file, f"delimiter {delimiter!r}", "one sign, such as , or ;"))
        return None
    size = path.stat().st_size
    if size > MOST_BYTES:
        faults.append(Fault(file, f"{size:,} bytes", f"at most {MOST_BYTES:,} bytes", "Split it."))
        return None
    if has_endless_line(path):
        faults.append(
            Fault(
                file,
                "a line without end",
                f"lines of at most {MOST_LINE_BYTES:,} bytes",
                "Is this a CSV file?",
            )
        )
        return None
    log: list[LogEntry] = []
    chosen = find_encoding(path, file, encoding, faults, log)
    if chosen is None:
        return None
    table = RawTable(file, [], [], [], log=log)
    skipped_lines, table.delimiter = _find_delimiter(path, chosen, known, delimiter)
    if not table.delimiter:
        faults.append(Fault(file, "an empty file", "a header and records", kind="file_empty"))
        return None
    lines = _Lines(
        table, chosen, islice(read_lines(path, chosen), skipped_lines, None), skipped_lines, faults
    )
    records = read_header(table, lines.records(), layout or Layout(), known, faults)
    return table if _keep(table, records, lines, faults) else None


class _Lines:
    """The lines of a file on their way to the records; those with remarkable characters are noted."""

    def __init__(
        self, table: RawTable, encoding: Encoding, lines: Iterator[str], skipped: int, faults: list[Fault]
    ) -> None:
        self.table, self.encoding, self.lines, self.skipped, self.faults = (
            table,
            encoding,
            lines,
            skipped,
            faults,
        )
        self.last_remarkable = 0
        self.last_nul = 0
        #: Records that are told as being in another encoding; what else is wrong with their letters follows.
        self.odd_records: set[int] = set()

    def _watched(self) -> Iterator[str]:
        for number, line in enumerate(self.lines, start=self.skipped + 1):
            if not line[:-1].isprintable() or not line.isascii():
                if "\x00" in line:
                    self.last_nul = number
                    line = line.replace("\x00", "")
                if (
                    raw_characters.UNSEEN.search(line)
                    or raw_characters.LOST.search(line)
                    or (self.encoding.guessed and seems_of_another_encoding(line))
                    or number in self.encoding.odd
                ):
                    self.last_remarkable = number
            yield line

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Records with the line on which each begins, empty ones among them."""
        csv.field_size_limit(MOST_FIELD_CHARACTERS)
        reader = csv.reader(self._watched(), delimiter=self.table.delimiter, strict=True)
        begin = self.skipped + 1
        try:
            for cells in reader:
                if self.last_nul >= begin:
                    self._tell("a NUL character", "text", "Is this a CSV file?", "letters_broken", begin)
                if self.last_remarkable >= begin:
                    self._tell_of_encoding(begin, reader.line_num + self.skipped, cells)
                yield begin, cells
                begin = reader.line_num + self.skipped + 1
        except csv.Error as error:
            found, expected, advice, kind = fault_of_csv(error)
            self._tell(found, expected, f"{advice} What follows could not be read.", kind, begin)

    def _tell(self, found: str, expected: str, advice: str, kind: str, row: int) -> None:
        self.faults.append(self.table.fault(found, expected, advice, row=row, kind=kind))

    def _tell_of_encoding(self, begin: int, end: int, cells: Sequence[str]) -> None:
        if not any(begin <= line <= end for line in self.encoding.odd):
            return
        self.odd_records.add(begin)
        name, rest = self.encoding.odd_name, "cp1252" if self.encoding.odd_name == "UTF-8" else "UTF-8"
        self._tell(
            "bytes that are letters neither in UTF-8 nor in cp1252"
            if any("\ufffd" in cell for cell in cells)
            else f"letters in {name}, while the rest of the file is in {rest}",
            "one encoding for the whole file",
            "Export the file anew as CSV UTF-8; two exports seem to have been put together.",
            "letters_of_two_encodings",
            begin,
        )

    def check(self, line: int, cells: Sequence[str], columns: Sequence[str]) -> None:
        """Faults for characters that nobody sees, and for letters that were broken."""
        if line in self.odd_records:
            return
        for position, cell in enumerate(cells):
            if cell.isascii() and cell.isprintable():
                continue
            wrong = raw_characters.find_in(cell)
            if "\ufffd" in cell and not self.encoding.name.startswith("utf-8"):
                wrong = [
                    (
                        f"bytes that are no {self.encoding.name} in {raw_characters.quoted(cell)}",
                        "UTF-8, UTF-16 or cp1252",
                        "Save the file as CSV UTF-8, or name its encoding in study.toml.",
                    )
                ]
            elif self.encoding.guessed and seems_of_another_encoding(cell):
                wrong.append(
                    (
                        f"letters as of another encoding than cp1252 in {raw_characters.quoted(cell)}",
                        "text as it was typed",
                        'Name the encoding in study.toml, such as encoding = "mac-roman" or "cp850".',
                    )
                )
            column = columns[position] if position < len(columns) else ""
            place = visible(column)
            self.faults.extend(self.table.fault(*what, line, place, "letters_broken") for what in wrong)


def fault_of_csv(error: csv.Error, quote: str = '"') -> tuple[str, str, str, str]:
    """What is told of a line that is no CSV: found, expected, advice and the kind of the fault."""
    if "field limit" in str(error):
        return (
            f"a cell of more than {MOST_FIELD_CHARACTERS:,} characters",
            "cells that are shorter",
            f"Shorten the text. Where none is so long, a {quote} that opens a text here is never closed.",
            "cell_too_long",
        )
    return (
        f"quotes that do not fit ({error})",
        f"each {quote} that opens a text closed before the next delimiter",
        f"Close the quote; a {quote} inside a text is written twice.",
        "quotes_open",
    )


def _keep(
    table: RawTable, records: Iterator[tuple[int, list[str]]], lines: _Lines, faults: list[Fault]
) -> bool:
    """Fill the table with the records; False, with a fault, where there is no header or too much below it."""
    part: list[list[str]] = []
    width = 0
    for line, cells in records:
        if not width:
            width = _begin(table, lines)
        if lines.last_remarkable >= line:
            lines.check(line, cells, table.columns)
        if len(cells) != width:
            if line not in lines.odd_records:
                faults.append(
                    table.fault(
                        f"{len(cells)} fields",
                        f"{width} fields, as in the header",
                        "Put a text that holds the delimiter into quotes, or add what is missing.",
                        row=line,
                        kind="fields_wrong",
                    )
                )
            continue
        part.append(cells)
        table.lines.append(line)
        if len(part) == _AT_ONCE:
            _store(table, part)
            if len(table.lines) * width > MOST_CELLS or len(table.lines) > MOST_RECORDS:
                faults.append(
                    table.fault(
                        f"more than {len(table.lines):,} records of {width} columns",
                        f"at most {MOST_CELLS:,} cells in {MOST_RECORDS:,} records",
                        "Split it into several files.",
                    )
                )
                return False
    if not width:
        _begin(table, lines)
    _store(table, part)
    return bool(table.columns)


def _begin(table: RawTable, lines: _Lines) -> int:
    lines.check(table.header_line, table.columns, ())
    table.content.extend(RawColumn() for _ in table.columns)
    return len(table.columns)


def _store(table: RawTable, part: list[list[str]]) -> None:
    for column, cells in zip(table.content, zip(*part, strict=True), strict=False):
        column.extend(cells)
    part.clear()


def _find_delimiter(
    path: Path, encoding: Encoding, known: Sequence[str], declared: str | None
) -> tuple[int, str]:
    """How many lines to leave out, and the delimiter; it is empty where the file is.

    It is the one under which a line has most known names, then most fields.
    """
    filled = list(islice((line for line in read_lines(path, encoding) if line.strip()), FIRST_ROWS))
    if not filled:
        return 0, ""
    if filled[0][:4].lower() == "sep=":
        # the line by which Excel is told the delimiter
        return 1, declared or filled[0].strip("\n")[4:5] or DELIMITERS[0]
    if declared:
        return 0, declared
    names = {plain(name) for name in known}

    def merit(delimiter: str) -> tuple[int, int]:
        rows = [next(csv.reader([line[:100_000]], delimiter=delimiter), []) for line in filled]
        return max(len(names.intersection(map(plain, row))) for row in rows), len(rows[0])

    return 0, max(DELIMITERS, key=merit)
