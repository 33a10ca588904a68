"""What the kinds of file other than responses may say: a model for the records of each.

Whose a record is, and of which wave and setting, stands beside it. Each cell can be written out again
(:func:`written`) and read back, which is how records are stored.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from weltoffen_eval.study.declared import DeclaredTable
from weltoffen_eval.study.declared_records import any_cell, cell, number_cell
from weltoffen_eval.study.kinds import words
from weltoffen_eval.study.register_records import read_date

#: Counts and positions: more digits are a mistake; seeds may be long.
_MOST_DIGITS, _MOST_OF_SEED = 9, 18


def _whole(text: str, most: int = _MOST_DIGITS) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def _seed(text: str) -> int | None:
    return _whole(text, _MOST_OF_SEED)


def _from_one(text: str) -> int | None:
    return _whole(text) or None


def _priority(text: str) -> int | None:
    return int(text) if text in ("1", "2", "3") else None


Cell = Annotated[str, any_cell()]
Filled = Annotated[str, cell(str, "a text")]
Count = Annotated[int | None, cell(_whole, "a whole number in digits, or nothing", None)]
Day = Annotated[
    datetime.date | None,
    cell(read_date, "a date such as 2024-06-30 or 30.06.2024, from 1900 to 2100, or nothing", None),
]
No = Annotated[bool, cell(words.yes_or_no, "yes, no (ja, nein) or nothing", False)]
Yes = Annotated[bool, cell(words.yes_or_no, "yes, no (ja, nein) or nothing", True)]
NoteKind = Annotated[str, cell(words.NOTES.read, words.NOTES.expected + ", or nothing", "")]
Status = Annotated[str, cell(words.STATUS.read, words.STATUS.expected + ", or nothing", "")]
Origin = Annotated[
    str,
    cell(
        words.origin,
        "item:…, gap:…, statement:…, question:…, outcome:… (Frage:…, Unterschied:…, Aussage:…, "
        "Leitfrage:…, Ergebnis:…), or nothing",
        "",
    ),
]
Influence = Annotated[str, cell(words.INFLUENCE.read, words.INFLUENCE.expected + ", or nothing", "")]


class FieldRatingRecord(DeclaredTable):
    """One rating of one field by one person; ``rating`` in points (0–100), also where options were given."""

    respondent: Cell = ""
    perspective: Filled
    dimension: Filled
    rating: Annotated[float, number_cell("a number from 0 to 100", least=0, most=100)]


class NoteRecord(DeclaredTable):
    """What was said about a field: strength, need, idea, dissent; or a remark of the administration."""

    dimension: Cell = ""
    text: Filled
    kind: NoteKind = ""
    group: Cell = ""
    released: No = False


class ParticipantRecord(DeclaredTable):
    """Somebody who was invited or registered; never in a report, counts only."""

    participant: Filled
    perspective: Cell = ""
    organisation: Cell = ""
    stratum: Cell = ""
    present: Yes = True


class StatementRecord(DeclaredTable):
    """What a group of the dialogue wrote down to a guiding question."""

    statement: Filled
    question: Filled
    text: Filled
    group: Cell = ""
    released: No = False


class CodeRecord(DeclaredTable):
    """A code that a coder gave a statement; what all agreed upon has the coder ``consensus``."""

    statement: Filled
    coder: Annotated[str, cell(words.coder, "who gave the code, or consensus")]
    code: Filled


class CodebookRecord(DeclaredTable):
    """A code. ``influence``: municipality or other; ``sensitive``: told by groups, never ranked."""

    code: Filled
    title: Filled
    definition: Cell = ""
    anchor: Cell = ""
    boundary: Cell = ""
    dimension: Cell = ""
    influence: Influence = ""
    sensitive: No = False


class QuestionRecord(DeclaredTable):
    """A guiding question of the dialogue."""

    question: Filled
    text: Filled


class OutcomeRecord(DeclaredTable):
    """What a workshop or dialogue stated as its result."""

    position: Annotated[int, cell(_from_one, "a whole number from 1 on")]
    text: Filled
    source: Cell = ""


class EventRecord(DeclaredTable):
    """How a setting was held; of ``report``: when the next one is due and what is still open."""

    date: Day = None
    format: Cell = ""
    place: Cell = ""
    duration: Cell = ""
    title: Cell = ""
    participants: Count = None
    registered: Count = None
    groups: Count = None
    seed: Annotated[int | None, cell(_seed, "a whole number in digits, or nothing", None)] = None
    invited: Cell = ""
    not_reached: Cell = ""
    chosen_by: Cell = ""
    moderation: Cell = ""
    interpreting: Cell = ""
    answered_by: Cell = ""
    help: Cell = ""
    next: Cell = ""
    source: Cell = ""


class MeasureRecord(DeclaredTable):
    """What was agreed; the row of a later wave with the same ``measure`` says what became of it.

    ``until``: a date or words, as they stand. ``origin``: item:…, gap:…, statement:…, question:…, outcome:….
    ``resources``: ``existing`` or words. Empty is what is not documented.
    """

    what: Filled
    measure: Cell = ""
    dimension: Cell = ""
    who: Cell = ""
    until: Cell = ""
    evidence: Cell = ""
    status: Status = ""
    source: Cell = ""
    priority: Annotated[int | None, cell(_priority, "1, 2, 3 or nothing", None)] = None
    resources: Annotated[str, cell(words.resources, "existing, or words", "")] = ""
    needs_decision: No = False
    origin: Origin = ""
    take: No = False


#: The model of each kind of file.
MODELS: Mapping[str, type[DeclaredTable]] = {
    "field_ratings": FieldRatingRecord,
    "notes": NoteRecord,
    "participants": ParticipantRecord,
    "statements": StatementRecord,
    "codes": CodeRecord,
    "codebook": CodebookRecord,
    "questions": QuestionRecord,
    "outcomes": OutcomeRecord,
    "events": EventRecord,
    "measures": MeasureRecord,
}


def written(values: DeclaredTable) -> dict[str, str]:
    """The cells of a record as its model reads them; what is empty is left out."""
    texts = {name: _text(getattr(values, name)) for name in type(values).model_fields}
    return {name: text for name, text in texts.items() if text}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def read_back(kind: str, texts: Mapping[str, str]) -> DeclaredTable:
    """The record that was written out."""
    return MODELS[kind].model_validate(dict(texts))
