"""Runs of text as plain text, changed and found wherever they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.publish.exporting.parts import (
    Folded,
    MarkedText,
    Plain,
    Points,
    Prose,
    Quote,
    Run,
    all_runs,
    change_runs,
    plain_text,
)

RUN = Run("a")
CELL = Table("t", (Column("x"),), ((MarkedText("a", (RUN,)),), ("b",)), "T")


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([Run("m"), Run("2", shift="above")], "m²"),
        ([Run("H"), Run("2", shift="below"), Run("O")], "H₂O"),
        ([Run("x"), Run("a", shift="above")], "x^a"),
        ([Run("x"), Run("max", shift="below")], "x_(max)"),
        ([Run("a"), Run("\n"), Run("b")], "a b"),
    ],
)
def test_as_plain_text_what_stands_above_or_below_keeps_its_meaning(runs: list[Run], text: str) -> None:
    assert plain_text(runs) == text


def test_runs_are_found_and_changed_wherever_they_stand() -> None:
    parts = [
        Prose((RUN,)),
        Points(((Prose((RUN,)),),)),
        Quote((Prose((RUN,)),)),
        Folded("t", (Prose((RUN,)),)),
        CELL,
        Plain("a"),
    ]
    assert list(all_runs(parts)) == [RUN] * 5
    changed = [change_runs(part, lambda run: replace(run, strong=True)) for part in parts]
    assert list(all_runs(changed)) == [replace(RUN, strong=True)] * 5
    assert changed[-1] == Plain("a")


def test_a_run_that_becomes_empty_is_left_out() -> None:
    assert change_runs(
        Prose((RUN, Run("b"))), lambda run: replace(run, text="" if run == RUN else "c")
    ) == Prose((Run("c"),))
