"""A raw file as text: header and cells exactly as they stand, each record with its line number."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.columns import LabelledText, NumberText, RawColumn, RawRows

_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class LogEntry:
    """One change between what was received and what is counted (a row of cleaning_log.csv)."""

    file: str
    tab: str
    row: int | None
    column: str
    old: str
    new: str
    rule: str


@dataclass(frozen=True)
class CellReading:
    """How the cells of a column are read where a survey tool writes answers in a way of its own.

    ``meanings``: by the text of a cell what it says, None where that cannot be known, which ``why`` explains.
    ``closed``: nothing else is an answer.
    """

    meanings: Mapping[str, str | None]
    closed: bool
    why: str = ""


@dataclass
class RawTable:
    """What a file holds, as text.

    ``content``: the cells of each of ``columns``. ``lines[i]`` is the line on which the record i begins;
    the header stands on ``header_line``. ``delimiter`` is empty for a workbook, whose numbers are
    :class:`NumberText`. What a survey tool writes is said beside the cells: ``readings`` by column, ``marks``
    that are never an answer. Of the lines ``without_owner`` it is told already that nobody knows whose they
    are. Of a file of SPSS ``headings`` are what the labels of its columns may say, and ``labels`` all values
    that it explains, by column. Of a workbook ``over`` is what is merged over several heads, by
    column from 1.
    """

    file: str
    columns: list[str]
    content: list[RawColumn]
    lines: list[int]
    tab: str = ""
    log: list[LogEntry] = field(default_factory=list)
    header_line: int = 1
    delimiter: str = ""
    readings: dict[str, CellReading] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    without_owner: set[int] = field(default_factory=set)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[str, tuple[LabelledText, ...]] = field(default_factory=dict)
    over: dict[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> RawRows:
        return RawRows(self.content, len(self.lines))

    @cached_property
    def text_cells(self) -> dict[str, set[int]]:
        """Of a workbook, by column, the lines of texts with a digit, which may be numbers or not."""
        if self.delimiter:
            return {}
        found: dict[str, set[int]] = {}
        for name, column in zip(self.columns, self.content, strict=True):
            texts, codes = column.coded()
            doubtful = {
                number
                for number, text in enumerate(texts)
                if not isinstance(text, NumberText) and _DIGIT.search(text)
            }
            if doubtful:
                found[name] = {line for line, code in zip(self.lines, codes, strict=True) if code in doubtful}
        return found

    def index(self, column: str) -> int:
        return self.columns.index(column)

    def cells(self, column: str) -> list[str]:
        return self.content[self.index(column)].cells()

    def coded(self, column: str) -> tuple[list[str], array[int]]:
        """The different texts of a column, and for each record the position of its text among them."""
        return self.content[self.index(column)].coded()

    def meaning_of(self, column: str, text: str) -> str | None:
        """What the text of a cell says; None where it is no answer, or one that cannot be known."""
        seen = plain(text)
        reading = self.readings.get(column)
        if seen == "":
            return text
        if reading is not None and seen in reading.meanings:
            return reading.meanings[seen]
        return None if seen in self.marks or (reading is not None and reading.closed) else text

    def why_unknown(self, column: str, text: str) -> str:
        """Why the meaning of a cell cannot be known, in words; empty where it can, or is simply no answer."""
        reading = self.readings.get(column)
        of_text = reading.meanings.get(plain(text), "") if reading is not None else ""
        return reading.why if reading is not None and of_text is None else ""

    def keep(self, kept: Sequence[bool]) -> None:
        """Keep those records for which ``kept`` says so."""
        if all(kept):
            return
        for position, column in enumerate(self.content):
            left = RawColumn()
            left.extend(list(compress(column.cells(), kept)), typed=not self.delimiter)
            self.content[position] = left
        self.lines = list(compress(self.lines, kept))

    def drop_column(self, column: str) -> None:
        """Take a column out of the table."""
        position = self.index(column)
        del self.columns[position], self.content[position]

    def log_change(self, row: int | None, column: str, old: str, new: str, rule: str) -> None:
        self.log.append(LogEntry(self.file, self.tab, row, column, old, new, rule))

    def fault(
        self,
        found: str,
        expected: str,
        advice: str = "",
        row: int | None = None,
        column: str = "",
        kind: str = "",
        text: str = "",
        item: str = "",
    ) -> Fault:
        return Fault(
            self.file,
            found,
            expected,
            advice,
            tab=self.tab,
            row=row,
            column=column,
            kind=kind,
            text=text,
            item=item,
        )


def plain(text: str) -> str:
    """The form in which names and labels are compared: NFC, no outer blanks."""
    if text.isascii():
        return text.strip()
    # a no-break space, a zero-width space and a BOM are blanks to the person who typed them
    return unicodedata.normalize("NFC", text).strip().strip("\u200b\ufeff").strip()


def folded(text: str) -> str:
    """As :func:`plain`, without regard to case and to the number of blanks inside."""
    return " ".join(plain(text).casefold().split())
