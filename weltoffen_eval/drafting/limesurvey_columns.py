"""Exports of LimeSurvey among unknown files: told by their heads, with what of their columns is no scale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from weltoffen_eval.drafting.column_roles import Roles
from weltoffen_eval.drafting.kept_cells import KeptCells
from weltoffen_eval.errors import CallError
from weltoffen_eval.raw.code_and_text import split_heads
from weltoffen_eval.study.limesurvey.asked_items import AskedItems
from weltoffen_eval.study.limesurvey.fixed_columns import ATTRIBUTE, find_fixed
from weltoffen_eval.study.limesurvey.headings import Headings

#: What it notes of each response, and nothing else notes under these names.
_OF_THE_TOOL = frozenset({"submitdate", "lastpage", "startlanguage"})
_BESIDE_IT = frozenset({"seed", "datestamp", "startdate", "token", "refurl", "ipaddr", "interviewtime"})
_PART = re.compile(r"([A-Za-z][A-Za-z0-9]*)\[[A-Za-z0-9]+\]")
#: What stands in brackets, or behind the last line, where an answer or a remark is somebody's own words.
_OWN_WORDS = {"other", "sonstiges", "comment", "kommentar"}
_OTHER = "-oth-"
_TICKED = {"", "Y", "Ja", "Nein", "Yes", "No", "N/A", "1", "2"}
_CONVERTED = {"1", "2"}


def is_of_limesurvey(heads: Sequence[str]) -> bool:
    """Whether a table is a response export of LimeSurvey.

    For certain only: it has the number of the response, and two columns that LimeSurvey notes; or, where
    these were not exported, what it knows of participants beside codes of parts, such as G01Q02[SQ001].
    """
    parts = split_heads(heads)
    names = [parts[head].code if head in parts else head for head in heads]
    forms = [form for name in names for form in (name, name.replace("_", " "))]
    found = {fixed.code for form in forms if (fixed := find_fixed(form)) and fixed.code}
    if "id" not in found:
        return False
    if found & _OF_THE_TOOL and len(found & (_OF_THE_TOOL | _BESIDE_IT)) > 1:
        return True
    of_participants = "token" in found or any(ATTRIBUTE.fullmatch(name) for name in names)
    return of_participants and any(_PART.fullmatch(name) for name in names)


@dataclass
class NoScales:
    """Heads that hold no answer on a scale, by what they are.

    ``own``: lists in which people could write an answer of their own, and what they wrote. ``chosen``:
    choices of questions with several answers. ``converted``: where Y and N were made numbers, what may be
    a question of Yes and No, of which 2 may be No or no answer.
    """

    own: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    converted: list[str] = field(default_factory=list)

    @property
    def all(self) -> set[str]:
        return {*self.own, *self.chosen, *self.converted}


def leave_aside_what_it_notes(roles: Roles, codes: Mapping[str, str]) -> None:
    """What every export notes, timings of long names among it, is no answer."""
    for head in list(roles.rest):
        name = codes.get(head, head)
        if fixed := find_fixed(name) or find_fixed(name.replace("_", " ")):
            roles.rest.remove(head)
            (roles.personal if fixed.kind == "personal" else roles.technical).append(head)


def no_scales(cells: KeptCells, heads: Sequence[str], codes: Mapping[str, str]) -> NoScales:
    """What of an export holds no answer on a scale; ``codes``: by head the code before its text."""
    found = NoScales()
    parted = {head: _parted(codes.get(head, head)) for head in heads}
    with_own_words = {question for question, part in parted.values() if part.casefold() in _OWN_WORDS}
    for head, (question, part) in parted.items():
        texts = {*cells.texts(head)}
        if part.casefold() in _OWN_WORDS or _OTHER in texts or (not part and question in with_own_words):
            found.own.append(head)
        elif part and question in with_own_words and texts <= _TICKED:
            found.chosen.append(head)
    ticked = {text for head in found.chosen for text in cells.values(head)}
    if ticked and ticked <= _CONVERTED:
        for head, (_, part) in parted.items():
            if not part and {*cells.values(head)} <= _CONVERTED and head not in found.all:
                found.converted.append(head)
    return found


def _parted(name: str) -> tuple[str, str]:
    """The name of a question and of its part: rolle[other], rolle_other, Rolle [Sonstiges]."""
    match = re.fullmatch(r"(.+?)\s*\[([^\[\]]+)\]", name, re.DOTALL)
    if match:
        return match[1], match[2].strip()
    question, line, part = name.rpartition("_")
    return (question, part) if line and part.casefold() in _OWN_WORDS else (name, "")


def match_export(heads: Sequence[str], asked: AskedItems) -> dict[str, str]:
    """By item the head of its column, as the reader of exports knows it.

    Raises
    ------
    CallError
        Where a column may be two items, or an item has two columns: that is never guessed.
    """
    found: dict[str, str] = {}
    for head, items in Headings(heads, asked).items_of.items():
        if len(items) > 1:
            raise CallError(f"{head!r} may be {' or '.join(sorted(items)[:4])}. Export with question codes.")
        item = next(iter(items))
        if item in found:
            raise CallError(f"2 columns may hold {item}: {found[item]}, {head}. Rename one in a copy.")
        found[item] = head
    return found
