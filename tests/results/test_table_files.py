"""Tables as they are stored: types by column, texts in quotes, bytes as they are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from weltoffen_eval.results.table_files import describe, write_table

FRAME = pd.DataFrame({"municipality": ["adorf", "a\rb"], "n": [1, 2], "score": [0.5, None]})


def test_a_table_is_stored_as_the_ending_of_its_file_says(tmp_path: Path) -> None:
    for name in ("a.parquet", "a.csv"):
        write_table(tmp_path / name, FRAME)
    pd.testing.assert_frame_equal(pq.read_table(tmp_path / "a.parquet").to_pandas(), FRAME, check_dtype=False)
    assert (tmp_path / "a.csv").read_bytes() == (b'"municipality","n","score"\n"adorf",1,0.5\n"a\rb",2,""\n')


def test_what_is_bytes_is_stored_as_it_is_and_described_by_its_hash(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", b"abc")
    assert (tmp_path / "a.parquet").read_bytes() == b"abc"
    told = describe(tmp_path / "a.parquet", ["municipality", "score", "counted"])
    # sha256 of abc, as FIPS 180 has it
    assert str(told["hash"]).startswith("sha256:ba7816bf8f01cfea414140de5dae2223")
    assert (told["name"], told["bytes"], told["format"]) == ("a", 3, "parquet")
    assert told["schema"] == {
        "fields": [
            {"name": "municipality", "type": "string"},
            {"name": "score", "type": "number"},
            {"name": "counted", "type": "boolean"},
        ]
    }
