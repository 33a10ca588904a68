"""Columns of numbers: which are steps of a scale, and which count, measure or date something."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

#: Codes between these may be steps of a scale.
LEAST_STEP, MOST_STEP = -5, 12
#: A column alone is a scale where it goes from 0 or 1 to one of these: few households have so many people.
_ENDS_ALONE = (7, 10)

#: Of a question that asks how many, how much, how long or since when.
_HOW_MANY = re.compile(
    r"\b(wie ?viele?|wie lange|wie hoch|wie alt|seit wann|(in )?welche[ms]? jahr|anzahl"
    r"|(zahl|höhe|summe) (der|des)|im haushalt|prozent|euro|eur"
    r"|how (many|much|long|old)|number of|amount|percent|in years)\b"
    r"|(jahre|dauer|quote|betrag)\b|[€%$]",
    re.IGNORECASE,
)
#: Of a question that asks to rate something, though it may name years as well.
_RATES = re.compile(
    r"\bwie (zufrieden|wichtig|gut|sicher|stark|sehr|wahrscheinlich|oft|häufig|bewert|beurteil)"
    r"|zufrieden|bewert|beurteil|zustimm|\bskala\b|noten?\b|\bbenot|\bvon -?[0-9]+ bis [0-9]+\b|[0-9] ?= ?\w"
    r"|\b(satisf|rat(e|ing)\b|agree|important|likely|scale\b|grade)",
    re.IGNORECASE,
)
_GRADES = re.compile(
    r"\b(schul|gesamt|zeugnis)?noten?\b|\bbenot(ung|ungen|en|et)\b|\bgrades?\b", re.IGNORECASE
)

#: One to three digits, a sign, three digits: 1.234 may be a little more than one or a thousand.
_IN_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_WITH_UNIT = re.compile(r"(?:€|eur)?\s*([+-]?[0-9][0-9.,  ]*)\s*(?:%|€|eur|euro|prozent|jahre?)?", re.I)


def counts_something(asked: str) -> bool:
    """Whether a question asks for a number of something, not for a rating."""
    return bool(_HOW_MANY.search(asked)) and not _RATES.search(asked)


def asks_for_grades(asked: str) -> bool:
    """Whether a question asks for grades as schools give them, of which 1 is best."""
    return bool(_GRADES.search(asked))


def may_be_steps(codes: Collection[int]) -> bool:
    """Whether whole numbers may be the steps of a scale: small ones, or equal steps from 0 to 100."""
    if all(LEAST_STEP <= code <= MOST_STEP for code in codes):
        return True
    ordered = sorted(codes)
    steps = {after - before for before, after in pairwise(ordered)}
    return len(ordered) > 2 and (ordered[0], ordered[-1]) == (0, 100) and len(steps) == 1


def are_steps_alone(codes: Collection[int], asked: str) -> bool:
    """Whether the whole numbers of a column whose values no other shares are steps of a scale."""
    low, high = min(codes), max(codes)
    if low < LEAST_STEP or high > MOST_STEP or len(codes) < 2:
        return False
    return bool(_RATES.search(asked)) or (
        low in (0, 1) and high in _ENDS_ALONE and 2 * len(codes) > high - low
    )


def is_in_two_ways(texts: Collection[str]) -> bool:
    """Whether nothing in a column says if its signs part decimals or thousands."""
    signed = [text for text in texts if "," in text or "." in text]
    return bool(signed) and all(_IN_TWO_WAYS.fullmatch(text) for text in signed)


def readings(text: str) -> list[float]:
    """The number, and what it is with its sign before thousands: both are on the scale until it is said."""
    number = read_number(text)
    whole = [float(re.sub("[.,]", "", text))] if _IN_TWO_WAYS.fullmatch(text) else []
    return [*([] if number is None else [number]), *whole]


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether all texts, of which there are several, are numbers that can be read."""
    return len(texts) > 1 and all(read_number(text) is not None for text in texts)


def are_numbers_with_units(texts: Sequence[str]) -> bool:
    """Whether all texts, of which there are several, are numbers, some perhaps with % or € beside them."""
    return len(texts) > 1 and all(_WITH_UNIT.fullmatch(text.strip()) for text in texts)


def range_of(texts: Collection[str]) -> tuple[str, str]:
    """The least and the greatest of such texts, as they are written."""

    def value(text: str) -> float:
        found = _WITH_UNIT.fullmatch(text.strip())
        written = re.sub(r"[^0-9.,+-]", "", found[1]) if found else ""
        number = read_number(written)
        return number if number is not None else float(re.sub(r"[^0-9-]", "", written) or 0)

    return min(texts, key=value), max(texts, key=value)


def read_number(text: str) -> float | None:
    """A number with a decimal comma or point; None where it is none."""
    return float(text.replace(",", ".")) if re.fullmatch(r"-?[0-9]{1,12}([.,][0-9]{1,9})?", text) else None
