"""Tables as files for statistics programs: CSV, XLSX, Parquet; the same bytes for the same table."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weltoffen_eval.publish.keeping.files import spreadsheet_cell
from weltoffen_eval.zip_files import fixed_office_file

#: Rows of a tab, its head among them (ECMA-376-1).
MOST_XLSX_ROWS = 1_048_576
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(?=</dcterms)")


@dataclass(frozen=True)
class DataColumn:
    """A column with its cells: texts, or numbers (None where there is none).

    ``label`` says what it is, ``labels`` what its numbers mean; those in a range of ``missing`` (lowest,
    highest) are missing answers.
    """

    name: str
    cells: Sequence[Any]
    label: str = ""
    labels: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[tuple[int, int], ...] = ()
    is_text: bool = False


def csv_file(columns: Sequence[DataColumn]) -> bytes:
    """UTF-8, comma, decimal dot; no text in it is a formula to a spreadsheet program."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([spreadsheet_cell(column.name) for column in columns])
    written = [[_csv_cell(cell) for cell in column.cells] for column in columns]
    writer.writerows(zip(*written, strict=True))
    return stream.getvalue().encode("utf-8", "replace")


def _csv_cell(cell: Any) -> Any:
    return spreadsheet_cell(cell) if isinstance(cell, str) else cell


def xlsx_file(columns: Sequence[DataColumn], tab: str, day: datetime.date) -> bytes:
    """A workbook of one tab; every text is a text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(tab[:31])
    sheet.freeze_panes = "A2"

    def made(cell: Any) -> Any:
        if not isinstance(cell, str):
            return cell
        text = WriteOnlyCell(sheet, "")
        # what begins with = would be taken for a formula, were its type not said last
        text.value = _UNSEEN.sub("\ufffd", cell)
        text.data_type = "s"
        return text if cell else None

    sheet.append([made(column.name) for column in columns])
    for row in zip(*(column.cells for column in columns), strict=True):
        sheet.append([made(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return _without_time(stream, day)


def _without_time(written: io.BytesIO, day: datetime.date) -> bytes:
    """The same workbook with the day of the data for the time at which it was written."""

    def changed(name: str, content: bytes) -> bytes:
        if name != "docProps/core.xml":
            return content
        return _MODIFIED.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), content)

    return fixed_office_file(written, changed)


def parquet_file(columns: Sequence[DataColumn]) -> bytes:
    """Texts and numbers; what numbers mean stands in the metadata of each field, as JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields, arrays = [], []
    for column in columns:
        if column.is_text:
            array = pa.array(list(column.cells), pa.string())
        else:
            whole = all(cell is None or float(cell).is_integer() for cell in column.cells)
            array = pa.array(column.cells, pa.int64() if whole else pa.float64())
        said: dict[str, Any] = {"label": column.label} if column.label else {}
        if column.labels:
            said |= {
                "labels": {str(code): text for code, text in column.labels.items()},
                "missing": column.missing,
            }
        metadata = {key: json.dumps(value, ensure_ascii=False) for key, value in said.items()}
        fields.append(pa.field(column.name, array.type, metadata=metadata or None))
        arrays.append(array)
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), stream)
    return stream.getvalue()
