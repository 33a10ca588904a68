"""The page: what it takes from a notebook, what it refuses, and that nothing in it is ever code."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.block_html import block_html
from weltoffen_eval.blocks import (
    MIME,
    BlockError,
    Bundle,
    Column,
    Facts,
    Figure,
    Heading,
    Listing,
    Note,
    Paragraph,
    Table,
    from_json,
    to_json,
)
from weltoffen_eval.publish.contents import ExportError
from weltoffen_eval.publish.html import WeltoffenHTMLExporter, read_page
from weltoffen_eval.publish.pages import Entry, error_page, index_page

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %}",
    "[link](javascript:alert(1)) **fett** `code`",
    r"$\frac{$ #read(\"/etc/passwd\")",
    "a\x00b\x1b[31mc\x85d",
    "\u202eRTL\u202c 😀",
    "x" * 10_000,
]


def page_of(*cells: object) -> str:
    node = nbformat.v4.new_notebook(cells=list(cells))
    return WeltoffenHTMLExporter().from_notebook_node(node)[0]


def shown(*blocks: object) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("display_data", data={MIME: to_json(Bundle(tuple(blocks)))})  # type: ignore[arg-type]
    return nbformat.v4.new_code_cell("secret_source = 1", outputs=[output])


def output(data: dict[str, str]) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data=data)])


class Tags(HTMLParser):
    """Every tag of a page, and every attribute that could run something."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.risky: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.risky += [
            f"{name}={value}"
            for name, value in attributes
            if name.startswith("on")
            or (name in ("href", "src") and (value or "").strip().lower().startswith("javascript:"))
        ]


def blocks_with(text: str) -> list[object]:
    table = Table(text, (Column(text), Column(text, True)), ((text, text),))
    svg = '<svg viewBox="0 0 1 1"></svg>'
    return [
        Heading(1, text, "title"), Heading(2, text, "two"), Paragraph(text), Note(text, text),
        Facts(((text, text),)), table, Listing(((text, text, "two"), (text, "", ""))), Figure(svg, text, text, table),
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text_in_every_block(text: str) -> None:
    tags = Tags(page_of(shown(*blocks_with(text))))
    assert "script" not in tags.tags
    assert "img" not in tags.tags
    assert tags.risky == []
    assert tags.tags.count("style") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text_in_the_pages_of_a_run(text: str) -> None:
    for page in (error_page(text, text), index_page(text, text, [Entry(text, ((text, "a.html"),), (text,))])):
        tags = Tags(page.decode("utf-8"))
        assert "script" not in tags.tags
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
    expected = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text)
    assert "".join(seen).replace("\r", "\n") == expected.replace("\r", "\n")


def test_blocks_come_back_from_a_notebook_as_they_were() -> None:
    bundle = Bundle(tuple(blocks_with("x")))  # type: ignore[arg-type]
    assert from_json(to_json(bundle)) == bundle


@pytest.mark.parametrize(
    "content", [None, {}, {"blocks": [{"kind": "script"}]}, {"blocks": [{}]}, {"blocks": 1}]
)
def test_what_is_no_block_is_refused(content: object) -> None:
    with pytest.raises(BlockError):
        from_json(content)


def test_a_page_shows_no_code_and_loads_nothing() -> None:
    page = page_of(shown(Heading(1, "Titel", "title"), Paragraph("Satz")))
    assert "secret_source" not in page
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert not re.search(r"url\((?!data:)", page)
    assert "default-src 'none'" in page
    assert '<html lang="de">' in page
    assert "<title>Titel</title>" in page


def test_markdown_headings_and_computed_ones_make_the_contents() -> None:
    page = read_page(
        nbformat.v4.new_notebook(
            cells=[
                shown(Heading(1, "Titel", "title")),
                nbformat.v4.new_markdown_cell("## Wie geht's & warum?\n\nText **fett** <b>roh</b>"),
                shown(Heading(2, "Zweitens", "zwei"), Heading(3, "Unter", "unter")),
            ]
        )
    )
    assert page.contents == [("wie-geht-s-warum", "Wie geht's & warum?"), ("zwei", "Zweitens")]
    body = "".join(page.body)
    assert "&lt;b&gt;roh" in body
    assert "<strong>fett</strong>" in body
    assert body.count("<section") == body.count("</section>") == 2


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([shown(Heading(1, "a", "a"), Heading(1, "b", "b"))], "second title"),
        ([shown(Heading(1, "a", "a"), Heading(3, "b", "b"))], "level 3 after level 1"),
        ([shown(Heading(1, "a", "a"), Heading(2, "b", "a"))], "anchor"),
        ([output({"image/png": "iVBOR", "text/plain": "<Figure>"})], "without alternative text"),
        ([output({MIME: "nonsense"})], "not a block"),  # type: ignore[dict-item]
    ],
)
def test_what_would_be_no_accessible_page_is_an_error(cells: list[object], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        page_of(*cells)


def test_a_figure_without_alternative_text_is_an_error() -> None:
    table = Table("t", (Column("a"),), (("1",),))
    with pytest.raises(BlockError, match="alternative text"):
        to_json(Bundle((Figure("<svg ></svg>", "Bild", " ", table),)))


def test_an_error_in_a_cell_is_no_report() -> None:
    failed = nbformat.v4.new_code_cell(
        "1/0", outputs=[nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="x", traceback=[])]
    )
    with pytest.raises(ExportError, match="Cell 1 ended with ZeroDivisionError"):
        page_of(failed)


def test_html_of_somebody_else_is_not_taken_over() -> None:
    page = page_of(output({"text/html": "<script>alert(1)</script>", "text/plain": "a <b> table"}))
    assert "<script" not in page
    assert "a &lt;b&gt; table" in page
