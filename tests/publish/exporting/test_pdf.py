"""The PDF: tagged, archivable, the same bytes each time, and never anything but text where text was meant."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import nbformat
import pikepdf
import pytest
from samples import HOSTILE, blocks_with, foreign, markdown, notebook, shown

from weltoffen_eval.blocks import Entry, Heading, Link, Listing, Paragraph
from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.publish.exporting.pdf import WeltoffenPDFExporter, make_pdf
from weltoffen_eval.publish.exporting.typesetting import draw_pixels, printable


@pytest.fixture(scope="module")
def selfcheck(selfcheck_notebook: nbformat.NotebookNode) -> bytes:
    return export_notebook(selfcheck_notebook, "pdf")


def pdf_of(text: str) -> bytes:
    return make_pdf(read_report(notebook(shown(*blocks_with(text)))))


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


def tags_of(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(pdf)]


def test_the_pdf_is_tagged_and_archivable(selfcheck: bytes) -> None:
    with pikepdf.open(io.BytesIO(selfcheck)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Selbstcheck: Modellstadt"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["xmp:CreateDate"].startswith("2021-06-30"), "the date of the data"
        tags = tags_of(pdf)
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L", "/Link"} <= set(tags)
        assert tags.count("/H1") == 1
        figures = [element for element in elements(pdf) if str(element.S) == "/Figure"]
        texts = [str(figure.Alt) for figure in figures]
        assert len(set(texts)) == len(texts) >= 8
        assert all("Modellstadt" in text for text in texts)


def test_every_table_has_header_cells_and_every_heading_a_bookmark(
    selfcheck: bytes, selfcheck_notebook: nbformat.NotebookNode
) -> None:
    report = read_report(selfcheck_notebook)
    with pikepdf.open(io.BytesIO(selfcheck)) as pdf:
        assert tags_of(pdf).count("/Table") == len(report.tables)
        heads = sum(len(table.columns) + len(table.rows) for table in report.tables)
        assert tags_of(pdf).count("/TH") == heads
        cells = sum(len(table.columns) * len(table.rows) - len(table.rows) for table in report.tables)
        assert tags_of(pdf).count("/TD") == cells

        def titles(entries: Any) -> list[str]:
            return [title for e in entries for title in (str(e.title), *titles(e.children))]

        with pdf.open_outline() as outline:
            marks = titles(outline.root)
    headings = [part.text for part in report.parts if isinstance(part, Heading)]
    assert marks == headings


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


def test_the_pdf_is_small_and_has_the_same_bytes_each_time(
    selfcheck: bytes, selfcheck_notebook: nbformat.NotebookNode
) -> None:
    assert len(selfcheck) < 1_000_000
    assert export_notebook(selfcheck_notebook, "pdf") == selfcheck


def test_links_in_one_pair_of_brackets_name_the_page_behind_the_last_on_each() -> None:
    links = (Link("(A1,", "a1"), Link("A2,", "a2"), Link("B1)", "b1"))
    lines = tuple(Paragraph(f"Zeile {number}.") for number in range(80))
    blocks = (
        Heading(1, "Bericht", "title"), Heading(2, "Anfang", "a1"), Heading(3, "Noch hier", "a2"),
        Listing((Entry("Anlass: drei Fragen", links),)), *lines, Heading(2, "Ende", "b1"),
    )  # fmt: skip
    content = export_notebook(notebook(shown(*blocks)), "pdf")
    told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
    text = " ".join(told.decode().split())
    assert re.search(r"Anlass: drei Fragen \(A1, A2, Seite \d; B1, Seite \d\)", text)


def test_on_request_the_numbers_are_attached_and_the_pdf_is_pdf_a_3a(
    selfcheck_notebook: nbformat.NotebookNode,
) -> None:
    files = {file.name: file for file in read_report(selfcheck_notebook).data_files}
    file = files["modellstadt-2021-scores.csv"]
    made = export_notebook(selfcheck_notebook, "pdf", attach=True)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert sorted(pdf.attachments) == sorted(files) == ["modellstadt-2021-scores.csv", "suggestions.csv"]
        attached = pdf.attachments["modellstadt-2021-scores.csv"]
        assert attached.get_file().read_bytes().decode("utf-8") == file.text
        assert attached.get_file().mime_type == "text/csv"
        assert str(attached.obj.AFRelationship) == "/Data"
    assert export_notebook(selfcheck_notebook, "pdf", attach=True) == made


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(text))) as pdf:
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/OpenAction" not in pdf.Root
        links = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert links
        assert all("/URI" not in str(link.get("/A", {})) for link in links)
        assert "/Figure" in tags_of(pdf)


@pytest.mark.parametrize(
    "text",
    [
        "Łódź, Erdoğan, Αθήνα, Київ, Việt, Chóśebuz, Baršć (Łužyca), Běła Woda",
        "≤ ≥ ≠ ≈ → ← ↔ ⇒ ✓ ✗ ☐ ☑ ★ • … – — ‑ ‰ ½ ⅓ ⅔ ² ₂ ⁿ ∑ √ ∞ Δ ● ▲ x̄ x̂ ░▒▓█ ├──",
        "العربية, עברית, አማርኛ, हिन्दी, தமிழ், ไทย, ქართული, հայերեն, 中文, 日本語, 한국어, 😀 👍🏽 🇩🇪",
    ],
)
def test_letters_and_signs_of_everyday_use_are_printed(text: str) -> None:
    assert printable(text) == text


def test_what_no_font_has_is_shown_by_letters_that_mean_the_same_or_named() -> None:
    assert printable("𝑥 = 2 ㎡") == "x = 2 m2"
    assert printable("𒀀") == "[U+12000]"
    assert printable("a\u202eb\u2066c") == "abc", "marks of direction would turn what follows"
    assert printable("x" * 30) == "x" * 24 + "\N{ZERO WIDTH SPACE}" + "x" * 6


def test_markdown_is_taken_as_what_it_says() -> None:
    source = (
        "## Was *kam* an?\n\nEin `Satz` mit **Nachdruck**.\n\n- eins\n- zwei\n\n[Ort](https://example.org)"
    )
    node = notebook(shown(Heading(1, "Titel", "t"), Paragraph("x")), markdown(source))
    with pikepdf.open(io.BytesIO(make_pdf(read_report(node)))) as pdf:
        with pdf.open_outline() as outline:
            (title,) = outline.root
            assert [str(entry.title) for entry in title.children] == ["Was kam an?"]
        assert tags_of(pdf).count("/LI") >= 2
        links = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert [str(a.A.URI) for a in links if "/URI" in a.get("/A", {})] == ["https://example.org"]


def test_a_notebook_of_somebody_else_becomes_a_pdf_that_holds_both_standards() -> None:
    made, _ = WeltoffenPDFExporter().from_notebook_node(foreign())
    with pikepdf.open(io.BytesIO(made)) as pdf:  # type: ignore[arg-type]
        figures = [str(element.Alt) for element in elements(pdf) if str(element.S) == "/Figure"]
        assert sorted(figures) == sorted(
            [
                "Ein Bild",
                "Linie von 1 bis 3",
                "Ein graues Quadrat",
                "Abbildung aus Zelle 5 ohne Beschreibung",
            ]
        )


def test_a_drawing_becomes_the_same_pixels_each_time() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert draw_pixels(svg) == draw_pixels(svg)
    assert draw_pixels(svg).startswith(b"\x89PNG")
