"""What is in another language is marked in Word and PDF wherever it is in HTML: in blocks of every kind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import pikepdf
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from reading import marked_texts
from samples import notebook, shown

from weltoffen_eval.block_json import to_json
from weltoffen_eval.blocks import (
    BlockError,
    Bundle,
    Column,
    Entry,
    Facts,
    Heading,
    Listing,
    Note,
    Paragraph,
    Sentence,
    Table,
)
from weltoffen_eval.publish.exporting.exports import export_notebook

FRENCH, PLAIN = "égalité des chances", "Vorhanden: "
SAID = Sentence(f"{PLAIN}{FRENCH}.", foreign=((len(PLAIN), len(PLAIN + FRENCH), "fr"),))
TWO = (Sentence("Das steht davor."), SAID)
TEXT = " ".join(sentence.text for sentence in TWO)
NOTEBOOK = notebook(
    shown(
        Heading(1, "Bericht", "title"),
        Heading(2, "Abschnitt", "part"),
        Heading(3, "Égalité", "equality", language="fr"),
        Paragraph(TEXT, sentences=TWO),
        Note(TEXT, sentences=TWO),
        Listing((Entry(TEXT, sentences=TWO),)),
        Facts((("Égalité", Entry(TEXT, sentences=TWO)),), language="fr"),
        Table("Fragen", (Column("Nr."), Column("Frage", language="fr")), (("A1", "Égalité"),), "questions"),
    )
)


def test_the_same_texts_are_in_another_language_in_word_and_in_html() -> None:
    page = BeautifulSoup(export_notebook(NOTEBOOK, "html").decode(), "html.parser")
    document = docx.Document(io.BytesIO(export_notebook(NOTEBOOK, "docx")))
    runs = document.element.body.iter(qn("w:r"))
    languages = [(run, run.find(f"{qn('w:rPr')}/{qn('w:lang')}")) for run in runs]
    in_word = ["".join(t.text for t in run.iter(qn("w:t"))) for run, of in languages if of is not None]
    assert {of.get(qn("w:val")) for _, of in languages if of is not None} == {"fr"}
    in_html = [element.get_text() for element in page.select('[lang="fr"]')]
    # the heading also in the contents; of the four texts only what is French
    assert sorted(in_word) == sorted(in_html) == sorted(4 * ["Égalité"] + 4 * [FRENCH])


def by_language(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """The marked texts of a PDF with their language: of the mark, else of the nearest tag, else of the document."""
    texts, own = {}, {}
    for page in document.pages:
        for number, text in marked_texts(page).items():
            texts[page.objgen, number] = text
        for operands, operator in pikepdf.parse_content_stream(page):
            if (
                str(operator) == "BDC"
                and isinstance(operands[1], pikepdf.Dictionary)
                and "/Lang" in operands[1]
            ):
                own[page.objgen, int(operands[1].MCID)] = str(operands[1].Lang)

    def walk(element: Any, page: Any, language: str) -> Iterator[tuple[str, str]]:
        if not isinstance(element, pikepdf.Dictionary) or element.get("/Type") == "/MCR":
            page = element.get("/Pg", page) if isinstance(element, pikepdf.Dictionary) else page
            mark = (page.objgen, int(element.MCID if isinstance(element, pikepdf.Dictionary) else element))
            yield own.get(mark, language), texts.get(mark, "")
            return
        below = element.get("/K", [])
        for kid in below if isinstance(below, pikepdf.Array) else [below]:
            # a link also names its place on the page
            if not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") != "/OBJR":
                yield from walk(kid, element.get("/Pg", page), str(element.get("/Lang", language)))

    yield from walk(document.Root.StructTreeRoot, None, str(document.Root.Lang))


def test_the_same_texts_are_in_another_language_in_pdf_too() -> None:
    with pikepdf.open(io.BytesIO(export_notebook(NOTEBOOK, "pdf"))) as document:
        said = list(by_language(document))
    assert sorted(text.strip() for language, text in said if language == "fr") == sorted(
        4 * ["Égalité"] + 4 * [FRENCH]
    )
    others = "".join(text for language, text in said if language == "de")
    assert others.count("Das steht davor. Vorhanden: ") == 4
    assert "Abschnitt" in others


def test_what_stands_beside_it_is_in_the_language_of_the_document() -> None:
    document = docx.Document(io.BytesIO(export_notebook(NOTEBOOK, "docx")))
    (paragraph,) = [p for p in document.paragraphs if p.text == TEXT and p.style.name == "Normal"]  # type: ignore[union-attr]
    assert [run.text for run in paragraph.runs] == ["Das steht davor. Vorhanden: ", FRENCH, "."]


def test_word_is_told_the_language_of_letters_that_it_asks_for_their_own() -> None:
    said = tuple(
        Sentence(text, foreign=((0, 2, tag),)) for text, tag in (("通知", "zh-Hant"), ("سلام", "ar"))
    )
    text = " ".join(sentence.text for sentence in said)
    table = Table("Fragen", (Column("Nr."), Column("Frage", language="ja")), (("A1", "質問"),), "questions")
    node = notebook(shown(Heading(1, "Bericht", "title"), Paragraph(text, sentences=said), table))
    document = docx.Document(io.BytesIO(export_notebook(node, "docx")))
    assert [dict(mark.attrib) for mark in document.element.body.iter(qn("w:lang"))] == [
        {qn("w:val"): "zh-Hant", qn("w:eastAsia"): "zh-Hant"},
        {qn("w:val"): "ar", qn("w:bidi"): "ar"},
        {qn("w:val"): "ja", qn("w:eastAsia"): "ja"},
    ]


@pytest.mark.parametrize(
    "foreign",
    [
        ((0, 1, "klingonisch"),),
        ((0, 1, "de_AT"),),
        ((1, 9, "fr"),),
        ((2, 3, "fr"), (0, 1, "en")),
        ((2, 1, "fr"),),
    ],
)
def test_a_stretch_that_is_none_or_in_no_language_is_refused(
    foreign: tuple[tuple[int, int, str], ...],
) -> None:
    said = Paragraph("abcd", sentences=(Sentence("abcd", foreign=foreign),))
    with pytest.raises(BlockError, match="language"):
        to_json(Bundle((said,)))


def test_heads_terms_and_columns_in_no_language_are_refused() -> None:
    table = Table("Fragen", (Column("Nr.", language="x y"),), (("A1",),), "questions")
    for block in (Heading(2, "a", "a", language="x"), Facts((("a", Entry("b")),), language="deutsch"), table):
        with pytest.raises(BlockError, match="is no tag of a language"):
            to_json(Bundle((block,)))
