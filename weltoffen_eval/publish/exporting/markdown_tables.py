"""Tables in Markdown as Jupyter reads them: by the rules of GitHub (GFM 0.29, "Tables"), for mistune.

mistune's own plugin takes a table whose rows have a cell too many or too few, or lack the bar at their
end, for text, and looks for none in lists and quotes.
"""

from __future__ import annotations

import re
from typing import Any

from mistune.plugins.table import table as with_table

#: A line with a bar, and below it one of hyphens, colons and bars that has a bar too.
_HEAD = r"^ {0,3}(?=[^\n]*\|)\S[^\n]*\n {0,3}(?=[^\n]*\|)(?=[^\n]*-)[|:\-][ \t|:\-]*(?:\n|$)"
_RULED = re.compile(r":?-+:?")
#: What is a unit of its own in a row, whatever bars it holds: an escaped sign, a formula, code.
_ESCAPED = r"\\."
_FORMULA = r"(?<![\\$])\$\$?[^$\n]+\$\$?"
_CODE = r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_BY_FORMULA = re.compile(rf"{_ESCAPED}|{_FORMULA}|(?P<bar>\|)")
_BY_CODE = re.compile(rf"{_ESCAPED}|{_FORMULA}|{_CODE}|(?P<bar>\|)")
#: What begins another part of a text, and so ends a table.
_OTHER = re.compile(
    r" {0,3}(?:>|#{1,6}(?:[ \t]|$)|`{3}|~{3}|[-+*][ \t]|\d{1,9}[.)][ \t]|<[/!a-zA-Z])|[ \t]*$| {4}|\t"
)


def tables(md: Any) -> None:
    """The plugin: tables in the text, in lists and in quotes."""
    with_table(md)
    block = md.block
    block.register("table", _HEAD, _parse)
    block.rules.remove("nptable")
    for rules in (block.block_quote_rules, block.list_rules):
        block.insert_rule(rules, "table", before="paragraph")


def _parse(block: Any, match: re.Match[str], state: Any) -> int | None:
    """A table as a token; None where the two lines are none."""
    head, ruled = match[0].splitlines()[:2]
    marks = [cell.strip() for cell in _cut(ruled, _BY_FORMULA)]
    cells = _cells(head, len(marks))
    if len(cells) != len(marks) or not all(map(_RULED.fullmatch, marks)):
        return None
    aligns = [_ALIGN[mark.startswith(":"), mark.endswith(":")] for mark in marks]
    rows = []
    end = match.end()
    while end < state.cursor_max:
        line = state.get_line(end)
        if _OTHER.match(line):
            break
        rows.append(_row("table_row", _cells(line, len(marks)), aligns))
        end += len(line)
    header = _row("table_head", cells, aligns, head=True)
    state.append_token({"type": "table", "children": [header, {"type": "table_body", "children": rows}]})
    return end


_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): None}


def _row(kind: str, cells: list[str], aligns: list[str | None], head: bool = False) -> dict[str, Any]:
    # what is too much stays in the last cell, what is too little is empty
    last = len(aligns) - 1
    cells = [*cells[:last], " | ".join(cells[last:]), *[""] * len(aligns)][: len(aligns)]
    return {
        "type": kind,
        "children": [
            {"type": "table_cell", "text": cell, "attrs": {"align": align, "head": head}}
            for cell, align in zip(cells, aligns, strict=True)
        ],
    }


def _cells(line: str, count: int) -> list[str]:
    """The cells of a row: bars in code part cells as GitHub has it, unless the row fits better without."""
    cells = _cut(line, _BY_FORMULA)
    if len(cells) > count:
        of_code = _cut(line, _BY_CODE)
        cells = of_code if len(of_code) == count else cells
    return [cell.strip().replace(r"\|", "|") for cell in cells]


def _cut(line: str, pattern: re.Pattern[str]) -> list[str]:
    line = line.strip()
    bars = [found.start() for found in pattern.finditer(line) if found["bar"]]
    parts = [line[start + 1 : end] for start, end in zip([-1, *bars], [*bars, len(line)], strict=True)]
    if len(parts) > 1 and not parts[0].strip() and line.startswith("|"):
        del parts[0]
    if len(parts) > 1 and not parts[-1].strip() and line.endswith("|"):
        del parts[-1]
    return parts
