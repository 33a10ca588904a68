"""How answers are called and in which order they stand (answers.toml), as they are compared."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from weltoffen_eval.raw.table import folded


@cache
def read_answers() -> dict[str, Any]:
    """Known orders of answers, and by kind what is none."""
    read = tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))
    return {**read, "orders": [[folded(words) for words in order] for order in read["orders"]]}


def usual(text: str) -> str:
    """An answer as answers.toml has it: of some tools the blanks are lines."""
    return folded(text.replace("_", " "))
