"""The rows of one tab of a workbook, one after the other, with what is not seen or not certain in them.

``<dimension>`` is not looked at: exporters write it wrongly. What stands in no row takes no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field

from weltoffen_eval.errors import visible
from weltoffen_eval.raw.characters import quoted
from weltoffen_eval.raw.columns import NumberText
from weltoffen_eval.raw.number_formats import Seen, plain_number, show_number, show_text
from weltoffen_eval.raw.xlsx_conditions import EXTENSIONS, Conditions
from weltoffen_eval.raw.xlsx_elements import (
    BrokenWorkbook,
    Elements,
    is_set,
    unescape,
)
from weltoffen_eval.raw.xlsx_parts import Workbook
from weltoffen_eval.raw.xlsx_ranges import MOST_COLUMNS, MOST_ROWS, Range, column_of, parse_range
from weltoffen_eval.raw.xlsx_texts import AS_THE_CELL, RunsOfText, doubts_of

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
#: [1]Sheet!A1 leads to another file; WEBSERVICE asks a server. A table's [column] follows a name.
_OUTSIDE = re.compile(
    r"(?<![\w\]])\[[^\[\]]*\][^\[\]()]*!|'[^']*\[[^\]]*\][^']*'!|\b(?:WEBSERVICE|RTD|DDE)\(", re.IGNORECASE
)
_KINDS = ("n", "s", "str", "inlineStr", "b", "d", "e")
_CHANGING = re.compile(r"\b(?:RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY)\(", re.IGNORECASE)
#: What says how a part of a text in the cell looks, and where such a part begins.
_OF_RUNS = frozenset(("r", "rPr", "rPh", "strike", "color", "sz", "vertAlign", "rFont"))
#: Rows and columns of less than this (points, characters) are hidden without being called so.
_LEAST_HEIGHT, _LEAST_WIDTH = 2.0, 0.3


@dataclass(frozen=True)
class Remark:
    """What is to be told of a cell (or of the row, column 0): a change for the log, or a fault."""

    column: int
    _: KW_ONLY
    old: str = ""
    new: str = ""
    rule: str = ""
    found: str = ""
    expected: str = ""
    advice: str = ""
    kind: str = ""


@dataclass
class SheetRow:
    """A row that holds something: its number, its cells by column from 1, and remarks on them."""

    number: int
    hidden: bool = False
    cells: dict[int, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


class TabRows:
    """The rows of a tab. What stands behind them in the file is known when all rows were read."""

    def __init__(self, book: Workbook, part: str) -> None:
        self._book, self._part = book, part
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[Range] = []
        #: Ranges that one formula fills.
        self.filled_by_formula: list[Range] = []
        self._conditions = Conditions(book.styles.conditional)
        self._hides_columns = False
        self._told_columns: list[tuple[int, int]] = []
        self._hides_zeros = False
        self._ready: list[SheetRow] = []
        self._row = SheetRow(0)
        self._last_row = 0
        self._in_row = False
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: str | None = None
        self._formula: str | None = None
        self._shared: dict[str, str] = {}
        self._runs = RunsOfText()
        self._columns: dict[str, int] = {}

    def __iter__(self) -> Iterator[SheetRow]:
        elements = Elements(self._begin, self._end, frozenset(("v", "f", "t", "xm:sqref")), EXTENSIONS)
        for _ in elements.read(self._book.container, self._part):
            yield from self._ready
            self._ready.clear()

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            if self._cell is not None or not self._in_row:
                raise BrokenWorkbook(f"a cell in no row, or within another, at row {self._last_row}")
            self._cell, self._value, self._formula = attributes, None, None
            self._place(attributes.get("r"))
        elif name in ("v", "is") and self._cell is not None:
            if name in self._cell:
                raise BrokenWorkbook(f"a cell with two values in row {self._last_row}")
            self._cell[name] = ""
        elif name == "f" and self._cell is not None:
            self._formula = ""
            self._cell["f"] = attributes.get("t", "normal")
            self._cell["si"] = attributes.get("si", "")
            if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
                self.filled_by_formula.append(parse_range(attributes["ref"]))
        elif name == "row":
            if self._in_row:
                raise BrokenWorkbook(f"a row within row {self._last_row}")
            self._in_row = True
            number = attributes.get("r", str(self._last_row + 1))
            if not number.isdecimal() or not self._last_row < int(number[:8]) <= MOST_ROWS:
                raise BrokenWorkbook(f"row {visible(number)[:20]} behind row {self._last_row}")
            self._last_row = int(number)
            hidden = is_set(attributes.get("hidden")) or _below(attributes.get("ht"), _LEAST_HEIGHT)
            self._row, self._column = SheetRow(self._last_row, hidden), 0
        elif self._cell is not None and name in _OF_RUNS:
            self._runs.begin(name, attributes)
        elif name == "col":
            self._hide(attributes)
        elif name == "mergeCell":
            self.merged.append(parse_range(attributes.get("ref", "")))
        elif name == "sheetView":
            self._hides_zeros = "showZeros" in attributes and not is_set(attributes["showZeros"])
        elif name == "sheetFormatPr":
            self._hides_columns = _below(attributes.get("defaultColWidth"), _LEAST_WIDTH)
        elif name == "sheetData" and self._hides_columns:
            self._hide_the_rest()
        else:
            self._conditions.begin(name, attributes)

    @property
    def conditional(self) -> list[Range]:
        """Ranges in which a condition can change what is shown."""
        return self._conditions.ranges

    def _place(self, address: str | None) -> None:
        """The column of a cell; without an address it follows the one before."""
        column = self._column + 1
        if address is not None:
            letters = address.rstrip("0123456789")
            number = self._columns.get(letters)
            if number is None:
                if not re.fullmatch("[A-Za-z]{1,3}", letters):
                    raise BrokenWorkbook(f"the cell {visible(address)[:20]!r}")
                number = self._columns[letters] = column_of(letters.upper())
            if (
                number <= self._column
                or number > MOST_COLUMNS
                or address[len(letters) :] != str(self._last_row)
            ):
                raise BrokenWorkbook(f"the cell {visible(address)[:20]} in a wrong place")
            column = number
        self._column = column

    def _hide(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (first.isdecimal() and last.isdecimal()):
            return
        self._told_columns.append((int(first[:8]), int(last[:8])))
        if is_set(attributes.get("hidden")) or _below(attributes.get("width"), _LEAST_WIDTH):
            self.hidden_columns.append(self._told_columns[-1])

    def _hide_the_rest(self) -> None:
        """Where columns have no width unless one is said, those of which none is said are hidden."""
        begin = 1
        for first, last in sorted(self._told_columns):
            if begin < first:
                self.hidden_columns.append((begin, first - 1))
            begin = max(begin, last + 1)
        self.hidden_columns.append((begin, MOST_COLUMNS))

    def _end(self, name: str, text: str) -> None:
        if name == "v":
            self._value = text
        elif name == "c":
            self._finish_cell()
        elif name == "row":
            self._in_row = False
            if self._row.cells or self._row.remarks:
                self._ready.append(self._row)
        elif name == "f":
            self._formula = text
        elif name in ("t", "rPh"):
            self._runs.end(name, text)
        else:
            self._conditions.end(name, text)

    def _finish_cell(self) -> None:
        cell, value, self._cell = self._cell, self._value, None
        assert cell is not None
        kind, style, looks = cell.get("t", "n"), cell.get("s", "0"), AS_THE_CELL
        inline = self._runs.take()
        if kind not in _KINDS or (inline and kind != "inlineStr") or (value and kind == "inlineStr"):
            raise BrokenWorkbook(f"a cell of no known kind in row {self._last_row}")
        if kind == "inlineStr":
            value, looks = inline, self._runs.looks
        elif kind == "s" and value:
            looks = self._book.looks_of(value)
        if self._formula is not None and not self._remark_formula(cell, value):
            return
        if not value:
            return
        column = self._column
        if kind == "e":
            advice = "Mend the formula, or put the value there."
            self._remark(f"the error value {quoted(value)}", "a value", advice, "error_value")
            return
        styles = self._book.styles
        shown = self._show(kind, value, style)
        self._row.cells[column] = shown.text
        if value.strip() and (looks is not AS_THE_CELL or styles.doubts(style)):
            for told in doubts_of(looks, styles, style, shown.text):
                self._remark(*told)
        if shown.doubt:
            self._remark(
                shown.doubt,
                "a value that is shown as it is stored",
                "Format the column as General.",
                "shown_otherwise",
            )
        elif shown.rule:
            self._row.remarks.append(Remark(column, old=visible(value), new=shown.text, rule=shown.rule))

    def _show(self, kind: str, value: str, style: str) -> Seen:
        formats = self._book.styles.formats
        place = int(style[:8]) if style.isdecimal() else 0
        if place >= max(1, len(formats)):
            raise BrokenWorkbook(f"a format that is not there in row {self._last_row}")
        code = formats[place] if formats else "General"
        if kind == "n":
            if not _NUMBER.fullmatch(value.strip()) or (number := float(value)) in (
                float("inf"),
                -float("inf"),
            ):
                raise BrokenWorkbook(f"the number {visible(value)[:40]!r} in row {self._last_row}")
            if number == 0 and self._hides_zeros:
                return Seen("0", doubt="0, while the tab is set not to show zeros")
            if code == "General":
                return Seen(NumberText(plain_number(number)))
            shown = show_number(number, code, self._book.is_1904)
            return Seen(NumberText(shown.text), shown.rule, shown.doubt)
        if kind == "s":
            if not value.strip().isdecimal() or int(value[:12]) >= len(self._book.texts):
                raise BrokenWorkbook(f"the text number {visible(value)[:20]!r} in row {self._last_row}")
            value = self._book.texts[int(value)]
        elif kind == "str":
            value = unescape(value)
        elif kind == "b":
            value = "TRUE" if is_set(value) else "FALSE"
        elif kind == "d":
            return Seen(value.removesuffix("T00:00:00"))
        return Seen(value) if code == "General" else show_text(value, code)

    def _remark_formula(self, cell: dict[str, str], value: str | None) -> bool:
        """Whether the stored value of a formula is what is seen; a fault where that is not certain."""
        formula = self._formula or ""
        if cell["f"] == "shared":
            # the first cell of a shared formula holds its text
            formula = self._shared.setdefault(cell["si"], formula)
        told = quoted(f"={formula}") if formula else f"of the kind {cell['f']}"
        put = "Put the value in its place."
        if value is None or (value == "" and cell.get("t") != "str"):
            self._remark(
                f"a formula without a stored value ({told})",
                "a value",
                "Open the workbook in a spreadsheet program and save it, or put the value there.",
            )
            return False
        if _OUTSIDE.search(formula):
            self._remark(f"a formula that takes its value from outside ({told})", "a value", put)
        elif _CHANGING.search(formula):
            self._remark(f"a formula whose value changes by itself ({told})", "a value", put)
        elif self._book.calculates_anew and value == "0" and cell.get("t", "n") == "n":
            # programs that do not calculate store 0 and have the workbook calculated when it is opened
            self._remark(
                f"a formula whose value is to be worked out when it is opened ({told})",
                "a value",
                "Open the workbook in a spreadsheet program and save it, or put the value there.",
            )
        else:
            self._row.remarks.append(Remark(self._column, old=told, new=visible(value), rule="formula_value"))
        return True

    def _remark(self, found: str, expected: str, advice: str, kind: str = "formula") -> None:
        self._row.remarks.append(
            Remark(self._column, found=found, expected=expected, advice=advice, kind=kind)
        )


def _below(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False
