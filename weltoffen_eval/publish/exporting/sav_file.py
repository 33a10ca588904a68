"""A table as a file of SPSS, with labels of variables and values and with declared missing values."""

from __future__ import annotations

import datetime
import math
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from weltoffen_eval.publish.exporting.data_files import DataColumn

# bytes that SPSS has for the label of a variable and of a value
_LONGEST_LABEL, _LONGEST_VALUE_LABEL = 255, 120
_MOST_DECIMALS = 16
#: Where the head of a file names when it was written.
_WRITTEN_AT = slice(92, 109)


def sav_file(columns: Sequence[DataColumn], title: str, day: datetime.date) -> bytes:
    """The bytes of a .sav in UTF-8; it bears the day of the data, not that on which it was written."""
    import pandas as pd
    import pyreadstat

    data: dict[str, Any] = {}
    for column in columns:
        if column.is_text:
            data[column.name] = pd.Series(list(column.cells), dtype=object)
        else:
            numbers = [math.nan if cell is None else float(cell) for cell in column.cells]
            data[column.name] = pd.Series(numbers, dtype="float64")
    coded = [column for column in columns if column.labels]
    numeric = [column for column in columns if not column.is_text]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        pyreadstat.write_sav(
            pd.DataFrame(data), str(path), file_label=_cut(title, 64), row_compress=True,
            column_labels={c.name: _cut(c.label, _LONGEST_LABEL) for c in columns if c.label},
            variable_value_labels={
                c.name: {float(code): _cut(text, _LONGEST_VALUE_LABEL) for code, text in c.labels.items()}
                for c in coded
            },
            missing_ranges={
                c.name: [{"lo": low, "hi": high} for low, high in c.missing] for c in coded if c.missing
            },
            variable_measure={c.name: _measure(c) for c in columns},
            variable_format={c.name: _format(c) for c in numeric},
        )  # fmt: skip
        content = bytearray(path.read_bytes())
    content[_WRITTEN_AT] = f"{day:%d} {_MONTHS[day.month - 1]} {day:%y}00:00:00".encode("ascii")
    return bytes(content)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _measure(column: DataColumn) -> str:
    if column.is_text:
        return "nominal"
    return "ordinal" if any(not _is_missing(code, column) for code in column.labels) else "scale"


def _is_missing(code: int, column: DataColumn) -> bool:
    return any(low <= code <= high for low, high in column.missing)


def _format(column: DataColumn) -> str:
    """A format that shows every number as it is: what is not shown is not there for a person."""
    decimals = 0
    for cell in dict.fromkeys(column.cells):
        if cell is not None and not float(cell).is_integer():
            exponent = Decimal(repr(float(cell))).as_tuple().exponent
            decimals = max(decimals, -int(exponent))
    decimals = min(decimals, _MOST_DECIMALS)
    return f"F{min(40, 10 + decimals)}.{decimals}" if decimals else "F8.0"


def _cut(text: str, most: int) -> str:
    """A text of at most so many bytes."""
    return text.encode()[:most].decode(errors="ignore")
