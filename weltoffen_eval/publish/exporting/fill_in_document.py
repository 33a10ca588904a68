"""A Word document to be filled in: headings, what is said above them, and tables with empty rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.word_document import GRID, TEXT_WIDTH, WASH, as_bytes, new_document


@dataclass(frozen=True)
class FillInTable:
    """A table below its title: ``told`` stands above it; ``widths`` are parts of the page."""

    title: str
    told: tuple[str, ...]
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def make_fill_in_document(
    title: str, told: Sequence[str], tables: Sequence[FillInTable], words: Words
) -> bytes:
    """The document, of the same bytes each time."""
    document = new_document(title, "", words)
    # looked up once: python-docx does it anew for each cell, among all styles
    of_cells = document.styles["Weltoffen Cell"].style_id
    document.add_heading(title, 1)
    for line in told:
        document.add_paragraph(line)
    for part in tables:
        document.add_heading(part.title, 2)
        for line in part.told:
            document.add_paragraph(line)
        table = document.add_table(1 + len(part.rows), len(part.heads))
        table.autofit = False
        for column, width in zip(table.columns, part.widths, strict=True):
            # Word takes the widths of cells, LibreOffice those of columns
            column.width = Cm(TEXT_WIDTH * width / sum(part.widths))
        _frame(table)
        for row, cells in zip(table.rows, (part.heads, *part.rows), strict=True):
            for cell, text, width in zip(row.cells, cells, part.widths, strict=True):
                cell.width = Cm(TEXT_WIDTH * width / sum(part.widths))
                paragraph = cell.paragraphs[0]
                paragraph._p.style = of_cells
                run = paragraph.add_run(text)
                run.bold = cells is part.heads
        _mark_heads(table.rows[0])
    return as_bytes(document)


def _frame(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", GRID)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _mark_heads(row: Any) -> None:
    """The first row is the head, on each page again."""
    repeated = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(repeated)
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", WASH)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
