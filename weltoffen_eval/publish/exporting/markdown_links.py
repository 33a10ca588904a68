"""Addresses that stand in Markdown as they are (``https://…``): they end where JupyterLab ends them."""

from __future__ import annotations

import re
from typing import Any

from mistune.util import escape_url

_ADDRESS = r"(?i:https?)://[^\s<]+"
_ENTITY = re.compile(r"&[A-Za-z0-9]+;")
#: What ends a sentence, a quote or an emphasis, and no address.
_MARKS = frozenset("?!.,:;*_'\"~(")


def bare_addresses(md: Any) -> None:
    """A plugin of mistune in the place of its ``url``, which cuts off every bracket at the end."""
    md.inline.register("url_link", _ADDRESS, _parse_address)


def address_in(text: str) -> str:
    """The address at the beginning of a text without blanks.

    Not part of it are marks at its end, an entity such as ``&quot;``, and a closing parenthesis of which
    the opening one is not in it (GitHub Flavored Markdown, 6.9).
    """
    end, open_more = len(text), text.count("(") - text.count(")")
    while end:
        last = text[end - 1]
        entity = text.rfind("&", max(0, end - 40), end) if last == ";" else -1
        if entity >= 0 and _ENTITY.fullmatch(text, entity, end):
            end = entity
        elif last in _MARKS:
            open_more -= last == "("
            end -= 1
        elif last == ")" and open_more < 0:
            open_more += 1
            end -= 1
        else:
            break
    return text[:end]


def _parse_address(inline: Any, m: re.Match[str], state: Any) -> int | None:
    text = m.group(0)
    if state.brackets:
        # "[Quelle: https://…]" in brackets that stand around it, be they those of a link or not
        text = text[: _closing_of_others(text)]
    text = address_in(text)
    if text.endswith("://"):
        return None
    if state.in_link or state.depth >= inline.max_nested_level:
        inline.process_text(text, state)
    else:
        words = [{"type": "text", "raw": text}]
        state.append_token(
            {"type": "link", "children": words, "attrs": {"url": escape_url(text)}, "_autolink": text}
        )
    return m.start() + len(text)


def _closing_of_others(text: str) -> int:
    """Where a square bracket closes that was not opened in a text; its length where none does."""
    opened = 0
    for place, sign in enumerate(text):
        opened += (sign == "[") - (sign == "]")
        if opened < 0:
            return place
    return len(text)
