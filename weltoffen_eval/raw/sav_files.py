"""SPSS as text, strictly: a value with a label is the label, as a person sees it, and keeps its code.

A file is taken apart in another process (``sav_process``): what ends that process is a fault of the file.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw import characters as raw_characters
from weltoffen_eval.raw.columns import LabelledText, NumberText, RawColumn
from weltoffen_eval.raw.heads import NOTHING_ASIDE, Aside
from weltoffen_eval.raw.number_formats import Seen, plain_number
from weltoffen_eval.raw.sav_process import ReaderEnded, take_apart
from weltoffen_eval.raw.sav_values import show_number
from weltoffen_eval.raw.table import RawTable, plain

#: What our own export calls a missing answer that nobody could give in words; read back, it is an empty cell.
_NOT_ANSWERED = re.compile(r"\((not_chosen|not_asked|skipped)\)$")
_ANEW = "Open it in SPSS or PSPP and save it anew, or copy it anew."


def read_sav(
    path: Path,
    file: str,
    faults: list[Fault],
    encoding: str | None = None,
    skip_rows: Sequence[int] = (),
    aside: Aside = NOTHING_ASIDE,
) -> RawTable | None:
    """The table of a file of SPSS; None, with a fault, where it cannot be read.

    The row of a case is its number and one more, as if the names of the variables stood in the first.

    Parameters
    ----------
    encoding
        That of its texts, where it names none or a wrong one.
    aside
        Columns that are not read, by their name or their label.
    """
    taken = _take_apart(path, file, encoding, faults)
    if taken is None:
        return None
    document, codes = taken
    rows: int = document["rows"]
    table = RawTable(file, [], [], list(range(2, rows + 2)))
    rest = Aside((), aside.kept)
    begin = 0
    for variable in document["variables"]:
        numbers = array(variable["type"])
        size = rows * numbers.itemsize
        numbers.frombytes(codes[begin : begin + size])
        begin += size
        name = plain(variable["name"])
        headings = _wordings(plain(variable["label"]))
        left_aside = name in Aside(aside.patterns) or all(head in rest for head in (name, *headings))
        table.columns.append(name)
        table.headings[name] = headings
        reading = _Variable(table, variable, [] if left_aside else faults)
        table.content.append(reading.column(numbers, left_aside))
        table.labels[name] = reading.labelled()
    _leave_out(table, skip_rows, faults)
    return table


def _wordings(label: str) -> tuple[str, ...]:
    """What a variable's label may say: all of it, or what LimeSurvey puts in brackets before the rest."""
    inside = label[1:].partition("]")[0] if label.startswith("[") else ""
    return (label, inside) if inside else (label,)


def _take_apart(
    path: Path, file: str, encoding: str | None, faults: list[Fault]
) -> tuple[dict[str, Any], bytes] | None:
    """What a file holds; None, with a fault, where it cannot be told."""
    try:
        document, codes = take_apart(path, encoding)
    except ReaderEnded:
        faults.append(Fault(file, "a damaged file, on which its reader broke off", "a whole file", _ANEW))
        return None
    if "fault" in document:
        faults.append(Fault(file, *document["fault"]))
    elif "error" in document:
        faults.append(_unreadable(file, document["error"], encoding))
    else:
        return document, codes
    return None


def _unreadable(file: str, error: str, encoding: str | None) -> Fault:
    if "encoding" in error or "Unicode" in error:
        found = (
            f"texts that are not in {encoding}" if encoding else "texts that are not in the encoding it names"
        )
        advice = 'Name the encoding in study.toml, such as encoding = "cp1252" or "utf-8".'
        return Fault(file, found, "texts in one encoding", advice)
    return Fault(file, f"a damaged file ({error.partition(': ')[2] or error})", "a whole file", _ANEW)


