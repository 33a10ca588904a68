"""Sheets: what each respondent answered, read off the raw files of one wave.

A sheet is the questionnaire that one respondent filled in. The answers of all sheets of a file are
kept as matrices, sheet × item, so that a study of 11,000 municipalities is read column by column.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.definition import RawFile, Study
from weltoffen_eval.study.instrument import MISSING_KINDS, Decoded, Instrument
from weltoffen_eval.study.perspectives import PERSPECTIVES, find_perspective
from weltoffen_eval.study.raw_table import LogEntry, RawTable, plain

#: Marks in :attr:`Sheets.missing`: −1 answered, else the position in MISSING_KINDS.
ANSWERED = -1
SKIPPED = MISSING_KINDS.index("skipped")
NOT_CHOSEN = MISSING_KINDS.index("not_chosen")
NOT_ASKED = MISSING_KINDS.index("not_asked")


@dataclass
class Sheets:
    """The sheets of one raw file. Matrices are sheet × item, items in the instrument's order.

    ``code`` is 0 and ``value`` NaN where there is none; ``missing`` is ANSWERED or the position in
    MISSING_KINDS; ``empty`` tells an empty cell from a "keine Angabe" that somebody chose. ``lines``:
    the first line of each sheet; ``record_lines`` and ``sheet_of_record``: of every record.
    """

    raw: RawFile
    sheet: str
    lines: list[int]
    municipality: list[str]
    perspective: list[str]
    unit: list[str]
    respondent: list[str]
    code: NDArray[np.int32]
    value: NDArray[np.float64]
    missing: NDArray[np.int8]
    empty: NDArray[np.bool_]
    record_lines: list[int]
    sheet_of_record: list[int]
    comments: list[tuple[int, str, str]] = field(default_factory=list)


def read_sheets(
    study: Study, raw: RawFile, table: RawTable, instrument: Instrument, faults: list[Fault]
) -> Sheets | None:
    """The sheets of one file of responses; None, with faults, where columns are wrong."""
    names = {
        name: raw.columns.get(name, name)
        for name in ("municipality", "ags", "respondent", "perspective", "item", "response", "comment")
    }
    if raw.perspective_column:
        names["perspective"] = raw.perspective_column
    for item in raw.not_asked:
        if item not in instrument.item_by_id:
            advice = did_you_mean(item, instrument.item_by_id).strip()
            faults.append(
                Fault("study.toml", repr(item), "the id of an item", advice, column=f"{raw.path} not_asked")
            )
    if not _check_columns(raw, table, instrument, names, faults):
        return None
    who = _read_who(study, raw, table, names, faults)
    if raw.layout == "long":
        return _read_long(raw, table, instrument, names, who, faults)
    return _read_wide(raw, table, instrument, who, faults)


@dataclass
class _Who:
    municipality: list[str]
    perspective: list[str]
    respondent: list[str]


def _check_columns(
    raw: RawFile, table: RawTable, instrument: Instrument, names: dict[str, str], faults: list[Fault]
) -> bool:
    """False, with faults, where a needed column is missing or one is neither known nor ignored."""
    before = len(faults)
    items = [item.id for item in instrument.items] if raw.layout == "wide" else []
    asked = [item for item in items if item not in raw.not_asked]
    long_columns = [names["item"], names["response"]] if raw.layout == "long" else []
    known = [
        names["municipality"],
        names["ags"],
        names["respondent"],
        *([] if raw.perspective else [names["perspective"]]),
        *long_columns,
        *([names["comment"]] if raw.layout == "long" else []),
        *asked,
        *raw.ignore,
    ]
    if names["municipality"] not in table.columns and names["ags"] not in table.columns:
        faults.append(
            table.fault(
                "neither of the columns",
                f"a column {names['municipality']} or {names['ags']}",
                'Add it, or name it in study.toml: columns = { municipality = "…" }.',
                row=1,
            )
        )
    needed = asked + long_columns
    if not raw.perspective:
        needed = [*needed, names["perspective"]]
    if raw.layout == "long":
        needed = [*needed, names["respondent"]]
    for name in needed:
        if name not in table.columns:
            unknown = [c for c in table.columns if c not in known]
            faults.append(
                table.fault(
                    "no such column",
                    "a column for each item"
                    if name in asked
                    else "this column, or perspective = … in study.toml"
                    if name == names["perspective"]
                    else "this column",
                    "Add it; an item that was not put goes into not_asked in study.toml."
                    if name in asked
                    else did_you_mean(name, unknown).strip(),
                    row=1,
                    column=name,
                )
            )
    for name in table.columns:
        if name not in known:
            advice = did_you_mean(name, [k for k in known if k not in table.columns]).strip()
            faults.append(
                table.fault(
                    "a column that is neither an item nor named in study.toml",
                    f"items of {instrument.id} and columns of the contract",
                    advice or "Correct its name, or add it to ignore in study.toml.",
                    row=1,
                    column=name,
                )
            )
    for name in raw.ignore:
        if name in table.columns:
            table.log.append(LogEntry(table.file, table.sheet, 1, name, "", "", "column_ignored"))
    return len(faults) == before


def _read_who(
    study: Study, raw: RawFile, table: RawTable, names: dict[str, str], faults: list[Fault]
) -> _Who:
    """Municipality, perspective and respondent of each record; empty where there is a fault."""
    register = study.register
    column = names["municipality"] if names["municipality"] in table.columns else names["ags"]
    find = register.find if column == names["municipality"] else register.find_ags
    municipality = []
    found_of = {cell: find(cell) for cell in set(table.cells(column))}
    for line, cell in zip(table.lines, table.cells(column), strict=True):
        found = found_of[cell]
        if found is None:
            known = (
                [entry.ags for entry in register.municipalities]
                if column == names["ags"]
                else register.by_key
            )
            faults.append(
                table.fault(
                    repr(plain(cell)) if plain(cell) else "nothing",
                    "a municipality of municipalities.csv",
                    did_you_mean(plain(cell), known).strip()
                    or "Add it to municipalities.csv, or correct it in corrections.csv.",
                    row=line,
                    column=column,
                )
            )
            municipality.append("")
            continue
        key, rule = found
        if rule:
            table.log.append(LogEntry(table.file, table.sheet, line, column, cell, key, rule))
        municipality.append(key)

    perspective = [raw.perspective] * len(table.rows)
    if not raw.perspective:
        column = names["perspective"]
        for position, (line, cell) in enumerate(zip(table.lines, table.cells(column), strict=True)):
            named = find_perspective(cell)
            if named is None:
                faults.append(
                    table.fault(
                        repr(plain(cell)) if plain(cell) else "nothing",
                        "one of " + ", ".join(PERSPECTIVES.values()),
                        did_you_mean(plain(cell), PERSPECTIVES.values()).strip(),
                        row=line,
                        column=column,
                    )
                )
            perspective[position] = named or ""

    respondent = [""] * len(table.rows)
    if names["respondent"] in table.columns:
        respondent = [plain(cell) for cell in table.cells(names["respondent"])]
        for position, name in enumerate(respondent):
            if name == "":
                faults.append(
                    table.fault(
                        "nothing",
                        "a pseudonym of the respondent",
                        "Number the sheets of each municipality.",
                        row=table.lines[position],
                        column=names["respondent"],
                    )
                )
    return _Who(municipality, perspective, respondent)


def _empty_matrices(
    sheets: int, items: int
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int8], NDArray[np.bool_]]:
    return (
        np.zeros((sheets, items), dtype=np.int32),
        np.full((sheets, items), np.nan),
        np.full((sheets, items), SKIPPED, dtype=np.int8),
        np.ones((sheets, items), dtype=bool),
    )


def _unit(raw: RawFile, perspective: str) -> str:
    if raw.unit:
        return raw.unit
    of_institution = raw.setting == "questionnaire" and perspective == "administration"
    return "institution" if of_institution else "persons"


def _read_wide(
    raw: RawFile, table: RawTable, instrument: Instrument, who: _Who, faults: list[Fault]
) -> Sheets:
    count = len(table.rows)
    code, value, missing, empty = _empty_matrices(count, len(instrument.items))
    for column, item in enumerate(instrument.items):
        if item.id in raw.not_asked:
            missing[:, column] = NOT_ASKED
            continue
        cells = table.cells(item.id)
        meaning = _decode_all(table, instrument, item.id, cells, table.lines, item.id, faults)
        # a column holds few different cells: one assignment for each of them
        numbers = {cell: number for number, cell in enumerate(meaning)}
        coded = np.fromiter((numbers[cell] for cell in cells), dtype=np.int32, count=count)
        decoded = list(meaning.values())
        code[:, column] = np.array([d.code or 0 for d in decoded])[coded]
        value[:, column] = np.array([np.nan if d.value is None else d.value for d in decoded])[coded]
        missing[:, column] = np.array(
            [ANSWERED if d.missing is None else MISSING_KINDS.index(d.missing) for d in decoded]
        )[coded]
        empty[:, column] = np.array([plain(cell) == "" for cell in meaning])[coded]
    unit = [_unit(raw, perspective) for perspective in who.perspective]
    return Sheets(
        raw, table.sheet, table.lines, who.municipality, who.perspective, unit, who.respondent,
        code, value, missing, empty, table.lines, list(range(count)),
    )  # fmt: skip


def _read_long(
    raw: RawFile,
    table: RawTable,
    instrument: Instrument,
    names: dict[str, str],
    who: _Who,
    faults: list[Fault],
) -> Sheets:
    items = {item.id: position for position, item in enumerate(instrument.items)}
    item_cells = [plain(cell) for cell in table.cells(names["item"])]
    response_cells = table.cells(names["response"])
    comment_cells = (
        table.cells(names["comment"]) if names["comment"] in table.columns else [""] * len(table.rows)
    )
    sheet_of: dict[tuple[str, str, str], int] = {}
    lines: list[int] = []
    for line, key in zip(
        table.lines, zip(who.municipality, who.respondent, who.perspective, strict=True), strict=True
    ):
        if key not in sheet_of:
            sheet_of[key] = len(sheet_of)
            lines.append(line)
    code, value, missing, empty = _empty_matrices(len(sheet_of), len(items))
    for item in raw.not_asked:
        if item in items:
            missing[:, items[item]] = NOT_ASKED
    by_item: dict[str, list[int]] = {}
    for position, name in enumerate(item_cells):
        by_item.setdefault(name, []).append(position)
    comments = []
    first_line: dict[tuple[int, int], int] = {}
    for name, positions in by_item.items():
        if name not in items or name in raw.not_asked:
            advice = did_you_mean(name, items).strip()
            expected = (
                "no answer; study.toml lists it as not_asked"
                if name in items
                else f"the id of an item of {instrument.id}"
            )
            faults.extend(
                table.fault(repr(name), expected, advice, table.lines[p], names["item"]) for p in positions
            )
            continue
        cells = [response_cells[p] for p in positions]
        at = [table.lines[p] for p in positions]
        meaning = _decode_all(table, instrument, name, cells, at, names["response"], faults)
        column = items[name]
        for p, cell in zip(positions, cells, strict=True):
            sheet = sheet_of[(who.municipality[p], who.respondent[p], who.perspective[p])]
            if (sheet, column) in first_line:
                faults.append(
                    table.fault(
                        f"a second answer of {who.respondent[p]!r} to {name}",
                        "one answer of each respondent to an item",
                        f"The first stands in row {first_line[sheet, column]}.",
                        row=table.lines[p],
                        column=names["item"],
                    )
                )
                continue
            first_line[sheet, column] = table.lines[p]
            decoded = meaning[cell]
            code[sheet, column] = decoded.code or 0
            value[sheet, column] = np.nan if decoded.value is None else decoded.value
            missing[sheet, column] = (
                ANSWERED if decoded.missing is None else MISSING_KINDS.index(decoded.missing)
            )
            empty[sheet, column] = plain(cell) == ""
            if plain(comment_cells[p]):
                comments.append((sheet, name, plain(comment_cells[p])))
    municipality, respondent, perspective = ([key[part] for key in sheet_of] for part in range(3))
    unit = [_unit(raw, p) for p in perspective]
    return Sheets(
        raw, table.sheet, lines, municipality, perspective, unit, respondent,
        code, value, missing, empty, table.lines,
        [sheet_of[key] for key in zip(who.municipality, who.respondent, who.perspective, strict=True)],
        comments,
    )  # fmt: skip


def _decode_all(
    table: RawTable,
    instrument: Instrument,
    item: str,
    cells: list[str],
    lines: list[int],
    column: str,
    faults: list[Fault],
) -> dict[str, Decoded]:
    """The meaning of each different cell of an item; faults and changes with each line they stand on."""
    scale = instrument.scale_of(item)
    meaning = {}
    remarkable = {}
    for cell in dict.fromkeys(cells):
        decoded = scale.decode(cell)
        if decoded is None or decoded.rule:
            remarkable[cell] = decoded
        meaning[cell] = decoded if decoded is not None else Decoded(missing="skipped")
    if not remarkable:
        return meaning
    for line, cell in zip(lines, cells, strict=True):
        if cell not in remarkable:
            continue
        decoded = remarkable[cell]
        if decoded is None:
            faults.append(
                table.fault(
                    repr(plain(cell)) + (f" for {item}" if column != item else ""),
                    scale.expected(),
                    "Correct it in corrections.csv, or extend the scale.",
                    row=line,
                    column=column,
                )
            )
        else:
            new = next(
                str(part) for part in (decoded.code, decoded.value, decoded.missing) if part is not None
            )
            table.log.append(LogEntry(table.file, table.sheet, line, column, cell, new, decoded.rule))
    return meaning
