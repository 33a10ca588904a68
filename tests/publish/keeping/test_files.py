"""Tables for spreadsheet programs: the same rows again, whatever the cells hold, and no formula."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.publish.keeping.files import spreadsheet_csv

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
