"""What follows from what: answers of one sheet that cannot stand beside each other are made to fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from weltoffen_eval.study.example.tables import read_rows

#: From this code on a thing exists; below it there is nothing, or a plan.
EXISTS = 2
DONT_KNOW, NOT_APPLICABLE, EMPTY = 98, 99, -1
_ANSWERS = range(5)


@dataclass(frozen=True)
class Implication:
    """``item`` presupposes that one of ``needs`` exists."""

    item: str
    needs: tuple[str, ...]


def load_implications(path: Path | None = None) -> tuple[Implication, ...]:
    """The list in implications.csv."""
    rows = read_rows(path or Path(__file__).with_name("implications.csv"))
    return tuple(Implication(row["item"], tuple(row["needs"].split(";"))) for row in rows)


def fit(answers: Mapping[str, int], implications: tuple[Implication, ...]) -> dict[str, int]:
    """The answers of one sheet (codes; 98, 99 and −1 for none), with nothing done to what does not exist.

    An item is at most as far as the furthest of what it needs, where that is only planned or missing.
    Where one of the needs is not known, nothing follows.
    """
    fitted = dict(answers)
    for implication in implications:
        needs = [fitted[item] for item in implication.needs if item in fitted]
        if implication.item not in fitted or not needs:
            continue
        if all(need == NOT_APPLICABLE for need in needs):
            fitted[implication.item] = NOT_APPLICABLE
            continue
        known = [need for need in needs if need != NOT_APPLICABLE]
        if any(need not in _ANSWERS for need in known):
            continue
        furthest = max(known)
        if furthest < EXISTS and fitted[implication.item] in _ANSWERS:
            fitted[implication.item] = min(fitted[implication.item], furthest)
    return fitted
