"""Heads of columns as a person sees them: compared, named by a pattern, left aside."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from weltoffen_eval.raw.table import folded, plain

# a tag begins with a letter: in "Anteil < 5 %" there is none
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IN_BRACKETS = re.compile(r".*\[(.+)\]", re.DOTALL)


def seen(head: str) -> str:
    """A head as it is seen: NFC, one blank for any number of them, for a line break or a no-break space."""
    return " ".join(plain(head).split())


def worded(head: str) -> str:
    """A wording in the form in which it is compared: without HTML, case and the number of blanks."""
    return folded(_TAG.sub(" ", html.unescape(head)) if "<" in head or "&" in head else head)


def wordings(head: str) -> tuple[str, ...]:
    """What a head may be the wording of: the whole, and what survey tools put in brackets at its end."""
    inner = _IN_BRACKETS.fullmatch(plain(head))
    return (worded(head), worded(inner.group(1))) if inner else (worded(head),)


def find_head(name: str, columns: Sequence[str]) -> str:
    """The head that somebody means who wrote ``name``: the same letters, else the only one that looks alike.

    Where there is none it is the name itself, which no column has then.
    """
    exact = plain(name)
    if exact in columns:
        return exact
    alike = [column for column in columns if seen(column) == seen(name)]
    return alike[0] if len(alike) == 1 else exact


def fits(name: str, pattern: str) -> bool:
    """Whether a head is the pattern, in which * stands for any letters; a bracket is a bracket."""
    name = seen(name)
    first, *others = seen(pattern).split("*")
    if not others:
        return name == first
    if not name.startswith(first):
        return False
    *middle, last = others
    at = len(first)
    for part in middle:
        at = name.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(name) - len(last) >= at and name.endswith(last)


@dataclass(frozen=True)
class Aside:
    """The columns that are left aside: those that fit a pattern; where ``kept`` is given, all the others too.

    ``kept`` holds heads as :func:`worded` gives them.
    """

    patterns: tuple[str, ...] = ()
    kept: frozenset[str] | None = None

    def __contains__(self, head: str) -> bool:
        if any(fits(head, pattern) for pattern in self.patterns):
            return True
        return self.kept is not None and self.kept.isdisjoint(wordings(head))


#: Where every column is read.
NOTHING_ASIDE = Aside()
