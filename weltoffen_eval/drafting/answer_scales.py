"""Scales from the values that occur: which columns share them, in what order, and what is no answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from weltoffen_eval.raw.table import folded

#: A scale has at most so many options; a column with more different texts is free text.
MOST_OPTIONS = 12
#: Codes up to this are taken for one scale, though a column has only some of them.
_USUAL_STEPS = 6

_LEADING = re.compile(r"\s*(-?[0-9]{1,3})(?=$|[\s.:)=–-])")
_INTEGER = re.compile(r"-?[0-9]{1,4}([.,](0{1,2}|0{4,}))?")
#: One to three digits, a sign, three digits: 1.234 may be a little more than one or a thousand.
_IN_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


@cache
def read_answers() -> dict[str, Any]:
    """How answers are called and in which order they stand, and what is none (answers.toml)."""
    return tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))


def _kind_of_word(text: str) -> str:
    kinds = ("dont_know", "not_applicable", "skipped")
    return next((kind for kind in kinds if _usual(text) in read_answers()[kind]["words"]), "")


def _usual(text: str) -> str:
    """An answer as answers.toml has it: of some tools the blanks are lines."""
    return folded(text.replace("_", " "))


def _kind_of_code(code: int) -> str:
    kinds = ("dont_know", "not_applicable", "skipped")
    return next((kind for kind in kinds if code in read_answers()[kind]["codes"]), "")


@dataclass(frozen=True)
class DraftOption:
    """An answer: its code (of what is no answer it may lack), what stands in the cells, other spellings.

    ``missing``: the kind where it is no answer.
    """

    code: int | None
    label: str
    missing: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftScale:
    """A scale as it is proposed.

    ``options`` from the least to the most; ``ordered`` is false where nothing says in which order they stand.
    ``numbers``: of a numeric one, the least and the greatest.
    """

    id: str
    columns: tuple[str, ...]
    options: tuple[DraftOption, ...] = ()
    non_answers: tuple[DraftOption, ...] = ()
    numbers: tuple[float, float] | None = None
    ordered: bool = True


def find_scales(values: Mapping[str, Sequence[str]]) -> tuple[list[DraftScale], list[str]]:
    """The scales of columns that may hold answers, and the columns that hold none.

    Parameters
    ----------
    values : by head the different texts of the column, without the empty one
    """
    first = _first_spellings(values)
    values = {head: list(dict.fromkeys(first[folded(t)] for t in texts)) for head, texts in values.items()}
    small = {
        head: {*texts}
        for head, texts in values.items()
        if 1 <= len(texts) <= MOST_OPTIONS
        and _share_of_codes(texts) in (0.0, 1.0)
        and not _are_measures(texts)
    }
    groups: list[tuple[set[str], list[str]]] = []
    for head in sorted(small, key=lambda name: -len(small[name])):
        own = small[head]
        for shared, heads in groups:
            # one value alone may be a box that was ticked
            if (len(own) > 1 or len(heads) > 1) and _share_a_scale(shared, own):
                shared |= own
                heads.append(head)
                break
        else:
            groups.append(({*own}, [head]))
    scales: list[DraftScale] = []
    # one column alone with its values is told from a question on the respondent by nothing
    shared_ones = [group for group in groups if len(group[0]) > 1 and len(group[1]) > 1]
    if not shared_ones:
        shared_ones = [group for group in groups if len(group[0]) > 1 and not _are_numbers([*group[0]])]
    for texts, heads in shared_ones:
        made = _ordinal(f"skala-{len(scales) + 1}", sorted(heads, key=list(values).index), texts)
        if len(made.options) > 1:
            scales.append(made)
    taken = {head for scale in scales for head in scale.columns}
    numeric = [head for head, texts in values.items() if head not in taken and _are_numbers(texts)]
    numbers = [n for head in numeric for text in values[head] for n in _readings(text)]
    if numeric and min(numbers) < max(numbers):
        scales.append(DraftScale("zahl", tuple(numeric), numbers=(min(numbers), max(numbers))))
        taken |= {*numeric}
    return scales, [head for head in values if head not in taken]


def _first_spellings(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By an answer as it is compared its first spelling: Ja, ja and JA are one, as for whoever reads them."""
    first: dict[str, str] = {}
    for text in (text for texts in values.values() for text in texts):
        first.setdefault(folded(text), text)
    return first


def _share_a_scale(shared: set[str], own: set[str]) -> bool:
    """Whether the values of two columns are answers on one scale, of which each may lack some."""
    together = shared | own
    codes = _share_of_codes(shared)
    if codes != _share_of_codes(own) or len(together) > MOST_OPTIONS:
        return False
    if own <= shared or 2 * len(shared & own) >= len(own) > 1:
        return True
    answers = {text for text in together if not _kind_of_word(text)}
    if codes:
        numbers = {int(re.split("[.,]", text)[0]) for text in answers}
        return all(0 <= number <= _USUAL_STEPS or _kind_of_code(number) for number in numbers)
    return are_usual_answers(sorted(answers))


