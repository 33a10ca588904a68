"""What cells mean: answers decoded by their scale, with each fault and each change at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.instrument import Decoded, Instrument, ResponseScale
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.raw_table import LogEntry, RawTable, plain
from weltoffen_eval.study.written_numbers import NumberStyle, find_style

#: From so many cells on, a row of which none is an answer is told as a row.
_MOST_ONE_BY_ONE = 10
#: A row of which not even the municipality is known is told as a row from here on.
_FEW = 2


@dataclass
class CellFaults:
    """What is wrong with the cells of one file, gathered to be told by row where a whole row is wrong.

    ``owners`` is the municipality of each record, empty where it is not known.
    """

    table: RawTable
    owners: Sequence[str]
    by_line: dict[int, list[Fault]] = field(default_factory=dict)
    answers_on_line: dict[int, int] = field(default_factory=dict)

    def add(self, line: int, column: str, found: str, expected: str, advice: str) -> None:
        fault = self.table.fault(found, expected, advice, row=line, column=column)
        self.by_line.setdefault(line, []).append(fault)

    def tell(self, items: Sequence[str], faults: list[Fault]) -> None:
        """Add them to ``faults``; ``items``: the columns of a wide file that hold answers."""
        if not self.by_line:
            return
        record_of = {line: position for position, line in enumerate(self.table.lines)}
        places = [self.table.index(item) for item in items]
        for line, of_row in self.by_line.items():
            owner = self.owners[record_of[line]]
            cells = self.table.rows[record_of[line]]
            filled = sum(plain(cells[place]) != "" for place in places)
            enough = _MOST_ONE_BY_ONE if owner else _FEW
            if len(of_row) == filled >= enough:
                # a second heading, or a total: one look at the row says it
                shown = "; ".join(fault.found for fault in of_row[:3])
                found = f"{filled} cells, of which none is an answer: {shown}{' …' if filled > 3 else ''}"
                advice = f"If the row is no record, set skip_rows = [{line}] for this file in study.toml."
                of_row = [self.table.fault(found, "answers", advice, row=line)]
            faults.extend(replace(fault, municipality=owner) for fault in of_row)


def style_of(raw: RawFile, table: RawTable, columns: Sequence[str]) -> NumberStyle:
    """How the numbers in these columns of a file are written."""
    if table.delimiter:
        cells = (plain(cell) for column in columns for cell in dict.fromkeys(table.cells(column)))
    else:
        cells = (cell for column in columns for cell in _texts(table, column))
    return find_style(cells, raw.decimal, table.delimiter)


def _texts(table: RawTable, column: str) -> set[str]:
    """The cells of a workbook's column that hold a text; a number there is certain."""
    lines = table.text_cells.get(column, set())
    if not lines:
        return set()
    return {plain(c) for line, c in zip(table.lines, table.cells(column), strict=True) if line in lines}


def decode_answers(
    table: RawTable,
    instrument: Instrument,
    item: str,
    cells: Sequence[str],
    lines: Sequence[int],
    column: str,
    style: NumberStyle,
    faults: CellFaults,
) -> dict[str, Decoded]:
    """The meaning of each different cell of an item; faults and changes with each line they stand on."""
    scale = instrument.scale_of(item)
    certain = set() if table.delimiter or scale.kind != "numeric" else set(cells) - _texts(table, column)
    meaning = {}
    remarkable: dict[str, tuple[Decoded | None, str]] = {}
    for cell in dict.fromkeys(cells):
        how = NumberStyle() if cell in certain else style
        doubt = "" if cell in certain else _doubt(scale, cell, how)
        decoded = None if doubt else scale.decode(cell, how)
        if decoded is None or decoded.rule:
            remarkable[cell] = decoded, doubt
        meaning[cell] = decoded if decoded is not None else Decoded(missing="skipped")
    if not remarkable:
        return meaning
    for line, cell in zip(lines, cells, strict=True):
        if cell not in remarkable:
            continue
        decoded, doubt = remarkable[cell]
        if decoded is not None:
            new = next(
                str(part) for part in (decoded.code, decoded.value, decoded.missing) if part is not None
            )
            table.log.append(LogEntry(table.file, table.sheet, line, column, cell, new, decoded.rule))
            continue
        found = repr(plain(cell)) + (f" for {item}" if column != item else "")
        if doubt:
            expected = "a number that can be read in one way only"
            advice = 'Say in study.toml which sign parts decimals: decimal = "," or decimal = ".".'
            faults.add(line, column, f"{found}, which is {doubt}", expected, advice)
        else:
            advice = "Correct it in corrections.csv, or extend the scale."
            faults.add(line, column, found, scale.expected(), advice)
    return meaning


def _doubt(scale: ResponseScale, cell: str, style: NumberStyle) -> str:
    if scale.kind != "numeric" or scale.names(cell):
        return ""
    return style.doubt(plain(cell), scale.minimum, scale.maximum)
