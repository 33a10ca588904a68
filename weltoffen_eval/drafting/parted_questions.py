"""Questions in several columns, as SurveyMonkey and Qualtrics head them: the question, and its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from weltoffen_eval.raw.table import folded, plain

_RESPONDENT = {"respondent id", "respondent_id", "befragten-id"}
_COLLECTOR = {"collector id", "collector_id", "collector-id"}
#: The number of a part behind the code of its question: QID2_1.
_PART_NUMBER = re.compile(r"(.+)_[0-9]+")
#: What Qualtrics writes between a question and its part.
_BETWEEN = " - "


def is_of_surveymonkey(heads: Sequence[str]) -> bool:
    """Whether heads are those of SurveyMonkey, below which a second row heads the parts of questions."""
    known = {folded(head) for head in heads}
    return bool(known & _RESPONDENT and known & _COLLECTOR)


def parts_of_questions(heads: Sequence[str], second: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """By head the part that it stands for, and by head the question; of questions in several columns only.

    The question heads its first column; the others are headed by the second row alone.
    """
    wordings: dict[str, str] = {}
    groups: dict[str, str] = {}
    cells = [plain(cell) for cell in second]
    width = max(len(heads), len(cells))
    firsts = [at for at, head in enumerate(heads) if head]
    for begin, end in zip(firsts, [*firsts[1:], width], strict=True):
        parts = {at: cells[at] for at in range(begin, min(end, len(cells))) if cells[at]}
        if len(parts) < 2:
            continue
        question = heads[begin]
        for at, part in parts.items():
            head = question if at == begin else part
            groups[head] = question
            if at == begin:
                wordings[head] = part
    return wordings, groups


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
