"""Whose a response is: by a column of the export, or by its access code among the participants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.limesurvey.fixed_columns import AGS, ATTRIBUTE, MUNICIPALITY

#: How the export of participants heads an attribute: attribute_1 <Kommune>.
_PARTICIPANT_ATTRIBUTE = re.compile(r"\s*(attribute_[0-9]+)\s*<(.*)>\s*")
_WORDS = {"municipality": MUNICIPALITY, "ags": AGS}


@dataclass(frozen=True)
class NamedColumn:
    """A column that may say whose a response is: its heading, and what else it is called."""

    head: str
    names: tuple[str, ...]


def find_whose(
    columns: Sequence[NamedColumn], wanted: dict[str, str], table: RawTable, faults: list[Fault]
) -> dict[str, str]:
    """The headings of ``municipality`` and ``ags``, as study.toml names them, else by their usual words.

    Several that are called alike are a fault, never a guess.
    """
    found = {}
    before = len(faults)
    for key, words in _WORDS.items():
        name = wanted.get(key, "")
        heads = _called(columns, [name], exactly=True) or _called(columns, [name]) if name else []
        # a full text does not say which number an attribute has
        if not heads and (not name or ATTRIBUTE.fullmatch(name)):
            heads = _called(columns, words)
        if len(heads) > 1:
            shown = name or words[0]
            faults.append(
                table.fault(
                    f"{len(heads)} columns that may be {shown!r}: {', '.join(heads[:4])}",
                    "one column that says whose a response is",
                    f'Name it in study.toml: columns = {{ {key} = "…" }}.',
                    row=table.header_line,
                )
            )
        elif heads:
            found[key] = heads[0]
        elif name:
            advice = did_you_mean(name, [column.head for column in columns]).strip()
            expected = "this column, as study.toml names it"
            faults.append(table.fault("no such column", expected, advice, table.header_line, name))
    if not found and len(faults) == before:
        attributes = [c.head for c in columns if any(ATTRIBUTE.fullmatch(name) for name in c.names)]
        advice = 'Name the column in study.toml, such as columns = { municipality = "attribute_1" }'
        if not attributes:
            advice += ", or name the export of the participants: attributes = …"
        shown = f"; there is {', '.join(attributes[:4])}" if attributes else ""
        faults.append(
            table.fault(
                f"no column that says whose a response is{shown}",
                "a column Kommune or AGS, or one that study.toml names",
                advice + ".",
                row=table.header_line,
            )
        )
    return found


def _called(columns: Sequence[NamedColumn], words: Iterable[str], exactly: bool = False) -> list[str]:
    """The headings of the columns that are called by one of the words."""
    if exactly:
        return [c.head for c in columns if plain(c.head) in {plain(word) for word in words}]
    wanted = {folded(word) for word in words}
    return list(dict.fromkeys(c.head for c in columns if wanted & {folded(name) for name in c.names}))


def participant_columns(table: RawTable) -> list[NamedColumn]:
    """The columns of an export of participants, with the code and the description of each attribute."""
    named = []
    for head in table.columns:
        match = _PARTICIPANT_ATTRIBUTE.fullmatch(head)
        named.append(NamedColumn(head, (head, *match.groups()) if match else (head,)))
    return named


def join_participants(
    table: RawTable,
    token: str,
    participants: RawTable,
    of_participants: dict[str, str],
    faults: list[Fault],
) -> dict[str, str]:
    """Add to ``table`` what the participants say, by access code; the headings of the new columns.

    A response without an access code, or with one that no participant has, is a fault of its row.
    """
    row_of: dict[str, int] = {}
    token_of = next(head for head in participants.columns if folded(head) == "token")
    for position, text in enumerate(participants.cells(token_of)):
        code = plain(text)
        if not code:
            continue
        if code in row_of:
            first = participants.lines[row_of[code]]
            faults.append(
                participants.fault(
                    "an access code that stands twice", "each participant once",
                    f"The first stands in row {first}.", participants.lines[position], token_of,
                )
            )  # fmt: skip
        row_of.setdefault(code, position)
    tokens = [plain(text) for text in table.cells(token)]
    for line, code in zip(table.lines, tokens, strict=True):
        if code in row_of:
            continue
        # the code itself is personal and stays out of the message
        found = "an access code that no participant has" if code else "no access code"
        advice = (
            "Whose response it is cannot be known: correct the access code in corrections.csv, or leave it "
            f"out with skip_rows = [{line}] in study.toml."
        )
        faults.append(
            table.fault(found, f"an access code of {participants.file}", advice, row=line, column=token)
        )
        table.without_owner.add(line)
    heads = {}
    for key, head in of_participants.items():
        cells = participants.cells(head)
        added = f"{head} ({participants.file})"
        table.columns.append(added)
        table.content.append(RawColumn([cells[row_of[c]] if c in row_of else "" for c in tokens]))
        heads[key] = added
    return heads
