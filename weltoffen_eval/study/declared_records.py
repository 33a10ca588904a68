"""Tables in CSV that people write, declared: a model for a record, and all faults of a table at once.

A model names the columns, each with what its cells mean; a column without default must be there.
Only readers import this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import PlainValidator, ValidationError, ValidationInfo

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.declared import DeclaredTable, refusal
from weltoffen_eval.study.keys import check_key, is_key
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.records import read_records

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")

_Record = TypeVar("_Record", bound=DeclaredTable)


@dataclass(frozen=True)
class Row(Generic[_Record]):
    """A record as its model has it, with its ``cells`` as they stand and the place for faults of several."""

    read: _Record
    cells: dict[str, str]
    file: str
    line: int
    owner: str = ""

    def fault(self, column: str, found: str, expected: str, advice: str = "") -> Fault:
        return Fault(
            self.file, found, expected, advice, row=self.line, column=column, municipality=self.owner
        )

    def texts(self, stem: str) -> ByLanguage:
        """The text by language of the columns ``<stem>_de``, ``<stem>_en``, …, without empty ones."""
        start = f"{stem}_"
        return ByLanguage(
            {
                name.removeprefix(start): cell
                for name, cell in self.cells.items()
                if name.startswith(start) and cell
            }
        )


#: Of a cell that must be filled.
_FILLED: Any = object()


def cell(read: Callable[[str], Any], expected: str, empty: Any = _FILLED) -> PlainValidator:
    """What ``read`` makes of a cell; None is a fault, in words what is expected. An empty cell is ``empty``.

    Without ``empty`` a cell must be filled.
    """

    def validate(text: str, info: ValidationInfo) -> Any:
        if text == "" and empty is not _FILLED:
            return empty
        meant = read(text) if text else None
        if meant is None and info.context is None:
            raise refusal([Fault("", repr(text) if text else "nothing", expected)])
        return meant

    return PlainValidator(validate)


def any_cell() -> PlainValidator:
    """A cell as it is, also an empty one."""
    return PlainValidator(lambda text: text)


def key_cell(what: str) -> PlainValidator:
    """A key, in words ``what``, as in "an item id"."""

    def validate(text: str, info: ValidationInfo) -> str:
        faults: list[Fault] = []
        check_key(text, what, Fault("", "", ""), faults)
        if faults and info.context is None:
            raise refusal(faults)
        return text

    return PlainValidator(validate)


def number_cell(
    expected: str, empty: float = _FILLED, least: float | None = None, most: float | None = None
) -> PlainValidator:
    """A number with a decimal dot; float() would take 'nan', '1_000' and digits of other scripts."""

    def read(text: str) -> float | None:
        number = float(text) if _NUMBER.fullmatch(text) else None
        if number is None or (least is not None and number < least) or (most is not None and number > most):
            return None
        return number

    return cell(read, expected, empty)


def word_cell(words: Collection[str], empty: str = _FILLED) -> PlainValidator:
    """One of some words."""
    others = "" if empty is _FILLED else ", or nothing"
    return cell(lambda text: text if text in words else None, "one of " + ", ".join(words) + others, empty)


def read_rows(
    model: type[_Record],
    path: Path,
    file: str,
    faults: list[Fault],
    by_language: Sequence[str] = (),
    owner: str = "",
) -> list[Row[_Record]]:
    """The records of a table, with every fault of every cell; of those it holds what can be read.

    ``by_language``: columns that there may be for every language (``text``: text_de, text_en, …). ``owner``:
    the column that holds the key of the municipality whose fault a fault is.
    """
    fields = model.model_fields
    required = [name for name, field in fields.items() if field.is_required()]
    optional = [name for name in fields if name not in required]
    rows = []
    for record in read_records(path, file, required, optional, faults, by_language):
        whose = record[owner] if owner and is_key(record[owner]) else ""
        read, wrong = read_values(model, {name: record[name] for name in fields})
        line = int(record["line"])
        faults.extend(replace(fault, file=file, row=line, municipality=whose) for fault in wrong)
        rows.append(Row(read, record, file, line, whose))
    return rows


def read_values(model: type[_Record], values: Mapping[str, str]) -> tuple[_Record, list[Fault]]:
    """The record of some cells, as far as they can be read, and the faults of the others, by column."""
    try:
        return model.model_validate(dict(values)), []
    except ValidationError as error:
        faults = [
            replace(fault, column=str(found["loc"][0]))
            for found in error.errors(include_url=False)
            for fault in found["ctx"]["faults"]
        ]
    return model.model_validate(dict(values), context={}), faults


def check_known(row: Row[Any], column: str, known: Collection[str], what: str, faults: list[Fault]) -> None:
    """A fault where a cell names none of ``known``."""
    name = row.cells[column]
    if name not in known:
        found = repr(name) if name else "nothing"
        faults.append(row.fault(column, found, what, did_you_mean(name, known).strip()))


def check_once(
    rows: Sequence[Row[Any]], columns: Sequence[str], faults: list[Fault], expected: str = "each once"
) -> None:
    """A fault for each record whose cells in some columns are those of one before, in the first column."""
    first_of: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(row.cells[name] for name in columns)
        if cells in first_of:
            named = " and ".join(repr(text) for text in cells)
            advice = f"The first stands in row {first_of[cells]}."
            faults.append(row.fault(columns[0], f"{named} twice", expected, advice))
        first_of.setdefault(cells, row.line)
