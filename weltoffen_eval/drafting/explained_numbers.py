"""Which number means most where a text explains numbers by words: 1 = sehr gut, 6 = ungenügend."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from weltoffen_eval.drafting.known_answers import read_answers, usual

#: Which number means most: the highest, the lowest; explanations contradict each other; nothing says so.
UP, DOWN, CONTRADICTORY, UNSAID = "up", "down", "contradictory", ""

_MEANS = r"(?:=|bedeutet|heisst|steht für|entspricht|ist|means|stands for|is)"
_ARTICLE = r"(?:(?:die|das|der|the)\s+)?"
_OPEN, _CLOSE = "[\"'„“«»(]*", "[\"'“”«»]*"
#: What may follow the words of an explanation; anything else would change what they mean (sehr niedrig).
_END = r"(?=\s*(?:$|[,;:.()\[\]|/…=\"'“”«»–-]|[0-9]|(?:bis|und|oder|to|and|or)\b))"
#: What is so in no way, whatever it is.
_NOTHING_OF_IT = r"(?<=gar nicht)(?=\s)|(?<=überhaupt nicht)(?=\s)|(?<=not at all)(?=\s)"
_NUMBER = r"(?<![\w.,])-?[0-9]{1,2}"
#: So near to an end of its order an answer means least or most.
_NEAR = 0.2


@dataclass(frozen=True)
class Explanation:
    """A number and the words that explain it; ``plain``: by a sign or a verb, so that one alone is enough."""

    number: int
    words: str
    plain: bool


def explanations(text: str) -> list[Explanation]:
    """The numbers that a text explains by words of a known order, or of an end of any."""
    said = usual(text)
    before, behind, equal = _patterns()
    found = [
        Explanation(int(match["number"]), match["words"], bool(match["means"]))
        for match in before.finditer(said)
    ]
    found += [Explanation(int(match["number"]), match["words"], False) for match in behind.finditer(said)]
    found += [Explanation(int(match["number"]), match["words"], True) for match in equal.finditer(said)]
    return [one for one in found if one.plain] or found


def explained_direction(texts: Sequence[str], codes: Collection[int], *, beside: bool = False) -> str:
    """Which of the numbers of a column means most, as texts say.

    One explained number is enough where it is at an end of the column and its words at an end of their order.

    Parameters
    ----------
    codes : the numbers that occur in the column
    beside : the texts stand beside the table and count only for columns within the numbers they explain
    """
    found = [one for text in texts for one in explanations(text)]
    numbers = {one.number for one in found}
    if not codes or not found or (len(numbers) < 2 and not any(one.plain for one in found)):
        return UNSAID
    least, most = min(numbers), max(numbers)
    if len(numbers) < 2:
        # nearer to which end of the column it is; of a column of one number only 0 and 1 are low
        low = least - min(codes) < max(codes) - least or (len({*codes}) == 1 and least <= 1)
        least, most = (least, max(*codes, least)) if low else (min(*codes, most), most)
    if beside and not least <= min(codes) <= max(codes) <= most:
        return UNSAID
    ways = {way for first in found for second in found if (way := _way_of_two(first, second))}
    if not ways and least < most:
        middle = (least + most) / 2
        ways = {way for one in found if one.number != middle and (way := _way_of_one(one, middle))}
    elif not ways:
        ways = {way for one in found if (way := _way_of_one(one, 1.5))}
    return CONTRADICTORY if len(ways) > 1 else next(iter(ways), UNSAID)


def _way_of_two(first: Explanation, second: Explanation) -> str:
    """What two explained numbers say; a number with two meanings contradicts itself."""
    for order in _orders():
        if first.words in order and second.words in order:
            ranks = order.index(first.words), order.index(second.words)
            if ranks[0] == ranks[1]:
                continue
            if first.number == second.number:
                return CONTRADICTORY
            return UP if (first.number < second.number) == (ranks[0] < ranks[1]) else DOWN
    return UNSAID


def _way_of_one(said: Explanation, middle: float) -> str:
    """What a number says of which the words are at an end of each order that has them."""
    places = {
        0 if place <= _NEAR else 1 if place >= 1 - _NEAR else None
        for order in _orders()
        if said.words in order
        for place in [order.index(said.words) / (len(order) - 1)]
    }
    if len(places) != 1 or None in places:
        return UNSAID
    return UP if (places == {1}) == (said.number > middle) else DOWN


@cache
def _orders() -> list[list[str]]:
    ends = read_answers()["ends"]
    pairs = [[least, most] for least in ends["least"] for most in ends["most"]]
    return [*read_answers()["orders"], *pairs]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Of a number before words, of one in brackets behind them, and of one behind words and a sign."""
    known = sorted({words for order in _orders() for words in order}, key=lambda words: (-len(words), words))
    words = rf"(?P<words>{'|'.join(map(re.escape, known))})"
    number = rf"(?P<number>{_NUMBER})"
    before = rf"{number}\s*\(?\s*(?:(?P<means>{_MEANS})\s*:?|[:–-])?\s*{_OPEN}{_ARTICLE}{words}"
    before += rf"(?:{_END}|{_NOTHING_OF_IT})"
    behind = rf"(?<!\w){words}{_CLOSE}\s*\(\s*(?P<number>[0-9]{{1,2}})\s*\)"
    equal = rf"(?<!\w){words}{_CLOSE}\s*=\s*(?P<number>[0-9]{{1,2}})(?![\w=])"
    return re.compile(before), re.compile(behind), re.compile(equal)
