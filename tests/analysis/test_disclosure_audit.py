"""Which hidden means leave less room than a category, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weltoffen_eval.analysis.disclosure_audit import Hidden, Published, narrowed

HALF = [0.5, 0.5]


def room_is_less(
    shown: list[list[float]],
    hidden: list[float],
    answers: list[float],
    category: float,
    ends: tuple[float, float] = (-math.inf, math.inf),
    items: list[int] | None = None,
) -> tuple[bool, bool]:
    """If distributions are shown, by means alone; all answers are to one item where none are named."""
    known = Published(
        np.array(shown),
        np.array(answers),
        np.full(len(answers), 100.0),
        np.array(items or [0] * len(answers), dtype=np.intp),
    )
    least, highest = (np.array([end]) for end in ends)
    found = narrowed(known, Hidden(np.array([hidden]), np.array([category]), least, highest))
    return bool(found[0][0]), bool(found[1][0])


@pytest.mark.parametrize(
    ("answers", "category", "narrow"),
    [
        # two answers with the mean m: each lies between max(0, 2m − 100) and min(100, 2m)
        ([50.0, 50.0], 100.0, False),
        ([20.0, 60.0], 80.0, False),
        ([20.0, 60.0], 81.0, True),
        ([100.0, 90.0], 10.0, False),
        ([100.0, 90.0], 10.1, True),
        ([0.0, 0.0], 0.1, True),
    ],
)
def test_of_two_answers_the_mean_leaves_each_what_the_scale_leaves(
    answers: list[float], category: float, narrow: bool
) -> None:
    # a category that fits the answers, so that no step is lost
    assert room_is_less([HALF], [1.0, 0], answers, category)[1] is narrow


def test_what_is_the_difference_of_two_means_is_known() -> None:
    third = [1 / 3] * 3
    assert room_is_less([third, [0.5, 0.5, 0]], [0, 0, 1], [0, 50, 100], 1)[1]
    assert not room_is_less([third], [0, 0, 1], [0, 50, 100], 100)[1]


def test_nothing_shown_leaves_everything() -> None:
    assert room_is_less([[0.0, 0.0]], [1, 0], [10, 20], 100) == (False, False)


def test_counts_leave_a_part_the_lowest_and_the_highest_of_all() -> None:
    # four answers 50 50 50 75, known by their number: two of them have a mean from 50 to 62.5
    quarter, pair = [0.25] * 4, [0.5, 0.5, 0, 0]
    assert room_is_less([quarter], pair, [50, 50, 50, 75], 25, (50, 62.5)) == (True, False)
    # the mean alone leaves them more
    assert room_is_less([quarter], pair, [50, 50, 50, 75], 25) == (False, False)
    # 25 50 50 75: from 37.5 to 62.5
    assert room_is_less([quarter], pair, [25, 50, 50, 75], 25, (37.5, 62.5)) == (False, False)


def test_what_counts_and_means_leave_is_taken_together() -> None:
    # two answers with the mean 75 leave one from 50 to 100, counts from 0 to 75: together one category
    assert room_is_less([HALF], [1, 0], [75, 75], 25, (0, 75)) == (False, False)
    assert room_is_less([HALF], [1, 0], [75, 75], 50, (0, 75)) == (True, False)


def test_answers_are_whole_so_that_an_end_between_two_of_them_is_none() -> None:
    # one answer between 10 and 40 with the steps 0, 25, 50: it is 25
    assert room_is_less([HALF], [1, 0], [25, 50], 25, (10, 40)) == (True, False)


def test_the_mean_of_several_answers_moves_by_part_of_a_step_and_that_over_items_by_any() -> None:
    # two answers between 14 and 40 on average, on steps of 12.5: 25 or 37.5
    assert room_is_less([[0.25] * 4], [0.5, 0.5, 0, 0], [25, 50, 25, 50], 25, (14, 40)) == (True, False)
    # one that counts half and two that count a quarter each: any number from 14 to 40
    apart = [0.5, 0.25, 0.25, 0]
    assert room_is_less([[0.25] * 4], apart, [25, 50, 25, 50], 25, (14, 40), [0, 1, 1, 0]) == (False, False)


def test_the_mean_of_others_says_nothing() -> None:
    # 50 made of a half and two quarters leaves the first 0 to 100; that another said 0 to a third item leaves it so
    two = [[0.5, 0.25, 0.25, 0], [0, 0, 0, 1]]
    assert not room_is_less(two, [1, 0, 0, 0], [50, 50, 50, 0], 100, items=[0, 1, 1, 2])[1]
    assert room_is_less(two, [0, 0, 0, 1], [50, 50, 50, 0], 1, items=[0, 1, 1, 2])[1]


def test_a_mean_over_items_bounds_by_its_weights_and_not_by_its_sum() -> None:
    # a quarter of 10 and three quarters of 50 are 40, as are 100 and 20, and 0 and 53
    assert not room_is_less([[0.25, 0.75]], [1, 0], [10, 50], 100, items=[0, 1])[1]
    # three quarters of 10 and a quarter of 50 are 20: of the first at most 26 and two thirds
    assert not room_is_less([[0.75, 0.25]], [1, 0], [10, 50], 26, items=[0, 1])[1]
    assert room_is_less([[0.75, 0.25]], [1, 0], [10, 50], 27, items=[0, 1])[1]


def test_where_nothing_is_known_or_nothing_hidden_nothing_is_narrow() -> None:
    known = Published(np.zeros((0, 1)), np.array([50.0]), np.array([100.0]), np.zeros(1, dtype=np.intp))
    one = Hidden(np.ones((1, 1)), np.array([25.0]), np.array([-math.inf]), np.array([math.inf]))
    assert [marks.tolist() for marks in narrowed(known, one)] == [[False], [False]]
    none = Hidden(np.zeros((0, 1)), *[np.zeros(0)] * 3)
    assert [marks.tolist() for marks in narrowed(known._replace(shown=np.ones((1, 1))), none)] == [[], []]
