"""The tables of a Word document as text; what is not seen there for certain is told of its row."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.office_files import check_office_file
from weltoffen_eval.raw.xlsx_elements import STRUCK, UNSTRIKE, BrokenWorkbook, Elements
from weltoffen_eval.raw.xlsx_styles import are_alike, font_of_signs, shows_signs

MOST_BYTES, MOST_UNPACKED, MOST_TEXT = 20_000_000, 200_000_000, 40_000_000
_MAIN = "word/document.xml"
#: What stands in a row without being its plain text, in words.
_DOUBTS = {
    "vMerge": "merged cells",
    "hMerge": "merged cells",
    "gridBefore": "a row that begins further right",
    "ins": "a tracked change",
    "del": "a tracked change",
    "moveFrom": "a tracked change",
    "moveTo": "a tracked change",
    "cellIns": "a tracked change",
    "cellDel": "a tracked change",
    "cellMerge": "a tracked change",
    "vanish": "hidden text",
    "txbxContent": "a text box",
    "object": "an embedded object",
    "drawing": "a picture",
    "pict": "a picture",
    "sym": "a sign of another font",
    "footnoteReference": "a footnote",
    "endnoteReference": "a footnote",
}
_RAISED = "a raised or lowered digit beside another, such as the number of a note"
_UNSEEN = "text in the colour of its ground or of no size, which nobody sees"
_ADVICE = {
    "merged cells": "Split them and fill in each cell.",
    "a tracked change": "Accept or reject all changes, and save it.",
    STRUCK: UNSTRIKE,
    _RAISED: "Delete it, or put it apart.",
    _UNSEEN: "Give it a colour and a size that are seen, or delete it.",
}
#: A word for a ground is no colour that letters could have.
_HIGHLIGHTS = {"none": "", "white": "FFFFFF", "black": "000000", "yellow": "FFFF00"}
#: Letters of less half points than this are a line of dots.
_LEAST_SIZE = 4
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class DocxTable:
    """A table: its number in the document from 1, its rows of cells, and what is doubtful by row from 1."""

    number: int
    rows: list[list[str]] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)


def read_docx_tables(path: Path, file: str, faults: list[Fault]) -> list[DocxTable] | None:
    """All tables of a document in their order; None, with a fault, where it is none, or made to do harm."""
    small, what = f"a document of at most {MOST_BYTES:,} bytes", "a document of Word (.docx)"
    if not check_office_file(path, file, faults, kind="docx", what=what, most=MOST_BYTES, small=small):
        return None
    try:
        with zipfile.ZipFile(path) as container:
            sizes = {part.filename: part.file_size for part in container.infolist()}
            for unpacked, most in ((sum(sizes.values()), MOST_UNPACKED), (sizes.get(_MAIN, 0), MOST_TEXT)):
                if unpacked > most:
                    found, expected = f"{unpacked:,} bytes unpacked", f"at most {most:,} bytes"
                    faults.append(Fault(file, found, expected, "Save it anew."))
                    return None
            reading = _DocumentReading()
            for _ in Elements(reading.begin, reading.end, frozenset({"t"})).read(container, _MAIN):
                pass
    except (BrokenWorkbook, zipfile.BadZipFile) as error:
        advice = "Open it and save it anew."
        faults.append(Fault(file, f"a broken document ({error})", "a document of Word", advice))
        return None
    if reading.has_foreign_part:
        advice = "Open it in Word and save it anew."
        faults.append(Fault(file, "a document within the document", "all its text in itself", advice))
        return None
    return reading.tables


def doubt_in(table: DocxTable, row: int, file: str) -> Fault | None:
    """The fault of a row that is not seen there for certain."""
    doubt = table.doubts.get(row)
    if doubt is None:
        return None
    advice = _ADVICE.get(doubt, "Write it as plain text.")
    return Fault(file, doubt, "a row of plain cells", advice, tab=name_of(table), row=row)


def name_of(table: DocxTable) -> str:
    """What a table is called in messages."""
    return f"Tabelle {table.number}"


class _DocumentReading:
    """What of a document is open while it is read: tables within tables, rows, cells and their lines."""

    def __init__(self) -> None:
        self.tables: list[DocxTable] = []
        self.open: list[DocxTable] = []
        self.cells: list[list[str]] = []
        self.has_foreign_part = False
        self.is_struck = False
        self.letters, self.is_small = "", False
        self.signs = self.shift = self.last_shift = ""
        #: How many records of a former look are open: it counts no more.
        self.former = 0
        #: The grounds of the present cell, paragraph and run, as far as they say one.
        self.grounds: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "altChunk":
            self.has_foreign_part = True
        elif name == "tbl":
            if self.open:
                self._doubt("a table within the table")
            self.open.append(DocxTable(len(self.tables) + 1))
            self.tables.append(self.open[-1])
        elif not self.open:
            return
        elif name.endswith("PrChange"):
            self.former += 1
        elif self.former:
            return
        elif name == "tr":
            self.open[-1].rows.append([])
        elif name == "tc":
            self.cells.append([])
            self.grounds = ["FFFFFF"]
        elif name == "p":
            self.grounds = [*self.grounds[:1], ""]
            if self.cells and self.cells[-1]:
                self.cells[-1].append("\n")
        elif name == "r":
            self.is_struck = self.is_small = False
            self.signs = self.shift = ""
            self.letters, self.grounds = "", [*self.grounds[:2], ""]
        elif name == "shd" and self.grounds:
            self.grounds[-1] = _ground(attributes) or self.grounds[-1]
        elif name == "highlight" and self.grounds:
            self.grounds[-1] = _HIGHLIGHTS.get(_value(attributes), "a colour")
        elif name == "color":
            self.letters = _value(attributes).upper()
        elif name == "sz":
            size = _value(attributes)
            self.is_small = size.isdecimal() and int(size[:6]) < _LEAST_SIZE
        elif name == "rFonts":
            # of the letters with which we write; the others are for other scripts
            self.signs = next(
                (font_of_signs(font) for key, font in attributes.items() if key.endswith(":ascii")), ""
            )
        elif name == "vertAlign":
            self.shift = "" if _value(attributes) == "baseline" else _value(attributes)
        elif name in ("strike", "dstrike"):
            self.is_struck = not _is_off(attributes)
        elif name in _SIGNS and self.cells:
            self.cells[-1].append(_SIGNS[name])
        elif name in _DOUBTS:
            if name != "vanish" or not _is_off(attributes):
                self._doubt(_DOUBTS[name])
        elif name == "gridSpan" and _value(attributes) != "1":
            self._doubt("merged cells")

    def _doubt(self, found: str) -> None:
        table = self.open[-1]
        # a change may stand between two rows
        table.doubts.setdefault(max(1, len(table.rows)), found)

    def end(self, name: str, text: str) -> None:
        if not self.open:
            return
        if name.endswith("PrChange"):
            self.former -= 1
        elif name == "t" and self.cells:
            before = self.cells[-1][-1][-1:] if self.cells[-1] else ""
            self.cells[-1].append(text)
            if self.signs and shows_signs(self.signs, text):
                self._doubt(_DOUBTS["sym"])
            if before.isdecimal() and text[:1].isdecimal() and self.shift != self.last_shift:
                self._doubt(_RAISED)
            self.last_shift = self.shift
            if self.is_struck and text.strip():
                self._doubt(STRUCK)
            # the first row of a table can have its ground from the style of the table
            ground = next((ground for ground in reversed(self.grounds) if ground), "")
            has_ground = len(self.open[-1].rows) > 1 or ground != "FFFFFF"
            if text.strip() and (self.is_small or (has_ground and are_alike(self.letters, ground))):
                self._doubt(_UNSEEN)
        elif name == "tc" and self.open[-1].rows:
            self.open[-1].rows[-1].append("".join(self.cells.pop()).strip())
        elif name == "tbl":
            self.open.pop()


def _is_off(attributes: dict[str, str]) -> bool:
    """Whether a property that is on where it stands is switched off."""
    return _value(attributes) in ("0", "false", "off")


def _ground(attributes: dict[str, str]) -> str:
    """The colour of a shading; empty where it says none, a word where it is no plain colour."""
    if _value(attributes) not in ("clear", "nil"):
        return "a pattern"
    fill = next((value for key, value in attributes.items() if key.endswith(":fill")), "auto").upper()
    return "" if fill == "AUTO" else fill


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":val")), "")
