"""The page that says to who sent data what is to be mended in them: without a network, in plain German."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from weltoffen_eval.block_html import block_html
from weltoffen_eval.blocks import Block, Heading
from weltoffen_eval.publish.exporting.pages import render_page


def fault_page(blocks: Sequence[Block]) -> bytes:
    """A page of these blocks, called as the heading is with which they begin."""
    title = next(block.text for block in blocks if isinstance(block, Heading))
    return render_page("faults.html.j2", title=title, body=Markup("\n".join(map(block_html, blocks))))
