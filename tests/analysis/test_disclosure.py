"""Cells and sizes by hand: nothing here looks at an answer."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TITLE

from weltoffen_eval.analysis.disclosure import (
    ALL,
    DISTRIBUTION,
    MEAN,
    NOTHING,
    Limits,
    cells_of,
    levels_by_size,
    limits_for,
    may_stand,
)
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError

PERSPECTIVES = ["administration", "politics", "civil_society", "business", "residents"]
INTERNAL, PUBLIC = Limits(5, 5, True), Limits(5, 10, False)


@pytest.mark.parametrize(
    ("sizes", "cells"),
    [
        ({"politics": 9, "business": 3}, []),
        ({"politics": 3, "business": 2, "civil_society": 9}, ["politics+business", "civil_society"]),
        ({"business": 9, "politics": 6, "residents": 2}, ["politics+residents", "business"]),
        ({"politics": 9, "business": 6}, ["politics", "business"]),
        ({"politics": 4}, []),
        ({"politics": 3, "civil_society": 3, "business": 3, "residents": 3},
         ["politics+civil_society", "business+residents"]),
        ({}, []),
    ],
)  # fmt: skip
def test_small_perspectives_are_told_with_others_before_nothing_is_told(
    sizes: dict[str, int], cells: list[str]
) -> None:
    assert sorted(cells_of(sizes, 5)) == sorted(cells)


@given(st.dictionaries(st.sampled_from(PERSPECTIVES), st.integers(0, 15)), st.integers(2, 8))
def test_cells_hold_everybody_once_each_enough_and_come_from_sizes_alone(
    sizes: dict[str, int], least: int
) -> None:
    cells = cells_of(sizes, least)
    assert cells == cells_of(dict(reversed(sizes.items())), least)
    if cells:
        assert sorted(name for parts in cells.values() for name in parts) == sorted(
            n for n in sizes if sizes[n]
        )
        assert all(sum(sizes[name] for name in parts) >= least for parts in cells.values())
        assert all(name == "+".join(parts) for name, parts in cells.items())
    else:
        everybody = sum(sizes.values())
        some = {sum(part) for k in range(6) for part in combinations(sizes.values(), k)}
        assert not any(least <= part <= everybody - least for part in some), (
            "a division in two there would be"
        )


def test_all_together_are_told_where_subtraction_reaches_nobody_or_enough() -> None:
    assert levels_by_size(11, {"a": 6, "b": 5}, INTERNAL) == {
        ALL: DISTRIBUTION,
        "a": DISTRIBUTION,
        "b": DISTRIBUTION,
    }
    assert levels_by_size(10, {"a": 6, "b": 4}, INTERNAL) == {ALL: NOTHING, "a": DISTRIBUTION, "b": NOTHING}
    assert levels_by_size(6, {"a": 6, "b": 0}, INTERNAL)[ALL] == DISTRIBUTION
    # two cells of three are six
    assert levels_by_size(12, {"a": 6, "b": 3, "c": 3}, INTERNAL)[ALL] == DISTRIBUTION
    assert levels_by_size(4, {}, INTERNAL)[ALL] == NOTHING
    assert levels_by_size(5, {}, INTERNAL)[ALL] == DISTRIBUTION


def test_the_public_sees_distributions_from_ten_on_and_none_that_leaves_fewer() -> None:
    assert levels_by_size(9, {}, PUBLIC)[ALL] == MEAN
    assert levels_by_size(10, {}, PUBLIC)[ALL] == DISTRIBUTION
    assert levels_by_size(17, {"a": 10, "b": 7}, PUBLIC) == {ALL: MEAN, "a": DISTRIBUTION, "b": MEAN}
    assert levels_by_size(20, {"a": 10, "b": 10}, PUBLIC)[ALL] == DISTRIBUTION


def test_a_scheme_for_small_groups_is_not_for_the_public() -> None:
    small = ScoringScheme("t", TITLE, min_group_size=4)
    assert limits_for(small, "internal") == Limits(4, 4, True)
    with pytest.raises(CallError, match="at least 5") as error:
        limits_for(small, "public")
    assert error.value.exit_code == 2
    with pytest.raises(CallError, match="none of internal, public"):
        limits_for(small, "everybody")


def test_persons_stand_for_an_administration_if_they_are_enough_and_no_few_are_beside_them() -> None:
    assert may_stand({"administration": 5}, 5)
    assert not may_stand({"administration": 4}, 5)
    assert not may_stand({"administration": 5, "politics": 3}, 5)
    assert may_stand({"administration": 5, "politics": 5}, 5)


def test_merging_keeps_most_persons_in_a_number_finer_than_the_total() -> None:
    """1,000 random workshops, as docs/methods says: five perspectives of 0 to 12 persons each."""
    random = np.random.default_rng(20211)
    finer = everybody = 0
    for sizes in random.integers(0, 13, size=(1000, 5)):
        everybody += int(sizes.sum())
        finer += int(sizes.sum()) if cells_of(dict(zip(PERSPECTIVES, map(int, sizes), strict=True)), 5) else 0
    assert finer / everybody >= 0.9
