"""Footnotes in Markdown: none is lost, and no place is named twice."""

from __future__ import annotations

import re

from weltoffen_eval.publish.exporting.markdown import markdown_html


def test_a_footnote_to_which_nothing_in_the_cell_refers_is_shown_as_it_is_written() -> None:
    html = markdown_html("Text\n\n[^7]: Stand der *Daten*\n", "cell", "back")
    assert html == "<p>Text</p>\n<p>[^7]: Stand der <em>Daten</em></p>\n"


def test_a_second_footnote_of_one_name_is_not_lost() -> None:
    html = markdown_html("A[^1]\n\n[^1]: eins\n[^1]: zwei\n", "cell", "back")
    assert html.count("eins") == 1
    assert html.endswith("<p>[^1]: zwei</p>\n")


def test_two_references_to_one_footnote_share_no_id() -> None:
    html = markdown_html("A[^1] B[^1]\n\n[^1]: N\n", "cell", "back")
    ids = re.findall(r'id="([^"]+)"', html)
    assert sorted(ids) == ["cell-fn-1", "cell-fnref-1"]
    assert html.count('href="#cell-fn-1"') == 2
