"""What KoBo and ODK write for questions with several answers: a column for each choice, and one for all."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.drafting.kept_cells import KeptCells
from weltoffen_eval.raw.table import folded

#: Heads of which a table that KoBo wrote has at least two.
_OF_KOBO = {"_uuid", "_submission_time", "_index", "__version__", "_validation_status"}
#: A head that rows of a repeated group have: they belong to a record of another tab.
OF_REPEATED = "_parent_index"
_TICKED = {"0", "1", "true", "false", "wahr", "falsch"}


def is_of_kobo(heads: Sequence[str]) -> bool:
    """Whether the heads of a table are those that KoBo writes."""
    return len(_OF_KOBO & {folded(head) for head in heads}) > 1


def several_choices(cells: KeptCells, heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """Heads of questions with several answers: for certain, and where a group of 0 and 1 may be one.

    Such a question is one column of all that was chosen, a column for each choice (question/choice) that is 0
    or 1, or both. With both it is certain; the columns alone look like a group of questions of no and yes.
    """
    of_question: dict[str, list[str]] = {}
    for head in heads:
        question, slash, _ = head.rpartition("/")
        if slash:
            of_question.setdefault(question, []).append(head)
    certain: list[str] = []
    perhaps: list[str] = []
    for question, columns in of_question.items():
        texts = {folded(text) for head in columns for text in cells.values(head)}
        if not texts or not texts <= _TICKED:
            continue
        if question in cells.table.columns:
            certain += [*([question] if question in heads else []), *columns]
        elif is_of_kobo(cells.table.columns):
            perhaps += columns
    return certain, perhaps
