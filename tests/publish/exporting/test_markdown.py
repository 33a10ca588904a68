"""Markdown as Jupyter reads it, and the anchors that Jupyter and GitHub make of headings."""

from __future__ import annotations

import pytest

from weltoffen_eval.publish.exporting.markdown import github_anchor, jupyter_anchor, markdown_html, slug


def test_anchors_of_headings() -> None:
    assert slug("Über 3 Größen: ja!") == "ueber-3-groessen-ja"
    assert slug("日本") == "abschnitt"
    assert len(slug("x" * 99)) == 60
    assert jupyter_anchor(" Über uns! ") == "Über-uns!"
    assert github_anchor(" Über uns! ") == "über-uns"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("$a^2$", "<tex>a^2</tex>"),
        ("$$a$$", '<tex display="block">a</tex>'),
        ("5$ and 6$", "5$ and 6$"),
        ("[x](javascript:y)", '<a href="javascript:y">x</a>'),
        ('![a "b"](c.png)', '<img alt="a &quot;b&quot;" src="c.png">'),
        ("<b>x</b>", "<b>x</b>"),
        ("~~x~~", "<del>x</del>"),
    ],
)
def test_what_markdown_means(source: str, html: str) -> None:
    assert html in markdown_html(source, "t", "zurück")


def test_footnotes_lead_there_and_back_within_their_cell() -> None:
    html = markdown_html("a[^1]\n\n[^1]: b", "cell-2", "zurück")
    assert '<sup id="cell-2-fnref-1"><a href="#cell-2-fn-1">1</a></sup>' in html
    assert '<li id="cell-2-fn-1"><p>b (<a href="#cell-2-fnref-1">zurück</a>)</p></li>' in html
