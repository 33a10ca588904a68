"""Every way in which a number can stand in a report is known, and no other."""

from __future__ import annotations

import math

import pytest

from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.writings import writings

GERMAN = load_language("de")


@pytest.mark.parametrize(
    ("value", "written", "never"),
    [
        (57.5, {"58", "57,5", "57,50"}, {"57", "59", "57,4"}),
        (-11.36, {"11", "elf", "11,4", "11,36"}, {"12", "-11"}),
        (0.335, {"34\N{NO-BREAK SPACE}%", "34", "0,34", "0,335"}, {"33\N{NO-BREAK SPACE}%", "35"}),
        (3.0, {"3", "drei"}, {"vier", "2"}),
        (12345.0, {"12345", "12\N{NO-BREAK SPACE}345"}, {"1234"}),
    ],
)
def test_a_number_is_written_so_and_not_otherwise(value: float, written: set[str], never: set[str]) -> None:
    found = {
        text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}") for text in writings(GERMAN, value)
    }
    assert written <= found
    assert not never & found


def test_what_is_missing_is_written_in_no_way() -> None:
    assert writings(GERMAN, math.nan) == frozenset()
