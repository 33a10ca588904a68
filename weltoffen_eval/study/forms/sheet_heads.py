"""Sheets for what is given beside answers: their columns, their heads, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weltoffen_eval.study.file_heads import HEADS, NEEDED, SHEET_KINDS
from weltoffen_eval.study.forms.found_tables import Heads
from weltoffen_eval.study.forms.identity import entries_in, heads_in

#: Of a form the name of its table of entries, and the names of the heads of that table.
ENTRIES, LABEL, VALUE = "entries", "label", "value"
#: Kinds that are one record, an entry to a row.
ONE_RECORD = ("events",)
#: The column of a kind that is numbered beforehand, and what its numbers begin with.
NUMBERED = {"statements": ("statement", "A"), "outcomes": ("position", "")}
#: Rows that a sheet has at most to fill in; a person may add others.
MOST_ROWS = 300
#: The word at the head, where the first that may stand there would say too little.
_HEAD = {
    ("notes", "text"): "Notiz",
    ("statements", "statement"): "Nummer",
    ("statements", "question"): "Leitfrage",
    ("statements", "text"): "Wortlaut",
    ("outcomes", "position"): "Nummer",
    ("outcomes", "text"): "Ergebnis",
}
#: What the form says once for all rows; suggestions alone have ``take``.
_SAID_ONCE = ("municipality", "ags", "wave", "setting", "take")
_LEAST_KNOWN_BY = 2


def columns_of(kind: str, has_fields: bool = True, has_setting: bool = True) -> tuple[str, ...]:
    """The columns of a sheet: of fields where there are any, of settings where the form has none itself."""
    names = [name for name in HEADS[kind] if name not in _SAID_ONCE and (name != "dimension" or has_fields)]
    return (*names,) if has_setting else (*names, "setting")


def heads_of(kind: str, columns: Sequence[str], language: str) -> dict[str, str]:
    """By column its head: a German word, in other languages its id."""
    if language != "de":
        return {name: name for name in columns}
    return {name: _HEAD.get((kind, name), HEADS[kind][name][0]) for name in columns}


def sheet_identity(
    kind: str, whose: Mapping[str, str], heads: Mapping[str, str], entries: Mapping[str, str]
) -> dict[str, str]:
    """The identity of a sheet.

    Parameters
    ----------
    whose : study, municipality and its name, wave and setting
    heads : by column its head
    entries : the heads of a table of entries, and by name what is entered there
    """
    of_heads = {f"head {name}": text for name, text in heads.items()}
    return {"kind": kind, **whose, **of_heads, **{f"entry {name}": text for name, text in entries.items()}}


def sheet_tables(identity: Mapping[str, str]) -> dict[str, Heads]:
    """The tables of a sheet, by the heads that it says it has."""
    kind, heads, entries = identity.get("kind", ""), heads_in(identity), entries_in(identity)
    if kind not in SHEET_KINDS or not heads or not {LABEL, VALUE} <= entries.keys():
        return {}
    of_entries = Heads((entries[LABEL], entries[VALUE]), (entries[VALUE],))
    if kind in ONE_RECORD:
        return {ENTRIES: of_entries}
    return {kind: Heads(known_by(kind, heads), tuple(heads.values())), ENTRIES: of_entries}


def known_by(kind: str, heads: Mapping[str, str]) -> tuple[str, ...]:
    """The heads by which a table of a kind is known: one word alone may stand in any row."""
    needed = [heads[name] for name in NEEDED[kind] if name in heads]
    others = [head for head in heads.values() if head not in needed]
    return tuple(needed + others[: max(0, _LEAST_KNOWN_BY - len(needed))])
