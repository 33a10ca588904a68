"""Notebook to PDF: tagged and archivable (PDF/UA-1 and PDF/A-2a in one file), set by Typst.

What the notebook shows goes to the template as data, never as Typst source, so that nothing in it is
ever code.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from traitlets import Bool, default

from weltoffen_eval.blocks import DataFile, Entry, Facts, Figure, Listing, Note, Paragraph, Table
from weltoffen_eval.publish.exporting.columns import ColumnGroup, arrange_columns, text_width
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.exporter import ReportExporter
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
    all_runs,
)
from weltoffen_eval.publish.exporting.places import targets_of_blocks
from weltoffen_eval.publish.exporting.row_heights import known_heights
from weltoffen_eval.publish.exporting.spoken import stretches_of
from weltoffen_eval.publish.exporting.typesetting import (
    all_printable,
    picture_in_pdf,
    printable,
    printable_line,
    read_fonts,
    set_pdf,
    standalone,
)

STANDARDS = ("ua-1", "a-2a")
#: The same with files attached, which only PDF/A-3 allows.
STANDARDS_WITH_FILES = ("ua-1", "a-3a")
#: Millimetres between the margins of a page.
TEXT_WIDTH = 166.0
_INDENT = 10.0  # of what stands in a list or a quotation
#: Millimetres beside a figure, and the most columns of a table that stands there.
_BESIDE, _BESIDE_COLUMNS = 67.0, 3
#: A table of at most so many rows and letters stands on one page.
_SHORT_ROWS, _SHORT_TEXT = 12, 700
#: Letters in a line of facts, and so many lines at most stand on one page.
_FACT_LINE, _LINES = 60, 16
#: Millimetres for the terms of facts, and where all are of so few letters; the widest that one may take.
_TERMS, _SHORT_TERMS, _SHORT_TERM, _WIDEST_TERM = 26.0, 6.0, 4, 44.0
_HASH = re.compile("[0-9a-f]{40,}$")
_POINTS = 72 / 25.4  # in a millimetre


class WeltoffenPDFExporter(ReportExporter):
    """nbconvert's exporter ``weltoffen-pdf``."""

    export_from_notebook = "Weltoffen report (PDF)"
    output_mimetype = "application/pdf"

    attach = Bool(
        False, help="Attach the report's data files (CSV); the PDF is then PDF/A-3a instead of PDF/A-2a."
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def render(self, report: Report, resources: dict[str, Any]) -> bytes:
        return make_pdf(report, self.attach)

    def warm(self, report: Report) -> None:
        # all but the setting, for which Typst starts threads
        _content(report, self.attach)
        read_fonts()


def make_pdf(report: Report, attach: bool = False) -> bytes:
    """The PDF of a report; the same report gives the same bytes.

    Raises
    ------
    ExportError
        If Typst cannot hold the standards.
    """
    standards = STANDARDS_WITH_FILES if attach and report.data_files else STANDARDS
    return set_pdf(_content(report, attach), standards, report.date)


def _content(report: Report, attach: bool) -> dict[str, Any]:
    """What the template is given."""
    linked = {*targets_of_blocks(report.parts), *(run.target[1:] for run in all_runs(report.parts))}
    return {
        # the standards allow no empty title
        "title": printable(report.title).strip() or report.words("untitled"),
        "language": report.words.language.split("-")[0].lower(),
        "words": {
            name: report.words(name) for name in ("contents", "page", "on_page", "part", "of", "attached")
        },
        "keywords": [f"{name}: {value}" for name, value in report.origin],
        "brief": report.brief,
        "brand": _brand(report),
        "blocks": [_as_data(_as_linked(part, linked), attach) for part in report.parts],
    }


def _as_linked(part: Part, linked: set[str]) -> Part:
    """The same, with places for those of its rows only to which a link leads: each costs as much as a cell."""
    if not isinstance(part, Table) or not part.anchors:
        return part
    return replace(part, anchors=tuple(name if name in linked else "" for name in part.anchors))


def _brand(report: Report) -> dict[str, Any] | None:
    """The head of the first page: name, colour and logo."""
    brand = report.brand
    if brand is None:
        return None
    logo = None
    if brand.logo:
        content, form = (
            picture_in_pdf(brand.logo.decode("utf-8"))
            if brand.logo_type == "image/svg+xml"
            else (list(brand.logo), "png")
        )
        logo = {"content": content, "format": form, "alternative": _alternative(brand.logo_text)}
    name, language = printable(brand.name), brand.language
    return {"name": name, "language": language, "colour": brand.light, "logo": logo}


def _as_data(part: Part, attach: bool = False, width: float = TEXT_WIDTH) -> dict[str, Any]:
    """A part as the template takes it; ``width``: millimetres for it."""
    match part:
        case Prose():
            return {"kind": "prose", "runs": [_run(run) for run in part.runs]}
        case Formula():
            return {"kind": "formula", "formula": _formula(part)}
        case Folded():
            inner = [_as_data(inner, attach, width) for inner in part.parts]
            return {"kind": "folded", "title": all_printable(part.title), "parts": inner}
        case Points():
            entries = [
                [_as_data(inner, attach, width - _INDENT) for inner in entry] for entry in part.entries
            ]
            return {"kind": "points", "ordered": part.ordered, "start": part.start, "entries": entries}
        case Quote():
            return {
                "kind": "quote",
                "parts": [_as_data(inner, attach, width - _INDENT) for inner in part.parts],
            }
        case Plain():
            return {"kind": "plain", "text": all_printable(part.text.strip("\n"))}
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
                "alternative": _alternative(part.alternative),
            }
        case DataFile():
            # a file keeps its name and its bytes
            held = part if attach else replace(part, text="")
            return {**asdict(held), "title": all_printable(part.title), "attached": attach}
        case Figure():
            content, form = picture_in_pdf(standalone(part.svg))
            beside = _fits_beside(part.table, width)
            return {
                "kind": "figure",
                "caption": all_printable(part.caption),
                "alternative": _alternative(part.alternative),
                "content": content,
                "format": form,
                "beside": beside,
                "table": _table(part.table, _BESIDE if beside else width),
            }
        case Table():
            return _table(part, width)
        case Facts():
            return _facts(part)
        case Listing():
            return {"kind": part.kind, "entries": [_entry(entry) for entry in part.entries]}
        case Paragraph() | Note():
            # what its sentences rest on is nothing for paper, and more than all that is
            return {**all_printable(asdict(replace(part, sentences=()))), "stretches": _stretches(part)}
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


