"""Scales from the values that occur: which columns share them, in what order, and what is no answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from weltoffen_eval.drafting.answer_order import (
    EXPLAINED,
    USUAL,
    AskedColumn,
    direction_of,
    in_order,
    order_of_codes,
    word_of,
)
from weltoffen_eval.drafting.known_answers import answers_in, kind_of_code, kind_of_word, read_answers
from weltoffen_eval.drafting.number_columns import (
    are_numbers,
    are_numbers_with_units,
    are_steps_alone,
    counts_something,
    may_be_steps,
    read_number,
    readings,
)
from weltoffen_eval.raw.table import folded

#: A scale has at most so many options; a column with more different texts is free text.
MOST_OPTIONS = 12
#: Codes up to this are taken for one scale, though a column has only some of them.
_USUAL_STEPS = 6

_INTEGER = re.compile(r"-?[0-9]{1,4}([.,](0{1,2}|0{4,}))?")


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

    ``options`` from the least to the most; ``order`` is what says so. ``numbers``: of a numeric one, the
    least and the greatest.
    """

    id: str
    columns: tuple[str, ...]
    options: tuple[DraftOption, ...] = ()
    non_answers: tuple[DraftOption, ...] = ()
    numbers: tuple[float, float] | None = None
    order: str = USUAL


@dataclass(frozen=True)
class FoundColumns:
    """The scales of columns; heads of numbers that are no answers on a scale; heads that hold neither."""

    scales: list[DraftScale]
    numbers: list[str]
    left: list[str]


def find_scales(values: Mapping[str, Sequence[str]], asked: Mapping[str, AskedColumn]) -> FoundColumns:
    """The scales of columns that may hold answers.

    Numbers that count or measure something are no answers: nothing says whether more is better, and from
    where to where they go. Only where no other column holds answers they are taken for some.

    Parameters
    ----------
    values : by head the different texts of the column, without the empty one
    asked : by head what it asks, in all words that there are
    """
    first = _first_spellings(values)
    values = {head: list(dict.fromkeys(first[folded(t)] for t in texts)) for head, texts in values.items()}
    small = {head: {*texts} for head, texts in values.items() if _may_be_answers(texts, asked[head].wording)}
    groups: list[tuple[set[str], list[str], str]] = []
    why: dict[str, str] = {}
    for head in sorted(small, key=lambda name: -len(small[name])):
        own = small[head]
        direction, why[head] = direction_of(asked[head], _codes_of(own))
        for shared, heads, way in groups:
            # one value alone may be a box that was ticked
            several = len(own) > 1 or len(heads) > 1
            if several and way == direction and _share_a_scale(shared, own):
                shared |= own
                heads.append(head)
                break
        else:
            groups.append(({*own}, [head], direction))
    groups = [group for group in groups if len(group[0]) > 1]
    # one column alone with its values is told from a question on the respondent by nothing
    chosen = [
        group
        for group in groups
        if len(group[1]) > 1 or group[2] or _are_steps(group[0], asked[group[1][0]].wording)
    ]
    if not chosen:
        chosen = [group for group in groups if not are_numbers([*group[0]])]
    scales: list[DraftScale] = []
    for texts, heads, direction in chosen:
        in_file = sorted(heads, key=list(values).index)
        made = _ordinal(
            f"skala-{len(scales) + 1}",
            in_file,
            texts,
            direction,
            _most_certain([why[head] for head in heads]),
        )
        if len(made.options) > 1:
            scales.append(made)
    taken = {head for scale in scales for head in scale.columns}
    rest = [head for head in values if head not in taken]
    numbers = [head for head in rest if are_numbers_with_units(answers_in(values[head]))]
    if not scales and (made_of := _of_numbers([head for head in rest if are_numbers(values[head])], values)):
        scales, numbers = [made_of], [head for head in numbers if head not in made_of.columns]
        rest = [head for head in rest if head not in made_of.columns]
    return FoundColumns(scales, numbers, [head for head in rest if head not in numbers])


def _most_certain(why: Collection[str]) -> str:
    """What says which number means most, of columns that agree in that."""
    return EXPLAINED if EXPLAINED in why else next(iter(why))


def _of_numbers(heads: Sequence[str], values: Mapping[str, Sequence[str]]) -> DraftScale | None:
    """The scale of columns of numbers, from the least to the greatest; None where there is none."""
    numbers = [number for head in heads for text in values[head] for number in readings(text)]
    if not numbers or min(numbers) == max(numbers):
        return None
    return DraftScale("zahl", tuple(heads), numbers=(min(numbers), max(numbers)))


def _may_be_answers(texts: Sequence[str], asked: str) -> bool:
    """Whether the texts of a column are few, and all words or all steps, and are asked for as such."""
    if not 1 <= len(texts) <= MOST_OPTIONS or _share_of_codes(texts) not in (0.0, 1.0):
        return False
    if _are_measures(texts):
        return False
    codes = _codes_of(texts)
    return not codes or (may_be_steps(codes) and not counts_something(asked))


