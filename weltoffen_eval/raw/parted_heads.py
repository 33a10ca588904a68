"""Heads in two rows, as SurveyMonkey writes them: a question over its first column, its parts below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from weltoffen_eval.raw.table import folded, plain

RESPONDENT = frozenset(("respondent id", "respondent_id", "befragten-id"))
_COLLECTOR = frozenset(("collector id", "collector_id", "collector-id"))
_DAYS = frozenset(("start date", "end date", "date created", "date modified", "startdatum", "enddatum"))
#: Below a question that has no parts.
_ANSWER = frozenset(("response", "open-ended response"))


@dataclass(frozen=True)
class PartedHead:
    """The name of a column; of one of several columns of a question, that question and the part."""

    name: str
    question: str = ""
    part: str = ""


def is_row_of_parts(heads: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row below heads of SurveyMonkey holds the parts of questions, and is no record.

    A record has a number below ``Respondent ID`` and ``Collector ID``, and days; a row of parts has neither.
    """
    known = [folded(head) for head in heads]
    if RESPONDENT.isdisjoint(known) or _COLLECTOR.isdisjoint(known):
        return False
    cells = [plain(cell) for cell in below]
    noted = RESPONDENT | _COLLECTOR | _DAYS
    return any(cells) and not any(cell for head, cell in zip(known, cells, strict=False) if head in noted)


def parted_heads(heads: Sequence[str], below: Sequence[str]) -> list[PartedHead]:
    """The heads of all columns, from the row of the heads and that of the parts.

    A column without head is called by its part. Where another column is called so too, all parts of the
    question are called by both: ``Wie wichtig? [Busse]``.
    """
    width = max(len(heads), len(below))
    own = [plain(head) for head in heads] + [""] * (width - len(heads))
    parts = [plain(cell) for cell in below] + [""] * (width - len(below))
    names = [head or part for head, part in zip(own, parts, strict=True)]
    often = Counter(names)
    found = [PartedHead(name) for name in names]
    for begin, end in pairwise([*(at for at, head in enumerate(own) if head), width]):
        filled = [at for at in range(begin, end) if parts[at]]
        several = filled if len(filled) > 1 else []
        twice = any(often[names[at]] > 1 for at in several)
        for at in several:
            if at == begin and folded(parts[at]) in _ANSWER:
                continue
            name = f"{own[begin]} [{parts[at]}]" if twice else names[at]
            found[at] = PartedHead(name, own[begin], parts[at])
    return found
