"""CSV as text, strictly: fields are counted, line numbers kept, nothing is guessed over.

pandas' reader shifts columns where a record has a field too many, lets an open quote swallow the
records behind it, and reads ``NA`` as empty; none of that may happen to an answer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.raw_table import LogEntry, RawTable, plain

DELIMITERS = (",", ";", "\t")
MOST_BYTES = 2_000_000_000
MOST_FIELD_CHARACTERS = 131_072


def read_csv(
    path: Path,
    file: str,
    faults: list[Fault],
    known: Sequence[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
) -> RawTable | None:
    """The table of a CSV file; None, with faults, where it is not one."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        faults.append(Fault(file, f"{size:,} bytes", f"at most {MOST_BYTES:,} bytes", "Split it."))
        return None
    content = path.read_bytes()
    log: list[LogEntry] = []
    text = _decode(content, file, encoding, faults, log)
    if text is None:
        return None
    if not text.strip():
        faults.append(Fault(file, "an empty file", "a header and records"))
        return None
    skipped_lines = 0
    if text[:4].lower() == "sep=" and delimiter is None:
        # the line by which Excel is told the delimiter
        first, _, text = text.partition("\n")
        delimiter, skipped_lines = first.strip("\r")[4:5] or None, 1
    delimiter = delimiter or _find_delimiter(text, known)
    records = _split(text, file, delimiter, faults, skipped_lines)
    if records is None:
        return None
    (header_line, header), *body = records
    del header_line
    columns = [plain(name) for name in header]
    while (
        len(columns) > 1
        and columns[-1] == ""
        and all(len(cells) == len(columns) and cells[-1].strip() == "" for _, cells in body)
    ):
        # a delimiter at the end of every line is a habit of spreadsheets, not a column
        columns.pop()
        body = [(line, cells[:-1]) for line, cells in body]
    table = RawTable(file, columns, [], [], log=log, delimiter=delimiter)
    for line, cells in body:
        if len(cells) != len(columns):
            faults.append(
                table.fault(
                    f"{len(cells)} fields",
                    f"{len(columns)} fields, as in the header",
                    "Put a text that holds the delimiter into quotes, or add what is missing.",
                    row=line,
                )
            )
        table.rows.append(cells)
        table.lines.append(line)
    return None if any(f.file == file for f in faults) else table


def _decode(
    content: bytes, file: str, encoding: str | None, faults: list[Fault], log: list[LogEntry]
) -> str | None:
    if encoding is None:
        if content.startswith(b"\xef\xbb\xbf"):
            encoding = "utf-8-sig"
        elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16"
        elif content[:200].count(b"\x00") * 3 > len(content[:200]):
            # UTF-16 without its mark: every other byte of plain Latin text is zero
            encoding = "utf-16-be" if content[:1] == b"\x00" else "utf-16-le"
    try:
        if encoding is not None:
            text = content.decode(encoding)
        else:
            try:
                text = content.decode("utf-8")
            except UnicodeDecodeError:
                encoding = "cp1252"
                text = content.decode(encoding)
                log.append(LogEntry(file, "", None, "", "", "cp1252", "encoding"))
    except LookupError:
        faults.append(Fault(file, f"encoding {encoding!r}", "a known encoding such as utf-8, cp1252"))
        return None
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        faults.append(
            Fault(
                file,
                f"bytes that are no {encoding}",
                "UTF-8, UTF-16 or cp1252",
                "Save the file as CSV UTF-8, or name its encoding in study.toml.",
                row=row,
            )
        )
        return None
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        faults.append(Fault(file, "a NUL character", "text", "Is this a CSV file?", row=row))
        return None
    return text


def _find_delimiter(text: str, known: Sequence[str]) -> str:
    """The delimiter under which the header has most known names, then most fields."""
    first_line = next(line for line in text.splitlines() if line.strip())

    def merit(delimiter: str) -> tuple[int, int]:
        fields = next(csv.reader([first_line], delimiter=delimiter))
        return sum(plain(field) in known for field in fields), len(fields)

    return max(DELIMITERS, key=merit)


def _split(
    text: str, file: str, delimiter: str, faults: list[Fault], skipped_lines: int
) -> list[tuple[int, list[str]]] | None:
    """Records with the line on which each begins; empty lines are left out."""
    csv.field_size_limit(MOST_FIELD_CHARACTERS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    begin = skipped_lines + 1
    try:
        for cells in reader:
            if cells and any(cell.strip() for cell in cells):
                records.append((begin, cells))
            begin = reader.line_num + skipped_lines + 1
    except csv.Error as error:
        faults.append(
            Fault(
                file,
                f"quotes that do not fit ({error})",
                'each " that opens a text closed before the next delimiter',
                'Close the quote; a " inside a text is written twice.',
                row=begin,
            )
        )
        return None
    return records
