"""Guesses of ``weltoffen new`` that nobody has looked at yet: their marks still stand in the files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

#: What is said of answers that nothing orders.
BY_ALPHABET = "by the alphabet, since nothing says the order"
#: What is said of numbers as answers, of which 1 may be best.
BY_NUMBERS = "by their numbers, since nothing says whether the highest means most"
#: Of such numbers where the points were turned round since, though the mark still stands.
TURNED = "by their numbers, and the lowest has most points now"
#: What is said of the goalposts of numbers.
BY_OCCURRENCE = "the least number that occurs"
#: What is said of numbers that are left aside.
LEFT_NUMBERS = "columns of numbers are left aside, since they are no answers on a scale"
_SAID = (BY_ALPHABET, BY_NUMBERS, BY_OCCURRENCE, LEFT_NUMBERS)
#: Files that may hold marks, by their path in a study folder.
_FILES = ("study.toml", "instrument/instrument.toml")
_MARK = re.compile(r"#.*\bcheck\b")
_ID = re.compile(r'id = "([^"]*)"')
_POINTS = re.compile(r"code\s*=\s*(-?[0-9]+)\s*,\s*points\s*=\s*([0-9.]+)")
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class OpenGuesses:
    """By file the lines of its marks.

    ``of_scales``: what holds of a scale (by the alphabet, by its numbers, turned, by what occurs), its id,
    and the line of instrument.toml; of numbers that are left aside the id is empty.
    """

    marks: dict[str, list[int]] = field(default_factory=dict)
    of_scales: list[tuple[str, str, int]] = field(default_factory=list)


def open_guesses(folder: Path) -> OpenGuesses:
    """The marks in a study folder that ``weltoffen new`` made; none where it did not."""
    marks: dict[str, list[int]] = {}
    of_scales: list[tuple[str, str, int]] = []
    made = False
    for file in _FILES:
        path = folder / file
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            continue
        name = ""
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            made = made or line.startswith("# Made by weltoffen new")
            found = _ID.match(line)
            name = found[1] if found else name
            if _MARK.search(line) and not line.startswith("# Made by"):
                marks.setdefault(file, []).append(number)
                of_scales += [
                    (_holding(said, lines[number:]), "" if said == LEFT_NUMBERS else name, number)
                    for said in _SAID
                    if said in line
                ]
    return OpenGuesses(marks, of_scales) if made else OpenGuesses()


def _holding(said: str, below: Sequence[str]) -> str:
    """What holds of the scale below a mark by the points that stand there, which count and not the mark."""
    if said != BY_NUMBERS:
        return said
    own = list(takewhile(lambda line: not line.startswith(("[[", "#")), below))
    points = {int(found[1]): float(found[2]) for line in own for found in _POINTS.finditer(line)}
    return TURNED if points and points[min(points)] > points[max(points)] else said
