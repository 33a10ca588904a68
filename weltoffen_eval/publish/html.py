"""Notebook to HTML: one self-contained, accessible page without code, scripts or outside references."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import mistune
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from weltoffen_eval import paths
from weltoffen_eval.block_html import block_html, text_html
from weltoffen_eval.blocks import Heading
from weltoffen_eval.publish.contents import Markdown, Outline, Plain, read_parts
from weltoffen_eval.publish.stylesheet import stylesheet


@dataclass
class Page(Outline):
    """The outline of a report, and its body as HTML."""

    body: list[str] = field(default_factory=list)

    def heading(self, heading: Heading) -> None:
        """Take up a heading; one of the second level begins a section."""
        if heading.level == 2 and self.contents:
            self.body.append("</section>")
        self.take(heading)
        if heading.level == 2:
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
        plain = unescape(re.sub(r"<[^>]*>", "", text))
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
    """The page of an executed notebook."""
    page = Page()
    markdown = mistune.create_markdown(renderer=_Renderer(page))
    for part in read_parts(notebook):
        match part:
            case Markdown():
                page.body.append(str(markdown(part.source)))
            case Plain():
                page.body.append(f"<pre>{text_html(part.text)}</pre>")
            case Heading():
                page.heading(part)
            case _:
                page.body.append(block_html(part))
    page.close()
    return page


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
