"""How tables are stored: their types, their files, and what the package says of each file."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from weltoffen_eval.study.responses.table import WaveOfSheets, rows_in_parts

#: A table; as bytes where it is taken over as it was stored.
Table: TypeAlias = "pd.DataFrame | pa.Table | bytes"
_TYPES = {
    "code": pa.int64(), "value": pa.float64(), "row": pa.int64(), "number": pa.int64(), "counted": pa.bool_(),
    "score": pa.float64(), "low": pa.float64(), "high": pa.float64(), "n": pa.int64(),
    "q25": pa.float64(), "median": pa.float64(), "q75": pa.float64(), "position": pa.int64(),
    "n_items": pa.float64(), "n_answered": pa.float64(), "coverage": pa.float64(),
}  # fmt: skip
_ROWS_IN_A_GROUP = 10_000
_GROUPS_AT_ONCE = 100
#: Columns of responses of which every group of rows holds nearly all texts, so that each may bear their list.
_FEW_TEXTS = ("wave", "setting", "perspective", "unit", "item", "missing")
_NUMBERED = pa.dictionary(pa.int32(), pa.string())
_FRICTIONLESS = {pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean"}


def write_texts(path: Path, frame: pd.DataFrame) -> None:
    """A table of texts as CSV; every text in quotes, since a lone carriage return would get none."""
    frame.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def columns_of(table: pd.DataFrame | pa.Table) -> list[str]:
    """The names of the columns of a table."""
    return list(table.column_names if isinstance(table, pa.Table) else table.columns)


def write_table(path: Path, table: Table) -> None:
    """One table as the ending of its file says."""
    if isinstance(table, bytes):
        path.write_bytes(table)
    elif path.suffix == ".parquet":
        # in groups, so that the rows of one municipality are found without reading all
        rows = table if isinstance(table, pa.Table) else as_arrow(table)
        schema = pa.schema([(of.name, _TYPES.get(of.name, pa.string())) for of in rows.schema])
        with pq.ParquetWriter(path, schema) as writer:
            at_once = _GROUPS_AT_ONCE * _ROWS_IN_A_GROUP
            for start in range(0, max(len(rows), 1), at_once):
                # texts that are numbered are written out part by part, since all take much memory
                part = rows.slice(start, at_once).unify_dictionaries().combine_chunks().cast(schema)
                writer.write_table(part, row_group_size=_ROWS_IN_A_GROUP)
    else:
        write_texts(path, table)


def write_responses(path: Path, waves: Sequence[WaveOfSheets]) -> list[str]:
    """The table of responses, part by part, since as a whole it may not fit in memory; its columns."""
    frames = rows_in_parts(waves, _GROUPS_AT_ONCE * _ROWS_IN_A_GROUP)
    parts = (as_arrow(frame, _FEW_TEXTS) for frame in frames)
    first = next(parts)
    # without Arrow's own schema every reader sees texts, as in the other tables
    with pq.ParquetWriter(path, first.schema, store_schema=False) as writer:
        for part in chain([first], parts):
            writer.write_table(part, row_group_size=_ROWS_IN_A_GROUP)
    return list(first.column_names)


def describe(path: Path, columns: Sequence[str]) -> dict[str, object]:
    """The Frictionless description of one table: types of its columns, size and hash of its file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": path.stem,
        "path": path.name,
        "format": path.suffix[1:],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + digest,
        "schema": {
            "fields": [
                {
                    "name": name,
                    "type": _FRICTIONLESS.get(_TYPES.get(name, pa.string()), "string"),
                }
                for name in columns
            ]
        },
    }


def as_arrow(frame: pd.DataFrame, numbered: Collection[str] = ()) -> pa.Table:
    """A table as Arrow has it; the texts of ``numbered`` columns stay numbers of their few different ones."""
    schema = pa.schema(
        [(name, _NUMBERED if name in numbered else _TYPES.get(name, pa.string())) for name in frame.columns]
    )
    columns = [
        pa.array(frame[name], from_pandas=True).cast(field.type)
        for name, field in zip(frame.columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)
