"""Minutes in Word: one document with tables of several kinds, each read as a sheet of its kind is."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw import characters
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.docx_tables import DocxTable, doubt_in, name_of, read_docx_tables
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.forms.found_tables import FoundTable
from weltoffen_eval.study.forms.returned import ReturnedForm
from weltoffen_eval.study.forms.sheet_heads import (
    ENTRIES,
    LABEL,
    ONE_RECORD,
    VALUE,
    columns_of,
    heads_of,
    known_by,
    sheet_identity,
)
from weltoffen_eval.study.study_files import check_file

ENDING = ".docx"
#: Of what minutes have tables, in their order.
MINUTES_KINDS = ("events", "notes", "statements", "outcomes", "measures")
MARK = "weltoffen-minutes/1"
#: The heads of the first table, and the entries in it that say whose minutes these are.
OF_ENTRIES = {LABEL: "Angabe", VALUE: "Eintrag", "municipality": "Kommune", "mark": "Kennung"}


def mark_of(study: str, municipality: str, wave: str, setting: str) -> str:
    """What stands at ``mark``: ids hold no blanks."""
    return " ".join((MARK, study, municipality, wave, setting))


def minutes_heads(kind: str) -> dict[str, str]:
    """By column the head of a table of minutes, which speak German."""
    return heads_of(kind, columns_of(kind), "de")


def read_minutes(
    path: Path, file: str, faults: list[Fault], folder: Path | None = None
) -> list[ReturnedForm]:
    """For each kind that minutes have tables of a form of this kind; none, with faults, where it is none."""
    if not check_file(path, file, faults, folder):
        return []
    tables = read_docx_tables(path, file, faults)
    if tables is None:
        return []
    found = [_read(table, file, faults) for table in tables]
    of_kind: dict[str, list[FoundTable]] = {}
    for one in (one for one in found if one is not None):
        of_kind.setdefault(one.kind, []).append(one)
    said = _marks(of_kind.get(ENTRIES, []))
    if len(said) != 1:
        what = "no" if not said else "more than one"
        advice = "Put the row back that weltoffen form --kind minutes has made."
        faults.append(
            Fault(file, f"{what} {OF_ENTRIES['mark']} of minutes", "one in the first table", advice)
        )
        return []
    whose = dict(zip(("study", "municipality", "wave", "setting"), said[0], strict=True))
    forms = []
    for kind in MINUTES_KINDS:
        read = [*of_kind.get(ENTRIES, []), *of_kind.get(kind, [])]
        if kind in ONE_RECORD or of_kind.get(kind):
            entries = {name: text for name, text in OF_ENTRIES.items() if name != "mark"}
            identity = sheet_identity(kind, whose, minutes_heads(kind), entries)
            forms.append(ReturnedForm(file, identity, tuple(read)))
    return forms


def _marks(tables: list[FoundTable]) -> list[list[str]]:
    """What minutes say of whose they are, each only once."""
    found = []
    for one in tables:
        label, value = one.table.columns[:2]
        for text, entry in zip(one.table.cells(label), one.table.cells(value), strict=True):
            words = plain(entry).split()
            if folded(text) == folded(OF_ENTRIES["mark"]) and len(words) == 5 and words[0] == MARK:
                found.append(words[1:])
    return [words for number, words in enumerate(found) if words not in found[:number]]


def _read(table: DocxTable, file: str, faults: list[Fault]) -> FoundTable | None:
    """A table under the heads of its kind; a fault where its heads are not known and it holds something."""
    rows = [[plain(cell) for cell in row] for row in table.rows]
    heads = rows[0] if rows else []
    there = set(map(folded, heads))
    kind = next((kind for kind, known in _known().items() if there.issuperset(map(folded, known))), None)
    if kind is None:
        if any(any(row) for row in rows):
            expected = "the heads of a table of the minutes, such as " + ", ".join(
                minutes_heads("notes").values()
            )
            advice = "Put the row of the heads back; write what is no part of them as text, without a table."
            faults.append(
                Fault(file, "a table with other heads", expected, advice, tab=name_of(table), row=1)
            )
        return None
    known = OF_ENTRIES if kind == ENTRIES else minutes_heads(kind)
    name_of_head = {folded(head): head for head in known.values()}
    columns = {
        name_of_head[folded(head)]: at for at, head in enumerate(heads) if folded(head) in name_of_head
    }
    made = RawTable(file, list(columns), [RawColumn() for _ in columns], [], tab=name_of(table))
    kept: list[list[str]] = []
    for number, row in enumerate(rows, start=1):
        doubt = doubt_in(table, number, file)
        twice = number == 1 and len(set(heads) & set(known.values())) < sum(
            head in known.values() for head in heads
        )
        if doubt is None and (twice or (any(row) and len(row) != len(heads))):
            found = "a head that stands twice" if twice else f"{len(row)} cells below {len(heads)} heads"
            doubt = Fault(
                file, found, "each cell below its head", "Correct the table.", tab=name_of(table), row=number
            )
        if doubt is not None:
            faults.append(doubt)
        elif number > 1 and any(row) and any(row[at] for at in columns.values()):
            kept.append(row)
            made.lines.append(number)
            _check_letters(made, row, columns, number, faults)
    for position, at in enumerate(columns.values()):
        made.content[position].extend([row[at] for row in kept])
    beside = [
        head for at, head in enumerate(heads) if at not in columns.values() and any(r[at] for r in kept)
    ]
    for head in beside:
        made.log_change(1, head, "", "", "column_ignored")
    return FoundTable(kind, made)


def _check_letters(
    table: RawTable, row: list[str], columns: dict[str, int], number: int, faults: list[Fault]
) -> None:
    for head, at in columns.items():
        for told in characters.find_in(row[at]):
            faults.append(table.fault(*told, number, head))


def _known() -> dict[str, tuple[str, ...]]:
    tables = [kind for kind in MINUTES_KINDS if kind not in ONE_RECORD]
    known = {kind: known_by(kind, minutes_heads(kind)) for kind in tables}
    return {**known, ENTRIES: (OF_ENTRIES[LABEL], OF_ENTRIES[VALUE])}
