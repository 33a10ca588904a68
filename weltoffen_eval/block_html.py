"""A block as HTML: the one place where text of the data meets markup, and is escaped."""

from __future__ import annotations

import re
from html import escape

from weltoffen_eval.blocks import Block, Bundle, Facts, Figure, Heading, Listing, Note, Paragraph, Table

# ASCII and C1 control characters have no place in HTML; tab and line feed are blanks there
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def text_html(text: str) -> str:
    """Text of any origin as HTML text: escaped, without control characters."""
    return escape(CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def bundle_html(bundle: Bundle) -> str:
    """All blocks of a bundle, one below the other."""
    return "\n".join(block_html(block) for block in bundle.blocks)


def block_html(block: Block) -> str:
    """One block as HTML."""
    match block:
        case Heading():
            return f'<h{block.level} id="{escape(block.anchor)}">{text_html(block.text)}</h{block.level}>'
        case Paragraph():
            opening = '<p class="lead">' if block.lead else "<p>"
            return f"{opening}{text_html(block.text)}</p>"
        case Note():
            return f'<p class="note"><strong>{text_html(block.label)}:</strong> {text_html(block.text)}</p>'
        case Facts():
            rows = "".join(
                f'<div style="clear:both"><dt>{text_html(term)}</dt><dd>{text_html(text)}</dd></div>'
                for term, text in block.facts
            )
            return f'<dl class="facts">{rows}</dl>'
        case Listing():
            entries = "".join(
                f"<li>{text_html(text)}"
                + (f' <a href="#{escape(anchor)}">{text_html(link)}</a>' if anchor else "")
                + "</li>"
                for text, link, anchor in block.entries
            )
            return f"<ul>{entries}</ul>"
        case Figure():
            return _figure(block)
        case Table():
            return _table(block)


def _figure(figure: Figure) -> str:
    return (
        f"<figure>{_inline_svg(figure.svg, figure.alternative)}"
        f"<figcaption>{text_html(figure.caption)}</figcaption>"
        f'<details><summary>Zahlen zeigen<span class="hidden">: {text_html(figure.table.caption)}</span>'
        f"</summary>{_plain_table(figure.table)}</details></figure>"
    )


def _inline_svg(svg: str, alternative: str) -> str:
    """The drawing as an element of the page, so that it takes the page's font and colours."""
    opening = f'<svg role="img" aria-label="{text_html(alternative)}" '
    return svg.replace("<svg ", opening, 1)


def _table(table: Table) -> str:
    if not table.folded:
        return _plain_table(table)
    return f"<details><summary>{text_html(table.caption)}</summary>{_plain_table(table)}</details>"


def _plain_table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_numeric(column.numeric)}>{text_html(column.title)}</th>'
        for column in table.columns
    )
    rows = []
    for number, cells in enumerate(table.rows):
        anchor = f' id="{escape(table.anchors[number])}"' if table.anchors else ""
        first, *others = cells
        body = f'<th scope="row"{_numeric(table.columns[0].numeric)}>{text_html(first)}</th>'
        body += "".join(
            f"<td{_numeric(column.numeric)}>{text_html(cell)}</td>"
            for column, cell in zip(table.columns[1:], others, strict=True)
        )
        rows.append(f"<tr{anchor}>{body}</tr>")
    return (
        '<div class="table" tabindex="0" role="region" '
        f'aria-label="{text_html(table.caption)}"><table><caption>{text_html(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _numeric(numeric: bool) -> str:
    return ' class="number"' if numeric else ""
