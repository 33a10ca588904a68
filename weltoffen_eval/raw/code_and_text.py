"""Heads that LimeSurvey wrote as code and text: ``K01[MS01]. Ziele und Leitbild [Gibt es ein Leitbild?]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_CODE_AND_TEXT = re.compile(r"([A-Za-z]\w*(?:\[[^\[\]]*\]){0,2})\. (.*)", re.ASCII | re.DOTALL)
_QUESTION_AND_PART = re.compile(r"(.+?) \[(.+)\]", re.DOTALL)


class CodeAndText(NamedTuple):
    """The parts of a head; ``group`` is the text of a question of which ``text`` is a part."""

    code: str
    text: str
    group: str = ""


def split_heads(heads: Sequence[str]) -> dict[str, CodeAndText]:
    """By head its parts; nothing where not all are code and text, the number of the response among them."""
    found = {head: match for head in heads if (match := _CODE_AND_TEXT.fullmatch(head))}
    if len(found) < len(heads) or "id" not in {match[1] for match in found.values()}:
        return {}
    made = {}
    for head, match in found.items():
        parts = _QUESTION_AND_PART.fullmatch(match[2]) if "[" in match[1] else None
        made[head] = CodeAndText(match[1], parts[2], parts[1]) if parts else CodeAndText(match[1], match[2])
    return made
