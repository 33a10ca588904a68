"""In which order answers stand, from the one that means least: by known words, by numbers, or by nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from weltoffen_eval.drafting.number_columns import asks_for_grades
from weltoffen_eval.raw.table import folded

#: What says the order of answers: known words; that 1 is best, as of grades; their numbers alone, of which
#: nothing says whether the highest means most; or nothing at all, so that they stand by the alphabet.
USUAL, GRADES, NUMBERS, ALPHABET = "usual", "grades", "numbers", "alphabet"
#: Which number means most, as a question says: the highest, the lowest; "" where it does not say.
UP, DOWN = "up", "down"

_LEADING = re.compile(r"\s*(-?[0-9]{1,3})(?=$|[\s.:)=–-])")
_NUMBER_BESIDE = re.compile(r"^\s*-?[0-9]{1,3}(?:\s*[.:)=–-]\s*|\s+)|\s*\(-?[0-9]{1,3}\)\s*$")
_EXPLAINED = re.compile(r"(?<![0-9])(-?[0-9]{1,2})\s*[=:–-]\s*([^0-9,;()/|\]\[]{2,60})")
_MOST_GRADE = 6


@cache
def read_answers() -> dict[str, Any]:
    """How answers are called and in which order they stand, and what is none (answers.toml)."""
    return tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))


def usual(text: str) -> str:
    """An answer as answers.toml has it: of some tools the blanks are lines."""
    return folded(text.replace("_", " "))


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


def direction_of(asked: str, codes: Sequence[int]) -> str:
    """Which number of a question means most: as it explains them (1 = sehr gut …), or asks for grades."""
    ranks = _explained(asked)
    if len(ranks) > 1:
        first, last = ranks[min(ranks)], ranks[max(ranks)]
        if first != last:
            return UP if first < last else DOWN
    if asks_for_grades(asked) and codes and min(codes) >= 1 and max(codes) <= _MOST_GRADE:
        return DOWN
    return ""


def _explained(asked: str) -> dict[int, int]:
    """By number the place of its word in a known order, where a question explains several numbers by one."""
    said = {int(number): usual(words.strip()) for number, words in _EXPLAINED.findall(asked)}
    for order in read_answers()["orders"]:
        known = {number: order.index(words) for number, words in said.items() if words in order}
        if len(known) > 1:
            return known
    return {}


def order_of_codes(codes: Sequence[int], direction: str, asked: Collection[str]) -> tuple[list[int], str]:
    """Numbers from the one that means least, and what says so."""
    if direction == DOWN:
        return sorted(codes, reverse=True), GRADES if any(map(asks_for_grades, asked)) else USUAL
    # 0 is nothing of it
    return sorted(codes), USUAL if direction or min(codes) <= 0 else NUMBERS
