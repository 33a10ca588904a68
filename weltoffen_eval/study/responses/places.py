"""Where answers stand: tab, row and column of the raw file, the text as received and what was made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.corrections import Correction
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.raw.table import RawTable, plain
from weltoffen_eval.study.responses.cleaning import read_tables
from weltoffen_eval.study.responses.columns import heads_of
from weltoffen_eval.study.responses.item_columns import find_item_names

#: A record of a raw file: file, tab, row.
Record = tuple[str, str, int]


@dataclass(frozen=True)
class AnswerPlace:
    """The cell in which the answer to an item stands, ``text`` as received, and its correction."""

    item: str
    file: str
    tab: str
    row: int
    column: str
    text: str
    correction: Correction | None = None


def places_of(
    study: Study, wave: str, records: Collection[Record], items: Collection[str]
) -> list[AnswerPlace]:
    """The cells of some items in some records, in the order of the files; an item without column has none.

    Raises
    ------
    RefusedError
        With its faults, if a file cannot be read any more.
    """
    instrument = study.instruments.get(wave)
    if instrument is None:
        return []
    faults: list[Fault] = []
    wanted = set(records)
    files = {file for file, _, _ in wanted}
    found = [
        place
        for raw, table in read_tables(study, wave, faults)
        if table.file in files
        for place in _places_in(study, raw, table, instrument, wanted, items)
    ]
    if faults:
        raise RefusedError(faults)
    return found


def _places_in(
    study: Study,
    raw: RawFile,
    table: RawTable,
    instrument: Instrument,
    wanted: Collection[Record],
    items: Collection[str],
) -> Iterator[AnswerPlace]:
    heads = heads_of(raw, table)
    in_long = table.cells(heads["item"]) if raw.layout == "long" else []
    names = list(dict.fromkeys(in_long)) if in_long else table.columns
    # faults of heads were told when the study was read
    by_item = find_item_names(raw, table, names, instrument, [])
    item_of = {plain(name): item for item, name in by_item.items()}
    for position, row in enumerate(table.lines):
        if (table.file, table.tab, row) not in wanted:
            continue
        if in_long:
            item = item_of.get(plain(in_long[position]), "")
            cells = [(item, heads["response"])] if item in items else []
        else:
            cells = [(item, column) for item, column in by_item.items() if item in items]
        for item, column in cells:
            if column in table.columns:
                text = table.cells(column)[position]
                correction = _correction_of(study, table, row, column)
                yield AnswerPlace(item, table.file, table.tab, row, column, text, correction)


def _correction_of(study: Study, table: RawTable, row: int, column: str) -> Correction | None:
    return next(
        (
            one
            for one in study.corrections
            if (one.file, one.row, one.column) == (table.file, row, column) and one.tab in ("", table.tab)
        ),
        None,
    )
