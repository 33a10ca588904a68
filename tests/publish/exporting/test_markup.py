"""HTML of a notebook as parts: words are kept, what acts is named, blanks are those of a browser."""

from __future__ import annotations

import pytest

from weltoffen_eval.blocks import Heading, Note
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.markup import read_markup
from weltoffen_eval.publish.exporting.markup_inline import Surroundings
from weltoffen_eval.publish.exporting.parts import Folded, Part, Place, Plain, Points, Prose, Quote, Run


def read(html: str) -> tuple[list[Part], list[str]]:
    said: list[str] = []
    around = Surroundings(
        "t", Words("de"), lambda alternative, address: [Note(f"{alternative}|{address}")],
        lambda alternative, svg: [Note(alternative)], said.append,
        lambda what, address: [Note(f"{what}|{address}")], lambda title: title,
    )  # fmt: skip
    return read_markup(html, around), said


def prose(*runs: Run) -> list[Part]:
    return [Prose(runs)]


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("", []),
        ("<!-- x -->", []),
        ("<p>\n a \n b </p>c", [*prose(Run("a b")), *prose(Run("c"))]),
        ("a<br>b", prose(Run("a"), Run("\n"), Run("b"))),
        ("a <b>b<i>c</i></b>", prose(Run("a "), Run("b", strong=True), Run("c", strong=True, emphasis=True))),
        ("x<sup>2</sup><sub>i</sub>", prose(Run("x"), Run("2", shift="above"), Run("i", shift="below"))),
        ("<q>a</q>", prose(Run("„a“"))),
        ("<del>a</del><code>b</code>", prose(Run("a", struck=True), Run("b", code=True))),
        ('<a href="https://e.org">a</a>', prose(Run("a", target="https://e.org"))),
        ('<a href="//e.org">a</a>', prose(Run("a", target="https://e.org"))),
        ('<a href="#b">a</a>', prose(Run("a", target="#b"))),
        ("<hr>", []),
        ("<pre>a\n  b</pre>", [Plain("a\n  b")]),
        ("<blockquote>a</blockquote>", [Quote((Prose((Run("a"),)),))]),
        ("<ol start=3><li>a<li>b</ol>", [Points((tuple(prose(Run("a"))), tuple(prose(Run("b")))), True, 3)]),
        ("<details><summary>t</summary>a</details>", [Folded("t", (Prose((Run("a"),)),))]),
        ("<p style='display:none'>a</p><p hidden>b</p><style>c</style>", []),
        ('<img alt="a" src="b.png">', [Note("a|b.png")]),
        ("<svg><title>t</title><path/></svg>", [Note("t")]),
        ('<h2 id="x">Über <b>uns</b></h2>', [Place(("x",), ("Über-uns", "über-uns")), Heading(2, "Über uns", "ueber-uns")]),
        ("<h2> </h2>", []),
        ('<iframe src="https://e.org/x"></iframe>', [Note("window|https://e.org/x")]),
        ("<script>x()</script>", [Note("script|")]),
        ('<script type="application/json">{}</script>', []),
    ],
)  # fmt: skip
def test_html_is_read_as_what_it_says(html: str, parts: list[Part]) -> None:
    assert read(html) == (parts, [])


@pytest.mark.parametrize(
    ("html", "parts", "said"),
    [
        ('<a href="javascript:x()">a</a>', prose(Run("a")), "leads nowhere"),
        ('<a href="java\nscript:x()">a</a>', prose(Run("a")), "leads nowhere"),
        ('<a href="b.csv">a</a>', prose(Run("a (b.csv)")), "leads nowhere"),
        ("<button>a</button>", prose(Run("a")), "its words are shown"),
    ],
)
def test_what_a_report_cannot_do_is_remarked(html: str, parts: list[Part], said: str) -> None:
    made, (remark,) = read(html)
    assert made == parts
    assert said in remark


@pytest.mark.parametrize("depth", [200, 5_000])
def test_html_nested_too_deep_keeps_its_words(depth: int) -> None:
    parts, said = read("<div>" * depth + "words" + "</div>" * depth)
    assert parts == prose(Run("words"))
    assert "nested too deep" in said[0]
