"""Notebook to Word, to be edited: headings as styles, header rows, figures with alternative texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph
from traitlets import default

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.blocks import (
    DataFile,
    Entry,
    Facts,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Table,
)
from weltoffen_eval.publish.exporting.columns import arrange_columns
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.exporter import ReportExporter
from weltoffen_eval.publish.exporting.parts import (
    Folded,
    Formula,
    Part,
    Picture,
    Plain,
    Points,
    Prose,
    Quote,
    Run,
)
from weltoffen_eval.publish.exporting.typesetting import draw_all, draw_pixels, standalone
from weltoffen_eval.publish.exporting.word_brand import write_brand
from weltoffen_eval.publish.exporting.word_document import (
    TEXT_WIDTH,
    as_bytes,
    element,
    indent,
    new_document,
    new_numbering,
    number_paragraph,
)
from weltoffen_eval.publish.exporting.word_languages import in_language, said_runs
from weltoffen_eval.publish.exporting.word_pictures import picture_element
from weltoffen_eval.publish.exporting.word_runs import bold_run, of_link, run_elements, text_run, word_text
from weltoffen_eval.publish.exporting.word_tables import ROOM, table_element

_FIGURE_WIDTH, _PICTURE_WIDTH = 11.5, 16.0  # centimetres
_SHORT_TERM = 26  # letters that fit before what is said of a term


class WeltoffenDOCXExporter(ReportExporter):
    """nbconvert's exporter ``weltoffen-docx``."""

    export_from_notebook = "Weltoffen report (Word)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def render(self, report: Report, resources: dict[str, Any]) -> bytes:
        return make_docx(report)


def make_docx(report: Report) -> bytes:
    """The Word document of a report; the same report gives the same bytes."""
    writer = _Writer(report)
    writer.write()
    return as_bytes(writer.document)


