"""The cells of the records that count, column by column, so that a large file is looked through too."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from weltoffen_eval.raw.table import RawTable, plain


class KeptCells:
    """What stands in the columns of a table, without the rows on lines that are no records.

    ``marks``: texts that a tool writes where nothing was answered; they count as empty among ``values``.
    """

    def __init__(
        self, table: RawTable, skipped: Collection[int], marks: Collection[str] = frozenset()
    ) -> None:
        self.table, self.marks = table, marks
        self._kept = np.array([line not in skipped for line in table.lines], dtype=bool)

    def texts(self, head: str) -> list[str]:
        """The different texts of a column, with the empty one where a cell is empty."""
        texts, codes = self.table.coded(head)
        used = np.unique(np.asarray(codes)[self._kept])
        return list(dict.fromkeys(plain(texts[code]) for code in used))

    def values(self, head: str) -> list[str]:
        """The different texts of a column that are not empty."""
        return [text for text in self.texts(head) if text and text not in self.marks]

    def cells(self, head: str) -> list[str]:
        """The text of each record."""
        return [plain(c) for c, kept in zip(self.table.cells(head), self._kept, strict=True) if kept]
