"""What the tables beside instrument.toml may say: the models of their records."""

from __future__ import annotations

from typing import Annotated

from weltoffen_eval.study.declared import DeclaredTable
from weltoffen_eval.study.declared_records import any_cell, cell, key_cell, number_cell, word_cell

Cell = Annotated[str, any_cell()]


def _direction(text: str) -> int | None:
    return {"1": 1, "+1": 1, "-1": -1, "−1": -1}.get(text)


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-").removesuffix(".0")
    return (
        int(text.removesuffix(".0")) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
    )


def _kinds(text: str) -> tuple[str, ...] | None:
    """Kinds of municipality, separated by ``;``."""
    return tuple(kind.strip() for kind in text.split(";") if kind.strip()) or None


class ItemRecord(DeclaredTable):
    """A record of items.csv, beside label_xx and text_xx."""

    item: Annotated[str, key_cell("an item id")]
    dimension: Cell
    criterion: Cell = ""
    position: Annotated[int, cell(_whole, "a whole number")]
    scale: Cell
    direction: Annotated[int, cell(_direction, "1 or -1")]
    weight: Annotated[float, number_cell("a number, at least 0", 1.0, least=0)] = 1.0
    aspect: Annotated[str, word_cell(("concept", "practice"), "")] = ""
    pair: Cell = ""
    applies_to: Annotated[tuple[str, ...], cell(_kinds, "kinds of municipality, parted by ;", ())] = ()


class SuggestionRecord(DeclaredTable):
    """A record of suggestions.csv, beside text_xx."""

    item: Cell
    at_most: Annotated[float, number_cell("0 to 100 points", least=0, most=100)]


class MappingRecord(DeclaredTable):
    """A record of mapping.csv."""

    previous: Cell
    item: Cell
    comparable: Annotated[str, word_cell(("yes", "reworded", "no"))]


class GlossaryRecord(DeclaredTable):
    """A record of glossary.csv, which has term_xx and text_xx only."""
