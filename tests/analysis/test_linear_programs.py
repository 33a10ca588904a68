"""Best ends of small programs, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from weltoffen_eval.analysis.linear_programs import LinearProgram


def test_each_goal_has_its_own_end_whatever_was_asked_before() -> None:
    # x + y = 3 and 0 <= x, y <= 2: x and y lie between 1 and 2
    program = LinearProgram(np.array([[1.0, 1.0]]), np.array([3.0]), np.array([3.0]), np.array([2.0, 2.0]))
    for goal, end in (([1, 0], [2, 1]), ([0, 1], [1, 2]), ([-1, 0], [1, 2]), ([1, 0], [2, 1])):
        assert program.best(np.array(goal, dtype=float)) == pytest.approx(np.array(end, dtype=float))


def test_sums_that_cannot_be_have_no_end() -> None:
    program = LinearProgram(np.array([[1.0, 1.0]]), np.array([5.0]), np.array([5.0]), np.array([2.0, 2.0]))
    assert program.best(np.array([1.0, 0.0])) is None


def test_an_unknown_without_limit_has_no_end() -> None:
    program = LinearProgram(
        np.array([[1.0, -1.0]]), np.array([0.0]), np.array([0.0]), np.array([np.inf, np.inf])
    )
    assert program.best(np.array([1.0, 1.0])) is None


def test_a_sum_between_two_ends_holds_the_goal_at_one_of_them() -> None:
    # 1 <= x + y <= 3, and y is at most 2 by itself
    program = LinearProgram(
        np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, 0.0]), np.array([3.0, 5.0]), np.array([4.0, 2.0])
    )
    goal = np.array([1.0, 1.0])
    found = program.best(goal)
    assert found is not None
    assert found.sum() == pytest.approx(3)
    assert program.holding_rows(goal).tolist() == [0]
