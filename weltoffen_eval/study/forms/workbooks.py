"""A form as a workbook: locked but for the cells to fill in, printable, of the same bytes each time."""

from __future__ import annotations

import datetime
import io
import re
from copy import copy
from typing import TYPE_CHECKING, Any

from weltoffen_eval.errors import visible
from weltoffen_eval.study.forms.look import (
    ASIDE,
    ENTRY,
    GROUP,
    HEAD,
    LEAST_HEIGHT,
    LINES,
    LINK,
    PLAIN,
    STRONG,
    Look,
    height_of,
    print_lines,
    set_usual_letters,
)
from weltoffen_eval.study.forms.pages import (
    Cell,
    Count,
    EntryCell,
    Form,
    FormRow,
    FormTable,
    Page,
    Strong,
    TabLink,
    TextLine,
)
from weltoffen_eval.zip_files import fixed_office_file

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: The first cell of the hidden tab that says what form it is, and the name of that tab.
MARK, HIDDEN_TAB = "weltoffen-form/1", "Formular"
_WRITTEN = datetime.datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*<")
_ROW_LOOKS = {"plain": PLAIN, "group": GROUP, "aside": ASIDE}
_LONGEST_HINT = 255


def write_form(form: Form) -> bytes:
    """The workbook of a form. No text in it is a formula; tabs are protected without a password."""
    import openpyxl

    book = openpyxl.Workbook()
    set_usual_letters(book)
    book.remove(book.active)  # type: ignore[arg-type]
    tabs = [book.create_sheet(page.name) for page in form.pages]
    lists = _write_hidden(book, form)
    entries: dict[tuple[str, int], list[int]] = {}
    counts: list[tuple[Any, Count]] = []
    for page, tab in zip(form.pages, tabs, strict=True):
        _PageWriter(form, page, tab, lists, entries, counts).write()
    for cell, count in counts:
        cell.value = _formula(form, count, entries.get((count.page, count.column), []))
    book.security.lockStructure = True
    properties = book.properties
    properties.title, properties.language = visible(form.title)[:255], form.language
    properties.creator, properties.created, properties.modified = "", _WRITTEN, _WRITTEN
    return _as_bytes(book)


def _write_hidden(book: Workbook, form: Form) -> dict[str, str]:
    """The hidden tab: what form it is, and the lists to choose from; where each of these stands."""
    tab = book.create_sheet(HIDDEN_TAB)
    # not to be shown by a click
    tab.sheet_state = "veryHidden"
    tab.protection.sheet = True
    _put(tab, 1, 1, MARK)
    for row, (name, value) in enumerate(form.identity.items(), start=2):
        _put(tab, row, 1, name)
        _put(tab, row, 2, value)
    places = {}
    for column, (name, answers) in enumerate(form.choices.items(), start=4):
        _put(tab, 1, column, name)
        for row, answer in enumerate(answers, start=2):
            _put(tab, row, column, answer)
        letter = tab.cell(1, column).column_letter
        places[name] = f"'{HIDDEN_TAB}'!${letter}$2:${letter}${len(answers) + 1}"
    return places


def _put(tab: Worksheet, row: int, column: int, text: str) -> Any:
    """A text in a cell, whatever it begins with."""
    cell = tab.cell(row, column)
    if text:
        # control characters have no place in a workbook
        cell.value = visible(text)
        # else a text that begins with = is a formula, and #N/A an error
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def _formula(form: Form, count: Count, rows: list[int]) -> str | int:
    from openpyxl.utils import get_column_letter

    if not rows:
        return 0
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    letter = get_column_letter(count.column)
    tab = _quoted(count.page)
    return "=" + "+".join(f"COUNTA({tab}!{letter}{first}:{letter}{last})" for first, last in ranges)


def _quoted(page: str) -> str:
    """The name of a page as formulas and links have it."""
    return "'" + page.replace("'", "''") + "'"


