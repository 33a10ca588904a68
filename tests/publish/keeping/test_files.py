"""Files are whole or absent; tables for spreadsheet programs hold the same rows again, and no formula."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.files import spreadsheet_csv, write_whole

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "a\rb", "a\r\nb", 'a";"b', "-3", "4,5"]
)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1)))
def test_every_reader_finds_the_rows_and_columns_and_no_formula(rows: list[list[str]]) -> None:
    text = spreadsheet_csv(rows).decode("utf-8-sig")
    # as readers take it that end a row at every kind of line end
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert "\r" not in text
    assert [len(row) for row in read] == [len(row) for row in rows]
    for cell, original in zip(chain(*read), chain(*rows), strict=True):
        plain = original.replace("\r\n", "\n").replace("\r", "\n")
        assert cell in (plain, "'" + plain)
        assert not cell.startswith(("=", "@", "\t", "\n"))
        assert not cell.startswith(("+", "-")) or re.fullmatch(r"[+-]\d+([.,]\d+)?", cell)


def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    link = tmp_path / "link.csv"
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(SurroundingsError, match=f"{path.name} cannot be written: it is no ordinary file"):
            write_whole(path, b"a")
    assert stat.S_ISFIFO(pipe.stat().st_mode) and link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "pipe.csv"]


@pytest.mark.parametrize("name", ["a\0b", "", "x" * 5000])
def test_a_name_that_no_file_can_have_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(SurroundingsError, match="cannot be written: "):
        write_whole(Path(name) if not name else tmp_path / name, b"a")
