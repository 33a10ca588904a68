"""Notebook to PDF: tagged and archivable (PDF/UA-1 and PDF/A-2a in one file), set by Typst.

What the notebook shows goes to the template as data, never as Typst source, so that nothing in it is
ever code.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from html import escape, unescape
from typing import Any

import mistune
import typst
from fontTools.ttLib import TTFont
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from weltoffen_eval import paths
from weltoffen_eval.block_html import CONTROL
from weltoffen_eval.blocks import Block, Facts, Figure, Heading, Paragraph, Table
from weltoffen_eval.publish.contents import ExportError, Markdown, Outline, Plain, read_parts
from weltoffen_eval.publish.html import slug

STANDARDS = ["ua-1", "a-2a"]
# its stubs promise nothing for a list of standards that is not written in place
_compile: Any = typst.compile
_LONG = re.compile(r"\S{24}(?=\S)")
#: Marks of direction and of joining, which have no picture: left out where the font does not know them.
_INVISIBLE = set("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0f\ufeff\t")
_VARIABLE = re.compile(r"var\(--\w+, (#\w+)\)")


class WeltoffenPDFExporter(Exporter):
    """nbconvert's exporter ``weltoffen-pdf``."""

    export_from_notebook = "Weltoffen report (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # the base class names its own type wrongly
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        return make_pdf(nb), self._init_resources(resources or {})


def make_pdf(notebook: NotebookNode) -> bytes:
    """The PDF of an executed notebook; the same notebook gives the same bytes.

    Raises
    ------
    ExportError
        If Typst cannot hold the standards, or the notebook is no report.
    """
    outline = Outline()
    blocks = list(read_blocks(notebook, outline))
    title = outline.title or notebook.metadata.get("title") or "Auswertung"
    content = {"title": _text(title), "blocks": [_as_data(block) for block in blocks]}
    try:
        made: bytes = _compile(
            str(paths.TEMPLATES / "typst" / "report.typ"),
            format="pdf",
            sys_inputs={"content": json.dumps(content)},
            font_paths=[str(paths.TEMPLATES / "fonts")],
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=0,
        )
        return made
    except typst.TypstError as error:
        raise ExportError(f"The PDF cannot be set: {error}") from error


def read_blocks(notebook: NotebookNode, outline: Outline) -> list[Block | Plain]:
    """All that the notebook shows as blocks; its Markdown becomes headings and paragraphs."""
    blocks: list[Block | Plain] = []
    for part in read_parts(notebook):
        if isinstance(part, Markdown):
            blocks += _read_markdown(part.source)
        else:
            blocks.append(part)
    for block in blocks:
        if isinstance(block, Heading):
            outline.take(block)
    return blocks


def _read_markdown(source: str) -> list[Block]:
    tokens = mistune.create_markdown(renderer="ast")(source)
    assert isinstance(tokens, list)
    blocks: list[Block] = []
    for token in tokens:
        text = _plain(token)
        if token["type"] == "heading":
            blocks.append(Heading(token["attrs"]["level"], text, slug(text)))
        elif text.strip():
            blocks.append(Paragraph(text))
    return blocks


def _plain(token: dict[str, Any]) -> str:
    """The text of a Markdown token without its marks."""
    if token["type"] in ("softbreak", "linebreak"):
        return " "
    children = token.get("children", [])
    return str(token.get("raw", "")) + "".join(_plain(child) for child in children)


def _as_data(block: Block | Plain) -> dict[str, Any]:
    if isinstance(block, Plain):
        return {"kind": "plain", "text": _text(block.text)}
    fields = _clean(asdict(block))
    if isinstance(block, Facts):
        fields["widths"] = [2, 5]
    if isinstance(block, Table):
        fields["widths"] = _widths(block)
    if isinstance(block, Figure):
        # not cleaned as a text: breaks belong between words, not into markup
        fields["svg"] = _standalone(block.svg)
        fields["table"]["widths"] = _widths(block.table)
    return dict(fields)


def _widths(table: Table) -> list[int]:
    """Shares of the width for texts; 0 for what is as wide as its longest cell."""
    longest = [
        max(len(cell) for cell in (column.title, *(row[number] for row in table.rows)))
        for number, column in enumerate(table.columns)
    ]
    return [
        0 if column.numeric or length <= 10 else min(length, 50)
        for column, length in zip(table.columns, longest, strict=True)
    ]


def _standalone(svg: str) -> str:
    """A drawing outside of a page: with its own colours and font instead of the page's."""
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'font-family="Source Sans 3" '
    )
    drawn = re.sub(r">([^<]*)</text>", lambda found: f">{escape(_text(unescape(found[1])))}</text>", svg)
    return _VARIABLE.sub(r"\1", drawn).replace("<svg ", opening, 1)


def _clean(value: Any) -> Any:
    """The same data with texts that the PDF can show."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {key: _clean(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(entry) for entry in value]
    return value


def _text(text: str) -> str:
    """Text that the embedded font can show: what it cannot is named by its number; controls are left out.

    PDF/A and PDF/UA allow no character without a glyph. What has no blank in it, such as a hash, may
    break after every 24 characters.
    """
    shown = CONTROL.sub("", text)
    missing = {character for character in shown if ord(character) not in _characters()}
    for character in missing - _INVISIBLE:
        shown = shown.replace(character, f"[U+{ord(character):04X}]")
    for character in missing & _INVISIBLE:
        shown = shown.replace(character, "")
    return _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", shown)


@cache
def _characters() -> frozenset[int]:
    """The characters for which both cuts of the embedded font have a glyph."""
    cuts = [TTFont(path).getBestCmap() for path in sorted((paths.TEMPLATES / "fonts").glob("*.ttf"))]
    return frozenset(set.intersection(*(set(cut) for cut in cuts)) | {10})
