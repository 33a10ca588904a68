"""What an outsider knows of persons, by hand: who belongs to a group, whose mean is over what, one answer's step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from weltoffen_eval.analysis.findings import FIELD_RATING
from weltoffen_eval.analysis.known_persons import EVERYBODY, KnownPersons

NAN = np.nan
FIVE = ("1", "2", "3", "4", "5")
#: Two of politics, one of business; a to c are of the field d, n is a number of the field e. The administration's
#: answer to b is not known; c does not concern the third.
THREE = KnownPersons(
    municipality="m", wave="w", setting="workshop", perspectives=("politics", "politics", "business"),
    items=("a", "b", "c", "n"), dimensions=("d", "d", "d", "e"),
    answered=np.array([[True, True, True, True], [False, True, True, False], [True, False, False, False]]),
    applicable=np.array([[True] * 4, [True] * 4, [True, True, False, True]]),
    own=np.array([50.0, NAN, 100.0, 20.0]), lowest=np.array([0.0, 0.0, 40.0, 10.0]),
    highest=np.array([100.0, 100.0, 60.0, 30.0]), codes=(FIVE, ("1", "2", "3"), ("1",), ()),
)  # fmt: skip


def test_a_group_is_all_or_one_perspective_or_several() -> None:
    assert THREE.rows_of(EVERYBODY).tolist() == [True, True, True]
    assert THREE.rows_of("business").tolist() == [False, False, True]
    assert THREE.rows_of("business+politics").tolist() == [True, True, True]
    assert THREE.rows_of(EVERYBODY).dtype == bool
    nobody = replace(THREE, perspectives=()).rows_of("business")
    assert (nobody.tolist(), nobody.dtype) == ([], bool)


def test_from_one_answer_to_the_next_is_the_way_of_the_scale_by_its_steps() -> None:
    # (100 − 0)/4, (100 − 0)/2; one answer alone and numbers: one point
    assert [THREE.category(column) for column in range(4)] == [25, 50, 1, 1]
    two = replace(THREE, codes=(FIVE, FIVE, ("1", "2"), ()))
    assert two.category(2) == 20
    # a rating is known within ten points, or by its scale
    rated = replace(THREE, variant=FIELD_RATING)
    assert [rated.category(0), rated.category(3)] == [25, 10]


def test_columns_are_those_of_an_item_or_of_a_field() -> None:
    assert THREE.columns_of("item", "c") == [2]
    assert THREE.columns_of("dimension", "d") == [0, 1, 2]
    assert THREE.columns_of("dimension", "a") == []
    assert THREE.columns_of("overall", "d") == []


HALF, THIRD = 1 / 2, 1 / 3


@pytest.mark.parametrize(
    ("kind", "weights"),
    [
        # over a and c, which the administration answered: both; one of two; the one that concerns the third
        ("compared", [[HALF, 0, HALF, 0], [0, 0, 1, 0], [1, 0, 0, 0]]),
        ("all", [[THIRD, THIRD, THIRD, 0], [0, HALF, HALF, 0], [1, 0, 0, 0]]),
        # over b and c: the third answered neither
        ("changed_from", [[0, HALF, HALF, 0], [0, HALF, HALF, 0], [0, 0, 0, 0]]),
        # it is not known which
        ("changed_to", [[THIRD, THIRD, THIRD, 0], [0, HALF, HALF, 0], [1, 0, 0, 0]]),
    ],
)
def test_the_value_of_a_field_is_a_mean_over_what_counts(kind: str, weights: list[list[float]]) -> None:
    known = replace(THREE, changed_from=frozenset({"b", "c", "n"}))
    np.testing.assert_allclose(known.weights("dimension", "d", kind), weights)


def test_who_answered_fewer_than_half_of_what_concerns_them_has_no_value_in_a_field() -> None:
    known = replace(THREE, own=np.array([50.0, 0.0, 100.0, 20.0]))
    # of a, b, c: three; two; one of the two that concern the third
    np.testing.assert_allclose(
        known.weights("dimension", "d"), [[THIRD, THIRD, THIRD, 0], [0, HALF, HALF, 0], [1, 0, 0, 0]]
    )
    all_concern = replace(known, applicable=np.ones((3, 4), dtype=bool))
    assert not all_concern.weights("dimension", "d")[2].any()
    # with less than half it has one over all answers, and in a change
    assert all_concern.weights("dimension", "d", "all")[2].tolist() == [1, 0, 0, 0]
    assert all_concern.weights("dimension", "d", "changed_from")[2].tolist() == [1, 0, 0, 0]


def test_where_the_administration_answered_nothing_and_of_ratings_all_counts() -> None:
    alone = replace(THREE, own=np.full(4, NAN))
    assert alone.weights("dimension", "d")[0].tolist() == [THIRD, THIRD, THIRD, 0]
    rated = replace(THREE, variant=FIELD_RATING)
    assert rated.weights("dimension", "d")[0].tolist() == [THIRD, THIRD, THIRD, 0]
    assert (THREE.where, rated.where) == (("m", "w", "workshop"), ("m", "w", "workshop=field_rating"))


def test_the_value_of_an_item_is_its_answer_whatever_the_administration_said() -> None:
    assert THREE.weights("item", "b").tolist() == [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    assert THREE.weights("item", "b", "all").tolist() == [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
