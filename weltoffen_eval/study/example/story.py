"""Musterstadt, whose story is written by hand: its answers in both waves and who came to its workshops."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from weltoffen_eval.study.example.implications import EMPTY
from weltoffen_eval.study.example.tables import read_rows

KEY = "musterstadt"
#: The field in which its second wave is behind the first.
LOST = "access"
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Workshop:
    """A workshop: people by group, the fields it worked on, steps by which a group sees a field otherwise."""

    fields: tuple[str, ...]
    people: Mapping[str, int]
    apart: Mapping[str, Mapping[str, float]]


def load_answers(wave: str) -> dict[str, int]:
    """Musterstadt's codes by item; what is not in the file was left empty."""
    rows = read_rows(_HERE / "musterstadt.csv")
    return {row["item"]: int(row[wave]) if row[wave] else EMPTY for row in rows}


def load_workshop(wave: str) -> Workshop:
    """Musterstadt's workshop of a wave."""
    text = (_HERE / "musterstadt.toml").read_text(encoding="utf-8")
    told = next(entry for entry in tomllib.loads(text)["workshop"] if entry["wave"] == wave)
    return Workshop(tuple(told["fields"]), told["people"], told["apart"])
