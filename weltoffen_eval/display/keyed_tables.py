"""Tables whose cells know the keys of what they show."""

from __future__ import annotations

from collections.abc import Iterable

from weltoffen_eval.blocks import Column, Table

#: The text of a cell and the keys behind it.
Cell = tuple[str, tuple[str, ...]]


def keyed_table(
    caption: str,
    columns: tuple[Column, ...],
    rows: Iterable[list[Cell]],
    name: str,
    anchors: tuple[str, ...] = (),
    *,
    folded: bool = False,
) -> Table:
    """A table of such cells; ``anchors``: of each row, for links that lead to it."""
    filled = list(rows)
    return Table(
        caption,
        columns,
        tuple(tuple(text for text, _ in row) for row in filled),
        name,
        anchors,
        folded,
        rests_on=tuple(keys for row in filled for _, keys in row),
    )
