"""Notebook to HTML: one self-contained, accessible page without code, scripts or outside references."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import mistune
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from weltoffen_eval import paths
from weltoffen_eval.block_html import block_html, text_html
from weltoffen_eval.blocks import MIME, BlockError, Heading, from_json
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.publish.stylesheet import stylesheet


class ExportError(WeltoffenError):
    """A notebook that cannot become a report: an error in a cell, a figure without alternative text."""

    exit_code = 1


@dataclass
class Page:
    """The body of a report and what its frame needs."""

    title: str = ""
    body: list[str] = field(default_factory=list)
    contents: list[tuple[str, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    level: int = 0

    def heading(self, heading: Heading) -> None:
        """Take up a heading: the title, or an entry of the contents; levels must not be skipped."""
        if heading.level == 1 and self.title:
            raise ExportError(f"A second title: {heading.text!r} after {self.title!r}.")
        if heading.level > self.level + 1:
            raise ExportError(
                f"The heading {heading.text!r} is of level {heading.level} after level {self.level}."
            )
        if heading.anchor in self.anchors:
            raise ExportError(f"The anchor {heading.anchor!r} stands for two headings.")
        self.anchors.add(heading.anchor)
        self.level = heading.level
        if heading.level == 1:
            self.title = heading.text
        elif heading.level == 2:
            if self.contents:
                self.body.append("</section>")
            self.contents.append((heading.anchor, heading.text))
            self.body.append(f'<section aria-labelledby="{heading.anchor}">')
        self.body.append(block_html(heading))

    def close(self) -> None:
        if self.contents:
            self.body.append("</section>")


class _Renderer(mistune.HTMLRenderer):
    """Markdown of a notebook: HTML in it is text, headings go to the page."""

    def __init__(self, page: Page):
        super().__init__(escape=True)
        self.page = page

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        plain = re.sub(r"<[^>]*>", "", text)
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
            plain = plain.replace(entity, character)
        before = len(self.page.body)
        self.page.heading(Heading(level, plain, slug(plain)))
        made = "".join(self.page.body[before:])
        del self.page.body[before:]
        return made


def slug(text: str) -> str:
    """An ASCII anchor made of a heading."""
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(umlaut, letters)
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "abschnitt"


def read_page(notebook: NotebookNode) -> Page:
    """The page of an executed notebook: its Markdown and the outputs of its cells, never its code."""
    page = Page()
    markdown = mistune.create_markdown(renderer=_Renderer(page))
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            page.body.append(str(markdown(cell.source)))
        elif cell.cell_type == "code":
            for output in cell.outputs:
                _take_output(page, output, number)
    page.close()
    return page


def _take_output(page: Page, output: NotebookNode, number: int) -> None:
    if output.output_type == "error":
        raise ExportError(f"Cell {number} ended with {output.ename}: {output.evalue}")
    if output.output_type == "stream":
        if output.name == "stdout":
            page.body.append(f"<pre>{text_html(output.text)}</pre>")
        return
    data = output.data
    if MIME in data:
        try:
            bundle = from_json(data[MIME])
        except BlockError as error:
            raise ExportError(f"Cell {number}: {error}") from error
        for block in bundle.blocks:
            if isinstance(block, Heading):
                page.heading(block)
            else:
                page.body.append(block_html(block))
    elif any(kind.startswith("image/") for kind in data):
        raise ExportError(
            f"Cell {number} shows a picture without alternative text; show it with weltoffen_eval.report."
        )
    elif "text/plain" in data:
        # what is not ours may hold any markup; its plain form says the same
        page.body.append(f"<pre>{text_html(data['text/plain'])}</pre>")


class WeltoffenHTMLExporter(TemplateExporter):
    """nbconvert's exporter ``weltoffen-html``."""

    export_from_notebook = "Weltoffen report (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "weltoffen"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(paths.TEMPLATES)]

    @default("template_file")
    def _template_file_default(self) -> str:
        return "report.html.j2"

    def from_notebook_node(  # type: ignore[override]  # the base class names its own type wrongly
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        page = read_page(nb)
        title = page.title or nb.metadata.get("title") or "Auswertung"
        resources = self._init_resources(resources or {})
        resources["weltoffen"] = {
            "title": text_html(title),
            "contents": [(anchor, text_html(text)) for anchor, text in page.contents],
            "body": "\n".join(page.body),
            "has_title": bool(page.title),
            "style": stylesheet(),
        }
        return super().from_notebook_node(nb, resources, **kwargs)
