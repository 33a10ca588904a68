"""A block as HTML: the one place where text of the data meets markup, and is escaped."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from html import escape

from weltoffen_eval.blocks import (
    Block,
    Bundle,
    Column,
    DataFile,
    Entry,
    Facts,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Sentence,
    Table,
)

# control characters and what is no character have no place in a document; tab and line feed are blanks there
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: A table with so many columns is too wide for a phone: there its rows become small lists.
_STACKED_FROM = 3
#: One with so many may be too wide for any screen: it scrolls in a region of its own.
_SCROLLED_FROM = 9
#: Longer ones are hashes, addresses or worse; broken anywhere, they keep a column from being squeezed.
_LONGEST_WORD = 30


def without_controls(text: str) -> str:
    """Text of any origin with a mark in place of what no document can hold."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def text_html(text: str) -> str:
    """Text of any origin as HTML text: escaped, without control characters."""
    return escape(without_controls(text))


def bundle_html(bundle: Bundle) -> str:
    """All blocks of a bundle, one below the other."""
    return "\n".join(block_html(block) for block in bundle.blocks)


def block_html(block: Block) -> str:
    """One block as HTML."""
    match block:
        case Heading():
            opening = f'<h{block.level} id="{escape(block.anchor)}"{_language(block.language)}>'
            return f"{opening}{text_html(block.text)}</h{block.level}>"
        case Paragraph():
            opening = '<p class="lead">' if block.lead else "<p>"
            return f"{opening}{_said(block)}{_links(block.links)}</p>"
        case Note():
            return f'<p class="note"><strong>{text_html(block.label)}:</strong> {_said(block)}</p>'
        case Facts():
            rows = "".join(
                f'<div style="clear:both"><dt{_language(block.language)}>{text_html(term)}</dt>'
                f"<dd>{_entry(entry)}</dd></div>"
                for term, entry in block.facts
            )
            return f'<dl class="facts">{rows}</dl>'
        case Listing():
            return f"<ul>{''.join(f'<li>{_entry(entry)}</li>' for entry in block.entries)}</ul>"
        case Figure():
            return _figure(block)
        case Table():
            return table_html(block)
        case DataFile():
            return _data_file(block)


def _entry(entry: Entry) -> str:
    return _said(entry) + _links(entry.links)


def _said(said: Paragraph | Note | Entry) -> str:
    return " ".join(map(_sentence, said.sentences)) if said.sentences else text_html(said.text)


def _sentence(sentence: Sentence) -> str:
    """A sentence with its id and the keys on which it rests; what is in another language says so."""
    anchor = f' id="{escape(sentence.id)}"' if sentence.id else ""
    made, end = "", 0
    for start, behind, language in sentence.foreign:
        made += text_html(sentence.text[end:start])
        made += f"<span{_language(language)}>{text_html(sentence.text[start:behind])}</span>"
        end = behind
    made += text_html(sentence.text[end:])
    keys = _rests_on(sentence.rests_on)
    return f"<span{anchor}{keys}>{made}</span>" if anchor or keys else made


def _rests_on(keys: Iterable[str]) -> str:
    # no part of a key holds a blank
    joined = " ".join(keys)
    return f' data-rests-on="{escape(joined)}"' if joined else ""


def _language(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _links(links: Iterable[Link]) -> str:
    return "".join(f" {_link(link)}" for link in links)


def _link(link: Link) -> str:
    # who hears only the links of a page hears where each leads
    label = f' aria-label="{text_html(f"{link.text} {link.context}")}"' if link.context else ""
    return f'<a href="#{escape(link.anchor)}"{label}>{text_html(link.text)}</a>'


def _figure(figure: Figure) -> str:
    return (
        f'<figure id="{escape(figure.name)}"{_rests_on(figure.rests_on)}>'
        f"{_inline_svg(figure.svg, figure.alternative)}"
        f"<figcaption>{text_html(figure.caption)}</figcaption>"
        f"<details><summary>{text_html(figure.unfold)}"
        f'<span class="hidden">: {text_html(figure.table.caption)}</span>'
        f"</summary>{_plain_table(figure.table)}</details></figure>"
    )


def _inline_svg(svg: str, alternative: str) -> str:
    """The drawing as an element of the page, so that it takes the page's font and colours."""
    opening = f'<svg role="img" aria-label="{text_html(alternative)}" '
    return svg.replace("<svg ", opening, 1)


def _data_file(file: DataFile) -> str:
    """A link that saves the file; it is part of the page and needs no network."""
    content = base64.b64encode(file.text.encode("utf-8")).decode("ascii")
    return (
        f'<p><a download="{escape(file.name)}" href="data:text/csv;charset=utf-8;base64,{content}">'
        f"{text_html(file.title)}</a> (CSV)</p>"
    )


def table_html(table: Table, show: Callable[[str], str] = text_html) -> str:
    """A table with caption and header cells, folded where the block says so; ``show`` makes a cell's HTML."""
    if not table.folded:
        return _plain_table(table, show)
    return f"<details><summary>{text_html(table.caption)}</summary>{_plain_table(table, show)}</details>"


def _plain_table(table: Table, show: Callable[[str], str] = text_html) -> str:
    stacked = len(table.columns) >= _STACKED_FROM

    def role(name: str) -> str:
        # a table whose rows are shown as lists loses its roles in some browsers, so they are named
        return f' role="{name}"' if stacked else ""

    head = "".join(
        f'<th scope="col"{role("columnheader")}{_cell_class(column, column.head)}>'
        f"{text_html(column.head)}</th>"
        for column in table.columns
    )
    rows = []
    for number, cells in enumerate(table.rows):
        anchor = f' id="{escape(table.anchors[number])}"' if table.anchors else ""
        width = len(table.columns)
        keys = table.rests_on[number * width : (number + 1) * width] or ((),) * width
        styles = [
            f"{_cell_class(column, cell)}{_language(column.language)}{_rests_on(of_cell)}"
            for column, cell, of_cell in zip(table.columns, cells, keys, strict=True)
        ]
        first, *others = cells
        body = f'<th scope="row"{role("rowheader")}{styles[0]}>{show(first)}</th>'
        for column, cell, style in zip(table.columns[1:], others, styles[1:], strict=True):
            title = f' data-title="{text_html(column.head)}"' if stacked else ""
            body += f"<td{role('cell')}{title}{style}>{show(cell)}</td>"
        rows.append(f"<tr{role('row')}{anchor}>{body}</tr>")
    region = f' tabindex="0" role="region" aria-label="{text_html(table.caption)}"'
    return (
        f'<div class="table{" stacked" if stacked else ""}" id="{escape(table.name)}"'
        f"{region if len(table.columns) >= _SCROLLED_FROM else ''}>"
        f"<table{role('table')}><caption>{text_html(table.caption)}</caption>"
        f"<thead{role('rowgroup')}><tr{role('row')}>{head}</tr></thead>"
        f"<tbody{role('rowgroup')}>{''.join(rows)}</tbody></table></div>"
    )


def _cell_class(column: Column, text: str) -> str:
    """Numbers stand to the right; a word longer than any of the language may break anywhere."""
    long = any(len(word) > _LONGEST_WORD for word in text.split())
    classes = [name for name, is_so in (("number", column.numeric), ("long", long)) if is_so]
    return f' class="{" ".join(classes)}"' if classes else ""
