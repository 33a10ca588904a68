"""The rows of some municipalities out of a stored table, found without reading those of the others."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pa_compute
import pyarrow.parquet as pq

_BY = "municipality"


class _Layout(NamedTuple):
    """What a file says of its groups of rows: ``bounds``, the first and last municipality of each."""

    metadata: pq.FileMetaData
    bounds: tuple[tuple[str, str] | None, ...]


def rows_of(path: Path, municipalities: Collection[str]) -> pa.Table:
    """The rows of these municipalities, in their order."""
    metadata, bounds = _layout_now(path)
    wanted = [
        number
        for number, ends in enumerate(bounds)
        if ends is None or any(ends[0] <= name <= ends[1] for name in municipalities)
    ]
    with path.open("rb") as stream:
        mapped = pa.py_buffer(mmap(stream.fileno(), 0, access=ACCESS_READ))
    # few rows of many: threads, which Arrow starts for a file of its own, would cost more than they save
    with pq.ParquetFile(pa.BufferReader(mapped), metadata=metadata) as file:
        table = file.read_row_groups(wanted, use_threads=False)
    return table.filter(pa_compute.is_in(table[_BY], pa.array(sorted(municipalities), pa.string())))


def remember_layouts(folder: Path) -> None:
    """Read what the tables of a folder say of themselves: a worker does before it forks its reports."""
    for path in sorted(folder.glob("*.parquet")):
        _layout_now(path)


def _layout_now(path: Path) -> _Layout:
    of = path.stat()
    return _layout(path, (of.st_ino, of.st_size, of.st_mtime_ns, of.st_ctime_ns))


@lru_cache(maxsize=32)
def _layout(path: Path, _state: tuple[int, ...]) -> _Layout:
    """``_state``: another one as soon as another file lies there."""
    metadata = pq.read_metadata(path)
    column = metadata.schema.names.index(_BY)
    bounds: list[tuple[str, str] | None] = []
    for number in range(metadata.num_row_groups):
        said = metadata.row_group(number).column(column).statistics
        there = said is not None and said.has_min_max
        bounds.append((str(said.min), str(said.max)) if there else None)
    return _Layout(metadata, tuple(bounds))
