"""What is in another language is marked in Word wherever it is in HTML: in blocks of every kind."""

from __future__ import annotations

import io

import docx
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from samples import notebook, shown

from weltoffen_eval.blocks import Column, Entry, Facts, Heading, Listing, Note, Paragraph, Sentence, Table
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


def test_what_stands_beside_it_is_in_the_language_of_the_document() -> None:
    document = docx.Document(io.BytesIO(export_notebook(NOTEBOOK, "docx")))
    (paragraph,) = [p for p in document.paragraphs if p.text == TEXT and p.style.name == "Normal"]  # type: ignore[union-attr]
    assert [run.text for run in paragraph.runs] == ["Das steht davor. Vorhanden: ", FRENCH, "."]
