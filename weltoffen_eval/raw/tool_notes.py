"""What a survey tool notes of a record: that it was a try of who made the survey, or was not finished.

Qualtrics (``Status``, ``DistributionChannel``, ``Finished``), SoSci Survey (``MODE``, ``FINISHED``), KoBo
(``_validation_status``) and LimeSurvey (``submitdate``), each known by heads that nothing else has together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from weltoffen_eval.raw.code_and_text import split_heads
from weltoffen_eval.raw.table import RawTable, folded

_NO = ("0", "false", "falsch", "no", "nein")
#: With labels Qualtrics writes words, else a number: 1 preview, 2 test, 8 spam, 9 both, 17 preview offline.
_TRY_OF_QUALTRICS = ("1", "2", "8", "9", "17")
_TRY_WORDS = ("preview", "vorschau", "survey test", "spam")


def _is_no(text: str) -> bool:
    return text in _NO


def _is_try_of_qualtrics(text: str) -> bool:
    return text in _TRY_OF_QUALTRICS or any(word in text for word in _TRY_WORDS)


def _is_preview(text: str) -> bool:
    return text == "preview"


def _is_no_interview(text: str) -> bool:
    return text not in ("interview", "")


def _is_not_approved(text: str) -> bool:
    return text.removeprefix("validation_status_").replace("_", " ") == "not approved"


def _is_empty(text: str) -> bool:
    return text == ""


@dataclass(frozen=True)
class _Tool:
    """A tool, known by heads; by head which texts of a column tell of a try, which of what is unfinished."""

    known_by: tuple[tuple[str, ...], ...]
    tries: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    unfinished: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)


_SENT = ("submitdate", "datum abgeschickt", "date submitted")
_TOOLS = (
    _Tool(
        (("responseid", "response id"), ("recordeddate", "recorded date", "startdate", "start date")),
        {"status": _is_try_of_qualtrics, "response type": _is_try_of_qualtrics}
        | {"distributionchannel": _is_preview, "distribution channel": _is_preview},
        {"finished": _is_no},
    ),
    _Tool((("case",), ("questnnr",)), {"mode": _is_no_interview}, {"finished": _is_no}),
    _Tool((("_uuid",), ("_submission_time",)), {"_validation_status": _is_not_approved}),
    _Tool(
        (("id", "antwort id", "antwort-id", "response id"), _SENT),
        unfinished=dict.fromkeys(_SENT, _is_empty),
    ),
)


@dataclass(frozen=True)
class ToolNotes:
    """By line of a record the head of the column that tells it: of tries, and of unfinished records.

    ``says_finished``: the head of the column by which the latter are known; empty where there is none.
    """

    tries: dict[int, str] = field(default_factory=dict)
    unfinished: dict[int, str] = field(default_factory=dict)
    says_finished: str = ""


def read_notes(table: RawTable, taken: Sequence[str] = ()) -> ToolNotes:
    """What the tool that wrote a table notes of its records; nothing where none is known by its heads.

    ``taken``: heads that hold something else here, such as an item.
    """
    parts = split_heads(table.columns)
    of_head = {folded(parts[head].code if head in parts else head): head for head in table.columns}
    tool = next((t for t in _TOOLS if all(any(h in of_head for h in forms) for forms in t.known_by)), None)
    if tool is None:
        return ToolNotes()
    free = {name: head for name, head in of_head.items() if head not in taken}
    tries = _lines(table, {free[name]: says for name, says in tool.tries.items() if name in free})
    finished = {free[name]: says for name, says in tool.unfinished.items() if name in free}
    unfinished = {line: head for line, head in _lines(table, finished).items() if line not in tries}
    return ToolNotes(tries, unfinished, next(iter(finished), ""))


def _lines(table: RawTable, says: Mapping[str, Callable[[str], bool]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for head, is_meant in says.items():
        texts, codes = table.coded(head)
        meant = {number for number, text in enumerate(texts) if is_meant(folded(text))}
        if meant:
            found |= {line: head for line, code in zip(table.lines, codes, strict=True) if code in meant}
    return found
