"""Tables of a Word document: a header row that repeats, the first cell of every row its head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.blocks import Table
from weltoffen_eval.publish.exporting.columns import ColumnGroup
from weltoffen_eval.publish.exporting.parts import MarkedText
from weltoffen_eval.publish.exporting.word_document import GRID, INK, element, language_marks
from weltoffen_eval.publish.exporting.word_runs import run_elements, word_text

#: How much wider than ours the letters are of the font that may stand in.
ROOM = 1.1
_MARGIN = 80  # twentieths of a point beside the text of a cell
_TWENTIETHS = 1440 / 25.4  # of a point, in a millimetre


def table_element(
    table: Table, group: ColumnGroup, which: str, mark: Callable[[Any, str], None] | None
) -> Any:
    """The columns of one part of a table; ``mark`` sets the bookmarks of its rows, if it is to have them."""
    widths = [round(width * _TWENTIETHS) for width in group.widths]
    grid = element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in widths))
    numeric = [table.columns[n].numeric for n in group.columns]
    languages = [table.columns[n].language for n in group.columns]
    heads = [table.columns[n].head for n in group.columns]
    texts = [[row[n] for n in group.columns] for row in table.rows]
    written = (_row(row, numeric, widths, languages=languages) for row in texts)
    first, *rows = _rows([_row(heads, numeric, widths, True), *written])
    for number, row in enumerate(rows):
        paragraphs = [cell.p_lst[0] for cell in row.tc_lst] if _marked(texts[number]) else []
        for paragraph, text in zip(paragraphs, texts[number], strict=False):
            if isinstance(text, MarkedText):
                paragraph.extend(piece for held in text.runs for piece in run_elements(held))
        if mark and table.anchors:
            mark(row.tc_lst[0].p_lst[0], table.anchors[number])
    return element("w:tbl", {}, _properties(table.caption + which, sum(widths)), grid, first, *rows)


def _marked(texts: Iterable[str]) -> bool:
    return any(isinstance(text, MarkedText) for text in texts)


def _rows(written: Iterable[str]) -> list[Any]:
    """Elements of rows; a table is read as a whole, for one element after the other takes twice as long."""
    return list(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(written)}</w:tbl>"))


def _row(
    texts: Iterable[str],
    numeric: list[bool],
    widths: list[int],
    header: bool = False,
    languages: Sequence[str] = (),
) -> str:
    mark = "<w:tblHeader/>" if header else ""
    look = (
        f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/>'
        if header
        else ""
    )
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>'
        f"{_cell_paragraph(text, is_number, header, language)}</w:tc>"
        for text, is_number, width, language in zip(
            texts, numeric, widths, languages or [""] * len(widths), strict=True
        )
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_paragraph(text: str, numeric: bool, header: bool, language: str) -> str:
    keep = "<w:keepNext/>" if header else ""
    side = '<w:jc w:val="right"/>' if numeric else ""
    run = ""
    if not isinstance(text, MarkedText):
        marks = language_marks(language).items() if language else ()
        said = "".join(f" {name}={quoteattr(value)}" for name, value in marks)
        look = ("<w:b/>" if header else "") + (f"<w:lang{said}/>" if said else "")
        look = f"<w:rPr>{look}</w:rPr>" if look else ""
        shown = escape(word_text(text), {"\r": "&#13;"})
        run = f'<w:r>{look}<w:t xml:space="preserve">{shown}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="WeltoffenCell"/>{keep}{side}</w:pPr>{run}</w:p>'


def _properties(caption: str, width: int) -> Any:
    lines = [
        element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:color": GRID})
        for side in ("bottom", "insideH")
    ]
    margins = [element(f"w:{side}", {"w:w": str(_MARGIN), "w:type": "dxa"}) for side in ("left", "right")]
    return element(
        "w:tblPr",
        {},
        element("w:tblW", {"w:w": str(width), "w:type": "dxa"}),
        element("w:tblBorders", {}, *lines),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", {}, *margins),
        # the first row and the first column are headers
        element("w:tblLook", {"w:val": "04A0", "w:firstRow": "1", "w:firstColumn": "1", "w:noVBand": "1"}),
        element("w:tblCaption", {"w:val": without_controls(caption)}),
    )