def are_usual_answers(texts: Sequence[str]) -> bool:
    """Whether all texts are words of one known order, or say that there is no answer."""
    words = {_usual(text) for text in texts if not _kind_of_word(text)}
    return any(words <= {*order} for order in read_answers()["orders"])


def _share_of_codes(texts: Collection[str]) -> float:
    """How many of the texts that are answers are whole numbers: codes and words make no scale together."""
    answers = [text for text in texts if not _kind_of_word(text)]
    return sum(_INTEGER.fullmatch(text) is not None for text in answers) / len(answers) if answers else 0.5


def _are_measures(texts: Collection[str]) -> bool:
    """Whether the texts that are answers are numbers, of which some have decimals or thousands: no codes."""
    answers = [text for text in texts if not _kind_of_word(text)]
    written = [text for text in answers if not _INTEGER.fullmatch(text)]
    return bool(written) and all(read_number(text) is not None for text in answers)


def is_in_two_ways(texts: Collection[str]) -> bool:
    """Whether nothing in a column says if its signs part decimals or thousands."""
    signed = [text for text in texts if "," in text or "." in text]
    return bool(signed) and all(_IN_TWO_WAYS.fullmatch(text) for text in signed)


def _readings(text: str) -> list[float]:
    """The number, and what it is with its sign before thousands: both are on the scale until it is said."""
    number = read_number(text)
    whole = [float(re.sub("[.,]", "", text))] if _IN_TWO_WAYS.fullmatch(text) else []
    return [*([] if number is None else [number]), *whole]


def _are_numbers(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(read_number(text) is not None for text in texts)


def read_number(text: str) -> float | None:
    """A number with a decimal comma or point; None where it is none."""
    return float(text.replace(",", ".")) if re.fullmatch(r"-?[0-9]{1,12}([.,][0-9]{1,9})?", text) else None


def _ordinal(name: str, heads: Sequence[str], texts: set[str]) -> DraftScale:
    missing = {text: kind for text in texts if (kind := _kind_of_word(text))}
    answers = texts - missing.keys()
    if answers and all(_INTEGER.fullmatch(text) for text in answers):
        return _of_codes(name, heads, answers, missing)
    order, ordered = _in_order(answers)
    options = tuple(DraftOption(code, text) for code, text in enumerate(order))
    return DraftScale(name, tuple(heads), options, _by_kind({}, missing), ordered=ordered)


def _by_kind(codes: Mapping[int, str], texts: Mapping[str, str]) -> tuple[DraftOption, ...]:
    """What is no answer, each kind once: its first code, the texts, further codes as they stand."""
    found = []
    for kind in dict.fromkeys([*codes.values(), *(texts[text] for text in sorted(texts))]):
        numbers = [code for code, of in codes.items() if of == kind]
        words = [text for text in sorted(texts) if texts[text] == kind]
        spelt = [*words, *map(str, numbers[1:])] or [str(numbers[0])]
        found.append(DraftOption(numbers[0] if numbers else None, spelt[0], kind, tuple(spelt[1:])))
    return tuple(found)


def _of_codes(name: str, heads: Sequence[str], answers: set[str], missing: Mapping[str, str]) -> DraftScale:
    numbers = sorted({int(re.split("[.,]", text)[0]) for text in answers})
    usual = [number for number in numbers if 0 <= number <= MOST_OPTIONS]
    odd = [number for number in numbers if number not in usual and _kind_of_code(number)]
    if len(usual) < 2:
        usual, odd = numbers, []
    others = [n for n in numbers if n not in usual and n not in odd]
    if usual is numbers and len({after - before for before, after in pairwise(numbers)}) > 1:
        # 0, 25, 61, 100: given as one likes, not chosen among some
        return DraftScale(name, tuple(heads))
    inner = range(min(usual), max(usual) + 1)
    # a step that nobody chose is one all the same
    codes = sorted({*inner, *others}) if len(inner) <= MOST_OPTIONS else sorted({*usual, *others})
    options = tuple(DraftOption(code, str(code)) for code in codes)
    odd_ones = {code: _kind_of_code(code) for code in odd}
    return DraftScale(name, tuple(heads), options, _by_kind(odd_ones, missing))


def _in_order(answers: set[str]) -> tuple[list[str], bool]:
    """The answers from the least on; and whether something says so: their numbers, or a usual order."""
    led = {text: int(match.group(1)) for text in answers if (match := _LEADING.match(text))}
    if len(led) == len(answers) and len(set(led.values())) == len(answers):
        return sorted(answers, key=lambda text: led[text]), True
    for order in read_answers()["orders"]:
        if {_usual(text) for text in answers} <= {*order}:
            return sorted(answers, key=lambda text: order.index(_usual(text))), True
    return sorted(answers, key=folded), False
