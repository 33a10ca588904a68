"""Questions in several columns, as SurveyMonkey and Qualtrics head them: the question, and its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from weltoffen_eval.raw.header import Record
from weltoffen_eval.raw.parted_heads import RESPONDENT, is_row_of_parts, parted_heads
from weltoffen_eval.raw.table import folded, plain

#: The number of a part behind the code of its question: QID2_1.
_PART_NUMBER = re.compile(r"(.+)_[0-9]+")
#: What Qualtrics writes between a question and its part.
_BETWEEN = " - "


def begins_with_parts(heads: Sequence[str], below: Sequence[Record]) -> bool:
    """Whether the first row below the heads heads the parts of questions, as SurveyMonkey writes it.

    Where no row has the number of a respondent, the numbers were taken out, and the first is a record too.
    """
    if not below or not is_row_of_parts(heads, below[0][1]):
        return False
    numbers = [at for at, head in enumerate(heads) if folded(head) in RESPONDENT]
    return any(plain(cell) for _, cells in below[1:] for at in numbers for cell in cells[at : at + 1])


def parts_of_questions(heads: Sequence[str], second: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """By head the part that it stands for, and by head the question; of questions in several columns only."""
    parted = [head for head in parted_heads(heads, second) if head.question]
    return {head.name: head.part for head in parted}, {head.name: head.question for head in parted}


def without_stems(wordings: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Wordings of numbered parts without that of their question, and by head the question."""
    of_question: dict[str, list[str]] = {}
    for head in wordings:
        if match := _PART_NUMBER.fullmatch(head):
            of_question.setdefault(match[1], []).append(head)
    parts, groups = dict(wordings), {}
    for heads in of_question.values():
        stem = _shared_stem([wordings[head] for head in heads])
        for head in heads if stem else []:
            parts[head] = wordings[head][len(stem) + len(_BETWEEN) :]
            groups[head] = stem
    return parts, groups


def _shared_stem(texts: Sequence[str]) -> str:
    """The longest beginning before a dash that several texts share; empty where there is none."""
    stems = [text[: found.start()] for text in texts[:1] for found in re.finditer(_BETWEEN, text)]
    shared = [stem for stem in stems if stem and all(text.startswith(stem + _BETWEEN) for text in texts)]
    return max(shared, key=len, default="") if len(texts) > 1 else ""
