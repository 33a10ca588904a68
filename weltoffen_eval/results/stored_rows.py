"""The rows of some municipalities out of a stored table, found without reading those of the others."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pa_compute
import pyarrow.parquet as pq
from numpy.typing import NDArray

_BY = "municipality"
#: Of a group of rows that does not say between which municipalities it lies.
_ANY = ("", "\U0010ffff")


class _Layout(NamedTuple):
    """What a file says of its groups of rows: the ``first`` and ``last`` municipality of each."""

    metadata: pq.FileMetaData
    first: NDArray[np.str_]
    last: NDArray[np.str_]


def rows_of(path: Path, municipalities: Collection[str]) -> pa.Table:
    """The rows of these municipalities, in their order."""
    metadata, first, last = _layout_now(path)
    holds = np.zeros(len(first), dtype=bool)
    for name in municipalities:
        holds |= (first <= name) & (name <= last)
    wanted = np.flatnonzero(holds).tolist()
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
    bounds: list[tuple[str, str]] = []
    for number in range(metadata.num_row_groups):
        said = metadata.row_group(number).column(column).statistics
        there = said is not None and said.has_min_max
        bounds.append((str(said.min), str(said.max)) if there else _ANY)
    first, last = np.array(bounds, dtype=np.str_).reshape(-1, 2).T
    return _Layout(metadata, first, last)
