"""In which order answers stand, from the one that means least: by known words, by numbers, or by nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from weltoffen_eval.drafting.explained_numbers import CONTRADICTORY, DOWN, UNSAID, explained_direction
from weltoffen_eval.drafting.first_rows import Beginning
from weltoffen_eval.drafting.known_answers import read_answers, usual
from weltoffen_eval.drafting.number_columns import asks_for_grades
from weltoffen_eval.raw.table import folded

#: What says the order of answers: known words; that the file explains their numbers; that 1 is best, as of
#: grades; their numbers alone, of which nothing says whether the highest means most; or nothing at all, so
#: that they stand by the alphabet.
USUAL, EXPLAINED, GRADES, NUMBERS, ALPHABET = "usual", "explained", "grades", "numbers", "alphabet"

_LEADING = re.compile(r"\s*(-?[0-9]{1,3})(?=$|[\s.:)=–-])")
_NUMBER_BESIDE = re.compile(r"^\s*-?[0-9]{1,3}(?:\s*[.:)=–-]\s*|\s+)|\s*\(-?[0-9]{1,3}\)\s*$")
_MOST_GRADE = 6


@dataclass(frozen=True)
class AskedColumn:
    """What a column asks.

    ``wording``: its head and what a second row says of it. ``group``: what stands over it and its neighbours.
    ``beside``: lines above and below the table, which hold for all columns that say nothing themselves.
    """

    wording: str
    group: str = ""
    beside: Sequence[str] = field(default=())


def asked_of(head: str, beginning: Beginning) -> AskedColumn:
    """What a column asks, as its head and the rows around the table say."""
    groups = beginning.groups
    # a row of groups above the heads is no title
    titles = [line for line in beginning.titles if not any(group in line for group in groups.values())]
    beside = tuple(dict.fromkeys([*titles, *beginning.remarks]))
    return AskedColumn(f"{head} {beginning.wordings.get(head, '')}", groups.get(head, ""), beside)


def word_of(text: str) -> str:
    """An answer as answers.toml has it, without a number before or behind it."""
    return usual(_NUMBER_BESIDE.sub("", text))


def in_order(answers: Collection[str]) -> tuple[list[str], str]:
    """Answers in words from the least on, and what says so.

    Words say more than numbers before or behind them: of "1 – sehr gut" to "6 – ungenügend" 1 is best.
    """
    words = {text: word_of(text) for text in answers}
    for order in read_answers()["orders"]:
        if {*words.values()} <= {*order}:
            return sorted(answers, key=lambda text: (order.index(words[text]), folded(text))), USUAL
    led = {text: int(match.group(1)) for text in answers if (match := _LEADING.match(text))}
    if len(led) == len(answers) and len(set(led.values())) == len(answers):
        by_number = sorted(answers, key=lambda text: led[text])
        return by_number, NUMBERS if led[by_number[0]] > 0 else USUAL
    return sorted(answers, key=folded), ALPHABET


def may_be_turned(answers: Iterable[str]) -> bool:
    """Whether answers are agreement or frequency, of which most may mean least."""
    words = {word_of(text) for text in answers}
    kinds = [
        order
        for order in read_answers()["orders"]
        if {*order} & {"stimme zu", "trifft zu", "oft", "agree", "often"}
    ]
    return any(words <= {*order} for order in kinds)


def direction_of(asked: AskedColumn, codes: Sequence[int]) -> tuple[str, str]:
    """Which number of a column means most, and what says so: its own words, what is beside it, or grades."""
    for texts, beside in (([asked.wording], False), ([asked.group], False), (asked.beside, True)):
        if way := explained_direction(texts, codes, beside=beside):
            return way, EXPLAINED
    of_grades = any(map(asks_for_grades, (asked.wording, asked.group, *asked.beside)))
    if of_grades and codes and min(codes) >= 1 and max(codes) <= _MOST_GRADE:
        return DOWN, GRADES
    return UNSAID, NUMBERS


def order_of_codes(codes: Sequence[int], direction: str, why: str) -> tuple[list[int], str]:
    """Numbers from the one that means least, and what says so."""
    if direction in (UNSAID, CONTRADICTORY):
        # 0 is nothing of it
        return sorted(codes), USUAL if direction == UNSAID and min(codes) <= 0 else NUMBERS
    return sorted(codes, reverse=direction == DOWN), why
