"""What the door knows of an item while it decides, by hand: who is hidden, how far counts bound them, what gives way."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weltoffen_eval.analysis.clearance_entries import (
    ClearedEntry,
    ends,
    hidden_groups,
    hold_back,
    spared,
    valued,
)
from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, NOTHING
from weltoffen_eval.analysis.person_answers import Rows


def rows(*numbers: int) -> Rows:
    return np.array(numbers, dtype=np.intp)


def entry(
    values: list[float], groups: dict[str, Rows], levels: dict[str, int], parts: dict[str, Rows] | None = None,
    told: tuple[tuple[Rows, int], ...] = (), name: tuple[str, str] = ("item", "i"),
) -> ClearedEntry:  # fmt: skip
    """Persons who all have a value."""
    everybody = {ALL: rows(*range(len(values)))}
    return ClearedEntry(
        name, np.ones((len(values), 1)), np.array(values), everybody | groups, parts or {}, levels, list(told)
    )


def shown(found: list[Rows]) -> list[list[int]]:
    return [one.tolist() for one in found]


def test_who_has_a_value_answered_something() -> None:
    made = entry([0.0] * 3, {}, {})
    made.weights = np.array([[0.5, 0.5], [0.0, 0.0], [0.0, 1.0]])
    assert valued(made, rows(1, 2)).tolist() == [2]
    assert valued(made, rows(0, 1, 2)).tolist() == [0, 2]


def test_hidden_are_perspectives_and_all_below_the_minimum_and_cells_not_shown() -> None:
    parts = {"politics": rows(0, 1), "business": rows(2, 3, 4), "residents": rows()}
    groups = {"cell": rows(0, 1, 2, 3, 4), "empty": rows()}
    closed = {ALL: MEAN, "cell": NOTHING, "empty": NOTHING}
    assert shown(hidden_groups(entry([0.0] * 5, groups, closed, parts), 3)) == [[0, 1], [0, 1, 2, 3, 4]]
    assert shown(hidden_groups(entry([0.0] * 5, groups, {**closed, "cell": MEAN}, parts), 3)) == [[0, 1]]
    # what is out already is hidden no more, a perspective below the minimum is
    out = ((rows(0, 1, 2, 3, 4), MEAN), (rows(0, 1), MEAN))
    assert shown(hidden_groups(entry([0.0] * 5, groups, closed, parts, out), 3)) == [[0, 1]]
    # a single person is too few
    assert shown(hidden_groups(entry([0.0] * 5, {}, {ALL: MEAN}, {"politics": rows(4)}), 3)) == [[4]]
    # all together are too few; one that is all of them is named once
    assert shown(hidden_groups(entry([0.0] * 2, {}, {ALL: NOTHING}, {"politics": rows(0, 1)}), 3)) == [[0, 1]]
    assert shown(hidden_groups(entry([0.0] * 2, {}, {ALL: NOTHING}), 3)) == [[0, 1]]


#: Six persons; four of a cell, of whom two are a perspective of their own.
CELL, REST, ALL_SIX = rows(0, 1, 2, 3), rows(4, 5), rows(0, 1, 2, 3, 4, 5)
VALUES = [10.0, 20.0, 30.0, 40.0, 60.0, 90.0]


@pytest.mark.parametrize(
    ("levels", "told", "bounds"),
    [
        # by all six: the two lowest are 10 and 20, the two highest 60 and 90
        ({ALL: DISTRIBUTION, "cell": NOTHING}, (), (15, 75)),
        # by the cell: 10 and 20, 30 and 40
        ({ALL: DISTRIBUTION, "cell": DISTRIBUTION}, (), (15, 35)),
        ({ALL: MEAN, "cell": DISTRIBUTION}, (), (15, 35)),
        ({ALL: MEAN, "cell": MEAN}, (), (-math.inf, math.inf)),
        # out already: of all, of the cell, of the rest alone, of all and the rest, whose difference is the cell
        ({ALL: MEAN, "cell": MEAN}, ((ALL_SIX, DISTRIBUTION),), (15, 75)),
        ({ALL: MEAN, "cell": MEAN}, ((CELL, DISTRIBUTION),), (15, 35)),
        ({ALL: MEAN, "cell": MEAN}, ((CELL, MEAN),), (-math.inf, math.inf)),
        ({ALL: MEAN, "cell": MEAN}, ((REST, DISTRIBUTION),), (-math.inf, math.inf)),
        ({ALL: DISTRIBUTION, "cell": MEAN}, ((REST, DISTRIBUTION),), (15, 35)),
    ],
)
def test_a_part_of_a_counted_group_lies_between_its_lowest_and_its_highest(
    levels: dict[str, int], told: tuple[tuple[Rows, int], ...], bounds: tuple[float, float]
) -> None:
    assert ends(entry(VALUES, {"cell": CELL}, levels, told=told), rows(1, 2)) == bounds


def test_a_group_that_is_counted_as_a_whole_is_known() -> None:
    counted = entry(VALUES, {"cell": CELL}, {ALL: NOTHING, "cell": DISTRIBUTION})
    assert ends(counted, CELL) == (25, 25)


#: A perspective of two is hidden in the cell.
HIDDEN = {"politics": rows(0, 1)}


@pytest.mark.parametrize(
    ("levels", "told", "held"),
    [
        # the mean alone of a cell, and how all answered
        ({ALL: DISTRIBUTION, "cell": MEAN}, (), {ALL: MEAN, "cell": MEAN}),
        ({ALL: DISTRIBUTION, "cell": DISTRIBUTION}, (), None),
        ({ALL: DISTRIBUTION, "cell": NOTHING}, (), None),
        ({ALL: NOTHING, "cell": MEAN}, (), None),
        # the mean of the cell is out already
        ({ALL: DISTRIBUTION, "cell": NOTHING}, ((CELL, MEAN),), {ALL: MEAN, "cell": NOTHING}),
        ({ALL: DISTRIBUTION, "cell": NOTHING}, ((rows(3), MEAN),), {ALL: MEAN, "cell": NOTHING}),
        # it is counted, too, now
        ({ALL: DISTRIBUTION, "cell": DISTRIBUTION}, ((CELL, MEAN),), None),
        # what is out is the mean of all, or of nobody, or the counts of a cell
        ({ALL: DISTRIBUTION, "cell": NOTHING}, ((ALL_SIX, MEAN),), None),
        ({ALL: DISTRIBUTION, "cell": NOTHING}, ((rows(), MEAN),), None),
        ({ALL: DISTRIBUTION, "cell": NOTHING}, ((CELL, DISTRIBUTION),), None),
        # how all answered is out already: then the cell gives way
        ({ALL: DISTRIBUTION, "cell": MEAN}, ((ALL_SIX, DISTRIBUTION),), {ALL: DISTRIBUTION, "cell": NOTHING}),
        ({ALL: DISTRIBUTION, "cell": MEAN}, ((ALL_SIX, MEAN),), {ALL: MEAN, "cell": MEAN}),
        ({ALL: DISTRIBUTION, "cell": MEAN}, ((CELL, DISTRIBUTION),), {ALL: MEAN, "cell": MEAN}),
    ],
)
def test_counts_of_all_stand_beside_no_mean_alone_of_a_part(
    levels: dict[str, int], told: tuple[tuple[Rows, int], ...], held: dict[str, int] | None
) -> None:
    made = entry(VALUES, {"cell": CELL}, dict(levels), HIDDEN, told)
    hold_back(made, 3)
    assert made.levels == (levels if held is None else held)


def test_where_nobody_is_hidden_nothing_is_held_back() -> None:
    levels = {ALL: DISTRIBUTION, "cell": MEAN}
    made = entry(VALUES, {"cell": CELL}, dict(levels), HIDDEN)
    hold_back(made, 2)
    assert made.levels == levels


def test_changes_go_first_then_items_from_the_middle_of_the_scale_then_dimensions() -> None:
    def order(name: str, values: list[float]) -> tuple[int, float]:
        return spared(entry(values, {}, {}, name=(name, "i")))

    assert order("changed_to", [0.0]) < order("item", [50.0]) < order("item", [40.0, 70.0])
    assert order("item", [40.0, 70.0]) < order("item", [20.0]) < order("dimension", [50.0])
    # as far below the middle as above; nobody is as the middle
    assert order("item", [30.0]) == order("item", [70.0])
    assert order("item", []) == order("item", [50.0])