class _Variable:
    """One variable on its way to a column."""

    def __init__(self, table: RawTable, said: dict[str, Any], faults: list[Fault]) -> None:
        self.table, self.faults = table, faults
        self.name, self.format = plain(said["name"]), said["format"]
        self.values: list[Any] = said["values"]
        self.labels = {value: plain(label) for value, label in said["labels"]}
        self.missing = [tuple(ends) for ends in said["missing"]]

    def labelled(self) -> tuple[LabelledText, ...]:
        """All values that have a label, whether they occur or not."""
        texts = (self._cell(value)[0] for value in self.labels)
        return tuple(text for text in texts if isinstance(text, LabelledText))

    def column(self, numbers: Sequence[int], left_aside: bool) -> RawColumn:
        """The cells; of what is remarkable in them each is told, unless the variable is left aside."""
        cells = []
        remarkable: dict[int, tuple[Any, str, Seen]] = {}
        for number, value in enumerate(self.values):
            cell, seen = self._cell(value)
            cells.append(cell)
            if not left_aside and (seen.doubt or seen.rule or not (cell.isascii() and cell.isprintable())):
                remarkable[number] = value, cell, seen
        if remarkable:
            for line, number in zip(self.table.lines, numbers, strict=True):
                if number in remarkable:
                    self._tell(line, *remarkable[number])
        column = RawColumn()
        column.extend([cells[number] for number in numbers], typed=True)
        return column

    def _cell(self, value: Any) -> tuple[str, Seen]:
        """The text of a value, and what is seen of the number that it stands for."""
        if value is None:
            return "", Seen("")
        is_missing = any(low <= value <= high for low, high in self.missing)
        label = self.labels.get(value, "")
        kind = _NOT_ANSWERED.search(label) if is_missing else None
        if kind:
            return "", Seen("", f"declared_{kind[1]}")
        if isinstance(value, str):
            text = value.rstrip()
            return LabelledText.of(label or text, text, is_missing) if label or is_missing else text, Seen(
                text
            )
        if label:
            return LabelledText.of(label, plain_number(value), is_missing), Seen(label)
        seen = show_number(value, self.format)
        if is_missing:
            return LabelledText.of(seen.text, plain_number(value), True), seen
        return NumberText(seen.text), seen

    def _tell(self, line: int, value: Any, cell: str, seen: Seen) -> None:
        if seen.doubt:
            advice = "Give the variable a format that shows it, such as F8.2, or correct the value."
            self._fault(seen.doubt, "a value that is shown as it is stored", advice, line)
        elif seen.rule:
            self.table.log_change(line, self.name, plain_number(value), seen.text, seen.rule)
        for found, expected, advice in raw_characters.find_in(cell):
            self._fault(found, expected, advice, line)

    def _fault(self, found: str, expected: str, advice: str, line: int) -> None:
        self.faults.append(self.table.fault(found, expected, advice, row=line, column=self.name))


def _leave_out(table: RawTable, skip_rows: Sequence[int], faults: list[Fault]) -> None:
    """Leave out the rows that study.toml names, and cases without any value."""
    lines = set(table.lines)
    for number in skip_rows:
        if number not in lines:
            advice = "Correct skip_rows: the row of a case is its number and one more."
            faults.append(table.fault("no such row", "the rows that skip_rows names", advice, row=number))
        else:
            table.log_change(number, "", "", "", "row_skipped")
    empty = [True] * len(table.lines)
    for column in table.content:
        texts, codes = column.coded()
        blank = {number for number, text in enumerate(texts) if not text.strip()}
        if not blank:
            empty = [False] * len(empty)
            break
        empty = [was and code in blank for was, code in zip(empty, codes, strict=True)]
    skipped = set(skip_rows)
    kept = [at for at, line in enumerate(table.lines) if not empty[at] and line not in skipped]
    if len(kept) == len(table.lines):
        return
    for place, column in enumerate(table.content):
        cells = column.cells()
        table.content[place] = RawColumn()
        table.content[place].extend([cells[at] for at in kept], typed=True)
    table.lines[:] = [table.lines[at] for at in kept]
