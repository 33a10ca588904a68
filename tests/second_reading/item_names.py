"""By what a raw file calls its items, as study.toml says it: by another name, or by the item's wording."""

from __future__ import annotations

import re
from typing import Any

from second_reading.questionnaires import Instrument


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _wording(text: str) -> str:
    """A wording without HTML and case; of ``Ziele [Frage 1]`` what stands in brackets."""
    text = re.sub("<[^>]*>", "", text.replace("&nbsp;", " "))
    inner = re.fullmatch(r".*\[(.*)\]", text)
    return _squeezed(inner.group(1) if inner else text).lower()


def call_by_ids(
    heads: list[str], records: list[dict[str, str]], instrument: Instrument, entry: dict[str, Any]
) -> list[str]:
    """The heads, or the cells of the column item, with the id of an item in the place of its other name."""
    given = {_squeezed(name): item for item, name in entry.get("items", {}).items()}
    wordings = {_wording(text): item.id for item in instrument.items.values() for text in item.wordings}

    def item_of(name: str) -> str:
        if _squeezed(name) in given:
            return given[_squeezed(name)]
        item = wordings.get(_wording(name), name) if entry.get("item_header") == "text" else name
        return item if item not in given.values() else name

    if entry["layout"] == "long":
        for record in records:
            record["item"] = item_of(record["item"])
        return heads
    for record in records:
        for head in heads:
            record[item_of(head)] = record[head]
    return [item_of(head) for head in heads]
