"""Notebook to HTML: one self-contained, accessible page without code, scripts or outside references."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import default

from weltoffen_eval import paths
from weltoffen_eval.block_html import block_html, table_html, text_html
from weltoffen_eval.blocks import Heading, Table
from weltoffen_eval.publish.exporting.brand_head import BrandHead
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.exporter import ReportExporter
from weltoffen_eval.publish.exporting.parts import (
    Folded,
    Formula,
    MarkedText,
    Part,
    Picture,
    Place,
    Plain,
    Points,
    Prose,
    Quote,
    Run,
)
from weltoffen_eval.publish.exporting.stylesheet import stylesheet


class WeltoffenHTMLExporter(ReportExporter, TemplateExporter):  # type: ignore[misc]  # text or bytes
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

    def render(self, report: Report, resources: dict[str, Any]) -> str:
        body = report_html(report)
        resources["weltoffen"] = {
            "title": text_html(report.title),
            "origin": [(name, text_html(value)) for name, value in report.origin],
            "language": text_html(report.words.language),
            # the frame has our words, in a language that the report may not have
            "frame": ""
            if report.words.language.split("-")[0] == report.words.own
            else f' lang="{report.words.own}"',
            "words": report.words,
            "contents": contents_html(report.contents),
            "body": body,
            "style": stylesheet(report.title + body) + brand_style(report.brand),
            "brand": brand_html(report.brand),
        }
        return str(self.template.render(resources=resources))


def report_html(report: Report) -> str:
    """The parts of a report, with a section for every heading of the second level."""
    body: list[str] = []
    open_section = False
    for part in report.parts:
        if isinstance(part, Heading) and part.level == 2:
            body += ["</section>"] if open_section else []
            body.append("<section>")
            open_section = True
        body.append(part_html(part))
    return "\n".join([*body, *(["</section>"] if open_section else [])])


def brand_html(brand: BrandHead | None) -> str:
    """The head of the page: logo and name; nothing without a brand."""
    if brand is None:
        return ""
    logo = f'<img src="{brand.address}" alt="{text_html(brand.logo_text)}">' if brand.logo else ""
    language = f' lang="{text_html(brand.language)}"' if brand.language else ""
    return f'<header class="top">{logo}<p class="brand"{language}>{text_html(brand.name)}</p></header>'


def brand_style(brand: BrandHead | None) -> str:
    """The colour of a brand, by day, by night and on paper."""
    if brand is None:
        return ""
    return (
        f":root{{--brand:{brand.light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--brand:{brand.dark}}}}}"
    )


def contents_html(contents: Sequence[Heading]) -> str:
    """The headings as a list of links, those of the third level in a list of their own."""
    made = ""
    level = 2
    for heading in contents:
        language = f' lang="{text_html(heading.language)}"' if heading.language else ""
        link = f'<li><a href="#{heading.anchor}"{language}>{text_html(heading.text)}</a>'
        if not made:
            made = link
        elif heading.level > level:
            made += f"<ol>{link}"
        else:
            made += ("</li></ol></li>" if heading.level < level else "</li>") + link
        level = heading.level
    return f"<ol>{made}{'</li></ol>' * (level - 2)}</li></ol>" if made else ""


def part_html(part: Part) -> str:
    """One part of a report as HTML."""
    match part:
        case Prose():
            return f"<p>{_runs(part.runs)}</p>"
        case Points():
            tag = "ol" if part.ordered else "ul"
            start = f' start="{part.start}"' if part.ordered and part.start != 1 else ""
            entries = "".join(f"<li>{_entry(entry)}</li>" for entry in part.entries)
            return f"<{tag}{start}>{entries}</{tag}>"
        case Quote():
            return f"<blockquote>{_parts(part.parts)}</blockquote>"
        case Folded():
            title = f"<summary>{text_html(part.title)}</summary>"
            return f"<details>{title}{_parts(part.parts)}</details>"
        case Formula():
            return f'<div class="formula" tabindex="0">{_formula(part)}</div>'
        case Table():
            return table_html(part, _cell)
        case Plain():
            return f'<pre tabindex="0">{text_html(part.text)}</pre>'
        case Picture():
            content = base64.b64encode(part.content).decode("ascii")
            return (
                f'<figure><img src="data:{part.media_type};base64,{content}" '
                f'alt="{text_html(part.alternative)}"></figure>'
            )
        case Place():
            return ""
        case _:
            return block_html(part)


def _parts(parts: Iterable[Part]) -> str:
    return "".join(part_html(part) for part in parts)


def _entry(parts: Sequence[Part]) -> str:
    """An entry of a list; its first paragraph stands without one of its own."""
    first, *others = parts or [Prose(())]
    opening = _runs(first.runs) if isinstance(first, Prose) else part_html(first)
    return opening + _parts(others)


def _cell(text: str) -> str:
    return _runs(text.runs) if isinstance(text, MarkedText) else text_html(text)


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    made = _formula(run.formula) if run.formula else text_html(run.text)
    for is_so, tag in (
        (run.code, "code"),
        (run.shift == "above", "sup"),
        (run.shift == "below", "sub"),
        (run.struck, "del"),
        (run.emphasis, "em"),
        (run.strong, "strong"),
    ):
        if is_so and made:
            made = f"<{tag}>{made}</{tag}>"
    anchor = f' id="{text_html(run.anchor)}"' if run.anchor else ""
    if run.target:
        if run.formula:
            # a formula alone is no name of a link
            anchor += f' aria-label="{text_html(run.formula.source)}"'
        return f'<a{anchor} href="{text_html(run.target)}">{made}</a>'
    return f"<span{anchor}>{made}</span>" if anchor else made


def _formula(formula: Formula) -> str:
    """MathML that was made of allowed elements, or the source where that cannot be."""
    return formula.mathml or f"<code>{text_html(formula.source)}</code>"
