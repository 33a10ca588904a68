"""The Word document: headings are headings, tables have header rows, figures say what they show."""

from __future__ import annotations

import io
import zipfile

import docx
import nbformat
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from samples import HOSTILE, blocks_with, foreign, notebook, shown

from weltoffen_eval.block_html import CONTROL
from weltoffen_eval.blocks import Figure, Heading
from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.publish.exporting.word import WeltoffenDOCXExporter, make_docx


@pytest.fixture(scope="module")
def selfcheck(selfcheck_notebook: nbformat.NotebookNode) -> bytes:
    return export_notebook(selfcheck_notebook, "docx")


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def alternatives(document: Document) -> list[str]:
    return [shape._inline.docPr.get("descr") for shape in document.inline_shapes]


def test_headings_are_headings_in_the_order_of_the_report(
    selfcheck: bytes, selfcheck_notebook: nbformat.NotebookNode
) -> None:
    document = opened(selfcheck)
    found = [
        (int(p.style.name[-1]), p.text)  # type: ignore[union-attr, index]
        for p in document.paragraphs
        if p.style is not None and str(p.style.name).startswith("Heading")
    ]
    report = read_report(selfcheck_notebook)
    assert found == [(part.level, part.text) for part in report.parts if isinstance(part, Heading)]
    assert document.core_properties.title == "Selbstcheck: Modellstadt"
    assert document.core_properties.language == "de-DE"
    assert document.core_properties.created is not None
    assert document.core_properties.created.date().isoformat() == "2021-06-30"


def test_every_table_has_a_header_row_that_repeats_and_says_what_the_report_says(
    selfcheck: bytes, selfcheck_notebook: nbformat.NotebookNode
) -> None:
    document = opened(selfcheck)
    tables = read_report(selfcheck_notebook).tables
    assert len(document.tables) == len(tables)
    for made, table in zip(document.tables, tables, strict=True):
        first, *others = made._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        texts = [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.tc_lst]
            for row in made._tbl.tr_lst
        ]
        assert texts == [[column.head for column in table.columns], *map(list, table.rows)]


def test_every_figure_has_its_alternative_text(
    selfcheck: bytes, selfcheck_notebook: nbformat.NotebookNode
) -> None:
    report = read_report(selfcheck_notebook)
    wanted = [part.alternative for part in report.parts if isinstance(part, Figure)]
    assert len(wanted) >= 8
    assert alternatives(opened(selfcheck)) == wanted


def test_links_lead_to_bookmarks_that_are_there(selfcheck: bytes) -> None:
    body = opened(selfcheck).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    targets = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(targets) > 30
    assert targets <= set(names)


def test_the_document_has_the_same_bytes_each_time_and_no_clock(
    selfcheck: bytes, selfcheck_notebook: nbformat.NotebookNode
) -> None:
    assert export_notebook(selfcheck_notebook, "docx") == selfcheck
    with zipfile.ZipFile(io.BytesIO(selfcheck)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(selfcheck) < 1_000_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    document = opened(make_docx(read_report(notebook(shown(*blocks_with(text))))))
    clean = CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    assert document.paragraphs[0].text == clean
    assert document.tables[0].cell(1, 1).text == clean
    assert alternatives(document) == [clean]
    kinds = {rel.reltype.rsplit("/", 1)[1] for rel in document.part.rels.values()}
    assert "hyperlink" not in kinds, "no link leads out of the document"
    fields = [e.text for e in document.element.body.iter(qn("w:instrText"))]
    assert fields == [' TOC \\o "2-3" \\h ']


def test_a_notebook_of_somebody_else_becomes_a_document() -> None:
    made, _ = WeltoffenDOCXExporter().from_notebook_node(foreign())
    document = opened(made)  # type: ignore[arg-type]
    assert len(document.tables) == 2
    assert alternatives(document) == [
        "Ein Bild",
        "Linie von 1 bis 3",
        "Ein graues Quadrat",
        "Abbildung aus Zelle 5 ohne Beschreibung",
    ]
    styles = {p.style.name for p in document.paragraphs if p.style is not None}
    assert {"List Bullet", "List Number 2", "Quote", "Weltoffen Code", "Weltoffen Note"} <= styles
    assert any(
        rel.is_external and rel.target_ref == "https://example.org/x" for rel in document.part.rels.values()
    )
