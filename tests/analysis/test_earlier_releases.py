"""Leaks that a second release would make of a first one, planted; and a release that is made again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from attacked_studies import known, random_study, wanted
from small import TITLE

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.disclosure_attack import attack
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import release
from weltoffen_eval.analysis.scheme import ScoringScheme

SCHEME = ScoringScheme("t", TITLE)
SPREAD = [0.0, 25.0, 50.0, 75.0, 100.0]


def workshop(points: list[float], perspectives: list[str], wave: str = "w") -> PersonAnswers:
    """Persons who answer one item of five options; the administration says 50."""
    return PersonAnswers(
        municipality="m", wave=wave, setting="workshop", items=("i",), dimensions=("d",),
        points=np.array(points)[:, None], own=np.array([50.0]),
        applicable=np.ones((len(points), 1), dtype=bool), perspectives=tuple(perspectives),
        lowest=np.zeros(1), highest=np.full(1, 100.0), category=np.full(1, 25.0),
    )  # fmt: skip


def leave(
    of: PersonAnswers, earlier: Sequence[Finding] = (), least: int = 5, audience: str = "internal"
) -> list[Finding]:
    scheme = replace(SCHEME, min_group_size=least)
    return release(gap_findings(of, scheme), [of], scheme=scheme, audience=audience, earlier=earlier).findings


def value(findings: Sequence[Finding], group: str = ALL, level: str = "item") -> float:
    (found,) = [
        f
        for f in findings
        if (f.perspective, f.other, f.quantity, f.level) == (group, "administration", "gap", level)
    ]
    return found.value


TEN = [*SPREAD, *SPREAD]


def test_who_came_between_two_releases_is_not_the_difference_of_their_totals() -> None:
    """(11 · mean of 11 − 10 · mean of 10) would be what the eleventh said."""
    first = leave(workshop(TEN, ["residents"] * 10))
    assert value(first) == 0
    later = workshop([*TEN, 100.0], ["residents"] * 11)
    assert value(leave(later)) == pytest.approx(50 / 11)
    assert math.isnan(value(leave(later, first)))


def test_who_answered_anew_between_two_releases_is_not_the_difference_either() -> None:
    first = leave(workshop(TEN, ["residents"] * 10))
    assert math.isnan(value(leave(workshop([*TEN[:9], 75.0], ["residents"] * 10), first)))


def test_two_who_changed_places_are_not_the_difference_of_counts_though_the_mean_is_the_same() -> None:
    def counts(points: list[float]) -> list[Finding]:
        return [
            Finding("n", float(points.count(value)), n=10, variant=f"{code}", municipality="m", wave="w",
                setting="workshop", level="item", id="i", perspective=ALL)
            for code, value in enumerate(SPREAD)
        ]  # fmt: skip

    of, moved = workshop(TEN, ["residents"] * 10), [*SPREAD, 25.0, 25.0, 50.0, 75.0, 75.0]
    assert sum(moved) == sum(TEN)
    first = release(counts(TEN), [of], scheme=SCHEME, audience="public").findings
    assert [f.value for f in first] == [2.0] * 5
    later = workshop(moved, ["residents"] * 10)
    second = release(counts(moved), [later], scheme=SCHEME, audience="public", earlier=first).findings
    assert [f.reason for f in second] == ["disclosure"] * 5
    again = release(counts(TEN), [of], scheme=SCHEME, audience="public", earlier=first).findings
    assert again == first


def test_of_a_dimension_in_which_nothing_moved_the_numbers_leave() -> None:
    """The second item is another dimension, to which one answer came; its number is closed, no other."""
    one = workshop(TEN, ["residents"] * 10)
    both = replace(
        one, items=("i", "j"), dimensions=("d", "e"), points=np.column_stack([TEN, [*TEN[:9], np.nan]]),
        own=np.full(2, 50.0), applicable=np.ones((10, 2), dtype=bool), lowest=np.zeros(2),
        highest=np.full(2, 100.0), category=np.full(2, 25.0),
    )  # fmt: skip
    first = release(gap_findings(both, SCHEME), [both], scheme=SCHEME, audience="internal").findings
    now = replace(both, points=np.column_stack([TEN, TEN]))
    again = release(
        gap_findings(now, SCHEME), [now], scheme=SCHEME, audience="internal", earlier=first
    ).findings
    told = {f.id: f.value for f in again if (f.perspective, f.quantity, f.level) == (ALL, "gap", "item")}
    assert told["i"] == 0
    assert math.isnan(told["j"])


def test_a_group_that_is_out_does_not_leave_its_difference_to_the_total() -> None:
    """Residents of six were told; eight less six would be the two of politics."""
    of = workshop([100.0, 75.0, *SPREAD, 50.0], ["politics"] * 2 + ["residents"] * 6)
    alone = Finding(
        "gap", 0.0, municipality="m", wave="w", setting="workshop", level="item", id="i", perspective="residents",
        other="administration", n=6,
    )  # fmt: skip
    assert not math.isnan(value(leave(of)))
    assert math.isnan(value(leave(of, [alone])))


def test_cells_of_another_scheme_do_not_undo_those_that_are_out() -> None:
    """From 9 persons politics and business were told together; politics alone would leave the four of business."""
    of = workshop(
        [*SPREAD, 0.0, 25.0, 75.0, 75.0, *TEN], ["politics"] * 5 + ["business"] * 4 + ["residents"] * 10
    )
    first = leave(of, least=9)
    assert not math.isnan(value(first, "politics+business"))
    finer = [f for f in first if (f.perspective, f.quantity, f.level) == ("politics+business", "gap", "item")]
    assert [f.n for f in finer if f.other == "administration"] == [9]
    assert not math.isnan(value(leave(of, finer), "residents"))
    told = attack([known(of)], [Said(f, source="x") for f in [*finer, *leave(of, finer)]])
    assert [b for b in told if b.recovered] == []


def test_a_change_is_closed_where_somebody_came_to_the_earlier_wave() -> None:
    before, after = (
        replace(workshop(TEN, ["residents"] * 10, wave), **{side: frozenset("i")})
        for wave, side in (("v", "changed_to"), ("w", "changed_from"))
    )
    change = Finding(
        "change", 0.0, municipality="m", wave="w", variant="v", setting="workshop", level="dimension", id="d",
        perspective=ALL, n=20,
    )  # fmt: skip
    (first,) = release([change], [before, after], scheme=SCHEME, audience="internal").findings
    assert first.value == 0
    more = replace(workshop([*TEN, 100.0], ["residents"] * 11, "v"), changed_to=frozenset("i"))
    now = change.having(value=-50 / 11, n=21.0)
    (second,) = release([now], [more, after], scheme=SCHEME, audience="internal", earlier=[first]).findings
    assert (math.isnan(second.value), second.reason) == (True, "disclosure")


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("seed", range(12))
def test_the_same_release_again_is_the_same(seed: int, audience: str) -> None:
    study = random_study(seed)
    first = release(wanted(study), study, scheme=SCHEME, audience=audience).findings
    again = release(wanted(study), study, scheme=SCHEME, audience=audience, earlier=first).findings
    assert [f.key for f in again] == [f.key for f in first]
    for one, other in zip(first, again, strict=True):
        assert np.array_equal([one.value, one.high], [other.value, other.high], equal_nan=True), one


LATE = "late_"


def with_late(study: Sequence[PersonAnswers], seed: int) -> list[PersonAnswers]:
    """One or two more persons of a perspective that is there, in each wave."""
    random = np.random.default_rng(seed)
    found = []
    for of in study:
        more = int(random.integers(1, 3))
        name = str(random.choice(of.perspectives))
        points = random.choice([0.0, 25.0, 50.0, 75.0, 100.0], (more, len(of.items)))
        found.append(
            replace(
                of, points=np.vstack([of.points, points]), perspectives=(*of.perspectives, *[name] * more),
                applicable=np.ones((len(of.points) + more, len(of.items)), dtype=bool),
            )
        )  # fmt: skip
    return found


def recovered_of_both(seed: int, remembers: bool) -> int:
    """How many means follow from two releases for who knows which persons came between them."""
    first_study = random_study(seed)
    second_study = with_late(first_study, seed)
    first = release(wanted(first_study), first_study, scheme=SCHEME, audience="public").findings
    earlier = first if remembers else ()
    second = release(
        wanted(second_study), second_study, scheme=SCHEME, audience="public", earlier=earlier
    ).findings
    said, persons = [], []
    for old, new in zip(first_study, second_study, strict=True):
        early = len(old.perspectives)
        names = (*old.perspectives, *(LATE + name for name in new.perspectives[early:]))
        persons.append(known(replace(new, perspectives=names)))
        late = dict.fromkeys(names[early:])
        everybody = "+".join(dict.fromkeys(names))
        for release_of, findings in (("first", first), ("second", second)):
            for f in findings:
                if f.wave != old.wave or f.quantity == "change":
                    continue
                groups = dict.fromkeys(old.perspectives) if f.perspective == ALL else f.perspective.split("+")
                if release_of == "second":
                    extra = [name for name in late if name.removeprefix(LATE) in groups]
                    groups = [*groups, *extra]
                group = everybody if release_of == "second" and f.perspective == ALL else "+".join(groups)
                said.append(Said(replace(f, perspective=group), source=release_of))
    return sum(bound.recovered for bound in attack(persons, said))


def test_who_came_later_does_not_follow_from_two_random_releases_and_would_without_memory() -> None:
    seeds = range(15)
    assert sum(recovered_of_both(seed, True) for seed in seeds) == 0
    assert sum(recovered_of_both(seed, False) > 0 for seed in seeds) >= 3
