"""A terminal for tests of what the command prints before one."""

from __future__ import annotations

import io


class Terminal(io.StringIO):
    """A text that says it is a terminal."""

    def isatty(self) -> bool:
        return True
