"""How far a calculation of many steps is: told to who listens, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
#: Is told how many steps are done, of how many.
Listener = Callable[[int, int], None]

_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """While this lasts ``listener`` is told of every step."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def counted(entries: Sequence[T]) -> Iterator[T]:
    """The entries, each of which is a step that is done when the next one is asked for."""
    listener = _LISTENER.get()
    for done, entry in enumerate(entries, 1):
        yield entry
        if listener is not None:
            listener(done, len(entries))
