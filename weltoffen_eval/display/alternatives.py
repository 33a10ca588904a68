"""Alternative texts that are short enough to be listened to; what does not fit stands in the table below."""

from __future__ import annotations

from collections.abc import Callable

_LONGEST = 380


def clipped(name: str, longest: int = 90) -> str:
    """A name that is not longer than that."""
    return name if len(name) <= longest else name[: longest - 1] + "…"


def fitting(parts: list[str], all_of: Callable[[list[str]], str], cut: Callable[[list[str]], str]) -> str:
    """A text with as many parts as fit; ``cut`` says that others stand in the table below the figure."""
    text = all_of(parts)
    while len(text) > _LONGEST and len(parts) > 1:
        parts = parts[:-1]
        text = cut(parts)
    return text
