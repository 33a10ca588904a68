"""Numbers as they are typed into a field, and written there."""

from __future__ import annotations

from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab
from weltoffen_eval.raw.written_numbers import NumberStyle

#: In German: 1.234 may be a little more than one, or a thousand.
_STYLE = NumberStyle(dot_in_doubt=True)
#: Numbers between which one with two readings is one of both.
_ANY = (float("-inf"), float("inf"))


class TypedError(ValueError):
    """What was typed is no number, or may be two; the text is a sentence that says so."""


def typed_number(text: str) -> float:
    """The number that was typed, with a comma or a point.

    Raises
    ------
    TypedError
        If it is none, or has two readings.
    """
    said, given = said_in_scoring_lab(), text.strip()
    read = _STYLE.read(given)
    if read is None:
        raise TypedError(said.text("refused_no_number"))
    if _STYLE.doubt(given, *_ANY):
        raise TypedError(said.text("refused_two_readings", given=given))
    return read[0]


def written(value: float) -> str:
    """A number in full, as it is typed: the shortest decimal, with a comma."""
    return f"{value:.0f}" if float(value).is_integer() else repr(float(value)).replace(".", ",")
