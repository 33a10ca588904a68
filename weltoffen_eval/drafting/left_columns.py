"""Columns that are left aside since nothing says that they hold answers: what they seem to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weltoffen_eval.drafting.answer_order import word_of
from weltoffen_eval.drafting.answer_scales import MOST_OPTIONS
from weltoffen_eval.drafting.known_answers import answers_in
from weltoffen_eval.drafting.number_columns import are_numbers_with_units

#: Cells with more characters are written, not chosen.
_LONGEST_ANSWER = 60
_YES_AND_NO = ({"ja", "nein"}, {"yes", "no"}, {"y", "n"}, {"wahr", "falsch"}, {"true", "false"})


def by_what_they_seem(left: Sequence[str], values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """By what they seem to be the heads of columns. ``values``: by head its different texts."""
    found: dict[str, list[str]] = {}
    for head in left:
        found.setdefault(_seems(values[head]), []).append(head)
    return found


def _seems(texts: Sequence[str]) -> str:
    answers = answers_in(texts)
    if are_numbers_with_units(answers):
        return "numbers, which no question asks for, as it seems; check"
    if len(texts) > MOST_OPTIONS or max(map(len, texts), default=0) > _LONGEST_ANSWER:
        return "free text"
    if answers and any({*map(word_of, answers)} <= pair for pair in _YES_AND_NO):
        return "yes or no, as no other question is answered, so that they may tell who answers; check"
    return "neither an answer nor a unit, as it seems; check"