class _Writer:
    def __init__(self, report: Report):
        self.report = report
        title = without_controls(report.title)
        self.document: Document = new_document(title, report.date, report.words, report.brief, report.origin)
        self.styles = {style.name: style.style_id for style in self.document.styles}
        # what is written stands before the properties of the pages
        self.end = self.document.element.body.sectPr
        self.marks: dict[str, str] = {}
        self.marked = self.pictures = 0
        # all at once, before the first of them is written
        figures = list(dict.fromkeys(part.svg for part in report.parts if isinstance(part, Figure)))
        drawn = draw_all([standalone(svg) for svg in figures], _FIGURE_WIDTH)
        self.drawings = dict(zip(figures, drawn, strict=True))

    def write(self) -> None:
        contents_written = not self.report.contents
        if self.report.brand:
            write_brand(self.report.brand, self.text, self.picture)
        for part in self.report.parts:
            if isinstance(part, Heading) and part.level == 2 and not contents_written:
                self.contents()
                contents_written = True
            self.part(part)
        self.settle_links()

    def part(self, part: Part, level: int = 1) -> None:
        """Write one part; ``level`` counts how deep it stands in lists."""
        match part:
            case Heading() if not part.text.strip():
                # no heading, but a link may lead to its place
                self.mark(self.paragraph("Normal"), part.anchor)
            case Heading():
                self.mark(self.text(part.text, f"Heading {part.level}", part.language), part.anchor)
            case Paragraph():
                self.said(part, "Weltoffen Lead" if part.lead else "Normal")
            case Note():
                self.said(part, "Weltoffen Note", bold_run(f"{word_text(part.label)}: "))
            case Facts():
                for term, entry in part.facts:
                    parting = text_run("\t" if len(term) <= _SHORT_TERM else "\n")
                    named = bold_run(word_text(term), *in_language(part.language))
                    self.said(entry, "Weltoffen Fact", named, parting)
            case Listing():
                for entry in part.entries:
                    self.said(entry, "List Bullet")
            case Table():
                self.table(part)
            case Figure():
                self.picture(self.drawn(part.svg), part.alternative, _FIGURE_WIDTH)
                self.text(part.caption, "Caption")
                self.table(part.table)
            case Picture():
                self.foreign_picture(part)
            case Prose():
                self.runs(indent(self.paragraph("Normal"), level - 1), part.runs)
            case Formula():
                paragraph = indent(self.paragraph("Normal"), level - 1)
                self.runs(paragraph, [Run(part.source, formula=part)])
            case Folded():
                self.runs(self.paragraph("Normal"), [Run(part.title, strong=True)])
                for inner in part.parts:
                    self.part(inner, level)
            case Points():
                numbers = new_numbering(self.document, part.start) if part.ordered else None
                for points in part.entries:
                    self.point(points, numbers, level)
            case Quote():
                for inner in part.parts:
                    if isinstance(inner, Prose):
                        self.runs(self.paragraph("Quote"), inner.runs)
                    else:
                        self.part(inner, level)
            case Plain():
                self.text(part.text, "Weltoffen Code")
            case DataFile():
                pass  # Word has no place for a file; the same lies in tables/ beside the report

    def text(self, text: str, style: str, language: str = "") -> WordParagraph:
        paragraph = self.paragraph(style)
        paragraph._p.append(text_run(word_text(text), *in_language(language)))
        return paragraph

    def said(self, said: Paragraph | Note | Entry, style: str, *before: Any) -> None:
        paragraph = self.paragraph(style)
        paragraph._p.extend([*before, *said_runs(said)])
        self.links(paragraph, () if isinstance(said, Note) else said.links)

    def paragraph(self, style: str = "") -> WordParagraph:
        """An empty paragraph at the end; python-docx would look for the end and the style anew each time."""
        named = [element("w:pStyle", {"w:val": self.styles[style]})] if style else []
        made = element("w:p", {}, *(element("w:pPr", {}, name) for name in named))
        self.end.addprevious(made)
        return WordParagraph(made, self.document._body)

    def point(self, parts: tuple[Part, ...], numbers: int | None, level: int) -> None:
        name = "List Bullet" if numbers is None else "List Number"
        style = name if level == 1 else f"{name} {min(level, 3)}"
        first, *others = parts or (Prose(()),)
        paragraph = self.paragraph(style)
        if numbers is not None:
            number_paragraph(paragraph, numbers)
        if numbers is not None or level > 3:
            # a counting of its own, and a level without a style, bring no indent along
            indent(paragraph, level, hanging=True)
        if isinstance(first, Prose):
            self.runs(paragraph, first.runs)
        else:
            others = [first, *others]
        for other in others:
            self.part(other, level + 1)

    def runs(self, paragraph: WordParagraph, runs: Iterable[Run]) -> None:
        for run in runs:
            pieces = run_elements(run)
            if run.anchor:
                pieces = self.bookmark(run.anchor, pieces)
            paragraph._p.extend(pieces)

    def settle_links(self) -> None:
        """Give the links of runs, which name their targets, what Word wants instead."""
        for link in self.document.element.body.iter(qn("w:hyperlink")):
            target = link.get(qn("w:anchor"), "")
            if target.startswith("#"):
                link.set(qn("w:anchor"), self.mark_name(target[1:]))
            elif ":" in target:
                del link.attrib[qn("w:anchor")]
                relation = self.document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, True)
                link.set(qn("r:id"), relation)

    def links(self, paragraph: WordParagraph, links: Iterable[Link]) -> None:
        for link in links:
            paragraph._p.append(text_run(" "))
            self.link(paragraph, link.text, f"#{link.anchor}")

    def link(self, paragraph: WordParagraph, text: str, target: str, language: str = "") -> None:
        """A link to a place in the document (``#anchor``) or to an address."""
        if target.startswith("#"):
            where = {"w:anchor": self.mark_name(target[1:])}
        else:
            where = {"r:id": self.document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, True)}
        shown = text_run(word_text(text), *of_link(), *in_language(language))
        paragraph._p.append(element("w:hyperlink", {**where, "w:history": "1"}, shown))

    def mark_name(self, anchor: str) -> str:
        """The bookmark of an anchor: Word allows neither hyphens nor dots in its name."""
        return self.marks.setdefault(anchor, f"anchor_{len(self.marks) + 1}")

    def mark(self, paragraph: Any, anchor: str) -> None:
        """Set a bookmark around a paragraph, to which links lead."""
        p = paragraph._p if isinstance(paragraph, WordParagraph) else paragraph
        start, end = self.bookmark(anchor, [])
        p.insert(1 if p.pPr is not None else 0, start)
        p.append(end)

    def bookmark(self, anchor: str, pieces: list[Any]) -> list[Any]:
        """A bookmark around some elements of a paragraph."""
        self.marked += 1
        number = str(self.marked)
        start = element("w:bookmarkStart", {"w:id": number, "w:name": self.mark_name(anchor)})
        return [start, *pieces, element("w:bookmarkEnd", {"w:id": number})]

    def contents(self) -> None:
        """A table of contents that Word can renew; until then links to the headings."""
        self.text(self.report.words("contents"), "Weltoffen Lead").runs[0].bold = True
        first, last = self.report.contents[0], self.report.contents[-1]
        for heading in self.report.contents:
            paragraph = self.paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.8 * (heading.level - 2))
            if heading is first:
                instruction = element("w:instrText", {"xml:space": "preserve"})
                instruction.text = ' TOC \\o "2-3" \\h '
                for piece in (
                    element("w:fldChar", {"w:fldCharType": "begin"}),
                    instruction,
                    element("w:fldChar", {"w:fldCharType": "separate"}),
                ):
                    paragraph.add_run()._r.append(piece)
            self.link(paragraph, heading.text, f"#{heading.anchor}", heading.language)
            if heading is last:
                paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "end"}))

    def drawn(self, svg: str) -> bytes:
        """The pixels of a figure; one that stands in a part of another is drawn here."""
        return self.drawings.get(svg) or draw_all([standalone(svg)], _FIGURE_WIDTH)[0]

    # --- pictures and tables ------------------------------------------------------------------------------

    def foreign_picture(self, picture: Picture) -> None:
        if picture.media_type == "image/svg+xml":
            drawn = draw_pixels(picture.content.decode("utf-8"))
            # a file that does not say how large it is counts 72 pixels in an inch
            self.picture(drawn, picture.alternative, _PICTURE_WIDTH, 72 / 200)
        else:
            self.picture(picture.content, picture.alternative, _PICTURE_WIDTH)

    def picture(self, content: bytes, alternative: str, widest: float, scale: float = 1) -> None:
        self.pictures += 1
        paragraph = self.paragraph()
        paragraph.paragraph_format.keep_with_next = True
        part = self.document.part
        shown = picture_element(part, self.pictures, content, alternative, widest, scale)
        paragraph._p.append(element("w:r", {}, element("w:drawing", {}, shown)))

    def table(self, table: Table) -> None:
        parts = arrange_columns(table, 10 * TEXT_WIDTH, ROOM)
        for number, part in enumerate(parts, start=1):
            of = f"{self.report.words('part')} {number} {self.report.words('of')} {len(parts)}"
            which = f" ({of})" if len(parts) > 1 else ""
            caption = self.text(table.caption + which, "Caption")
            caption.paragraph_format.keep_with_next = True
            # a link leads to the first part
            mark = self.mark if number == 1 else None
            if mark:
                mark(caption, table.name)
            self.end.addprevious(table_element(table, part, which, mark))
            # Word wants a paragraph between two tables
            self.paragraph().paragraph_format.space_after = 0
