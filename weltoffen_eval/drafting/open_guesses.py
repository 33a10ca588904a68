"""Guesses of ``weltoffen new`` that nobody has looked at yet: their marks still stand in the files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

#: What is said of answers that nothing orders.
BY_ALPHABET = "by the alphabet, since nothing says the order"
#: Files that may hold marks, by their path in a study folder.
_FILES = ("study.toml", "instrument/instrument.toml")
_MARK = re.compile(r"#.*\bcheck\b")
_ID = re.compile(r'id = "([^"]*)"')
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class OpenGuesses:
    """By file the lines of its marks; by scale the line on which its answers are said to have no order."""

    marks: dict[str, list[int]]
    without_order: dict[str, int]


def open_guesses(folder: Path) -> OpenGuesses:
    """The marks in a study folder that ``weltoffen new`` made; none where it did not."""
    marks: dict[str, list[int]] = {}
    without_order: dict[str, int] = {}
    made = False
    for file in _FILES:
        path = folder / file
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            continue
        name = ""
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            made = made or line.startswith("# Made by weltoffen new")
            found = _ID.match(line)
            name = found[1] if found else name
            if _MARK.search(line) and not line.startswith("# Made by"):
                marks.setdefault(file, []).append(number)
                if BY_ALPHABET in line:
                    without_order[name] = number
    return OpenGuesses(marks, without_order) if made else OpenGuesses({}, {})
