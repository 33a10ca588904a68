"""Heads in two rows, as offices make them: a row of groups, merged over the heads of their columns."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.raw.header import Record
from weltoffen_eval.raw.merged_heads import merged_down
from weltoffen_eval.raw.table import plain
from weltoffen_eval.raw.xlsx_ranges import Range


def with_merged_down(first: Sequence[Record], merged: list[Range]) -> list[Record]:
    """The first rows of a tab, with what is merged downwards in the last of its rows too."""
    texts = {(line, column): text for line, cells in first for column, text in enumerate(cells, 1)}
    rows = []
    for line, cells in first:
        from_above = {
            column: texts.get((top, column), "") for column, top in merged_down(merged, line).items()
        }
        width = max([len(cells), *from_above])
        row = [*cells, *[""] * (width - len(cells))]
        rows.append((line, [cell or from_above.get(column, "") for column, cell in enumerate(row, 1)]))
    return rows


def groups_above(first: Sequence[Record], header_row: int, merged: list[Range]) -> dict[str, str]:
    """By head what stands in the row above it, where something there is merged over several heads.

    A group of one column stands above that without being merged.
    """
    rows = dict(first)
    over = rows.get(header_row - 1, [])
    wide = [
        cells for cells in merged if cells.top <= header_row - 1 == cells.bottom and cells.left < cells.right
    ]
    if not over or not wide:
        return {}
    begins = {
        column: cells.left for cells in wide for column in range(cells.left, min(cells.right, 10_000) + 1)
    }
    own = merged_down(merged, header_row)
    groups = {}
    for column, head in enumerate(rows[header_row], 1):
        at = begins.get(column, column)
        if column not in own and at <= len(over) and plain(over[at - 1]):
            groups[plain(head)] = plain(over[at - 1])
    return groups
