"""What can go wrong: the exceptions with their exit codes, and the faults that a refused file is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing in one place that cannot be understood.

    ``row`` is the line of the record (the header is 1), or None where no row is meant.
    ``column`` names the column, or the key of a TOML file. ``municipality`` is the key of whose row
    it is, or empty where the fault concerns all.
    """

    file: str
    found: str
    expected: str
    advice: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    municipality: str = ""

    def place(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class WeltoffenError(Exception):
    """An expected failure: one sentence for the user, and an exit code (see 'Exit codes' in README)."""

    exit_code = 2


class CallError(WeltoffenError):
    """A wrong call or setting; nothing was started."""


class RefusedError(WeltoffenError):
    """Raw data, instrument, scheme or study.toml are refused; ``faults`` says what is wrong where."""

    exit_code = 3

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        super().__init__(describe_faults(self.faults))

    def __reduce__(self) -> tuple[type[RefusedError], tuple[list[Fault]]]:
        # another process is told the faults, from which it makes the text again
        return RefusedError, (self.faults,)


class SurroundingsError(WeltoffenError):
    """The surroundings do not allow it: disk full, no right to write, folder in use."""

    exit_code = 4


def describe_faults(faults: Iterable[Fault], most_rows: int = 12) -> str:
    """The faults as text, those of one kind in one column of one file together.

    At most ``most_rows`` rows are named for each; faults.csv names all of them.
    """
    groups: dict[tuple[str, str, str, str, str], list[Fault]] = {}
    for fault in faults:
        key = (fault.file, fault.sheet, fault.column, fault.expected, fault.advice)
        groups.setdefault(key, []).append(fault)
    return "\n".join(_describe_group(group, most_rows) for group in groups.values())


def _describe_group(group: list[Fault], most_rows: int) -> str:
    first = group[0]
    if len(group) == 1:
        place = first.place()
        found = first.found
    else:
        rows = [str(fault.row) for fault in group if fault.row is not None]
        found = f"{len(group)} times: " + "; ".join(dict.fromkeys(_clip(f.found) for f in group[:most_rows]))
        if len(group) > most_rows:
            found += " …"
            rows = [*rows[:most_rows], "…"]
        place = ", ".join(
            [first.file, *([f"sheet {first.sheet}"] if first.sheet else [])]
            + ([f"rows {', '.join(rows)}"] if rows else [])
            + ([f"column {first.column}"] if first.column else [])
        )
    text = f"{place}\n    found: {_clip(found, 400)}\n    expected: {first.expected}"
    return text + (f"\n    {first.advice}" if first.advice else "")


def _clip(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """' Did you mean …?' with the closest known word, or nothing."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if not close:
        folded = {name.casefold(): name for name in names}
        close = [folded[c] for c in difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)]
    return f" Did you mean {close[0]!r}?" if close else ""
