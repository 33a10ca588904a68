"""Addresses as they stand in Markdown: they end where JupyterLab ends them, in every format."""

from __future__ import annotations

import io
import re

import docx
import pikepdf
import pytest
from samples import markdown, notebook

from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.markdown import markdown_html
from weltoffen_eval.publish.exporting.markdown_links import address_in
from weltoffen_eval.publish.exporting.pdf import WeltoffenPDFExporter
from weltoffen_eval.publish.exporting.word import WeltoffenDOCXExporter

#: What is written after "https://e.org/", what of it belongs to the address. By the marked that comes with
#: JupyterLab 4.6, run on the same text.
ENDS = {
    "B_(C)": "B_(C)",
    "B_(C).": "B_(C)",
    "B_(C)_(D)": "B_(C)_(D)",
    "a_(b)c, ok": "a_(b)c",
    "a)": "a",
    "a)))": "a",
    "(a)(b)).": "(a)(b)",
    "B_(C)(": "B_(C)",
    "x)y": "x)y",
    "a]": "a]",
    "[a]": "[a]",
    "a?x=[1]": "a?x=[1]",
    "a?b=1&c=2;": "a?b=1&c=2",
    "a&quot;": "a",
    "a**b**": "a**b",
    "a_": "a",
    "a!": "a",
    "a'": "a",
    "a/": "a/",
    "ä_(ö)": "ä_(ö)",
}


@pytest.mark.parametrize("written", ENDS)
def test_an_address_ends_where_jupyterlab_ends_it(written: str) -> None:
    text = written.partition(",")[0]
    assert address_in(f"https://e.org/{text}") == f"https://e.org/{ENDS[written]}"


# the same, where it stands within something else
WITHIN = {
    "(siehe https://e.org/B_(C))": '(siehe <a href="https://e.org/B_(C)">https://e.org/B_(C)</a>)',
    "**https://e.org/a_(b)**": '<strong><a href="https://e.org/a_(b)">https://e.org/a_(b)</a></strong>',
    "*https://e.org/a*": '<em><a href="https://e.org/a">https://e.org/a</a></em>',
    '"https://e.org/a_(b)"': '&quot;<a href="https://e.org/a_(b)">https://e.org/a_(b)</a>&quot;',
    "[https://e.org/B_(C)](https://e.org/z_(y))": '<a href="https://e.org/z_(y)">https://e.org/B_(C)</a>',
    "[x https://e.org/[y] z](https://b.de/)": '<a href="https://b.de/">x https://e.org/[y] z</a>',
    "<https://e.org/a]>": '<a href="https://e.org/a%5D">https://e.org/a]</a>',
    "[a](https://e.org/B_(C))": '<a href="https://e.org/B_(C)">a</a>',
    "[a](<https://e.org/B_(C>)": '<a href="https://e.org/B_(C">a</a>',
    "[a](https://e.org/x])": '<a href="https://e.org/x%5D">a</a>',
    "https://e.org/a]": '<a href="https://e.org/a%5D">https://e.org/a]</a>',
    "`https://e.org/a)`": "<code>https://e.org/a)</code>",
    "Https://e.org/a": '<a href="Https://e.org/a">Https://e.org/a</a>',
    "https://": "https://",
    "https://)": "https://)",
    # brackets around a source; here JupyterLab takes the closing one for a part of the address
    "[Quelle: https://e.org/a]": '[Quelle: <a href="https://e.org/a">https://e.org/a</a>]',
}


@pytest.mark.parametrize("source", WITHIN)
def test_an_address_within_marks_and_brackets_is_told_from_them(source: str) -> None:
    assert markdown_html(source, "n", "zurück").strip() == f"<p>{WITHIN[source]}</p>"


def test_a_long_row_of_brackets_takes_no_time() -> None:
    # quadratic work on this would take minutes
    for tail in ("(" * 100_000 + ")" * 100_000, "!" * 200_000, "&x;" * 60_000):
        assert address_in(f"https://e.org/a{tail}").startswith("https://e.org/a")


def test_a_link_that_ends_in_a_bracket_is_the_same_in_every_format() -> None:
    expected = {"https://e.org/B_(C)", "https://e.org/x%5D", "https://e.org/D_(E)"}
    node = notebook(
        markdown("# T\n\nhttps://e.org/B_(C) und [a](https://e.org/x])\n\n- (https://e.org/D_(E))")
    )
    page = str(WeltoffenHTMLExporter().from_notebook_node(node)[0])
    assert set(re.findall(r'href="(https://e\.org[^"]*)"', page)) == expected
    with pikepdf.open(io.BytesIO(WeltoffenPDFExporter().from_notebook_node(node)[0])) as pdf:
        marks = [mark for page in pdf.pages for mark in page.get("/Annots", []) if "/URI" in mark.A]
        assert {str(mark.A.URI) for mark in marks} == expected
    word = docx.Document(io.BytesIO(WeltoffenDOCXExporter().from_notebook_node(node)[0]))
    targets = {r.target_ref for r in word.part.rels.values() if r.is_external}
    assert {target for target in targets if "e.org" in target} == expected
