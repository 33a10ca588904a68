"""Tables in Markdown: what GitHub's rules say of rows, read by hand from its specification (4.10)."""

from __future__ import annotations

import re

import pytest

from weltoffen_eval.publish.exporting.markdown import markdown_html

TABLES = {
    "a cell too many": ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |\n", [["a", "b"], ["1", "2 | 3"], ["4", "5"]]),
    "a cell too few": ("| a | b |\n|---|---|\n| 1 |\n| 4 | 5 |\n", [["a", "b"], ["1", ""], ["4", "5"]]),
    "no bar at the end": ("| a | b\n|---|---\n| 1 | 2\n", [["a", "b"], ["1", "2"]]),
    "a bar at the end of some": ("| a | b |\n|---|---|\n| 1 | 2\n| 3 | 4 |\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    "no bar at the edges": ("a | b\n--|--\n1 | 2\n3\n", [["a", "b"], ["1", "2"], ["3", ""]]),
    "one column": ("| a |\n|---|\n| 1 |\n", [["a"], ["1"]]),
    "in a list": ("- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n", [["a", "b"], ["1", "2"]]),
    "in a quote": ("> | a | b |\n> |---|---|\n> | 1 | 2 |\n", [["a", "b"], ["1", "2"]]),
    "a bar in code": ("| a | b |\n|---|---|\n| `x|y` | 2 |\n", [["a", "b"], ["<code>x|y</code>", "2"]]),
    "an escaped bar in code": ("| a | b |\n|---|---|\n| `x\\|y` | 2 |\n", [["a", "b"], ["<code>x|y</code>", "2"]]),
    "a bar in a formula": ("| a | b |\n|---|---|\n| $|x|$ | 2 |\n", [["a", "b"], ["<tex>|x|</tex>", "2"]]),
    "empty cells": ("| a | b |\n|:--|--:|\n|  | 2 |\n| | |\n", [["a", "b"], ["", "2"], ["", ""]]),
    "a heading behind it": ("| a | b |\n|---|---|\n| 1 | 2 |\n# K\n", [["a", "b"], ["1", "2"]]),
    "a list behind it": ("a|b\n-|-\n1|2\n- x\n", [["a", "b"], ["1", "2"]]),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_has_the_rows_and_cells_that_are_written(kind: str) -> None:
    source, rows = TABLES[kind]
    html = markdown_html(source, "cell", "back")
    assert html.count("<table>") == 1
    found = [
        re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"(?s)<tr>.*?</tr>", html)
    ]
    assert found == rows


@pytest.mark.parametrize(
    "source", ["| a | b |\n|---|\n| 1 | 2 |\n", "a | b\n---\nc\n", "a | b\n\n|---|---|\n", "|a|\n|=|\n"]
)
def test_what_is_no_table_stays_text(source: str) -> None:
    html = markdown_html(source, "cell", "back")
    assert "<table>" not in html
    assert "a" in html
