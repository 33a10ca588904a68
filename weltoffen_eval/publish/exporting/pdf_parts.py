"""Parts of a report as the template of the PDF takes them: data, with texts that can be set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from weltoffen_eval.blocks import DataFile, Entry, Facts, Figure, Heading, Listing, Note, Paragraph, Table
from weltoffen_eval.publish.exporting.columns import ColumnGroup, arrange_columns, text_width
from weltoffen_eval.publish.exporting.formula_trees import can_be_set, formula_tree
from weltoffen_eval.publish.exporting.parts import (
    Folded,
    Formula,
    MarkedText,
    Part,
    Picture,
    Plain,
    Points,
    Prose,
    Quote,
    Run,
)
from weltoffen_eval.publish.exporting.row_heights import known_heights
from weltoffen_eval.publish.exporting.spoken import stretches_of
from weltoffen_eval.publish.exporting.typesetting import (
    all_printable,
    picture_in_pdf,
    printable,
    printable_line,
    standalone,
)

#: Millimetres between the margins of a page.
TEXT_WIDTH = 166.0
_INDENT = 10.0  # of what stands in a list or a quotation
#: Millimetres beside a figure, and the most columns of a table that stands there.
_BESIDE, _BESIDE_COLUMNS = 67.0, 3
#: Millimetres of a figure, and the most of its height; the size that a drawing of ours says it has.
_FIGURE, _TALLEST = 98.0, 200.0
_SIZE_OF_DRAWING = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"')
#: A table of at most so many rows and letters stands on one page.
_SHORT_ROWS, _SHORT_TEXT = 12, 700
#: Letters in a line of facts, and so many lines at most stand on one page.
_FACT_LINE, _LINES = 60, 16
#: Millimetres for the terms of facts, and where all are of so few letters; the widest that one may take.
_TERMS, _SHORT_TERMS, _SHORT_TERM, _WIDEST_TERM = 26.0, 6.0, 4, 44.0
#: Letters of a sentence that stands with the table behind it.
_SHORT_SENTENCE = 120
_HASH = re.compile("[0-9a-f]{40,}$")
_POINTS = 72 / 25.4  # in a millimetre


def parts_data(parts: Sequence[Part], attach: bool) -> dict[str, Any]:
    """All parts of a report: those of its cover, before the first heading of level 2, and its body.

    Of each part of the body it is said whether what follows is not to stand on another page.
    """
    first = next((n for n, part in enumerate(parts) if _opens_chapter(part)), len(parts))
    body = parts[first:]
    made = [part_data(part, attach) for part in body]
    for number, data in enumerate(made):
        data["followed"] = _leads(body[number : number + 3]) or (
            number > 0 and isinstance(body[number - 1], Heading) and isinstance(body[number], Prose)
        )
    return {"cover": [part_data(part, attach) for part in parts[:first]], "body": made}


def _opens_chapter(part: Part) -> bool:
    return isinstance(part, Heading) and part.level == 2 and bool(printable(part.text).strip())


def _leads(parts: Sequence[Part]) -> bool:
    """Whether the first of some parts is not parted from the next: a figure and what leads to it, facts, a
    list that is announced, a table with its short sentence."""
    one, following, third = (*parts, None, None)[:3]
    if isinstance(following, Figure | Facts):
        return True
    if isinstance(following, Paragraph | Prose) and isinstance(third, Figure):
        return True
    if not isinstance(one, Paragraph):
        return False
    short = len(printable(one.text)) < _SHORT_SENTENCE
    announces = printable(one.text).endswith(":")
    return (announces and isinstance(following, Listing)) or (short and isinstance(following, Table))


def part_data(part: Part, attach: bool = False, width: float = TEXT_WIDTH) -> dict[str, Any]:
    """A part as the template takes it; ``width``: millimetres for it."""
    match part:
        case Prose():
            return {"kind": "prose", "runs": [_run(run) for run in part.runs]}
        case Formula():
            return {"kind": "formula", "formula": _formula(part)}
        case Folded():
            inner = [part_data(inner, attach, width) for inner in part.parts]
            return {"kind": "folded", "title": printable(part.title), "parts": inner}
        case Points():
            entries = [
                [part_data(inner, attach, width - _INDENT) for inner in entry] for entry in part.entries
            ]
            return {"kind": "points", "ordered": part.ordered, "start": part.start, "entries": entries}
        case Quote():
            return {
                "kind": "quote",
                "parts": [part_data(inner, attach, width - _INDENT) for inner in part.parts],
            }
        case Plain():
            return {"kind": "plain", "text": printable(part.text.strip("\n"))}
        case Picture():
            content, form = (
                picture_in_pdf(part.content.decode("utf-8"))
                if part.media_type == "image/svg+xml"
                else (list(part.content), {"image/png": "png", "image/jpeg": "jpg"}[part.media_type])
            )
            return {
                "kind": "picture",
                "content": content,
                "format": form,
                "alternative": alternative_text(part.alternative),
            }
        case DataFile():
            # a file keeps its name and its bytes
            held = part if attach else replace(part, text="")
            return {**asdict(held), "title": printable(part.title), "attached": attach}
        case Figure():
            content, form = picture_in_pdf(standalone(part.svg))
            beside = _fits_beside(part.table, width)
            return {
                "kind": "figure",
                "caption": printable(part.caption),
                "alternative": alternative_text(part.alternative),
                "content": content,
                "format": form,
                "beside": beside,
                "fits": _fits(part.svg, width),
                "table": _table(part.table, _BESIDE if beside else width),
            }
        case Table():
            return _table(part, width)
        case Facts():
            return _facts(part)
        case Listing():
            return {"kind": part.kind, "entries": [_entry(entry) for entry in part.entries]}
        case Paragraph():
            return {"kind": part.kind, "lead": part.lead, **_entry(part)}
        case Note():
            said = {"text": printable(part.text), "stretches": _stretches(part)}
            return {"kind": part.kind, "label": printable(part.label), **said}
        case _:
            return dict(all_printable(asdict(part)))


def _facts(part: Facts) -> dict[str, Any]:
    lines = sum(1 + len(entry.text) // _FACT_LINE for _, entry in part.facts)
    facts = [
        (printable(term), {**_entry(entry), "text": printable_line(entry.text)}) for term, entry in part.facts
    ]
    # whence it comes is looked up and not read: it stands closer, so that it does not fill a page by itself
    technical = any(_HASH.match(entry.text) for _, entry in part.facts)
    return {
        "kind": part.kind,
        "facts": facts,
        "language": part.language,
        "whole": lines <= _LINES,
        "technical": technical,
        "width": _width_of_terms([term for term, _ in facts], 9.0 if technical else 10.0),
    }


def _width_of_terms(terms: list[str], size: float) -> float:
    """Millimetres: as wide as the terms, but for those that are so long that they break."""
    least = _SHORT_TERMS if all(len(term) <= _SHORT_TERM for term in terms) else _TERMS
    widths = (1 + text_width(term) * size / 9 / _POINTS for term in terms)
    return max([least, *(width for width in widths if width <= _WIDEST_TERM)])


def _entry(entry: Entry | Paragraph) -> dict[str, Any]:
    # what its sentences rest on is nothing for paper, and more than all that is
    links = [(printable(link.text), printable(link.anchor)) for link in entry.links]
    return {"text": printable(entry.text), "links": links, "stretches": _stretches(entry)}


def _stretches(said: Paragraph | Note | Entry) -> list[tuple[str, str]]:
    """What the template shows of each, with its language; empty where all is in that of the report."""
    found = [(printable(text), language) for text, language in stretches_of(said)]
    return found if any(language for _, language in found) else []


def _fits(svg: str, width: float) -> bool:
    """Whether a figure is for certain no wider than its place nor taller than a page; else it is measured."""
    found = _SIZE_OF_DRAWING.match(svg)
    return found is not None and width >= _FIGURE and _FIGURE * float(found[2]) < _TALLEST * float(found[1])


def _fits_beside(table: Table, width: float) -> bool:
    """Whether a table is so small that it stands beside its figure, not below it."""
    small = len(table.rows) <= _SHORT_ROWS and len(table.columns) <= _BESIDE_COLUMNS
    return small and width == TEXT_WIDTH and len(arrange_columns(table, _BESIDE)) == 1


def alternative_text(text: str) -> str:
    """An alternative text, which the standards do not allow to be empty."""
    return printable(text).strip() or "Abbildung"


def _run(run: Run) -> dict[str, Any]:
    return {
        "text": printable(run.text),
        "strong": run.strong,
        "emphasis": run.emphasis,
        "code": run.code,
        "struck": run.struck,
        "shift": run.shift,
        "anchor": run.anchor,
        # an address is data too, and has its own characters
        "target": run.target,
        "formula": _formula(run.formula) if run.formula else None,
    }


def _formula(formula: Formula) -> dict[str, Any]:
    """A formula as the template takes it: its tree, or nothing where only its source can be shown."""
    tree = formula_tree(formula) if formula.mathml else None
    source = printable(formula.source)
    return {"tree": tree if tree and can_be_set(tree) else None, "source": source, "display": formula.display}


def _cell(text: str) -> Any:
    return [_run(run) for run in text.runs] if isinstance(text, MarkedText) else printable(text)


def _table(table: Table, width: float) -> dict[str, Any]:
    rows = [[_cell(text) for text in row] for row in table.rows]
    size = sum(len(cell) for row in table.rows for cell in row)
    return {
        "kind": table.kind,
        "caption": printable(table.caption),
        "columns": [
            {"head": printable(column.head), "numeric": column.numeric, "language": column.language}
            for column in table.columns
        ],
        "name": printable(table.name),
        "anchors": [printable(name) for name in table.anchors],
        "parts": [_part(table, group, rows) for group in arrange_columns(table, width)],
        "whole": len(table.rows) <= _SHORT_ROWS and size <= _SHORT_TEXT,
    }


def _part(table: Table, group: ColumnGroup, rows: list[list[Any]]) -> dict[str, Any]:
    """Columns that stand beside each other, their cells row by row, and what is known of their heights."""
    head, heights = known_heights(table, group)
    cells = [row[number] for row in rows for number in group.columns]
    return {**group._asdict(), "head": head, "heights": heights, "cells": cells}
