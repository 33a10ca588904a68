"""Heads of a workbook that are merged downwards over several rows: they stand in the last of these too."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from weltoffen_eval.raw.header import FIRST_ROWS, Record
from weltoffen_eval.raw.table import plain
from weltoffen_eval.raw.xlsx_parts import Workbook
from weltoffen_eval.raw.xlsx_ranges import Range
from weltoffen_eval.raw.xlsx_rows import Remark, TabRows

#: A workbook has no more columns.
_MOST_COLUMNS = 16_384


def read_merged(book: Workbook, part: str) -> list[Range]:
    """The merged ranges of a tab; they stand behind its rows, which are all gone through."""
    rows = TabRows(book, part)
    for _ in rows:
        pass
    return rows.merged


def merged_down(merged: list[Range], row: int) -> dict[int, int]:
    """By column in which row the text begins that is merged downwards into this row, and ends there."""
    return {
        cells.left: cells.top
        for cells in merged
        if cells.left == cells.right and cells.top < row == cells.bottom
    }


def merged_over(merged: list[Range], row: int, texts: dict[tuple[int, int], str]) -> dict[int, str]:
    """By column what stands merged over it and others, in the rows that end above this one."""
    return {
        column: plain(texts[cells.top, cells.left])
        for cells in merged
        if cells.bottom == row - 1 and cells.left < cells.right <= _MOST_COLUMNS
        for column in range(cells.left, cells.right + 1)
        if (cells.top, cells.left) in texts
    }


def filled_heads(
    records: Iterator[Record],
    header_row: int | None,
    book: Workbook,
    part: str,
    remarks: dict[int, list[Remark]],
    over: dict[int, str],
) -> Iterator[Record]:
    """The records; in the row that study.toml names as that of the heads, those that are merged into it.

    What is remarkable in the cell of such a head becomes a remark on the row of the heads, and so does
    that it was read from above. Where two of these heads are alike, ``over`` is filled with what is merged
    over several of them, by column.
    """
    above: deque[Record] = deque(maxlen=FIRST_ROWS)
    for line, cells in records:
        if header_row is not None and line < header_row:
            above.append((line, cells))
        elif line == header_row:
            texts = {(top, column): text for top, row in above for column, text in enumerate(row, 1) if text}
            filled = {column for column, text in enumerate(cells, 1) if text}
            # most tables have none, and need not be gone through twice
            heads = [plain(cell) for cell in cells if plain(cell)]
            wanted = {column for _, column in texts} - filled or len(heads) > len({*heads})
            merged = read_merged(book, part) if wanted else []
            for column, top in merged_down(merged, line).items():
                if column not in filled and (top, column) in texts:
                    cells = cells + [""] * (column - len(cells))
                    cells[column - 1] = texts[top, column]
                    own = [remark for remark in remarks.get(top, []) if remark.column == column]
                    read = Remark(column, rule="cells_merged", new=texts[top, column])
                    remarks[line] = [*remarks.get(line, []), *own, read]
            over.update(merged_over(merged, line, texts) if len(heads) > len({*heads}) else {})
        yield line, cells
