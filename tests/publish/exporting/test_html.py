"""The page: what it takes from a notebook, what it refuses, and that nothing in it is ever code."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOSTILE, Tags, blocks_with, foreign, markdown, notebook, shown

from weltoffen_eval.block_html import CONTROL, block_html
from weltoffen_eval.blocks import DataFile, Heading, Paragraph
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter, contents_html
from weltoffen_eval.publish.exporting.pages import IndexReport, IndexRow, error_page, index_page


def page_of(*cells: object) -> str:
    exporter = WeltoffenHTMLExporter(strict=True)
    return str(exporter.from_notebook_node(notebook(*cells))[0])  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text_in_every_block(text: str) -> None:
    tags = Tags(page_of(shown(*blocks_with(text))))
    assert "script" not in tags.tags
    assert "img" not in tags.tags
    assert tags.risky == []
    assert tags.tags.count("style") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text_in_markdown(text: str) -> None:
    source = f"# Titel\n\n## A {text}\n\n{text}\n\n- {text}\n\n> {text}\n\n| {text} |\n|---|\n| {text} |"
    exporter = WeltoffenHTMLExporter()
    tags = Tags(exporter.from_notebook_node(notebook(markdown(source)))[0])  # type: ignore[arg-type]
    assert "script" not in tags.tags
    assert tags.risky == []
    assert tags.tags.count("style") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text_in_the_pages_of_a_run(text: str) -> None:
    told = IndexReport(text, ((text, "a.html"), (text, "a.pdf")))
    entry = IndexRow(text, text, "part", ((told, IndexReport(text, told.links, text)),), (text,))
    index = index_page(
        text, [entry] * 20, [text], note=text, of_study=[told], condition=text, unit=(text, text), brand=text
    )
    for page, scripts in ((error_page(text, text), 0), (index, 1)):
        tags = Tags(page.decode("utf-8"))
        assert tags.tags.count("script") == scripts
        assert "img" not in tags.tags
        assert tags.risky == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_comes_through_a_block_as_it_is_or_marked(text: str) -> None:
    parser = HTMLParser(convert_charrefs=True)
    seen: list[str] = []
    parser.handle_data = seen.append  # type: ignore[method-assign]
    parser.feed(block_html(Paragraph(text)))
    parser.close()
    expected = "".join("\ufffd" if CONTROL.match(character) else character for character in text)
    assert "".join(seen).replace("\r", "\n") == expected.replace("\r", "\n")


def test_a_page_shows_no_code_and_loads_nothing() -> None:
    page = page_of(shown(Heading(1, "Titel", "title"), Paragraph("Satz")))
    assert "secret_source" not in page
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert not re.search(r"url\((?!data:)", page)
    assert "default-src 'none'" in page
    assert '<html lang="de">' in page
    assert "<title>Titel</title>" in page


def test_markdown_headings_and_computed_ones_make_the_contents() -> None:
    page = page_of(
        shown(Heading(1, "Titel", "title")),
        markdown("## Wie geht's & warum?\n\nText **fett** <b>roh</b>"),
        shown(Heading(2, "Zweitens", "zwei"), Heading(3, "Unter", "unter"), Heading(2, "Drittens", "drei")),
    )
    contents = re.search(r"<nav.*?</nav>", page, re.DOTALL)
    assert contents is not None
    assert re.findall(r'href="#([^"]+)"', contents[0]) == ["wie-geht-s-warum", "zwei", "unter", "drei"]
    assert "<strong>roh</strong>" in page
    assert "<strong>fett</strong>" in page
    assert page.count("<section") == page.count("</section>") == 3


def test_the_contents_nest_what_belongs_together() -> None:
    headings = [
        Heading(level, str(number), f"h{number}") for number, level in enumerate((2, 3, 3, 2, 2, 3), start=1)
    ]
    plain = re.sub(r"<a [^>]*>|</a>", "", contents_html(headings))
    assert plain == (
        "<ol><li>1<ol><li>2</li><li>3</li></ol></li><li>4</li><li>5<ol><li>6</li></ol></li></ol>"
    )
    assert contents_html([]) == ""


def test_a_notebook_of_somebody_else_becomes_a_page() -> None:
    page, _ = WeltoffenHTMLExporter().from_notebook_node(foreign())
    tags = Tags(str(page))
    assert "script" not in tags.tags
    assert tags.risky == []
    assert tags.tags.count("h1") == 1
    assert tags.tags.count("img") == 4
    assert {"table", "blockquote", "ul", "ol", "em", "strong", "code", "pre"} <= set(tags.tags)
    assert '<a href="https://example.org/x">einem Ort</a>' in page
    assert 'alt="Linie von 1 bis 3"' in page
    assert 'alt="Ein graues Quadrat"' in page
    assert "A&lt;b&gt;stadt" in page
    assert "Barrierefreiheit:</strong> Diese Abbildung hat keine Beschreibung." in page
    assert "endete mit einem Fehler (ZeroDivisionError: division by zero)" in page


def test_a_data_file_is_part_of_the_page() -> None:
    made = block_html(DataFile("werte.csv", "Alle Werte", "a,b\nü,2\n"))
    found = re.search(r'download="werte.csv" href="data:text/csv;charset=utf-8;base64,([^"]+)"', made)
    assert found is not None
    assert base64.b64decode(found[1]).decode("utf-8") == "a,b\nü,2\n"
