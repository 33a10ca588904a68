"""Tables of a Word document: a header row that repeats, the first cell of every row its head."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.blocks import Table
from weltoffen_eval.publish.exporting.columns import ColumnGroup
from weltoffen_eval.publish.exporting.parts import MarkedText
from weltoffen_eval.publish.exporting.word_document import GRID, INK, element
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
    heads = [table.columns[n].head for n in group.columns]
    rows = [_row(heads, numeric, widths, header=True)]
    for number, texts in enumerate(table.rows):
        row = _row([texts[n] for n in group.columns], numeric, widths)
        if mark and table.anchors:
            mark(row.tc_lst[0].p_lst[0], table.anchors[number])
        rows.append(row)
    return element("w:tbl", {}, _properties(table.caption + which, sum(widths)), grid, *rows)


def _row(texts: Iterable[str], numeric: list[bool], widths: list[int], header: bool = False) -> Any:
    marks = [element("w:cantSplit", {}), *([element("w:tblHeader", {})] if header else [])]
    row = element("w:tr", {}, element("w:trPr", {}, *marks))
    for text, is_number, width in zip(texts, numeric, widths, strict=True):
        properties = element("w:tcPr", {}, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
        if header:
            line = element("w:bottom", {"w:val": "single", "w:sz": "8", "w:color": str(INK)})
            properties.append(element("w:tcBorders", {}, line))
            properties.append(element("w:vAlign", {"w:val": "bottom"}))
        row.append(element("w:tc", {}, properties, _cell_paragraph(text, is_number, header)))
    return row


def _cell_paragraph(text: str, numeric: bool, header: bool) -> Any:
    properties = element("w:pPr", {}, element("w:pStyle", {"w:val": "WeltoffenCell"}))
    if header:
        properties.append(element("w:keepNext", {}))
    if numeric:
        properties.append(element("w:jc", {"w:val": "right"}))
    if isinstance(text, MarkedText):
        pieces = [piece for held in text.runs for piece in run_elements(held)]
        return element("w:p", {}, properties, *pieces)
    shown = element("w:t", {"xml:space": "preserve"})
    shown.text = word_text(text)
    run = element("w:r", {}, *([element("w:rPr", {}, element("w:b", {}))] if header else []), shown)
    return element("w:p", {}, properties, run)


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