def _are_steps(texts: Collection[str], asked: str) -> bool:
    codes = _codes_of(texts)
    return bool(codes) and are_steps_alone(codes, asked)


def _whole(code: str) -> int:
    """The number of a code, which a spreadsheet may write as 1.0."""
    return int(re.split("[.,]", code)[0])


def _codes_of(texts: Collection[str]) -> list[int]:
    """The whole numbers of a column of codes, without those of what is no answer; nothing of one of words."""
    answers = answers_in(texts)
    if not answers or not all(map(_INTEGER.fullmatch, answers)):
        return []
    numbers = [_whole(text) for text in answers]
    answered = [number for number in numbers if 0 <= number <= MOST_OPTIONS or not kind_of_code(number)]
    return answered or numbers


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
    answers = {*answers_in(together)}
    if codes:
        numbers = {*map(_whole, answers)}
        return all(0 <= number <= _USUAL_STEPS or kind_of_code(number) for number in numbers)
    return are_usual_answers(sorted(answers))


def are_usual_answers(texts: Sequence[str]) -> bool:
    """Whether all texts are words of one known order, or say that there is no answer."""
    words = {*map(word_of, answers_in(texts))}
    return any(words <= {*order} for order in read_answers()["orders"])


def _share_of_codes(texts: Collection[str]) -> float:
    """How many of the texts that are answers are whole numbers: codes and words make no scale together."""
    answers = answers_in(texts)
    return sum(_INTEGER.fullmatch(text) is not None for text in answers) / len(answers) if answers else 0.5


def _are_measures(texts: Collection[str]) -> bool:
    """Whether the texts that are answers are numbers, of which some have decimals or thousands: no codes."""
    answers = answers_in(texts)
    written = [text for text in answers if not _INTEGER.fullmatch(text)]
    return bool(written) and all(read_number(text) is not None for text in answers)


def _ordinal(name: str, heads: Sequence[str], texts: set[str], direction: str, why: str) -> DraftScale:
    missing = {text: kind for text in texts if (kind := kind_of_word(text))}
    answers = texts - missing.keys()
    if answers and all(_INTEGER.fullmatch(text) for text in answers):
        return _of_codes(name, heads, answers, missing, direction, why)
    words, order = in_order(answers)
    options = tuple(_option(code, text, words) for code, text in enumerate(words))
    return DraftScale(name, tuple(heads), options, _by_kind({}, missing), order=order)


def _option(code: int, text: str, all_texts: Sequence[str]) -> DraftOption:
    """An answer in words; of some tools the blanks are lines, which nobody would read in a report."""
    readable = " ".join(text.replace("_", " ").split())
    if "_" in text and " " not in text and folded(readable) not in {"", *map(folded, all_texts)}:
        return DraftOption(code, readable, aliases=(text,))
    return DraftOption(code, text)


def _by_kind(codes: Mapping[int, str], texts: Mapping[str, str]) -> tuple[DraftOption, ...]:
    """What is no answer, each kind once, as it is usually called: its first code, and its spellings."""
    found = []
    for kind in dict.fromkeys([*codes.values(), *(texts[text] for text in sorted(texts))]):
        numbers = [code for code, of in codes.items() if of == kind]
        words = [text for text in sorted(texts) if texts[text] == kind]
        label = read_answers()[kind]["label"]
        spelt = [text for text in (*words, *map(str, numbers[1:])) if folded(text) != folded(label)]
        found.append(DraftOption(numbers[0] if numbers else None, label, kind, tuple(spelt)))
    return tuple(found)


def _of_codes(
    name: str,
    heads: Sequence[str],
    answers: set[str],
    missing: Mapping[str, str],
    direction: str,
    why: str,
) -> DraftScale:
    numbers = sorted({*map(_whole, answers)})
    usual = [number for number in numbers if 0 <= number <= MOST_OPTIONS]
    odd = [number for number in numbers if number not in usual and kind_of_code(number)]
    if len(usual) < 2:
        usual, odd = numbers, []
    others = [n for n in numbers if n not in usual and n not in odd]
    if usual is numbers and len({after - before for before, after in pairwise(numbers)}) > 1:
        # 0, 25, 61, 100: given as one likes, not chosen among some
        return DraftScale(name, tuple(heads))
    inner = range(min(usual), max(usual) + 1)
    # a step that nobody chose is one all the same
    codes = sorted({*inner, *others}) if len(inner) <= MOST_OPTIONS else sorted({*usual, *others})
    by_meaning, order = order_of_codes(codes, direction, why)
    options = tuple(DraftOption(code, str(code)) for code in by_meaning)
    odd_ones = {code: kind_of_code(code) for code in odd}
    return DraftScale(name, tuple(heads), options, _by_kind(odd_ones, missing), order=order)
