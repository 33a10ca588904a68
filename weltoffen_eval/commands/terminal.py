"""What the command prints: nothing unseen in it, wherever the text came from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from weltoffen_eval.errors import visible


class VisibleText:
    """A stream of text that writes out control characters and marks of direction (``\\u001b``).

    A name in a file could otherwise clear the screen, or turn around what is read on it.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        self.stream.write(visible(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def visible_streams() -> Iterator[None]:
    """As long as it lasts, whatever is printed is visible."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = VisibleText(sys.stdout), VisibleText(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def bare(stream: TextIO) -> TextIO:
    """The stream itself, for what is the command's own and moves the cursor."""
    return stream.stream if isinstance(stream, VisibleText) else stream
