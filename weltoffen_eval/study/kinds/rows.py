"""Rows of the other kinds of file: what each says, whose it is, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import LogEntry
from weltoffen_eval.study.file_heads import OF_ALL


@dataclass(frozen=True)
class Given:
    """A row of a file; ``values`` is the record of its kind (see ``records``).

    ``municipality`` is empty in a codebook and in guiding questions, which hold for all; ``setting`` where it
    is not told.
    """

    kind: str
    file: str
    tab: str
    row: int
    municipality: str
    wave: str
    setting: str
    values: Any

    def fault(self, column: str, found: str, expected: str, advice: str = "") -> Fault:
        """A fault of a cell in this row, which concerns its municipality."""
        return Fault(
            self.file, found, expected, advice, tab=self.tab, row=self.row, column=column,
            municipality=self.municipality, kind="cell_unreadable",
        )  # fmt: skip


@dataclass(frozen=True)
class GivenFiles:
    """All rows in the order of the files, and what was changed on reading them."""

    rows: tuple[Given, ...] = ()
    log: tuple[LogEntry, ...] = ()

    def of(self, kind: str, municipality: str = "", wave: str = "", setting: str = "") -> tuple[Given, ...]:
        """The rows of a kind, in file order; what is left empty may be any.

        Rows that hold for all municipalities are among those of each; in all waves where they name none.
        """
        of_all = kind in OF_ALL
        return tuple(
            row
            for row in self._by_kind.get(kind, ())
            if municipality in ("", row.municipality or municipality)
            and wave in ("", row.wave or wave)
            and setting in ("", row.setting, *((setting,) if of_all and not row.setting else ()))
        )

    @cached_property
    def _by_kind(self) -> dict[str, list[Given]]:
        found: dict[str, list[Given]] = {}
        for row in self.rows:
            found.setdefault(row.kind, []).append(row)
        return found

    def of_municipality(self, municipality: str) -> GivenFiles:
        """The rows of one municipality, and those that hold for all."""
        kept = (row for row in self.rows if row.municipality in ("", municipality))
        return replace(self, rows=tuple(kept))

    def without(self, municipalities: Collection[str]) -> GivenFiles:
        """All but the rows of some municipalities, and what was changed in them."""
        if not municipalities:
            return self
        theirs = {(r.file, r.tab, r.row) for r in self.rows if r.municipality in municipalities}
        rows = tuple(row for row in self.rows if row.municipality not in municipalities)
        log = tuple(entry for entry in self.log if (entry.file, entry.tab, entry.row) not in theirs)
        return GivenFiles(rows, log)

    def came(self, waves: Iterable[str]) -> set[tuple[str, str, str, str]]:
        """Of whom anything came in which wave, of which kind of file at which setting.

        A row whose wave is not known may be of any of ``waves``.
        """
        everywhere = tuple(waves)
        return {
            (row.municipality, wave, row.kind, row.setting)
            for row in self.rows
            if row.municipality
            for wave in ((row.wave,) if row.wave else everywhere)
        }
