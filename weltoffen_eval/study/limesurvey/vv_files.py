"""The VV survey file: tabs, two heading lines, marks in the place of breaks, tabs and quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw import characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.csv_files import MOST_FIELD_CHARACTERS, fault_of_csv
from weltoffen_eval.raw.encoding import Encoding, find_encoding, has_endless_line, read_lines
from weltoffen_eval.raw.table import LogEntry, RawTable, plain

_MARK = re.compile(r"\{(newline|cr|tab|quote|question_not_shown)\}")
#: A question that was not shown is empty, as it is in every other export.
_MEANT = {"newline": "\n", "cr": "\r", "tab": "\t", "quote": '"', "question_not_shown": ""}
#: What the second heading line of each of these files holds.
_CODES = {"id", "submitdate"}
_HEADING_LINES = 2
MOST_BYTES = 50_000_000
MOST_RECORDS = 500_000
#: A file with more is none of these files.
MOST_FAULTS = 10_000


def is_vv(path: Path) -> bool:
    """Whether a file is one, by the codes in its second line."""
    with path.open("rb") as stream:
        lines = [stream.readline(1_000_000).decode("utf-8", "replace") for _ in range(_HEADING_LINES)]
    cells = {cell.strip('"\r\n\ufeff') for cell in lines[1].split("\t")}
    first = {cell.strip('"\r\n\ufeff') for cell in lines[0].split("\t")}
    return cells >= _CODES and not first >= _CODES


def read_vv(path: Path, file: str, encoding: str | None, faults: list[Fault]) -> RawTable | None:
    """Its table, headed by the codes of the second line; None, with faults, where it cannot be read."""
    log: list[LogEntry] = []
    if path.stat().st_size > MOST_BYTES:
        found, expected = f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,} bytes of VV"
        faults.append(Fault(file, found, expected, "Export CSV instead."))
        return None
    if has_endless_line(path):
        faults.append(Fault(file, "a line without end", "lines that end", "Export the file anew."))
        return None
    chosen = find_encoding(path, file, encoding, faults, log)
    if chosen is None:
        return None
    records = _records(path, file, chosen, faults)
    headings = list(islice(records, _HEADING_LINES))
    if len(headings) < _HEADING_LINES:
        faults.append(Fault(file, "no two heading lines", "texts, codes, and responses below them"))
        return None
    header_line, header = headings[1]
    # version 3 ends its heading lines with a tab
    header = header[:-1] if header[-1] == "" else header
    table = RawTable(file, [plain(head) for head in header], [], [], log=log, delimiter="\t")
    table.header_line = header_line
    kept: list[list[str]] = []
    for line, cells in records:
        if len(cells) != len(header):
            found, expected = f"{len(cells)} fields", f"{len(header)} fields, as in the heading"
            faults.append(table.fault(found, expected, "Export the file anew.", row=line))
            if len(faults) > MOST_FAULTS:
                return None
            continue
        kept.append([_MARK.sub(lambda mark: _MEANT[mark.group(1)], cell) for cell in cells])
        table.lines.append(line)
        if len(kept) > MOST_RECORDS:
            expected = f"at most {MOST_RECORDS:,} responses of VV"
            faults.append(Fault(file, "more responses", expected, "Export CSV instead."))
            return None
        _check_characters(table, line, kept[-1], faults)
    table.content.extend(
        RawColumn(cells) for cells in (zip(*kept, strict=True) if kept else [()] * len(header))
    )
    return table


def _records(
    path: Path, file: str, encoding: Encoding, faults: list[Fault]
) -> Iterator[tuple[int, list[str]]]:
    """The lines of a file as cells, each with its number; empty lines are none."""
    # versions 5 and 6 quote, version 3 never does
    quoted = any(line.startswith('"') or '\t"' in line for line in islice(read_lines(path, encoding), 2))
    csv.field_size_limit(MOST_FIELD_CHARACTERS)
    for number, whole in enumerate(read_lines(path, encoding), start=1):
        line = whole.rstrip("\r\n")
        if not line.strip():
            continue
        if "\x00" in line:
            faults.append(Fault(file, "a NUL character", "text", "Export the file anew.", row=number))
            line = line.replace("\x00", "")
        if not quoted:
            yield number, line.split("\t")
            continue
        try:
            yield number, next(csv.reader([line], delimiter="\t", strict=True))
        except csv.Error as error:
            found, expected, advice, kind = fault_of_csv(error)
            faults.append(Fault(file, found, expected, advice, row=number, kind=kind))


def _check_characters(table: RawTable, line: int, cells: list[str], faults: list[Fault]) -> None:
    for head, cell in zip(table.columns, cells, strict=True):
        if not (cell.isascii() and cell.isprintable()):
            for told in characters.find_in(cell.replace("\r", "\n")):
                faults.append(table.fault(*told, row=line, column=visible(head)))
