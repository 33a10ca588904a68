"""What of a small workshop may be shown, by hand, and an attack on what is left."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from weltoffen_eval.analysis.clearance import Clearance, clear
from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, NOTHING, Limits
from weltoffen_eval.analysis.earlier_releases import Told
from weltoffen_eval.analysis.person_answers import PersonAnswers

INTERNAL, PUBLIC = Limits(5, 5, True), Limits(5, 10, False)
NAN = math.nan


def persons(points: list[list[float]], perspectives: list[str]) -> PersonAnswers:
    """Persons × items of one dimension, in points of five options; the administration says 50 everywhere."""
    said = np.array(points, dtype=float)
    count = said.shape[1]
    return PersonAnswers(
        municipality="m", wave="w", setting="workshop", items=tuple(f"i{n}" for n in range(count)),
        dimensions=("d",) * count, points=said, own=np.full(count, 50.0),
        applicable=np.ones_like(said, dtype=bool), perspectives=tuple(perspectives), lowest=np.zeros(count),
        highest=np.full(count, 100.0), category=np.full(count, 25.0),
    )  # fmt: skip


TWO = ["politics"] * 5 + ["business"] * 5


def levels(found: Clearance, entry: str) -> dict[str, int]:
    return found.levels["item", entry]


def test_where_all_cells_are_large_enough_nothing_is_withheld_internally() -> None:
    found = clear(persons([[100.0]] * 5 + [[0.0]] * 5, TWO), INTERNAL)
    assert levels(found, "i0") == {ALL: DISTRIBUTION, "politics": DISTRIBUTION, "business": DISTRIBUTION}


def test_the_public_sees_no_mean_at_an_end_nor_that_from_which_it_follows() -> None:
    found = clear(persons([[100.0]] * 5 + [[0.0]] * 3 + [[25.0]] * 2, TWO), PUBLIC)
    # politics is all together less business
    assert levels(found, "i0")["politics"] == NOTHING
    assert sum(level > NOTHING for level in levels(found, "i0").values()) <= 1


def test_who_did_not_answer_is_not_told_by_subtraction() -> None:
    points = [[25.0 * (n % 2 + 1), 25.0 * (n % 2 + 2)] for n in range(10)]
    points[9][1] = NAN
    found = clear(persons(points, TWO), INTERNAL)
    # four of business answered the second item
    assert levels(found, "i1")["business"] == NOTHING
    assert levels(found, "i1")[ALL] == NOTHING
    assert found.size("item", "i1", "business") == 4


def test_a_small_perspective_in_a_cell_of_equals_takes_the_distribution_along_then_the_mean() -> None:
    five = ["politics"] * 3 + ["business"] * 2
    # all at one end: the mean alone tells what each said
    assert clear(persons([[100.0]] * 5, five), INTERNAL).level("item", "i0") == NOTHING
    # all in the middle: the mean leaves two persons 0 to 100, the counts nothing
    assert clear(persons([[50.0]] * 5, five), INTERNAL).level("item", "i0") == MEAN
    # spread out: two of five may be 0 and 25, or 75 and 100
    spread = clear(persons([[0.0], [25.0], [50.0], [75.0], [100.0]], five), INTERNAL)
    assert spread.level("item", "i0") == DISTRIBUTION


def test_of_one_perspective_alone_all_may_be_told() -> None:
    found = clear(persons([[100.0]] * 5, ["politics"] * 5), INTERNAL)
    assert found.level("item", "i0", "politics") == DISTRIBUTION


@pytest.mark.parametrize("limits", [INTERNAL, PUBLIC])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_from_means_and_counts_no_small_group_can_be_worked_out(data: st.DataObject, limits: Limits) -> None:
    """An attack by linear programs; counts bound each part of a group by its lowest and highest answers."""
    names = data.draw(
        st.lists(st.sampled_from(["politics", "business", "residents"]), min_size=5, max_size=14)
    )
    items = data.draw(st.integers(1, 3))
    answer = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0, NAN])
    of = persons([[data.draw(answer) for _ in range(items)] for _ in names], sorted(names))
    found = clear(of, limits)
    there = ~np.isnan(of.points)
    place = np.full(there.shape, -1)
    place[there] = range(int(there.sum()))
    groups = of.groups(limits.mean)

    def weights(level: str, column: int, rows: np.ndarray) -> np.ndarray:
        row = np.zeros(int(there.sum()))
        own = (
            of.compared_weights("d") if level == "dimension" else np.eye(items)[[column] * len(there)] * there
        )
        counted = [p for p in rows if own[p].any()]
        for p in counted:
            row[place[p][there[p]]] += own[p][there[p]] / len(counted)
        return row

    entries = [("item", n, f"i{n}") for n in range(items)] + [("dimension", -1, "d")]
    shown = [
        weights(level, column, rows)
        for level, column, entry in entries
        for group, rows in groups.items()
        if found.level(level, entry, group)
    ]
    values = [row @ of.points[there] for row in shown]
    for level, column, entry in entries:
        for group, rows in groups.items() if limits is PUBLIC else ():
            goal = weights(level, column, rows)
            if goal.any() and (goal @ of.points[there] < 1e-9 or goal @ of.points[there] > 100 - 1e-9):
                low, high = _ends(goal, shown, values)
                assert high - low > 25 - 1e-4, f"all of {group} are at an end of {entry}"
        for name in of.sizes:
            size = found.size(level, entry, name)
            if 0 < size < 5:
                goal = weights(level, column, of.rows_of([name]))
                low, high = _ends(goal, shown, values)
                for group, rows in groups.items():
                    if (
                        level == "item"
                        and found.level(level, entry, group) == DISTRIBUTION
                        and name in {of.perspectives[p] for p in rows}
                    ):
                        known = np.sort(of.points[rows, column][there[rows, column]])
                        low, high = max(low, known[:size].mean()), min(high, known[-size:].mean())
                assert high - low > 25 - 1e-4, f"{name}, {entry}: worked out"


def _ends(goal: np.ndarray, rows: list[np.ndarray], values: list[float]) -> tuple[float, float]:
    equal = {"A_eq": np.array(rows), "b_eq": values} if rows else {}
    low, high = (sign * linprog(sign * goal, bounds=(0, 100), **equal).fun for sign in (1, -1))
    return float(low), float(high)


def test_at_an_end_of_the_scale_nothing_leaves_where_a_small_perspective_is_among_the_persons() -> None:
    merged = ["politics"] * 3 + ["business"] * 2 + ["residents"] * 5
    for end in (0.0, 100.0):
        found = clear(persons([[end]] * 10, merged), INTERNAL)
        # the residents are enough to be told, and alone tell nothing of the others
        assert levels(found, "i0")[ALL] == NOTHING
        assert levels(found, "i0")["politics+business"] == NOTHING
    # who is few did not answer: all who did are enough, in a cell of their own
    nobody = clear(persons([[NAN]] * 5 + [[100.0]] * 5, merged), INTERNAL)
    assert levels(nobody, "i0") == {
        ALL: DISTRIBUTION, "politics+business": NOTHING, "residents": DISTRIBUTION,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "level"), [([40.0] * 10, NOTHING), ([60.0] * 10, NOTHING), ([40.0, 60.0] * 5, DISTRIBUTION)]
)
def test_the_ends_of_a_scale_are_those_of_its_answers_not_0_and_100(answers: list[float], level: int) -> None:
    of = persons([[answer] for answer in answers], ["politics"] * 10)
    narrow = replace(of, lowest=np.array([40.0]), highest=np.array([60.0]), category=np.array([20.0]))
    found = clear(narrow, PUBLIC)
    assert (found.level("item", "i0"), found.level("dimension", "d")) == (level, level)


def test_a_small_perspective_is_bounded_on_its_scale_wherever_that_begins() -> None:
    for said, level in ((50.0, MEAN), (60.0, NOTHING)):
        of = persons([[said]] * 5, ["politics"] * 3 + ["business"] * 2)
        # three options at 40, 50 and 60: a mean of 50 leaves two persons all of it, counts and a mean of 60 nothing
        narrow = replace(of, lowest=np.array([40.0]), highest=np.array([60.0]), category=np.array([10.0]))
        assert clear(narrow, INTERNAL).level("item", "i0") == level


def test_the_public_sees_counts_of_all_beside_means_of_cells_only_where_nobody_is_hidden_in_them() -> None:
    spread = [[25.0 * (n % 5)] for n in range(10)]
    for names, whole in (
        (TWO, DISTRIBUTION),
        (["politics"] * 3 + ["business"] * 2 + ["residents"] * 5, MEAN),
    ):
        found = levels(clear(persons(spread, names), PUBLIC), "i0")
        assert (found.pop(ALL), set(found.values())) == (whole, {MEAN})


def test_a_field_is_at_an_end_where_all_its_questions_are() -> None:
    assert clear(persons([[100.0, 100.0]] * 10, ["politics"] * 10), PUBLIC).level("dimension", "d") == NOTHING
    one_of_two = clear(persons([[0.0, 0.0]] * 5 + [[0.0, 100.0]] * 5, ["politics"] * 10), PUBLIC)
    assert one_of_two.level("dimension", "d") == DISTRIBUTION


def test_that_all_are_at_an_end_does_not_follow_from_the_field_and_its_other_question() -> None:
    """All ten say 0 to the first; to the second half say 100: the field has 25, twice 25 less 50 is 0."""
    found = clear(persons([[0.0, 0.0]] * 5 + [[0.0, 100.0]] * 5, ["politics"] * 10), PUBLIC)
    # the field alone leaves the first anything from 0 to 50
    assert [found.level("item", name) for name in ("i0", "i1")] == [NOTHING, NOTHING]


def test_a_change_is_told_of_all_together_only_and_of_those_with_a_question_that_both_waves_have() -> None:
    points = [[25.0 * (n % 5), 50.0] for n in range(10)]
    points[9][1] = NAN
    found = clear(replace(persons(points, TWO), changed_from=frozenset({"i1"})), INTERNAL)
    assert set(found.levels["changed_from", "d"]) == {ALL}
    assert found.size("changed_from", "d", ALL) == 9
    assert ("changed_to", "d") not in found.levels


def test_persons_are_counted_by_perspective_also_where_these_are_told_together() -> None:
    merged = ["politics"] * 3 + ["business"] * 2 + ["residents"] * 5
    found = clear(persons([[25.0 * (n % 5)] for n in range(10)], merged), INTERNAL)
    counted = {name: found.size("item", "i0", name) for name in (ALL, "politics", "politics+business")}
    assert counted == {ALL: 10, "politics": 3, "politics+business": 5}
    assert (found.size("item", "i0", "nobody"), found.size("item", "i9", ALL)) == (0, 0)


def test_of_a_field_in_which_somebody_answered_anew_nothing_leaves_and_of_the_others_it_does() -> None:
    of = replace(persons([[25.0 * (n % 5), 25.0 * (n % 5)] for n in range(10)], TWO), dimensions=("d", "e"))
    found = clear(of, INTERNAL, Told(changed={"d"}))
    assert (found.shown("item"), found.shown("dimension")) == ({"i1"}, {"e"})


def test_the_room_of_a_field_is_held_against_its_finest_question() -> None:
    """Two of twelve are hidden. All say 50 to the first; to the second, yes or no, half say yes.

    The values of the field are 25 and 75, six of each: two persons have 25 to 75, less than yes or no.
    """
    of = persons([[50.0, 100.0 * (n % 2)] for n in range(12)], ["politics"] * 2 + ["residents"] * 10)
    found = clear(replace(of, category=np.array([25.0, 100.0])), INTERNAL)
    assert found.level("dimension", "d") == DISTRIBUTION
    assert [found.level("item", name) for name in ("i0", "i1")] == [MEAN, DISTRIBUTION]


def test_what_may_be_shown_is_listed_by_level_and_detail() -> None:
    levels = {("item", "a"): {ALL: MEAN}, ("item", "b"): {ALL: DISTRIBUTION}, ("dimension", "d"): {ALL: MEAN}}
    found = Clearance(levels, {}, 5, "politics")
    assert (found.shown("item"), found.shown("item", DISTRIBUTION)) == ({"a", "b"}, {"b"})
    # who is alone is all together; of others nothing is known
    assert found.shown("item", MEAN, "politics") == {"a", "b"}
    assert found.shown("item", MEAN, "business") == set()