def _entry(entry: Entry) -> dict[str, Any]:
    return {**all_printable(asdict(replace(entry, sentences=()))), "stretches": _stretches(entry)}


def _stretches(said: Paragraph | Note | Entry) -> list[tuple[str, str]]:
    """What the template shows of each, with its language; empty where all is in that of the report."""
    found = [(all_printable(text), language) for text, language in stretches_of(said)]
    return found if any(language for _, language in found) else []


def _fits_beside(table: Table, width: float) -> bool:
    """Whether a table is so small that it stands beside its figure, not below it."""
    small = len(table.rows) <= _SHORT_ROWS and len(table.columns) <= _BESIDE_COLUMNS
    return small and width == TEXT_WIDTH and len(arrange_columns(table, _BESIDE)) == 1


def _alternative(text: str) -> str:
    """An alternative text, which the standards do not allow to be empty."""
    return printable(text).strip() or "Abbildung"


def _run(run: Run) -> dict[str, Any]:
    return {
        "text": all_printable(run.text),
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
    source = all_printable(formula.source)
    return {"tree": tree if tree and can_be_set(tree) else None, "source": source, "display": formula.display}


def _cell(text: str) -> Any:
    return [_run(run) for run in text.runs] if isinstance(text, MarkedText) else all_printable(text)


def _table(table: Table, width: float) -> dict[str, Any]:
    # its cells apart, which are most of it
    fields = dict(all_printable(asdict(replace(table, rows=(), anchors=(), rests_on=()))))
    for column, source in zip(fields["columns"], table.columns, strict=True):
        column["head"] = all_printable(source.head)
    rows = [[_cell(text) for text in row] for row in table.rows]
    fields["anchors"] = all_printable(table.anchors)
    fields["parts"] = [_part(table, group, rows) for group in arrange_columns(table, width)]
    size = sum(len(cell) for row in table.rows for cell in row)
    fields["whole"] = len(table.rows) <= _SHORT_ROWS and size <= _SHORT_TEXT
    return fields


def _part(table: Table, group: ColumnGroup, rows: list[list[Any]]) -> dict[str, Any]:
    """Columns that stand beside each other, their cells row by row, and what is known of their heights."""
    head, heights = known_heights(table, group)
    cells = [row[number] for row in rows for number in group.columns]
    return {**group._asdict(), "head": head, "heights": heights, "cells": cells}
