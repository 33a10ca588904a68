"""What cells mean: answers decoded by their scale, with each fault and each change at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.instrument import Decoded, Instrument, ResponseScale
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.raw_columns import NumberText
from weltoffen_eval.study.raw_table import RawTable, plain
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
        filled = {
            line: sum(plain(self.table.rows[record_of[line]][place]) != "" for place in places)
            for line in self.by_line
        }
        # a second heading, or a total: one look at the row says it
        whole = {
            line
            for line, of_row in self.by_line.items()
            if len(of_row) == filled[line] >= (_MOST_ONE_BY_ONE if self.owners[record_of[line]] else _FEW)
        }
        advice = f"If the row is no record, set skip_rows = {sorted(whole)[:20]} for this file in study.toml."
        for line, of_row in self.by_line.items():
            if line in whole:
                shown = "; ".join(fault.found for fault in of_row[:3]) + (" …" if len(of_row) > 3 else "")
                found = f"{len(of_row)} cells, of which none is an answer: {shown}"
                of_row = [self.table.fault(found, "answers", advice, row=line)]
            owner = self.owners[record_of[line]]
            faults.extend(replace(fault, municipality=owner) for fault in of_row)


def style_of(raw: RawFile, table: RawTable, columns: Sequence[str]) -> NumberStyle:
    """How the numbers in these columns of a file are written."""
    texts = (
        plain(text) for column in columns for text in table.coded(column)[0] if not is_certain(table, text)
    )
    return find_style(texts, raw.decimal, table.delimiter)


def is_certain(table: RawTable, text: str) -> bool:
    """Whether a cell's text is how the reader writes a number that a workbook holds as one."""
    return not table.delimiter and isinstance(text, NumberText)


def decode_answers(
    table: RawTable,
    instrument: Instrument,
    item: str,
    texts: Sequence[str],
    codes: Sequence[int],
    lines: Sequence[int],
    column: str,
    style: NumberStyle,
    faults: CellFaults,
) -> list[Decoded]:
    """The meaning of each of the different ``texts`` of an item's cells.

    ``codes``: for each cell the position of its text, ``lines``: its line. Faults and changes are told
    with each line they stand on.
    """
    scale = instrument.scale_of(item)
    meaning = []
    remarkable: dict[int, tuple[Decoded | None, str]] = {}
    for number, text in enumerate(texts):
        certain = is_certain(table, text)
        doubt = "" if certain else _doubt(scale, text, style)
        decoded = None if doubt else scale.decode(text, NumberStyle() if certain else style)
        if decoded is None or decoded.rule:
            remarkable[number] = decoded, doubt
        meaning.append(decoded if decoded is not None else Decoded(missing="skipped"))
    if not remarkable:
        return meaning
    for line, code in zip(lines, codes, strict=True):
        if code not in remarkable:
            continue
        decoded, doubt = remarkable[code]
        text = texts[code]
        if decoded is not None:
            new = next(
                str(part) for part in (decoded.code, decoded.value, decoded.missing) if part is not None
            )
            table.log_change(line, column, text, new, decoded.rule)
            continue
        found = repr(plain(text)) + (f" for {item}" if column != item else "")
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
