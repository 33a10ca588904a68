"""Blanks as a browser shows them: collapsed, none at either end, none after a break."""

from __future__ import annotations

import pytest

from weltoffen_eval.publish.exporting.paragraphs import Paragraphs, anchored, named, trimmed
from weltoffen_eval.publish.exporting.parts import Formula, Place, Plain, Prose, Run

FORMULA = Run("x", formula=Formula("x"))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([], ()),
        ([Run(" "), Run("a"), Run(" b "), Run("\n")], (Run("a b"),)),
        ([Run("a", strong=True), Run("b", strong=True), Run("c")], (Run("ab", strong=True), Run("c"))),
        ([Run("\n"), Run("a"), Run("\n"), Run("b")], (Run("a"), Run("\n"), Run("b"))),
        ([Run("a "), FORMULA, Run(" ")], (Run("a "), FORMULA)),
        ([Run("", anchor="p"), Run(" a")], (Run("", anchor="p"), Run("a"))),
        ([Run("a "), Run("", anchor="p")], (Run("a"), Run("", anchor="p"))),
    ],
)
def test_runs_without_blanks_at_either_end_neighbours_joined(
    runs: list[Run], expected: tuple[Run, ...]
) -> None:
    assert trimmed(runs) == expected


def test_a_blank_after_a_blank_or_a_break_is_none() -> None:
    paragraphs = Paragraphs()
    for text in ("a \t", "\n b", "\N{NO-BREAK SPACE}c"):
        paragraphs.text(text, Run(""))
    paragraphs.flush()
    paragraphs.flush()
    assert paragraphs.parts == [Prose((Run("a b\N{NO-BREAK SPACE}c"),))]


def test_a_paragraph_of_nothing_but_a_place_is_a_place() -> None:
    paragraphs = Paragraphs()
    paragraphs.runs.append(Run("", anchor="p"))
    paragraphs.flush()
    assert paragraphs.parts == [Place(("p",))]


def test_names_stand_at_the_beginning() -> None:
    mark = Run("", anchor="p")
    assert anchored(Place(("p",))) == (Prose((mark,)),)
    assert named((Prose((Run("a"),)),), "p") == (Prose((mark, Run("a"))),)
    assert named((Plain("a"),), "p") == (Prose((mark,)), Plain("a"))
    assert named((), "p") == (Prose((mark,)),)
