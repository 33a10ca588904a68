"""A page changed in one place, to see whether it is noticed."""

from __future__ import annotations

import re
from collections.abc import Callable


def changed(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """A page of which the first such place is another one."""

    def change(html: str) -> str:
        made, count = re.subn(pattern, new, html, count=1)
        assert count == 1, pattern
        return made

    return change
