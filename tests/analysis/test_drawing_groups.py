"""Groups by lot are alike in size and strata, keep organisations apart, and can be drawn again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.analysis.drawing_groups import draw_groups, hash_draw, hash_invited, join_late
from weltoffen_eval.study.invited import Invited

_WORDS = st.sampled_from(["", "a", "b", "c", "d"])
_ORGANISATIONS = st.sampled_from(["", "", *(f"o{number}" for number in range(9))])


@st.composite
def people(draw: st.DrawFn, most: int = 60) -> list[Invited]:
    who = draw(st.lists(st.tuples(_WORDS, _ORGANISATIONS), min_size=1, max_size=most))
    return [Invited(f"p{number}", *rest) for number, rest in enumerate(who)]


def spread(
    invited: Sequence[Invited], groups: Mapping[str, int], count: int, of: Callable[[Invited], str]
) -> int:
    """By how many the group with most and that with fewest of one kind differ, at most."""
    found = []
    for kind in {of(one) for one in invited}:
        held = Counter(groups[one.id] for one in invited if of(one) == kind)
        found.append(max(held.values()) - min(held[group] for group in range(1, count + 1)))
    return max(found)


@settings(max_examples=200, deadline=None)
@given(people(), st.integers(1, 60), st.integers(0, 2**32))
def test_sizes_strata_and_organisations_differ_by_at_most_one(
    invited: list[Invited], size: int, seed: int
) -> None:
    groups = draw_groups(invited, size, seed)
    count = math.ceil(len(invited) / size)
    assert set(groups) == {one.id for one in invited}
    assert set(groups.values()) == set(range(1, count + 1))
    assert max(Counter(groups.values()).values()) <= size
    assert spread(invited, groups, count, lambda one: "all") <= 1
    assert spread(invited, groups, count, lambda one: one.stratum) <= 1
    named = [one for one in invited if one.organisation]
    assert not named or spread(named, groups, count, lambda one: one.organisation) <= 1


@settings(max_examples=60, deadline=None)
@given(people(), st.integers(1, 20), st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    invited: list[Invited], size: int, seed: int, random: object
) -> None:
    mixed = list(invited)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert draw_groups(mixed, size, seed) == draw_groups(invited, size, seed)
    assert hash_invited(mixed) == hash_invited(invited)


def test_without_organisations_people_are_dealt_with_a_continuing_pointer() -> None:
    # the algorithm as the contract words it, written out once more
    from numpy.random import PCG64, Generator

    random = Generator(PCG64(3))
    first, second = [f"a{n}" for n in range(1, 6)], [f"b{n}" for n in range(1, 4)]
    random.shuffle(first)
    random.shuffle(second)
    invited = [Invited(name, name[0]) for name in sorted(first + second)]
    dealt = {name: place % 3 + 1 for place, name in enumerate(first + second)}
    assert draw_groups(invited, 3, 3) == dealt


def test_another_seed_gives_other_groups() -> None:
    invited = [Invited(f"p{number}") for number in range(40)]
    drawn = {tuple(sorted(draw_groups(invited, 8, seed).items())) for seed in range(20)}
    assert len(drawn) == 20


def test_two_of_one_organisation_who_would_meet_are_parted_across_strata() -> None:
    # dealt alone, the first and the third of three share one of two groups
    invited = [Invited("a", "s", "x"), Invited("b", "t", "y"), Invited("c", "u", "x")]
    for seed in range(10):
        groups = draw_groups(invited, 2, seed)
        assert groups["a"] != groups["c"]


@settings(max_examples=100, deadline=None)
@given(people(), people(20), st.integers(1, 20), st.integers(0, 99))
def test_who_is_kept_stays_and_who_is_late_joins_the_smallest_group(
    invited: list[Invited], more: list[Invited], size: int, seed: int
) -> None:
    kept = draw_groups(invited, size, seed)
    late = [Invited(f"late-{one.id}", one.stratum, one.organisation) for one in more]
    stay = invited[1:]
    groups = join_late([*stay, *late], kept, seed)
    assert all(groups[one.id] == kept[one.id] for one in stay)
    assert set(groups) == {one.id for one in [*stay, *late]}
    before, now = Counter(kept[one.id] for one in stay), Counter(groups.values())
    count = max(kept.values())
    grown = [group for group in now if now[group] > before[group]]
    # whoever came late never made a group larger by two than another one
    assert all(now[group] <= min(now[other] for other in range(1, count + 1)) + 1 for group in grown)
    assert join_late([*late[::-1], *stay[::-1]], kept, seed) == groups


def test_nobody_late_changes_nothing_and_a_group_that_lost_everybody_is_filled_first() -> None:
    kept = {"a": 1, "b": 1, "c": 2}
    assert join_late([Invited("a"), Invited("b"), Invited("c")], kept, 1) == kept
    assert join_late([Invited("a"), Invited("b"), Invited("d")], kept, 1) == {"a": 1, "b": 1, "d": 2}


def test_of_two_smallest_groups_the_late_one_joins_that_without_its_organisation() -> None:
    invited = [Invited("a", organisation="x"), Invited("b", organisation="y"), Invited("c", organisation="x")]
    assert join_late(invited, {"a": 1, "b": 2}, 0)["c"] == 2


@pytest.mark.parametrize("changed", [Invited("a", "t", "x"), Invited("a", "s", "y"), Invited("b", "s", "x")])
def test_another_input_has_another_hash(changed: Invited) -> None:
    assert hash_invited([changed]) != hash_invited([Invited("a", "s", "x")])
    assert hash_draw({"a": 1}) != hash_draw({"a": 2})
    # what stands in which column counts
    assert hash_invited([Invited("a", "b", "")]) != hash_invited([Invited("a", "", "b")])


def test_four_hundred_people_are_drawn_at_once() -> None:
    invited = [Invited(f"p{n}", str(n % 5), f"o{n % 70}") for n in range(400)]
    groups = draw_groups(invited, 8, 1)
    assert Counter(groups.values()) == dict.fromkeys(range(1, 51), 8)
