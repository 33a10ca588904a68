"""XLSX as text, strictly: what a person sees in the workbook is what is read, or it is a fault."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw import characters as raw_characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.header import Layout, read_header
from weltoffen_eval.raw.heads import NOTHING_ASIDE, Aside
from weltoffen_eval.raw.merged_heads import filled_heads
from weltoffen_eval.raw.table import LogEntry, RawTable
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook
from weltoffen_eval.raw.xlsx_parts import (
    Tab,
    Workbook,
    broken,
    check_container,
    read_workbook,
)
from weltoffen_eval.raw.xlsx_ranges import Range
from weltoffen_eval.raw.xlsx_rows import Remark, TabRows

#: As many as in a CSV file; a tab has at most 1,048,576 rows.
MOST_CELLS = 220_000_000
_AT_ONCE = 5_000


def read_xlsx(
    path: Path,
    file: str,
    faults: list[Fault],
    tab: str | None = None,
    known: Sequence[str] = (),
    layout: Layout | None = None,
    aside: Aside = NOTHING_ASIDE,
) -> RawTable | None:
    """The table of one tab; None, with faults, where it is none.

    Where cells are faulty the others are read all the same: a fault hides no other.
    """
    if not check_container(path, file, faults):
        return None
    try:
        with zipfile.ZipFile(path) as container:
            book = read_workbook(container)
            log: list[LogEntry] = []
            chosen = _choose_tab(book, file, tab, faults, log)
            if chosen is None:
                return None
            table = RawTable(file, [], [], [], tab=chosen.name, log=log)
            return _Reading(book, chosen, table, aside, faults).read(layout or Layout(), known)
    except BrokenWorkbook as error:
        faults.append(broken(file, str(error)))
        return None


def _choose_tab(
    book: Workbook, file: str, wanted: str | None, faults: list[Fault], log: list[LogEntry]
) -> Tab | None:
    if wanted is not None:
        for tab in book.tabs:
            if tab.name == wanted:
                if tab.hidden:
                    log.append(LogEntry(file, tab.name, None, "", "", "", "tab_hidden"))
                return tab
        faults.append(
            Fault(file, "tabs " + ", ".join(tab.name for tab in book.tabs), f"a tab {visible(wanted)!r}")
        )
        return None
    filled = [tab for tab in book.tabs if _holds_anything(book, tab.part)]
    shown = [tab for tab in filled if not tab.hidden]
    if not filled:
        faults.append(Fault(file, "an empty workbook", "a header and records", kind="file_empty"))
        return None
    if len(shown) != 1:
        named = ", ".join(tab.name for tab in shown or filled)
        faults.append(
            Fault(
                file,
                f"{len(shown)} tabs: {named}" if shown else f"hidden tabs only: {named}",
                "one tab, or the name of one in study.toml",
                f'Add tab = "{(shown or filled)[0].name}" to its [[file]].',
                kind="tabs_several",
                text=named,
            )
        )
        return None
    for tab in filled:
        if tab.hidden:
            log.append(LogEntry(file, tab.name, None, "", "", "", "hidden_tab_not_read"))
    return shown[0]


def _holds_anything(book: Workbook, part: str) -> bool:
    """Whether a tab has a cell that is not empty."""
    return any(row.cells or row.remarks for row in TabRows(book, part))


class _Reading:
    """One tab on its way to a table."""

    def __init__(self, book: Workbook, tab: Tab, table: RawTable, aside: Aside, faults: list[Fault]) -> None:
        self.place = (book, tab.part)
        self.rows = TabRows(*self.place)
        self.table, self.aside, self.faults = table, aside, faults
        self.remarks: dict[int, list[Remark]] = {}
        self.heads_above: set[int] = set()

    def read(self, layout: Layout, known: Sequence[str]) -> RawTable | None:
        table = self.table
        if raw_characters.UNSEEN.search(table.tab):
            self._tell(
                "characters that nobody sees in the name of the tab", "a name that can be read", "Rename it."
            )
        part: list[list[str]] = []
        width = 0
        records = filled_heads(self._records(), layout.header_row, *self.place, self.remarks, table.over)
        for line, cells in read_header(table, records, layout, known, self.faults):
            if not width:
                width = self._begin()
            self._check(line, cells)
            if any(cell.strip() for cell in cells[width:]):
                self._tell(
                    "a value outside the columns of the header",
                    f"{width} columns, as in the header",
                    "",
                    line,
                    kind="value_without_column",
                )
            part.append(cells[:width] + [""] * (width - len(cells)))
            table.lines.append(line)
            if len(part) == _AT_ONCE:
                self._store(part)
                if len(table.lines) * width > MOST_CELLS:
                    self._tell("too many cells", f"at most {MOST_CELLS:,}", "Split it into several files.")
                    return None
        if not width:
            self._begin()
        self._store(part)
        if not table.columns:
            return None
        self._check_columns()
        self._check_ranges()
        return table

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        for row in self.rows:
            if row.hidden and any(cell.strip() for cell in row.cells.values()):
                row.remarks.append(
                    Remark(
                        0,
                        found="a hidden row (hidden, filtered out, folded in, or without height)",
                        expected="rows that are seen",
                        advice="Show it or delete it; rows that are no records are named in skip_rows.",
                        kind="row_hidden",
                    )
                )
            if row.remarks:
                self.remarks[row.number] = row.remarks
            last = max(row.cells, default=0)
            if len(row.cells) == last:
                yield row.number, list(row.cells.values())
            else:
                yield row.number, [row.cells.get(column, "") for column in range(1, last + 1)]

    def _begin(self) -> int:
        columns = self.table.columns
        while columns and columns[-1] == "":
            columns.pop()
        self.table.content.extend(RawColumn() for _ in columns)
        # the head of a table is seen by the ground that its style gives it
        line = self.table.header_line
        self.remarks[line] = [remark for remark in self.remarks.get(line, []) if remark.kind != "unseen"]
        self.heads_above = {remark.column for remark in self.remarks[line] if remark.rule == "cells_merged"}
        self._check(line, columns)
        return len(columns)

    def _store(self, part: list[list[str]]) -> None:
        for column, cells in zip(self.table.content, zip(*part, strict=True), strict=False):
            column.extend(cells, typed=True)
        part.clear()

    def _name(self, column: int) -> str:
        """The name of a column, counted from 1; of one without a name its number."""
        columns = self.table.columns
        return (columns[column - 1] if column <= len(columns) else "") or str(column)

    def _is_ignored(self, column: int) -> bool:
        return self._name(column) in self.aside

    def _tell(
        self,
        found: str,
        expected: str,
        advice: str = "",
        row: int | None = None, column: str = "", kind: str = "",
    ) -> None:  # fmt: skip
        self.faults.append(self.table.fault(found, expected, advice, row, column, kind))

    def _check(self, line: int, cells: Sequence[str]) -> None:
        """Tell what is remarkable in a row that is read."""
        for remark in self.remarks.pop(line, ()):
            column = self._name(remark.column) if remark.column else ""
            if remark.column and self._is_ignored(remark.column):
                continue
            if remark.rule:
                self.table.log_change(line, column, remark.old, remark.new, remark.rule)
            else:
                self._tell(remark.found, remark.expected, remark.advice, line, column, remark.kind)
        for position, cell in enumerate(cells, start=1):
            if cell.isascii() and cell.isprintable():
                continue
            for found, expected, advice in raw_characters.find_in(cell):
                self._tell(found, expected, advice, line, visible(self._name(position)), "letters_broken")

    def _check_columns(self) -> None:
        for first, last in self.rows.hidden_columns:
            for column in range(max(1, first), min(last, len(self.table.columns)) + 1):
                if not any(cell.strip() for cell in self.table.content[column - 1].texts()):
                    continue
                if self._is_ignored(column):
                    self.table.log_change(self.table.header_line, self._name(column), "", "", "column_hidden")
                else:
                    self._tell(
                        "a hidden column",
                        "columns that are seen",
                        "Show it, delete it, or add it to ignore in study.toml.",
                        self.table.header_line,
                        self._name(column),
                        "column_hidden",
                    )

    def _check_ranges(self) -> None:
        """Tell of ranges that are seen otherwise than they are stored: merged, filled, or conditional."""
        record_of = {line: position for position, line in enumerate(self.table.lines)}
        for cells in self.rows.merged:
            if (cells.right > cells.left or cells.bottom > cells.top) and (
                self._merges_heads(cells) or any(text.strip() for *_, text in self._touched(cells, record_of))
            ):
                self._tell(
                    f"merged cells ({cells.text})",
                    "each value in a cell of its own",
                    "Unmerge them and fill in each cell.",
                    max(cells.top, self.table.header_line),
                    self._name(cells.left),
                    "cells_merged",
                )
        for cells in self.rows.filled_by_formula:
            for line, column, text in self._touched(cells, record_of):
                if text == "" and (line, column) != (cells.top, cells.left):
                    self._tell(
                        f"a part of the formula of {cells.text} without a stored value",
                        "a value",
                        "Open the workbook in a spreadsheet program and save it, or put the value there.",
                        line,
                        self._name(column),
                        "formula",
                    )
        for cells in self.rows.conditional:
            hidden = next((place for place in self._touched(cells, record_of) if place[2].strip()), None)
            if hidden is not None:
                line, column, _ = hidden
                self._tell(
                    f"a conditional format that can hide a value or show another ({cells.text})",
                    "values that are shown as they are stored",
                    "Delete the conditional format.",
                    line,
                    self._name(column),
                    "shown_otherwise",
                )

    def _merges_heads(self, cells: Range) -> bool:
        """Whether merged cells make one head of several, or hide one behind what stands above it."""
        header = self.table.header_line
        # a head that was read from the cell above, with which it is merged, is seen there
        seen = cells.left == cells.right and cells.left in self.heads_above
        if seen or not cells.top <= header <= cells.bottom:
            return False
        columns = range(cells.left, min(cells.right, len(self.table.columns)) + 1)
        named = any(self.table.columns[c - 1] != "" and not self._is_ignored(c) for c in columns)
        return named and (cells.right > cells.left or cells.top < header)

    def _touched(self, cells: Range, record_of: dict[int, int]) -> Iterator[tuple[int, int, str]]:
        """The cells of a range that are part of the table and not ignored: line, column, text."""
        columns = [
            column
            for column in range(cells.left, min(cells.right, len(self.table.columns)) + 1)
            if not self._is_ignored(column)
        ]
        lines: Sequence[int] = range(cells.top, cells.bottom + 1)
        for line in lines if len(lines) < len(record_of) else self.table.lines:
            if line not in record_of or line not in lines:
                continue
            for column in columns:
                yield line, column, self.table.content[column - 1][record_of[line]]
