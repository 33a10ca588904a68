"""What can go wrong: the exceptions with their exit codes, and the faults that a refused file is told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass

#: What no terminal may be sent from a text: controls, marks of direction, what has no width, halves.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with every character that is not seen written out, as JSON does (``\\u001b``).

    Line breaks and tabs stay. Within a JSON document the meaning is the same.
    """
    return text if text.isprintable() else _UNSEEN.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    number = ord(match.group())
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def on_one_line(text: str) -> str:
    """The text as :func:`visible` gives it, with its line breaks and tabs written out too."""
    return visible(text.replace("\n", "\\n").replace("\t", "\\t"))


@dataclass(frozen=True)
class Fault:
    """One thing in one place that cannot be understood.

    ``row`` is the line of the record (the header is 1), or None where no row is meant.
    ``column`` names the column, or the key of a TOML file. ``municipality`` is the key of whose row
    it is, or empty where the fault concerns all. ``kind``: what is wrong, as ``sentences/faults.toml`` calls
    it; ``text``: what stands there word for word; ``item``: the question to which it is an answer.
    """

    file: str
    found: str
    expected: str
    advice: str = ""
    _: KW_ONLY
    tab: str = ""
    row: int | None = None
    column: str = ""
    municipality: str = ""
    kind: str = ""
    text: str = ""
    item: str = ""

    def place(self) -> str:
        parts = [self.file]
        if self.tab:
            parts.append(f"tab {self.tab}")
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


class ExportError(WeltoffenError):
    """A notebook that cannot become a report: an error in a cell, a figure without alternative text."""

    exit_code = 1


class SurroundingsError(WeltoffenError):
    """The surroundings do not allow it: disk full, no right to write, folder in use."""

    exit_code = 4


def describe_faults(faults: Iterable[Fault], most_rows: int = 12) -> str:
    """The faults as text, by file and tab; those of one kind in one column, or in one row, together.

    Where one kind stands in many columns of a file, they are told as one. At most ``most_rows`` rows or
    columns are named for each; faults.csv names all of them.
    """
    faults = _by_table(faults)
    in_column: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        key = (fault.file, fault.tab, fault.column, fault.expected, fault.advice)
        in_column.setdefault(key, []).append(fault)
    # what one row says of many columns is one thing to the person who mends it
    in_row: dict[tuple[object, ...], list[Fault]] = {}
    for fault, *more in in_column.values():
        if not more:
            kind = (fault.file, fault.tab, fault.row, fault.found, fault.expected)
            in_row.setdefault(kind, []).append(fault)
    together = {id(group[0]): group for group in in_row.values() if len(group) > _MOST_COLUMNS}
    told = {id(fault) for group in together.values() for fault in group[1:]}
    groups = [together.get(id(g[0]), g) for g in in_column.values() if id(g[0]) not in told]
    groups = _across_columns(groups)
    return "\n".join(_describe_group(group, most_rows) for group in groups)


#: More columns than these with the same fault in one row are told together.
_MOST_COLUMNS = 3
#: More columns than these, each with faults of one kind in several rows, are told together.
_MOST_ALIKE = 8


def _by_table(faults: Iterable[Fault]) -> list[Fault]:
    """The faults of one file and tab together, tables in the order in which they are first named."""
    tables: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        tables.setdefault((fault.file, fault.tab), []).append(fault)
    return [fault for table in tables.values() for fault in table]


def _across_columns(groups: list[list[Fault]]) -> list[list[Fault]]:
    """Groups of single columns as one where very many of a table have the same kind of fault."""
    alike: dict[tuple[str, ...], list[list[Fault]]] = {}
    for group in groups:
        first = group[0]
        alike.setdefault((first.file, first.tab, first.kind, first.expected, first.advice), []).append(group)
    many = [same for same in alike.values() if len(same) > _MOST_ALIKE]
    joined = {id(same[0]): [fault for group in same for fault in group] for same in many}
    rest = {id(group) for same in many for group in same[1:]}
    return [joined.get(id(group), group) for group in groups if id(group) not in rest]


def _describe_group(group: list[Fault], most_rows: int) -> str:
    first = group[0]
    found = first.found
    columns = list(dict.fromkeys(fault.column for fault in group))
    rows = list(dict.fromkeys(fault.row for fault in group if fault.row is not None))
    parts = [first.file, *([f"tab {first.tab}"] if first.tab else [])]
    apart = len(columns) > 1 and len(rows) > 1
    if apart:
        places = [f"row {fault.row} column {_clip(fault.column, 40)}" for fault in group]
        parts.append(_named(places, most_rows // 2))
    elif rows:
        parts.append(f"row{'s' if len(group) > 1 and len(columns) == 1 else ''} {_named(rows, most_rows)}")
    if len(columns) > 1 and not apart:
        parts.append(f"columns {_named([_clip(column, 40) for column in columns], most_rows)}")
    elif columns[0] and not apart:
        parts.append(f"column {_clip(columns[0])}")
    if len(group) > 1:
        times = f"{len(group)} times: " if apart or len(columns) == 1 else f"{len(columns)} columns: "
        found = times + "; ".join(dict.fromkeys(_clip(fault.found) for fault in group[:most_rows]))
        if len(group) > most_rows and len(columns) == 1:
            found += " …"
    text = f"{on_one_line(', '.join(parts))}\n    found: {on_one_line(_clip(found, 400))}"
    text += f"\n    expected: {on_one_line(first.expected)}"
    advice = first.advice if len({fault.advice for fault in group}) == 1 else _common_advice(group)
    return text + (f"\n    {on_one_line(advice)}" if advice else "")


def _common_advice(group: list[Fault]) -> str:
    """The advice that most of the group have; a guess for one name helps none of the others."""
    advices = [fault.advice for fault in group]
    return max(dict.fromkeys(advices), key=advices.count)


def _named(names: Iterable[object], most: int) -> str:
    listed = [str(name) for name in names]
    more = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {more:,} more" if more > 0 else "")


def _clip(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """' Did you mean …?' with the closest known word, or nothing."""
    meant = closest(word, known)
    return f" Did you mean {meant!r}?" if meant else ""


def closest(word: str, known: Iterable[str]) -> str:
    """The closest known word, or nothing."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if not close:
        folded = {name.casefold(): name for name in names}
        close = [folded[c] for c in difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)]
    return close[0] if close else ""
