"""Lines come back in order, in whatever order they came."""

from __future__ import annotations

import random

from weltoffen_eval.publish.keeping.sorted_lines import SortedLines


def test_lines_come_back_in_order_and_are_counted() -> None:
    lines = [f"{number % 7} ü {number}\n" for number in range(500)]
    random.Random(3).shuffle(lines)
    with SortedLines() as kept:
        assert list(kept) == []
        for line in lines:
            kept.add(line)
        assert len(kept) == 500
        assert list(kept) == sorted(lines)
        # as often as it is asked for
        assert list(kept) == sorted(lines)


def test_the_key_says_what_comes_first() -> None:
    with SortedLines(lambda line: line[1:]) as kept:
        for line in ("1b\n", "2a\n", "3c\n", "0a\n"):
            kept.add(line)
        assert list(kept) == ["2a\n", "0a\n", "1b\n", "3c\n"]


def test_long_runs_are_merged_though_they_are_read_in_parts() -> None:
    runs = [
        [f"{number:07} {'x' * (number % 300)}\n" for number in range(start, 9_000, 3)] for start in range(3)
    ]
    with SortedLines() as kept:
        for run in runs:
            for line in run:
                kept.add(line)
        assert list(kept) == sorted(line for run in runs for line in run)
