"""The tables of a tab, known by their heads wherever these stand; merged, hidden and moved cells told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw import characters as raw_characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.raw.xlsx_parts import Tab, Workbook
from weltoffen_eval.raw.xlsx_ranges import Range
from weltoffen_eval.raw.xlsx_rows import SheetRow, TabRows

#: A form of 108 questions has some 900 filled cells, a long list of ratings 50,000; what has more is no form.
MOST_CELLS = 200_000


@dataclass(frozen=True)
class Heads:
    """The heads of a kind of table: those by which it is known, and those of cells that are filled in.

    A table is where a row holds all of ``known_by``. ``keys``: what stands in its first column and nowhere
    else in the form, so that a record outside of a table is found. ``left_aside``: heads of ours that are
    not read. ``beside``: heads of ours that are read only to be held against what is known.
    """

    known_by: tuple[str, ...]
    entries: tuple[str, ...]
    keys: Collection[str] = ()
    left_aside: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.known_by, *self.entries, *self.beside)))


@dataclass(frozen=True)
class FoundTable:
    """A table of a form: its kind, and its cells under the heads that we know; others are left aside."""

    kind: str
    table: RawTable


def find_tables(
    book: Workbook, tab: Tab, file: str, wanted: Mapping[str, Heads], faults: list[Fault]
) -> list[FoundTable]:
    """All tables of a tab, in their order; rows that hold nothing under our heads are no records.

    None, with a fault, where the tab is larger than one of a form can be: it is not read to its end.
    """
    rows = TabRows(book, tab.part)
    found: list[_TableReading] = []
    cells = 0
    for row in rows:
        cells += len(row.cells)
        if cells > MOST_CELLS:
            told = f"more than {MOST_CELLS:,} filled cells"
            advice = "Delete what does not belong to the form, or fill in a new one."
            faults.append(Fault(file, told, "a form", advice, tab=tab.name, row=row.number))
            return []
        places = _heads_in(row, wanted)
        if places is not None:
            kind, columns = places
            if found and found[-1].is_headed_so(kind, columns):
                # the heads once more, as somebody copied them
                continue
            found.append(_TableReading(kind, wanted[kind], row, columns, file, tab.name, faults))
        elif found:
            found[-1].rows.append(row)
        else:
            _tell_outside(row, wanted, file, tab.name, faults)
    made = [reading.read(rows) for reading in found]
    for table in made:
        if tab.hidden:
            table.table.log_change(None, "", "", "", "tab_hidden")
    return made


def _heads_in(row: SheetRow, wanted: Mapping[str, Heads]) -> tuple[str, dict[str, list[int]]] | None:
    """The kind of table whose heads stand in a row, and the columns of each head."""
    at: dict[str, list[int]] = {}
    for column, text in row.cells.items():
        at.setdefault(folded(text), []).append(column)
    for kind, heads in wanted.items():
        if all(folded(head) in at for head in heads.known_by):
            return kind, {head: at[folded(head)] for head in heads.names if folded(head) in at}
    return None


def _tell_outside(
    row: SheetRow, wanted: Mapping[str, Heads], file: str, tab: str, faults: list[Fault]
) -> None:
    for heads in wanted.values():
        for text in row.cells.values():
            if heads.keys and plain(text) in heads.keys:
                expected = f"rows below the heads {', '.join(heads.known_by)}"
                advice = "Put the row of the heads back above them."
                found = f"{plain(text)} without heads above it"
                faults.append(Fault(file, found, expected, advice, tab=tab, row=row.number))
                return


class _TableReading:
    """One table on its way from rows to cells under our heads."""

    def __init__(
        self,
        kind: str,
        heads: Heads,
        head: SheetRow,
        columns: dict[str, list[int]],
        file: str,
        tab: str,
        faults: list[Fault],
    ) -> None:
        self.kind, self.heads, self.faults = kind, heads, faults
        self.rows: list[SheetRow] = []
        self.table = RawTable(file, list(columns), [], [], tab=tab, header_line=head.number)
        self.columns = {head: places[0] for head, places in columns.items()}
        # what is ours may be shown, merged or repeated as it likes
        self.own = {head: column for head, column in self.columns.items() if head not in heads.beside}
        self.entries = {self.columns[name]: name for name in heads.entries if name in self.columns}
        for name, places in columns.items():
            if len(places) > 1 and name in self.own:
                self._tell(
                    "a head that stands twice", "each head once", "Delete one of them.", head.number, name
                )
        self.others = {column: plain(text) for column, text in head.cells.items()}

    def is_headed_so(self, kind: str, columns: Mapping[str, list[int]]) -> bool:
        """Whether heads are those of this table, in the same places."""
        return self.kind == kind and self.columns == {head: places[0] for head, places in columns.items()}

    def _tell(
        self, found: str, expected: str, advice: str, row: int, column: str = "", kind: str = ""
    ) -> None:
        self.faults.append(self.table.fault(found, expected, advice, row, column, kind))

    def read(self, rows: TabRows) -> FoundTable:
        lines_across = {cells.top for cells in rows.merged if self._is_line(cells)}
        kept = [row for row in self.rows if row.number not in lines_across and self._is_filled(row)]
        for row in kept:
            self._check(row)
        self.table.lines.extend(row.number for row in kept)
        for column in self.columns.values():
            content = RawColumn()
            content.extend([row.cells.get(column, "") for row in kept], typed=True)
            self.table.content.append(content)
        by_line = {row.number: row for row in kept}
        self._check_ranges(rows, by_line)
        self._log_left_aside(rows, kept)
        return FoundTable(self.kind, self.table)

    def _is_line(self, cells: Range) -> bool:
        """Whether cells are merged to a line of text across the table."""
        places = self.own.values()
        return cells.top == cells.bottom and cells.left <= min(places) and cells.right >= max(places)

    def _is_filled(self, row: SheetRow) -> bool:
        remarked = {remark.column for remark in row.remarks if remark.found}
        return any(row.cells.get(c, "").strip() or c in remarked for c in self.own.values())

    def _check(self, row: SheetRow) -> None:
        name_of = {column: name for name, column in self.own.items()}
        for remark in row.remarks:
            name = name_of.get(remark.column)
            if name is not None and remark.rule:
                self.table.log_change(row.number, name, remark.old, remark.new, remark.rule)
            elif name is not None:
                self._tell(remark.found, remark.expected, remark.advice, row.number, name, remark.kind)
        for column, name in name_of.items():
            text = row.cells.get(column, "")
            if text.isascii() and text.isprintable():
                continue
            for found, expected, advice in raw_characters.find_in(text):
                self._tell(found, expected, advice, row.number, name)
        if row.hidden and any(row.cells.get(column, "").strip() for column in self.entries):
            self.table.log_change(row.number, "", "", "", "row_hidden")

    def _check_ranges(self, rows: TabRows, by_line: Mapping[int, SheetRow]) -> None:
        """Tell of cells that are seen otherwise than they are stored."""
        for cells in rows.merged:
            touched = self._touched(cells, by_line)
            if not touched or (cells.top == cells.bottom and self._is_line(cells)):
                continue
            line, column = touched[0]
            if cells.top == cells.bottom and cells.left in self.entries:
                self.table.log_change(line, self.entries[cells.left], "", "", "cells_merged")
            elif cells.top != cells.bottom or cells.right != cells.left:
                advice = "Unmerge them and fill in each cell."
                found = f"merged cells ({cells.text})"
                self._tell(found, "each answer in a cell of its own", advice, line, self.entries[column])
        for cells in rows.filled_by_formula:
            for line, column in self._touched(cells, by_line):
                if not by_line[line].cells.get(column, "") and (line, column) != (cells.top, cells.left):
                    found = f"a part of the formula of {cells.text} without a stored value"
                    self._tell(found, "a value", "Put the value there.", line, self.entries[column])
        for cells in rows.conditional:
            for line, column in self._touched(cells, by_line):
                if by_line[line].cells.get(column, "").strip():
                    found = f"a conditional format that can hide a value or show another ({cells.text})"
                    expected = "values that are shown as they are stored"
                    self._tell(found, expected, "Delete the conditional format.", line, self.entries[column])

    def _touched(self, cells: Range, by_line: Mapping[int, SheetRow]) -> list[tuple[int, int]]:
        """The cells to fill in that a range touches."""
        lines = [line for line in by_line if cells.top <= line <= cells.bottom]
        columns = [column for column in sorted(self.entries) if cells.left <= column <= cells.right]
        return [(line, column) for line in lines for column in columns]

    def _log_left_aside(self, rows: TabRows, kept: list[SheetRow]) -> None:
        known = set(self.columns.values())
        names = {column: name for column, name in self.others.items() if column not in known}
        for first, last in rows.hidden_columns:
            for column, name in self.entries.items():
                if first <= column <= last and any(row.cells.get(column, "").strip() for row in kept):
                    self.table.log_change(self.table.header_line, name, "", "", "column_hidden")
        of_ours = self.heads.left_aside
        for column, name in names.items():
            if name not in of_ours and any(row.cells.get(column, "").strip() for row in kept):
                self.table.log_change(self.table.header_line, name, "", "", "column_ignored")
