"""Blocks as HTML: text is escaped, tables have heads, wide ones are shown as lists or scroll."""

from __future__ import annotations

from dataclasses import replace

import pytest

from weltoffen_eval.block_html import block_html, table_html, text_html
from weltoffen_eval.blocks import (
    Block,
    Column,
    DataFile,
    Entry,
    Facts,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Table,
)

NASTY = '<b>"x" & \x07'
ESCAPED = "&lt;b&gt;&quot;x&quot; &amp; \N{REPLACEMENT CHARACTER}"


def table(columns: int) -> Table:
    return Table("Titel", tuple(Column(f"c{n}", n > 0) for n in range(columns)), (("a",) * columns,), "t")


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Heading(2, NASTY, "a"), f'<h2 id="a">{ESCAPED}</h2>'),
        (Paragraph(NASTY), f"<p>{ESCAPED}</p>"),
        (
            Paragraph("x", lead=True, links=(Link(NASTY, "a"),)),
            f'<p class="lead">x <a href="#a">{ESCAPED}</a></p>',
        ),
        (
            Paragraph("x", links=(Link("l", "a", NASTY),)),
            f'<p>x <a href="#a" aria-label="l {ESCAPED}">l</a></p>',
        ),
        (Note(NASTY), f'<p class="note"><strong>Hinweis:</strong> {ESCAPED}</p>'),
        (Listing((Entry(NASTY),)), f"<ul><li>{ESCAPED}</li></ul>"),
        (
            Facts(((NASTY, Entry("x")),)),
            f'<dl class="facts"><div style="clear:both"><dt>{ESCAPED}</dt><dd>x</dd></div></dl>',
        ),
        # base64 of "ä\n"
        (
            DataFile("t.csv", NASTY, "ä\n"),
            '<p><a download="t.csv" href="data:text/csv;charset=utf-8;base64,w6QK">'
            + ESCAPED
            + "</a> (CSV)</p>",
        ),
    ],
)
def test_a_block_is_what_it_says_and_its_text_is_text(block: Block, html: str) -> None:
    assert block_html(block) == html
    assert text_html(NASTY) == ESCAPED


def test_from_three_columns_on_a_table_names_its_roles_and_from_nine_on_it_scrolls() -> None:
    two, three, eight, nine = (table_html(table(n)) for n in (2, 3, 8, 9))
    assert ("role=" in two, "stacked" in two) == (False, False)
    assert 'role="rowheader"' in three
    assert 'data-title="c1"' in three
    assert 'tabindex="0"' not in eight
    assert 'tabindex="0" role="region" aria-label="Titel"' in nine


def test_a_row_is_headed_by_its_first_cell_and_numbers_and_long_words_say_so() -> None:
    html = table_html(replace(table(2), rows=(("w" * 31, "1"),), anchors=("r1",)))
    assert f'<tr id="r1"><th scope="row" class="long">{"w" * 31}</th><td class="number">1</td></tr>' in html
    assert 'class="long"' not in table_html(replace(table(2), rows=(("w" * 30, "1"),)))


def test_a_folded_table_opens_under_its_caption() -> None:
    assert table_html(replace(table(2), folded=True)).startswith("<details><summary>Titel</summary>")
