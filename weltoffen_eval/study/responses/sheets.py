"""Sheets: what each respondent answered, read off the raw files of one wave.

A sheet is the questionnaire that one respondent filled in. The answers of all sheets of a file are
kept as matrices, sheet × item, so that a study of 11,000 municipalities is read column by column.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.columns import RawColumn
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.raw.written_numbers import NumberStyle
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile, unit_of
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.responses.columns import check_columns, heads_of
from weltoffen_eval.study.responses.decoding import CellFaults, decode_answers, style_of
from weltoffen_eval.study.responses.item_columns import find_item_names
from weltoffen_eval.study.responses.matrices import Matrices
from weltoffen_eval.study.responses.respondents import Owners, read_owners

#: A respondent takes some 600 bytes besides the answers; 5,000,000 take 3 GB.
MOST_RESPONDENTS = 5_000_000

_NOT_ASKED_HERE = "no answer; study.toml lists the item as not_asked"


#: Sheet, item, comment, office in charge, evidence: what is written beside an answer.
GivenTexts = tuple[int, str, str, str, str]


@dataclass
class SheetsOfFile:
    """The sheets of one raw file.

    ``lines``: the first line of each sheet; ``record_lines`` and ``sheet_of_record``: of every record.
    ``comments``: sheet, item, comment, office and evidence. Of a form ``record_tabs`` are the tabs of the
    records, which differ, and ``filled_on`` is the day that stands in it.
    """

    raw: RawFile
    tab: str
    lines: list[int]
    municipality: list[str]
    perspective: list[str]
    unit: list[str]
    respondent: list[str]
    answers: Matrices
    record_lines: Sequence[int]
    sheet_of_record: Sequence[int]
    comments: list[GivenTexts] = field(default_factory=list)
    record_tabs: Sequence[str] = ()
    filled_on: datetime.date | None = None


def read_sheets(
    study: Study, raw: RawFile, table: RawTable, instrument: Instrument | None, faults: list[Fault]
) -> SheetsOfFile | None:
    """The sheets of one file of responses.

    None where columns are wrong, or there is no instrument: then only the faults of what can be
    read all the same.
    """
    heads = heads_of(raw, table)
    if raw.layout == "wide" and len(table.lines) > MOST_RESPONDENTS:
        found, expected = f"{len(table.lines):,} respondents", f"at most {MOST_RESPONDENTS:,} in a file"
        faults.append(table.fault(found, expected, "Split it into several files, or draw a sample."))
        return None
    if instrument is not None:
        _check_not_asked(raw, instrument, faults)
    columns: dict[str, str] = {}
    if instrument is not None and raw.layout == "wide":
        columns = find_item_names(raw, table, table.columns, instrument, faults)
    sound = check_columns(raw, table, instrument, heads, columns, faults)
    owners = read_owners(study, raw, table, heads, faults)
    if instrument is None:
        return None
    cells = CellFaults(table, owners.municipality)
    if raw.layout == "long":
        if heads["item"] not in table.columns or heads["response"] not in table.columns:
            return None
        style = style_of(raw, table, [heads["response"]])
        sheets = _read_long(raw, table, instrument, heads, owners, style, cells, faults)
        cells.tell([], faults)
    else:
        numeric = [i.id for i in instrument.items if instrument.scale_of(i.id).kind == "numeric"]
        style = style_of(raw, table, [columns[item] for item in numeric if columns[item] in table.columns])
        sheets = _read_wide(raw, table, instrument, columns, owners, style, cells, faults)
        cells.tell([head for head in columns.values() if head in table.columns], faults)
    return sheets if sound else None


def _check_not_asked(raw: RawFile, instrument: Instrument, faults: list[Fault]) -> None:
    for item in raw.not_asked:
        if item not in instrument.item_by_id:
            advice = did_you_mean(item, instrument.item_by_id).strip()
            column = f"{raw.path} not_asked"
            faults.append(Fault("study.toml", repr(item), "the id of an item", advice, column=column))


def _read_wide(
    raw: RawFile,
    table: RawTable,
    instrument: Instrument,
    columns: Mapping[str, str],
    owners: Owners,
    style: NumberStyle,
    cell_faults: CellFaults,
    faults: list[Fault],
) -> SheetsOfFile:
    count = len(table.rows)
    matrices = Matrices.of(count, instrument, raw.not_asked)
    for column, item in enumerate(instrument.items):
        head = columns[item.id]
        if head not in table.columns:
            continue
        texts, codes = table.coded(head)
        if item.id in raw.not_asked:
            if any(plain(text) for text in texts):
                _tell_answers(table, head, owners, faults)
            continue
        meaning = decode_answers(
            table, instrument, item.id, texts, codes, table.lines, head, style, cell_faults
        )
        matrices.set_column(column, texts, codes, meaning)
    unit = [unit_of(raw, perspective) for perspective in owners.perspective]
    return SheetsOfFile(
        raw, table.tab, table.lines, owners.municipality, owners.perspective, unit, owners.respondent,
        matrices, table.lines, range(count),
    )  # fmt: skip


def _tell_answers(table: RawTable, item: str, owners: Owners, faults: list[Fault]) -> None:
    """A fault for each answer in the column of an item that was not put."""
    for line, cell, owner in zip(table.lines, table.cells(item), owners.municipality, strict=True):
        if plain(cell):
            fault = table.fault(
                repr(plain(cell)), _NOT_ASKED_HERE, row=line, column=item, kind="not_asked", text=plain(cell)
            )
            faults.append(replace(fault, municipality=owner))


def _read_long(
    raw: RawFile,
    table: RawTable,
    instrument: Instrument,
    heads: dict[str, str],
    owners: Owners,
    style: NumberStyle,
    cell_faults: CellFaults,
    faults: list[Fault],
) -> SheetsOfFile:
    item_cells = [plain(cell) for cell in table.cells(heads["item"])]
    names = find_item_names(raw, table, list(dict.fromkeys(item_cells)), instrument, faults)
    item_of = {name: item for item, name in names.items()}
    items = {item.id: position for position, item in enumerate(instrument.items)}
    responses = table.cells(heads["response"])
    text_cells = [
        table.cells(heads[name]) if heads[name] in table.columns else [""] * len(table.lines)
        for name in ("comment", "office", "evidence")
    ]
    sheet_of: dict[tuple[str, str, str], int] = {}
    sheet_of_record = array("I")
    lines: list[int] = []
    keys = zip(owners.municipality, owners.respondent, owners.perspective, strict=True)
    for line, key in zip(table.lines, keys, strict=True):
        if key not in sheet_of:
            sheet_of[key] = len(sheet_of)
            lines.append(line)
        sheet_of_record.append(sheet_of[key])
    matrices = Matrices.of(len(sheet_of), instrument, raw.not_asked)
    comments: list[GivenTexts] = []
    first_line = np.zeros((len(sheet_of), len(items)), dtype=np.uint32)

    def fault(
        position: int, found: str, expected: str, advice: str = "", column: str = "item", kind: str = ""
    ) -> None:
        made = table.fault(found, expected, advice, table.lines[position], heads[column], kind)
        faults.append(replace(made, municipality=owners.municipality[position]))

    if heads["respondent"] in table.columns:
        for position, name in enumerate(owners.respondent):
            if not name and unit_of(raw, owners.perspective[position]) == "persons":
                advice = "Number the respondents, so that it is known which rows belong together."
                expected = "a pseudonym of the respondent"
                fault(position, "nothing", expected, advice, "respondent", "respondent_missing")
    by_item: dict[str, array[int]] = {}
    for position, cell in enumerate(item_cells):
        by_item.setdefault(cell, array("I")).append(position)
    for called, positions in by_item.items():
        name = item_of.get(called, "")
        if not name:
            for position in positions:
                expected = f"the id of an item of {instrument.id}"
                fault(position, repr(called) if called else "nothing", expected, kind="item_unknown")
            continue
        not_asked = name in raw.not_asked
        cells = [responses[position] for position in positions]
        at = [table.lines[position] for position in positions]
        of_item = RawColumn()
        of_item.extend(cells, typed=not table.delimiter)
        texts, codes = of_item.coded()
        meaning = (
            []
            if not_asked
            else decode_answers(
                table, instrument, name, texts, codes, at, heads["response"], style, cell_faults
            )
        )
        column = items[name]
        for position, cell, code in zip(positions, cells, codes, strict=True):
            sheet = sheet_of_record[position]
            if first_line[sheet, column] and owners.municipality[position]:
                fault(
                    position,
                    f"a second answer of {owners.respondent[position]!r} to {name}",
                    "one answer of each respondent to an item",
                    f"The first stands in row {first_line[sheet, column]}.",
                    kind="answer_twice",
                )
                continue
            first_line[sheet, column] = table.lines[position]
            if not_asked:
                if plain(cell):
                    found = f"{plain(cell)!r} for {name}"
                    fault(position, found, _NOT_ASKED_HERE, column="response", kind="not_asked")
            else:
                matrices.set_cell(sheet, column, cell, meaning[code])
            comment, office, evidence = (plain(cells[position]) for cells in text_cells)
            if comment or office or evidence:
                comments.append((sheet, name, comment, office, evidence))
    municipality, respondent, perspective = ([key[part] for key in sheet_of] for part in range(3))
    unit = [unit_of(raw, p) for p in perspective]
    return SheetsOfFile(
        raw, table.tab, lines, municipality, perspective, unit, respondent,
        matrices, table.lines, sheet_of_record, comments,
    )  # fmt: skip
