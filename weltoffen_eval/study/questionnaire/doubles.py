"""Names that stand twice where each stands once."""

from __future__ import annotations

from collections.abc import Iterable


def doubled(names: Iterable[str]) -> list[str]:
    """The names that stand there before already, each as often as it does."""
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
