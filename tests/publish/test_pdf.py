"""The PDF: tagged, archivable, the same bytes each time, and never anything but text where text was meant."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import nbformat
import pikepdf
import pytest
from places import ROOT
from test_html import HOSTILE, blocks_with, output, shown

from weltoffen_eval.blocks import Heading, Paragraph
from weltoffen_eval.publish.contents import ExportError
from weltoffen_eval.publish.execution import run_notebook
from weltoffen_eval.publish.pdf import make_pdf


@pytest.fixture(scope="module")
def selfcheck() -> bytes:
    node = run_notebook(ROOT / "notebooks" / "02_selfcheck.ipynb", {"municipality": "modellstadt"}, "x")
    return make_pdf(node)


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure tree."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            kids = element.get("/K", [])
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_the_pdf_is_tagged_and_archivable(selfcheck: bytes) -> None:
    with pikepdf.open(io.BytesIO(selfcheck)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Selbstcheck: Modellstadt"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        tags = [str(element.S) for element in elements(pdf)]
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L", "/Link"} <= set(tags)
        assert tags.count("/H1") == 1
        figures = [element for element in elements(pdf) if str(element.S) == "/Figure"]
        texts = [str(figure.Alt) for figure in figures]
        assert len(set(texts)) == len(texts) >= 8
        assert all("Modellstadt" in text for text in texts)
        with pdf.open_outline() as outline:
            assert [str(entry.title) for entry in outline.root][:1] == ["Selbstcheck: Modellstadt"]


def test_every_font_is_embedded(selfcheck: bytes) -> None:
    with pikepdf.open(io.BytesIO(selfcheck)) as pdf:
        descriptors = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        for descriptor in descriptors:
            assert "SourceSans3" in str(descriptor.FontName)
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_the_pdf_is_small_and_has_the_same_bytes_each_time(selfcheck: bytes) -> None:
    assert len(selfcheck) < 1_000_000
    node = run_notebook(ROOT / "notebooks" / "02_selfcheck.ipynb", {"municipality": "modellstadt"}, "x")
    assert make_pdf(node) == selfcheck


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    node = nbformat.v4.new_notebook(cells=[shown(*blocks_with(text))])
    with pikepdf.open(io.BytesIO(make_pdf(node))) as pdf:
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/OpenAction" not in pdf.Root
        links = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert all("/URI" not in str(link.get("/A", {})) for link in links)


def test_markdown_is_taken_as_text() -> None:
    markdown = nbformat.v4.new_markdown_cell(
        "## Was *kam* an?\n\nEin `Satz` mit **Nachdruck**.\n\n- eins\n- zwei"
    )
    node = nbformat.v4.new_notebook(cells=[shown(Heading(1, "Titel", "t"), Paragraph("x")), markdown])
    with pikepdf.open(io.BytesIO(make_pdf(node))) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert [str(entry.title) for entry in title.children] == ["Was kam an?"]


def test_a_picture_without_alternative_text_is_an_error() -> None:
    node = nbformat.v4.new_notebook(cells=[output({"image/png": "iVBOR", "text/plain": "<Figure>"})])
    with pytest.raises(ExportError, match="without alternative text"):
        make_pdf(node)
