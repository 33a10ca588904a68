"""What cells mean: answers decoded by their scale, with each fault and each change at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

import numpy as np

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.columns import NumberText
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.raw.written_numbers import NumberStyle, find_style
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Decoded, Instrument, ResponseScale
from weltoffen_eval.study.responses.labelled_values import find_unfitting, read_labelled, seen

#: From so many cells on, a row of which none is an answer is told as a row.
_MOST_ONE_BY_ONE = 10
#: A row of which not even the municipality is known is told as a row from here on.
_FEW = 2
#: What stands more often than so in a column is told once for each municipality.
MOST_TOLD_EACH = 1_000
#: Each change is a line of the cleaning log; of more than so many nobody could read it.
MOST_CHANGES = 2_000_000


_LABELS = "Correct it in corrections.csv, or let labels in the file and answers of the scale say the same."


@dataclass
class CellFaults:
    """What is wrong with the cells of one file, gathered to be told by row where a whole row is wrong.

    ``owners`` is the municipality of each record, empty where it is not known.
    """

    table: RawTable
    owners: Sequence[str]
    by_line: dict[int, list[Fault]] = field(default_factory=dict)
    often: list[Fault] = field(default_factory=list)

    def add(self, line: int, fault: Fault) -> None:
        self.by_line.setdefault(line, []).append(replace(fault, row=line))

    def add_often(self, lines: Sequence[int], told: Fault) -> None:
        """The same on many lines: one fault for each municipality."""
        owner_of = dict(zip(self.table.lines, self.owners, strict=True))
        by_owner: dict[str, list[int]] = {}
        for line in lines:
            by_owner.setdefault(owner_of[line], []).append(line)
        for owner, of_owner in by_owner.items():
            also = f", also in {len(of_owner) - 1:,} rows below" if len(of_owner) > 1 else ""
            self.often.append(replace(told, found=told.found + also, row=of_owner[0], municipality=owner))

    def tell(self, items: Sequence[str], faults: list[Fault]) -> None:
        """Add them to ``faults``; ``items``: the columns of a wide file that hold answers."""
        faults.extend(self.often)
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
                of_row = [self.table.fault(found, "answers", advice, row=line, kind="row_of_no_answers")]
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


#: Is told every column of answers that is read: table, item, texts, codes, lines, column, meanings.
_WATCH: ContextVar[Callable[..., None] | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Callable[..., None]) -> Iterator[None]:
    """While this lasts ``watch`` is told where each answer stands, whatever reader reads it."""
    token = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(token)


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
    unfitting = find_unfitting(scale, table.labels.get(column, ()))
    contradicted: dict[int, str] = {}
    for number, text in enumerate(texts):
        certain = is_certain(table, text)
        doubt = "" if certain else _doubt(scale, text, style)
        said = table.meaning_of(column, text)
        decoded = None if doubt or said is None else scale.decode(said, NumberStyle() if certain else style)
        if column in table.labels:
            decoded, contradicted[number] = read_labelled(scale, text, decoded, unfitting)
        if decoded is None or decoded.rule:
            remarkable[number] = decoded, doubt
        meaning.append(decoded if decoded is not None else Decoded(missing="skipped"))
    if watch := _WATCH.get():
        unread = {number for number, (decoded, _) in remarkable.items() if decoded is None}
        readings = tuple(None if number in unread else decoded for number, decoded in enumerate(meaning))
        watch(table, item, tuple(texts), tuple(codes), tuple(lines), column, readings)
    if not remarkable:
        return meaning
    number_of = np.asarray(codes)
    times = np.bincount(number_of, minlength=len(texts))
    changed = {number: decoded for number, (decoded, _) in remarkable.items() if decoded is not None}
    changes = int(sum(times[number] for number in changed))
    if len(table.log) + changes > MOST_CHANGES:
        found = (
            f"{changes:,} cells that are not written as the scale has them, such as {texts[min(changed)]!r}"
        )
        expected = f"at most {MOST_CHANGES:,} of them in a file, since each is logged"
        advice = "Write codes as whole numbers, without blanks, or labels word for word."
        faults.often.append(table.fault(found, expected, advice, table.header_line, column))
        remarkable = {number: told for number, told in remarkable.items() if number not in changed}
    told = {
        number: _what_is_wrong(table, scale, texts[number], item, column, doubt)
        for number, (decoded, doubt) in remarkable.items()
        if decoded is None
    }
    for number in [number for number in told if contradicted.get(number)]:
        found = contradicted[number] + ("" if column == item else f" for {item}")
        text = plain(texts[number])
        told[number] = table.fault(
            found, scale.expected(), _LABELS, column=column, kind="not_an_answer", text=text, item=item
        )
    for number in [number for number in told if times[number] > MOST_TOLD_EACH]:
        there = np.flatnonzero(number_of == number).tolist()
        faults.add_often([lines[position] for position in there], told.pop(number))
        del remarkable[number]
    for line, code in zip(lines, codes, strict=True):
        if code not in remarkable:
            continue
        if code in told:
            faults.add(line, told[code])
            continue
        read = changed[code]
        new = next(str(part) for part in (read.code, read.value, read.missing) if part is not None)
        table.log_change(line, column, seen(texts[code]), new, read.rule)
    return meaning


def _said(table: RawTable, column: str, text: str) -> str:
    """What a survey tool calls an answer, in words, where the cell holds its code."""
    said = table.meaning_of(column, text)
    return "" if said is None or said == text else f", which the survey calls {said!r},"


def _what_is_wrong(
    table: RawTable, scale: ResponseScale, raw_text: str, item: str, column: str, doubt: str
) -> Fault:
    """What is to be said, wherever it stands in a column, of a text that is no answer."""
    text = plain(raw_text)
    found = repr(text) + _said(table, column, raw_text) + ("" if column == item else f" for {item}")
    if unknown := table.why_unknown(column, raw_text):
        advice = "Correct it in corrections.csv, or export the responses anew."
        return table.fault(
            f"{found}, which may be {unknown}", scale.expected(), advice, column=column, kind="not_an_answer",
            text=text, item=item,
        )  # fmt: skip
    if doubt:
        return table.fault(
            f"{found}, which is {doubt}",
            "a number that can be read in one way only",
            'Say in study.toml which sign parts decimals: decimal = "," or decimal = ".".',
            column=column,
            kind="number_in_two_ways",
            text=text,
            item=item,
        )
    advice = "Correct it in corrections.csv, or extend the scale."
    return table.fault(
        found, scale.expected(), advice, column=column, kind="not_an_answer", text=text, item=item
    )


def _doubt(scale: ResponseScale, cell: str, style: NumberStyle) -> str:
    if scale.kind != "numeric" or scale.names(cell):
        return ""
    return style.doubt(scale.numeral(plain(cell)), scale.minimum, scale.maximum)
