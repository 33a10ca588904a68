"""Sentences of reports that are the same in every report: they say nothing of anybody."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from weltoffen_eval import paths

_END = re.compile(r"(?<=[.!?])\s+")


def in_sentences(text: str) -> list[str]:
    """A text taken apart after full stops, question and exclamation marks; blanks as one."""
    return _END.split(" ".join(text.split()))


@cache
def fixed_sentences() -> frozenset[str]:
    """All sentences without a place, of every report and language that is shipped."""
    found: set[str] = set()
    for path in sorted(paths.SENTENCES.glob("*/*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8")).values()
        for entry in (entry for entry in entries if isinstance(entry, dict)):
            texts = [text for text in entry.values() if isinstance(text, str)]
            found |= {sentence for text in texts for sentence in in_sentences(text) if "{" not in sentence}
    return frozenset(found)
