"""The SPSS export: answers without a heading (.dat), and the syntax (.sps) that names the columns."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw import characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.csv_files import MOST_FIELD_CHARACTERS, fault_of_csv
from weltoffen_eval.raw.encoding import find_encoding, has_endless_line, read_lines
from weltoffen_eval.raw.table import LogEntry, RawTable

MOST_BYTES = 50_000_000
MOST_RECORDS = 500_000
#: A file with more is none of these files.
MOST_FAULTS = 10_000
_NAME = re.compile(r"^RENAME VARIABLES? \( *(V[0-9]+) *= *(\S+) *\)\.$", re.MULTILINE)
_LABEL = re.compile(r'^VARIABLE LABELS (V[0-9]+) "(.*)"\.$', re.MULTILINE)


def read_spss(
    path: Path, file: str, syntax: Path, encoding: str | None, faults: list[Fault]
) -> tuple[RawTable, dict[str, str]] | None:
    """The table of a .dat with the variables' labels by name; None, with faults, where it cannot be read.

    Value labels are not needed: the cells hold the codes.
    """
    for each in (path, syntax):
        if each.stat().st_size > MOST_BYTES or has_endless_line(each):
            faults.append(
                Fault(each.name, "too large a file", f"at most {MOST_BYTES:,} bytes", "Export CSV.")
            )
            return None
    text = syntax.read_text(encoding="utf-8-sig", errors="replace")
    names = dict(_NAME.findall(text))
    labels = dict(_LABEL.findall(text))
    heads = [names.get(f"V{number}", "") for number in range(1, len(names) + 1)]
    if not heads or "" in heads or len(set(heads)) < len(heads):
        expected = "a name for each variable: RENAME VARIABLES ( V1 = … )."
        faults.append(Fault(syntax.name, "names of variables that are missing or double", expected))
        return None
    log: list[LogEntry] = []
    chosen = find_encoding(path, file, encoding, faults, log)
    if chosen is None:
        return None
    table = RawTable(file, heads, [], [], log=log, delimiter=",")
    rows: list[list[str]] = []
    csv.field_size_limit(MOST_FIELD_CHARACTERS)
    for number, line in enumerate(read_lines(path, chosen), start=1):
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        if "\x00" in line:
            faults.append(table.fault("a NUL character", "text", row=number))
            line = line.replace("\x00", "")
        try:
            cells = next(csv.reader([line], delimiter=",", quotechar="'", strict=True))
        except csv.Error as error:
            found, expected, advice, kind = fault_of_csv(error, "'")
            faults.append(table.fault(found, expected, advice, row=number, kind=kind))
            continue
        if len(cells) != len(heads):
            expected = f"{len(heads)} fields, as the syntax names them"
            faults.append(table.fault(f"{len(cells)} fields", expected, "Export CSV instead.", row=number))
            if len(faults) > MOST_FAULTS:
                return None
            continue
        rows.append(cells)
        table.lines.append(number)
        if len(rows) > MOST_RECORDS:
            expected = f"at most {MOST_RECORDS:,} responses of SPSS"
            faults.append(Fault(file, "more responses", expected, "Export CSV instead."))
            return None
        for head, cell in zip(heads, cells, strict=True):
            if not (cell.isascii() and cell.isprintable()):
                told = characters.find_in(cell)
                faults.extend(table.fault(*each, row=number, column=visible(head)) for each in told)
    if not rows:
        faults.append(table.fault("no responses", "at least one response"))
        return None
    table.content.extend(RawColumn(cells) for cells in zip(*rows, strict=True))
    return table, {names[variable]: label for variable, label in labels.items() if variable in names}
