"""Rows of some municipalities out of a stored table: those, all of them, and no others."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from weltoffen_eval.results.stored_rows import rows_of

#: Two waves below each other, each sorted, with empty keys and one that lies between two others.
KEYS = ["", "adorf", "adorf", "adorf-süd", "bestadt", "cekreis", "", "adorf", "bestadt", "bestadt"]


def write(path: Path, keys: list[str], rows_in_a_group: int) -> None:
    table = pa.table({"municipality": keys, "number": list(range(len(keys)))})
    pq.write_table(table, path, row_group_size=rows_in_a_group)


@pytest.mark.parametrize("rows_in_a_group", [1, 3, 4, 100])
@pytest.mark.parametrize("wanted", [("adorf",), ("bestadt", ""), ("adorf-süd",), ("b",), ()])
def test_they_are_those_that_a_look_at_each_row_finds(
    tmp_path: Path, wanted: tuple[str, ...], rows_in_a_group: int
) -> None:
    path = tmp_path / "t.parquet"
    write(path, KEYS, rows_in_a_group)
    found = rows_of(path, wanted).to_pylist()
    assert found == [
        {"municipality": key, "number": number} for number, key in enumerate(KEYS) if key in wanted
    ]


def test_a_table_that_was_made_anew_is_looked_at_anew(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    write(path, KEYS, 2)
    assert rows_of(path, ["adorf"]).num_rows == 3
    before = path.stat()
    write(tmp_path / "part", ["adorf", *KEYS[:4], "x", "x", "x", "x", "adorf"], 2)
    (tmp_path / "part").replace(path)
    # the time by which people see that a file changed may be as before
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert rows_of(path, ["adorf"]).num_rows == 4
