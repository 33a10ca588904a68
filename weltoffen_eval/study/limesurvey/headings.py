"""Which heading of an export is which item: matched from what is known of the survey, never by splitting.

An export is headed in one way throughout (codes, expression codes, texts, cut texts, codes with texts); that
way is taken under which most headings are known. Where two look the same there is a fault, no guess.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Sequence

from weltoffen_eval.study.limesurvey.asked_items import AskedItems
from weltoffen_eval.study.limesurvey.fixed_columns import FIXED, FixedColumn, cut_off, find_fixed
from weltoffen_eval.study.limesurvey.structure import collapse

#: By heading the items that it may be.
Meant = dict[str, set[str]]

_CODE = re.compile(r"([A-Za-z0-9]+)\[([A-Za-z0-9]+)\](?:\[[0-9]+\])?")
_EXPRESSION = re.compile(r"([A-Za-z0-9]+)_([A-Za-z0-9]+?)(?:_[0-9]+)?")
_LEADING_CODE = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\[([A-Za-z0-9]+)\](?:\[[0-9]+\])?)?")
_ATTRIBUTE = re.compile(r"attribute_[0-9]+")
_DOTS = re.compile(r"\.\.[\s_]")
#: So many lengths of abbreviation are tried, those first for which most headings speak.
_MOST_LENGTHS = 40


class Headings:
    """The headings of one export, and the items that they name.

    ``cut``: after how many letters texts are abbreviated, 0 where they are not. ``separator``: between
    code and text, None where headings are not both. ``items_of``: by heading the items that it may be.
    """

    def __init__(self, heads: Sequence[str], asked: AskedItems) -> None:
        self.heads, self.asked = list(heads), asked
        self.cut, self.separator = 0, _find_separator(heads, asked)
        self.rivals: list[str] = []
        self.items_of: Meant = self._choose()

    def code_of(self, head: str) -> str:
        """The code in a heading of code and text; else the heading."""
        if self.separator is None:
            return head
        match = _ATTRIBUTE.match(head) or (_LEADING_CODE.match(head) if self.separator else None)
        return match.group() if match and head[match.end() :].startswith(self.separator) else head

    def text_of(self, head: str) -> str:
        """The text in a heading of code and text; else the heading."""
        code = self.code_of(head)
        return head if code == head else head[len(code) + len(self.separator or "") :]

    def fixed_of(self, head: str) -> FixedColumn | None:
        """What a heading names of what every export may have."""
        spaced = head.replace("_", " ")
        for name in dict.fromkeys((self.code_of(head), head, spaced)):
            if found := find_fixed(name, self.cut):
                return found
        if self.separator == "":
            of_both = [
                code for code, (_, words) in FIXED.items() if spaced in {code + word for word in words}
            ]
            return find_fixed(of_both[0]) if of_both else None
        return None

    def _choose(self) -> Meant:
        """The way of heading under which most items are known; with rivals that say otherwise."""
        ways: list[tuple[int, Meant]] = [
            (0, self._by(self._of_code)),
            (0, self._by(self._of_text(0))),
        ]
        if self.separator is not None:
            ways.append((0, self._by(self._of_both)))
        else:
            ways += [(length, self._by(self._of_text(length))) for length in self._lengths()]
        most = max(len(set().union(*meant.values())) if meant else 0 for _, meant in ways)
        best = [way for way in ways if (len(set().union(*way[1].values())) if way[1] else 0) == most]
        # of lengths that say the same any will do
        self.cut, chosen = best[0]
        for _, other in best[1:] if most else []:
            for head in chosen.keys() | other.keys():
                if chosen.get(head) != other.get(head):
                    self.rivals.append(head)
                    chosen.setdefault(head, set()).update(other.get(head, set()))
        return chosen

    def _by(self, find: Callable[[str], set[str]]) -> Meant:
        return {head: items for head in self.heads if (items := find(head))}

    def _of_code(self, head: str) -> set[str]:
        whole = {key for key, asked in self.asked.items.items() if not asked.part and asked.code == head}
        for pattern in (_CODE, _EXPRESSION):
            match = pattern.fullmatch(head)
            if match:
                whole |= self._of_parts(*match.groups())
        if not self.asked.from_structure:
            # a question of its own may ask an item that an array asks in our own survey
            whole |= {key for key, asked in self.asked.items.items() if asked.part == head}
        return whole

    def _of_parts(self, code: str, part: str) -> set[str]:
        fits = {key: asked for key, asked in self.asked.items.items() if asked.part and asked.part == part}
        exact = {key for key, asked in fits.items() if asked.code == code}
        return exact if self.asked.from_structure else exact or set(fits)

    def _of_text(self, length: int) -> Callable[[str], set[str]]:
        index: Meant = {}
        spaced: Meant = {}
        endings: Meant = {}
        for key, asked in self.asked.items.items():
            for question, part in asked.texts:
                for text in _written(question, part, length):
                    index.setdefault(text, set()).add(key)
                    spaced.setdefault(_spaced(text), set()).add(key)
                if part and not length and not self.asked.from_structure:
                    index.setdefault(collapse(part), set()).add(key)
                    endings.setdefault(f"[{collapse(part)}]", set()).add(key)

        def find(head: str) -> set[str]:
            forms = {collapse(head), collapse(html.unescape(head))}
            found = set().union(*(index.get(form, set()) for form in forms))
            found = found or set().union(*(spaced.get(_spaced(form), set()) for form in forms))
            if found:
                return found
            # the question may be worded otherwise than the criterion; the item's wording is known
            return {
                key
                for end, keys in endings.items()
                for key in keys
                if any(f.endswith(" " + end) for f in forms)
            }

        return find

    def _of_both(self, head: str) -> set[str]:
        separator = self.separator or ""
        match = _LEADING_CODE.match(head)
        if not match:
            return set()
        if match.group(2):
            rest = head[match.end() :]
            return self._of_parts(match.group(1), match.group(2)) if rest.startswith(separator) else set()
        if separator:
            code, _, _ = head.partition(separator)
            return self._of_code(code) if "[" not in code else set()
        # without a separator a code ends where the known text begins
        seen = {_spaced(head), _spaced(html.unescape(head))}
        return {
            key
            for key, asked in self.asked.items.items()
            for question, _ in (asked.texts if not asked.part else ())
            if seen & {_spaced(asked.code + text) for text in _written(question, "", 0)}
        }

    def _lengths(self) -> list[int]:
        """After how many letters texts may be cut, by where dots stand in the headings."""
        counted: Counter[int] = Counter()
        for head in self.heads:
            for dots in _DOTS.finditer(head + " "):
                counted[dots.start()] += 1
                counted.update(
                    {dots.start() - bracket.end() for bracket in re.finditer(r"\[", head[: dots.start()])}
                )
        return [length for length, _ in counted.most_common(_MOST_LENGTHS) if length > 0]


def _written(question: str, part: str, length: int) -> set[str]:
    """A question and its part as a heading shows them, whole or cut."""
    question, part = collapse(question), collapse(part)
    if length:
        question, part = cut_off(question, length), cut_off(part, length)
    text = f"{question} [{part}]" if part else question
    return {collapse(text), collapse(html.unescape(text))}


def _spaced(text: str) -> str:
    """A text with blanks where an export may have written underlines."""
    return collapse(text.replace("_", " "))


def _find_separator(heads: Sequence[str], asked: AskedItems) -> str | None:
    """What stands between code and text, by headings of which both are known; None where nothing does."""
    counted: Counter[str] = Counter()
    words = [(code, word) for code, (_, words) in FIXED.items() for word in words]
    words += [(code, word.replace(" ", "_")) for code, word in words]
    parts: dict[str, set[str]] = {}
    for item in asked.items.values():
        for question, part in item.texts if item.part else ():
            parts.setdefault(item.part, set()).update(_written(question, part, 0))
    for head in heads:
        for code, word in words:
            if head.startswith(code) and head.endswith(word) and len(head) >= len(code) + len(word):
                counted[head[len(code) : len(head) - len(word)]] += 1
        match = _LEADING_CODE.match(head)
        for text in parts.get(match.group(2) or "", ()) if match else ():
            if match and head.endswith(text):
                counted[head[match.end() : len(head) - len(text)]] += 1
    return counted.most_common(1)[0][0] if counted else None
