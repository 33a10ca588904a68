"""The questions beside the ids of a returned form: whether a row still says what it said when it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.questionnaire.instrument import Instrument


@dataclass(frozen=True)
class QuestionsBeside:
    """By the wording of a question, in whatever language, the items that are asked so."""

    items_of: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, instrument: Instrument) -> QuestionsBeside:
        """The questions of a questionnaire."""
        found: dict[str, set[str]] = {}
        for item in instrument.items:
            for text in item.text.values():
                found.setdefault(folded(text), set()).add(item.id)
        return cls({text: frozenset(items) for text, items in found.items()})

    def contradicted(self, item: str, text: str) -> str:
        """The other item that a text asks for; empty where it asks for this one, or was edited."""
        items = self.items_of.get(folded(text), frozenset())
        return "" if item in items else min(items, default="")
