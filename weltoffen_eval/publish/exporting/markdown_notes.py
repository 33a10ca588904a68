"""Footnotes in Markdown, with what mistune's plugin drops: those to which nothing in their cell refers.

Jupyter shows them as they are written, and people gather them in the last cell of a notebook.
"""

from __future__ import annotations

import re
from typing import Any

from mistune.core import BlockState
from mistune.plugins.footnotes import REF_FOOTNOTE, footnotes, parse_ref_footnote
from mistune.util import unikey

#: Where it is kept what was noted: (key, as it is written, whether another has the key before it).
_NOTED = "noted_footnotes"


def all_footnotes(md: Any) -> None:
    """The plugin: footnotes at the end of the cell, those without reference as they are written."""
    footnotes(md)
    # the rule is in the lists of rules already
    md.block.register("ref_footnote", REF_FOOTNOTE, _noted)
    md.after_render_hooks.append(_unused)


def _noted(block: Any, match: re.Match[str], state: Any) -> int:
    key = unikey(match["footnote_key"])
    is_second = key in state.env.get("ref_footnotes", {})
    state.env.setdefault(_NOTED, []).append((key, match[0].strip(), is_second))
    return parse_ref_footnote(block, match, state)


def _unused(reader: Any, result: str, state: Any) -> str:
    used = state.env.get("footnotes") or []
    spare = [text for key, text, is_second in state.env.get(_NOTED, []) if is_second or key not in used]
    if not spare:
        return result
    below = BlockState(parent=state)
    below.tokens = [{"type": "paragraph", "text": text} for text in spare]
    # what they are called is no reference to another of the name
    below.env = {**state.env, "ref_footnotes": {}}
    return result + str(reader.render_state(below))
