"""Which hidden means leave less room than a category, by hand. Merging and the attack: see test_perspectives."""

from __future__ import annotations

import numpy as np
import pytest

from weltoffen_eval.analysis.privacy import REST, groups_to_show, narrowed

HALF = [0.5, 0.5]


def room_is_less(
    shown: list[list[float]], hidden: list[float], answers: list[float], category: float
) -> bool:
    items = np.zeros(len(answers), dtype=np.intp)
    found = narrowed(np.array(shown), np.array([hidden]), np.array(answers), np.array([category]), items)
    return bool(found[0])


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
    assert room_is_less([HALF], [1, 0], answers, category) is narrow


def test_what_is_the_difference_of_two_means_is_known() -> None:
    third = [1 / 3] * 3
    assert room_is_less([third, [0.5, 0.5, 0]], [0, 0, 1], [0, 50, 100], 1)
    assert not room_is_less([third], [0, 0, 1], [0, 50, 100], 100)


def test_nothing_shown_leaves_everything() -> None:
    assert not room_is_less([[0.0, 0.0]], [1, 0], [10, 20], 100)


def test_the_rest_is_named_in_the_order_of_the_groups_and_joined_by_the_smallest() -> None:
    assert groups_to_show({"z": 3, "a": 2, "m": 9}, 5) == {"m": ("m",), REST: ("z", "a")}
    # of two equally small ones the first by name joins
    assert groups_to_show({"b": 6, "a": 6, "c": 7, "d": 1}, 5) == {"b": ("b",), "c": ("c",), REST: ("a", "d")}
    assert groups_to_show({"a": 5, "b": 0, "c": 5}, 5) == {"a": ("a",), "c": ("c",)}
