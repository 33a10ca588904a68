"""Returned sheets of the other kinds of file as tables: each cell at its tab, row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.table import LogEntry, RawTable, folded, plain
from weltoffen_eval.study.corrections import apply_corrections
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.identity import entries_in, heads_in
from weltoffen_eval.study.forms.minutes import ENDING, read_minutes
from weltoffen_eval.study.forms.returned import ReturnedForm
from weltoffen_eval.study.forms.sheet_heads import (
    ENTRIES,
    MOST_ROWS,
    NUMBERED,
    ONE_RECORD,
    VALUE,
    sheet_tables,
)
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.opened_forms import is_led_out, open_workbook, told_to_its_own


@dataclass(frozen=True)
class SheetTable:
    """A table of a returned sheet, corrected, and what the sheet says of all its rows.

    ``raw`` has the wave and setting of the sheet. ``lines``: by head where it stands, if each entry has a row
    of its own, all of them under the head ``entries``.
    """

    table: RawTable
    raw: RawFile
    municipality: str
    lines: Mapping[str, int] = field(default_factory=dict)
    entries: str = ""

    def placed(self, fault: Fault) -> Fault:
        """A fault at the cell as it stands in the sheet, and of its municipality."""
        line = self.lines.get(fault.column)
        column = fault.column if line is None else self.entries
        found = fault.found if line is None else f"{fault.column}: {fault.found}"
        row = fault.row if line is None else line
        return replace(fault, found=found, row=row, column=column, municipality=self.municipality)

    def log(self) -> list[LogEntry]:
        """What was changed on reading, at the cells as they stand in the sheet."""
        return [
            replace(entry, row=self.lines[entry.column], column=self.entries)
            if entry.column in self.lines
            else entry
            for entry in self.table.log
        ]


def read_sheet(study: Study, raw: RawFile, faults: list[Fault], path: Path | None = None) -> list[SheetTable]:
    """The tables of one kind in a returned sheet; none, with faults, where it is none of this study.

    Parameters
    ----------
    path : where it lies, if not yet in the study folder
    """
    if is_led_out(study, raw, path, faults):
        return []
    before = len(faults)
    where = path or study.folder / raw.path
    if where.suffix.lower() == ENDING:
        return _read_document(study, raw, where, faults, study.folder if path is None else None)
    tables = open_workbook(
        study, raw, path, sheet_tables, lambda form: _tables_of(study, raw, form, faults), faults
    )
    if tables is None and raw.kind != _kinds_of(study, raw)[0]:
        # told once, not for each kind that the folder may hold
        del faults[before:]
    return tables or []


def _read_document(
    study: Study, raw: RawFile, path: Path, faults: list[Fault], inside: Path | None
) -> list[SheetTable]:
    """The tables of one kind in minutes; what concerns all of them is told once."""
    made: list[Fault] = []
    forms = read_minutes(path, raw.path, made, inside)
    tables: list[SheetTable] = []
    for form in forms:
        tables += _tables_of(study, raw, form, made)
    if forms:
        made = told_to_its_own(study, forms[0], made)
    faults += [fault for fault in made if fault not in faults]
    return tables


def has_rows(form: ReturnedForm) -> bool:
    """Whether minutes say anything of a kind, beside what was given."""
    kind, heads = form.identity["kind"], heads_in(form.identity)
    if kind in ONE_RECORD:
        known = {folded(head) for head in heads.values()}
        return any(
            folded(label) in known and plain(entry)
            for found in form.of_kind(ENTRIES)
            for label, entry in zip(*map(found.table.cells, found.table.columns[:2]), strict=True)
        )
    for found in form.of_kind(kind):
        _drop_unused_numbers(kind, heads, found.table)
    return any(found.table.lines for found in form.of_kind(kind))


def _kinds_of(study: Study, raw: RawFile) -> list[str]:
    """The kinds of form that a folder may hold, as study.toml lists them."""
    return [other.kind for other in study.form_folders if other.path == raw.form_folder] or [raw.kind]


def _tables_of(study: Study, raw: RawFile, form: ReturnedForm, faults: list[Fault]) -> list[SheetTable]:
    said, kinds = form.identity, _kinds_of(study, raw)
    kind = said.get("kind", "")
    if kind != raw.kind:
        if (
            kind not in kinds
            and raw.kind == kinds[0]
            and (form.file.lower()[-len(ENDING) :] != ENDING or has_rows(form))
        ):
            advice = "Put it into the folder that study.toml names for its kind."
            expected = "a form of the kind " + " or ".join(kinds)
            faults.append(Fault(form.file, f"a form of the kind {kind!r}", expected, advice))
        return []
    if not _is_of_study(study, raw, form, faults):
        return []
    for found in form.tables:
        apply_corrections(found.table, study.corrections, faults)
    tables = [found.table for found in form.of_kind(ENTRIES)]
    for table in tables:
        _check_name(study, said, table, faults)
    there = replace(raw, wave=said.get("wave", ""), setting=said.get("setting", ""))
    key = said["municipality"]
    if kind in ONE_RECORD:
        return _one_record(form, tables, there, key, faults)
    of_kind = [found.table for found in form.of_kind(kind)]
    if not of_kind:
        _tell_no_table(form, faults)
    for table in of_kind:
        _drop_unused_numbers(kind, heads_in(said), table)
    return [SheetTable(table, there, key) for table in of_kind]


def _tell_no_table(form: ReturnedForm, faults: list[Fault]) -> None:
    heads = ", ".join(heads_in(form.identity).values())
    advice = "Put the row of the heads back, or fill in a new form."
    faults.append(Fault(form.file, "no table to be read", f"one with the heads {heads}", advice))


def _is_of_study(study: Study, raw: RawFile, form: ReturnedForm, faults: list[Fault]) -> bool:
    """False, with faults, where a sheet is of another study, municipality, wave or setting."""
    said = form.identity
    before = len(faults)

    def fault(found: str, expected: str, advice: str = "") -> None:
        faults.append(Fault(form.file, found, expected, advice))

    if said.get("study") != study.id:
        fault(f"a form of the study {said.get('study', '')!r}", f"a form of {study.id}")
        return False
    if said.get("municipality", "") not in study.register.by_key:
        fault(f"a form for {said.get('municipality', '')!r}", "a municipality of municipalities.csv")
    waves = [wave.id for wave in study.waves]
    if said.get("wave") not in waves:
        fault(f"a form of the wave {said.get('wave', '')!r}", "one of " + ", ".join(waves))
    for name, of_file in (("wave", raw.wave), ("setting", raw.setting)):
        own = said.get(name, "")
        if own != of_file and own and of_file:
            advice = f"Put it into the folder that study.toml names for {own!r}."
            fault(f"a form of the {name} {own!r}", f"the {name} {of_file!r}, as in study.toml", advice)
    return len(faults) == before


def _check_name(study: Study, said: Mapping[str, str], table: RawTable, faults: list[Fault]) -> None:
    """A fault where the name of another municipality was written over that of the form."""
    label, value = table.columns[:2]
    of_name = folded(entries_in(said).get("municipality", ""))
    for line, text, entry in zip(table.lines, table.cells(label), table.cells(value), strict=True):
        if folded(text) != of_name or folded(entry) in ("", folded(said.get("municipality_name", ""))):
            continue
        found = study.register.find(plain(entry))
        if found is None or found[0] != said["municipality"]:
            advice = "A form is for one municipality: fill in that of the other."
            named = f"{plain(entry)!r} in a form for {said['municipality']}"
            expected = f"the name of {said['municipality']}"
            faults.append(table.fault(named, expected, advice, line, value))


def _drop_unused_numbers(kind: str, heads: Mapping[str, str], table: RawTable) -> None:
    """Rows with nothing but the number that stood there beforehand are none."""
    numbered = heads.get(NUMBERED.get(kind, ("", ""))[0], "")
    if numbered not in table.columns:
        return
    others = [table.cells(head) for head in table.columns if head != numbered]
    kept = [any(plain(cells[position]) for cells in others) for position in range(len(table.lines))]
    given = table.cells(numbered)
    first = NUMBERED[kind][1]
    beforehand = {f"{first}{number}" for number in range(1, MOST_ROWS + 1)}
    # another number than ours is something that somebody wrote
    table.keep([keep or plain(text) not in beforehand for keep, text in zip(kept, given, strict=True)])


def _one_record(
    form: ReturnedForm, tables: list[RawTable], raw: RawFile, municipality: str, faults: list[Fault]
) -> list[SheetTable]:
    """The entries of a sheet as one record, wherever they stand."""
    head_of = {folded(text): text for text in heads_in(form.identity).values()}
    cells: dict[str, str] = {}
    lines: dict[str, int] = {}
    for table in tables:
        label, value = table.columns[:2]
        for line, text, entry in zip(table.lines, table.cells(label), table.cells(value), strict=True):
            head = head_of.get(folded(text))
            if head is None:
                continue
            if cells.get(head) and plain(entry) and plain(entry) != plain(cells[head]):
                advice = f"The first stands in row {lines[head]}. Delete one of them."
                faults.append(table.fault(f"{head} once more", "each entry once", advice, line, value))
            elif not cells.get(head):
                cells[head], lines[head] = entry, line
    if not cells:
        _tell_no_table(form, faults)
    if not any(map(plain, cells.values())):
        return []
    content = [RawColumn() for _ in cells]
    for column, cell in zip(content, cells.values(), strict=True):
        column.extend([cell], typed=True)
    first = tables[0]
    log = [entry for table in tables for entry in table.log]
    made = RawTable(form.file, list(cells), content, [min(lines.values())], tab=_tab_of(tables), log=log)
    made.header_line = first.header_line
    return [SheetTable(made, raw, municipality, lines, entries_in(form.identity)[VALUE])]


def _tab_of(tables: list[RawTable]) -> str:
    """The tab of the entries: the last that has more of them than the name of the municipality."""
    return max(tables, key=lambda table: len(table.lines)).tab