class _PageWriter:
    """One tab being written, from above to below."""

    def __init__(
        self,
        form: Form,
        page: Page,
        tab: Worksheet,
        lists: dict[str, str],
        entries: dict[tuple[str, int], list[int]],
        counts: list[tuple[Any, Count]],
    ) -> None:
        self.form, self.page, self.tab, self.lists = form, page, tab, lists
        self.entries, self.counts = entries, counts
        self.row = 0
        self.frozen_row = 0
        self.validations: dict[EntryCell, Any] = {}
        self.styles: dict[Look, Any] = {}

    def write(self) -> None:
        from openpyxl.utils import get_column_letter

        for column, width in enumerate(self.page.widths, start=1):
            self.tab.column_dimensions[get_column_letter(column)].width = width
        for part in self.page.parts:
            if isinstance(part, TextLine):
                self._write_line(part)
            else:
                self._write_table(part)
        self._set_tab()

    def _apply(self, look: Look, cell: Any) -> None:
        """Set a cell so; of the first one the others have a copy, which takes no time."""
        quoted = cell.quotePrefix
        if look not in self.styles:
            look.apply(cell)
            self.styles[look] = cell._style
        cell._style = copy(self.styles[look])
        cell.quotePrefix = quoted

    def _write_line(self, line: TextLine) -> None:
        self.row += 1
        look = LINES[line.look]
        cell = _put(self.tab, self.row, 1, line.text)
        self._apply(look, cell)
        last = len(self.page.widths)
        if last > 1:
            self.tab.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=last)
        self.tab.row_dimensions[self.row].height = height_of(line.text, sum(self.page.widths), look)

    def _write_table(self, table: FormTable) -> None:
        self.row += 1
        for column, head in enumerate(table.heads, start=1):
            self._apply(HEAD, _put(self.tab, self.row, column, head))
        self._set_height([(head, HEAD) for head in table.heads])
        if self.page.is_frozen and not self.frozen_row:
            self.frozen_row = self.row
        for row in table.rows:
            self._write_row(row, len(table.heads))

    def _write_row(self, row: FormRow, width: int) -> None:
        self.row += 1
        look = _ROW_LOOKS[row.look]
        cells = (*row.cells, *("",) * (width - len(row.cells)))
        texts = [self._write_cell(column, content, look) for column, content in enumerate(cells, start=1)]
        self._set_height(texts)

    def _set_height(self, texts: list[tuple[str, Look]]) -> None:
        heights = [
            height_of(text, width, look) for (text, look), width in zip(texts, self.page.widths, strict=False)
        ]
        self.tab.row_dimensions[self.row].height = max(LEAST_HEIGHT, *heights)

    def _write_cell(self, column: int, content: Cell, look: Look) -> tuple[str, Look]:
        """Write it; its text and how that is set, by which the row has its height."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        match content:
            case EntryCell():
                cell = _put(self.tab, self.row, column, content.text)
                self._apply(ENTRY, cell)
                if content.between is None and not content.is_date:
                    # what is typed stays as it is typed, also 1-2 and =x
                    cell.number_format = "@"
                elif content.is_date:
                    cell.number_format = "DD.MM.YYYY"
                if look is not ASIDE:
                    self.entries.setdefault((self.page.name, column), []).append(self.row)
                self._validate(cell, content)
                return content.text, ENTRY
            case Count():
                cell = self.tab.cell(self.row, column)
                self._apply(look, cell)
                self.counts.append((cell, content))
            case Strong():
                self._apply(STRONG, _put(self.tab, self.row, column, content.text))
                return content.text, STRONG
            case TabLink():
                cell = _put(self.tab, self.row, column, content.text)
                cell.hyperlink = Hyperlink(cell.coordinate, location=f"{_quoted(content.page)}!A1")
                self._apply(LINK, cell)
                return content.text, LINK
            case int():
                self._apply(look, self.tab.cell(self.row, column, content))
            case _:
                self._apply(look, _put(self.tab, self.row, column, content))
                return content, look
        return "", look

    def _validate(self, cell: Any, entry: EntryCell) -> None:
        from dataclasses import replace

        from openpyxl.worksheet.datavalidation import DataValidation

        kind = replace(entry, text="")
        if kind == EntryCell():
            return
        if kind not in self.validations:
            if entry.choices:
                made = DataValidation(type="list", formula1=self.lists[entry.choices], allow_blank=True)
            elif entry.between is not None:
                low, high = entry.between
                made = DataValidation(
                    type="decimal", operator="between", formula1=f"{low:g}", formula2=f"{high:g}"
                )
            elif entry.is_date:
                made = DataValidation(type="date", operator="greaterThan", formula1="36526")
            else:
                made = DataValidation()
            made.allow_blank = True
            if entry.hint:
                made.showInputMessage, made.prompt = True, visible(entry.hint)[:_LONGEST_HINT]
            if entry.refused:
                made.showErrorMessage, made.error = True, visible(entry.refused)[:_LONGEST_HINT]
            self.tab.add_data_validation(made)
            self.validations[kind] = made
        self.validations[kind].add(cell)

    def _set_tab(self) -> None:
        tab = self.tab
        protection = tab.protection
        protection.sheet = True
        # in openpyxl a word that is set is what is forbidden
        protection.formatColumns = protection.formatRows = False
        tab.sheet_view.showGridLines = False
        if self.frozen_row:
            tab.freeze_panes = f"A{self.frozen_row + 1}"
            tab.print_title_rows = f"1:{self.frozen_row}"
        print_lines(tab, self.form, self.page.is_landscape)


def _as_bytes(book: Workbook) -> bytes:
    """The file: its parts in order, without the time of writing, so that it has the same bytes each time."""
    written = io.BytesIO()
    book.save(written)
    return fixed_office_file(written, _changed)


def _changed(name: str, content: bytes) -> bytes:
    """A part of a form without what tells when it was written."""
    if name.startswith("xl/worksheets/"):
        # a row of our height grows with what is typed; texts stand in another part
        return content.replace(b' customHeight="1"', b"")
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z<", content)
    return content
