"""Notebook to PDF: tagged and archivable (PDF/UA-1 and PDF/A-2a in one file), set by Typst.

What the notebook shows goes to the template as data, never as Typst source, so that nothing in it is
ever code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from traitlets import Bool, default

from weltoffen_eval.blocks import Table
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.exporter import ReportExporter
from weltoffen_eval.publish.exporting.parts import Part, all_runs
from weltoffen_eval.publish.exporting.pdf_parts import alternative_text, parts_data
from weltoffen_eval.publish.exporting.places import targets_of_blocks
from weltoffen_eval.publish.exporting.typesetting import picture_in_pdf, printable, read_fonts, set_pdf

STANDARDS = ("ua-1", "a-2a")
#: The same with files attached, which only PDF/A-3 allows.
STANDARDS_WITH_FILES = ("ua-1", "a-3a")


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
        content_of(report, self.attach)
        read_fonts()


def make_pdf(report: Report, attach: bool = False) -> bytes:
    """The PDF of a report; the same report gives the same bytes.

    Raises
    ------
    ExportError
        If Typst cannot hold the standards.
    """
    standards = STANDARDS_WITH_FILES if attach and report.data_files else STANDARDS
    return set_pdf(content_of(report, attach), standards, report.date)


def content_of(report: Report, attach: bool = False) -> dict[str, Any]:
    """What the template is given: the frame, and what stands on the ``cover`` and in the ``body``."""
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
        **parts_data([_as_linked(part, linked) for part in report.parts], attach),
    }


def _as_linked(part: Part, linked: set[str]) -> Part:
    """The same, with places of those rows only to which a link leads: each costs as much as a cell."""
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
        logo = {"content": content, "format": form, "alternative": alternative_text(brand.logo_text)}
    name, language = printable(brand.name), brand.language
    return {"name": name, "language": language, "colour": brand.light, "logo": logo}
