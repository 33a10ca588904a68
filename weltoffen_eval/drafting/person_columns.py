"""Columns that tell who somebody is, by what stands in them and by heads that ask who: never an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from weltoffen_eval.drafting.answer_scales import are_usual_answers
from weltoffen_eval.drafting.known_answers import read_answers
from weltoffen_eval.raw.heads import seen
from weltoffen_eval.raw.table import folded

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_TITLE = re.compile(r"(frau|herrn?|hr|fr|dr|prof|dipl|mr|mrs|ms)\b\.?\s+\S", re.IGNORECASE)
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME = re.compile(rf"(?:{_WORD}\.?,?\s+){{1,4}}{_WORD}")
_ONE_WORD = re.compile(_WORD)
#: Words in the middle of a name that are written small.
_OF_NOBILITY = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "zu",
    "zum",
    "vom",
    "del",
    "da",
    "al",
    "el",
    "bin",
    "und",
    "ter",
}
_ASKS_WHO = re.compile(
    r"(?:[\w.]{1,12}[.):]\s*)?(wer|von wem|durch wen|wem|wen|who|whom|by whom)\b.*"
    r"|(wie heißen|wie heissen|what is your name)\b.*"
    r"|.*\b(ihr|ihre|ihren|dein|deinen|euer|your|vollständiger|full) namen?\b.*"
    r"|.*\b(name und (funktion|amt|dienststelle|position)|name der (ausfüllenden|antwortenden|person))\b.*",
    re.IGNORECASE,
)


def asks_who(head: str, values: Collection[str]) -> bool:
    """Whether a head asks who somebody is; a statement that is answered by the usual words does not."""
    text = seen(head)
    # in a group of KoBo the question stands behind a slash
    if not (_ASKS_WHO.fullmatch(text) or _ASKS_WHO.fullmatch(text.rpartition("/")[2])):
        return False
    return text.endswith("?") or not are_usual_answers(sorted(values))


def hold_addresses(values: Sequence[str]) -> bool:
    """Whether one of the texts holds an address of e-mail."""
    return any(map(_ADDRESS.search, values))


def name_persons(values: Sequence[str]) -> bool:
    """Whether texts are names of persons, as it seems; usual answers are none.

    Names are two to five words that all begin with a capital letter, or a title before one. More than half
    must be such, and every other text one word with a capital.
    """
    texts = [text for text in values if not are_usual_answers([text])]
    if not texts or len(texts) < len(values):
        return False
    names = [text for text in texts if _is_name(text)]
    others = [text for text in texts if text not in names]
    return 2 * len(names) > len(texts) and all(_ONE_WORD.fullmatch(t) and t[0].isupper() for t in others)


def _is_name(text: str) -> bool:
    if _TITLE.match(text):
        return True
    if not _NAME.fullmatch(text):
        return False
    words = [word.rstrip(".") for word in re.split(r"[,\s]+", text)]
    if {folded(word) for word in words} & {*read_answers()["no_names"]}:
        return False
    return all(word[0].isupper() or word in _OF_NOBILITY for word in words) and words[-1][0].isupper()
