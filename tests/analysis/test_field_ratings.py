"""Ratings of fields by hand: who counts, the gap to the administration's score, and what the door lets out."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from small import TITLE

from weltoffen_eval.analysis.across import across_findings
from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.disclosure_attack import Bound, attack
from weltoffen_eval.analysis.field_ratings import rated_fields, rating_findings
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.known_persons import KnownPersons
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import release
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError

SCHEME = ScoringScheme("t", TITLE)
OWN = {("m", "2024"): {"access": 60.0}}


def ratings(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    """Perspective, respondent, field, rating; all of one workshop."""
    head = ["perspective", "respondent", "dimension", "rating"]
    return pd.DataFrame(rows, columns=head).assign(municipality="m", wave="2024", setting="workshop")


def of_access(**values: list[float]) -> pd.DataFrame:
    return ratings(
        *[(who, f"t{n}", "access", v) for who, given in values.items() for n, v in enumerate(given)]
    )


def left(
    of: PersonAnswers, audience: str = "internal", wanted: list[Finding] | None = None
) -> dict[str, float]:
    """The values that leave, by the last parts of their key."""
    findings = rating_findings(of, SCHEME) if wanted is None else wanted
    out = release(findings, [of], scheme=SCHEME, audience=audience).findings
    return {"/".join(f.key.split("/")[3:]): f.value for f in out if not math.isnan(f.value)}


def test_a_gap_is_the_mean_rating_less_the_score_of_the_administration() -> None:
    (of,) = rated_fields(of_access(politics=[40, 50, 60, 70, 80], residents=[20, 30, 40, 50, 60]), OWN)
    assert left(of) == {
        "participants/dimension/access/score=field_rating": 50,
        "politics/dimension/access/score=field_rating": 60,
        "residents/dimension/access/score=field_rating": 40,
        "participants/dimension/access/gap=field_rating~administration": -10,
        "politics/dimension/access/gap=field_rating~administration": 0,
        "residents/dimension/access/gap=field_rating~administration": -20,
    }
    # t(9) = 2.262, s = 18.26: 50 ± 13.06
    (whole,) = [f for f in rating_findings(of, SCHEME) if (f.quantity, f.perspective) == ("score", ALL)]
    assert (round(whole.low, 2), round(whole.high, 2)) == (36.94, 63.06)


def found(of: PersonAnswers, quantity: str, perspective: str, field: str = "access") -> Finding:
    (one,) = [
        f
        for f in rating_findings(of, SCHEME)
        if (f.quantity, f.perspective, f.id) == (quantity, perspective, field)
    ]
    return one


def test_the_interval_of_a_gap_is_that_of_the_ratings_less_the_score_and_ends_with_the_scale() -> None:
    (of,) = rated_fields(of_access(politics=[40, 50, 60, 70, 80], residents=[20, 30, 40, 50, 60]), OWN)
    gap = found(of, "gap", ALL)
    # −10 ± 13.06
    assert (round(gap.low, 2), round(gap.high, 2), gap.n) == (-23.06, 3.06, 10)
    assert gap.method == "t-interval of the persons"
    # mean 2, s = 4.216: 2 ± 3.02, and nobody rates below 0, which is 60 below the score
    (low,) = rated_fields(of_access(politics=[0] * 8 + [10, 10]), OWN)
    assert [round(end, 2) for end in (found(low, "score", ALL).low, found(low, "gap", ALL).low)] == [0, -60]
    (high,) = rated_fields(of_access(politics=[100] * 8 + [90, 90]), OWN)
    assert [round(end, 2) for end in (found(high, "score", ALL).high, found(high, "gap", ALL).high)] == [
        100,
        40,
    ]


def test_who_has_no_mean_of_their_own_is_counted_with_the_reason() -> None:
    # who is alone is told as all together
    (alone,) = rated_fields(of_access(politics=[20, 40, 50, 60, 80]), OWN)
    assert (found(alone, "score", "politics").reason, found(alone, "score", "politics").n) == (
        "disclosure",
        5,
    )
    three = of_access(politics=[20, 50, 80], business=[20, 80], residents=[20, 40, 50, 60, 80])
    (of,) = rated_fields(three, OWN)
    assert (found(of, "gap", "politics").reason, found(of, "gap", "politics").n) == ("group_size", 3)
    # each rates one field, four of the residents the other too
    both = pd.concat(
        [of_access(politics=[10.0] * 5), of_access(residents=[10.0] * 5).assign(dimension="work")]
    )
    (of,) = rated_fields(pd.concat([both, of_access(residents=[10.0] * 4)]), OWN)
    said = [found(of, "score", *who) for who in (("politics", "work"), ("residents", "access"))]
    assert [(f.reason, f.n) for f in said] == [("no_responses", 0), ("group_size", 4)]
    # no score, no gap
    assert not [f for f in rating_findings(of, SCHEME) if (f.quantity, f.id) == ("gap", "work")]


def test_a_person_rates_a_field_once_a_wave_and_is_numbered_within_a_setting_where_nobody_is_named() -> None:
    once = ratings(("politics", "a", "access", 50.0))
    assert [of.wave for of in rated_fields(pd.concat([once, once.assign(wave="2021")]), OWN)] == [
        "2021",
        "2024",
    ]
    nobody = ratings(*[("politics", None, "access", 50.0)] * 3)
    there = ratings(("politics", None, "access", 50.0), ("politics", None, "work", 50.0))
    sizes = [of.sizes for of in rated_fields(pd.concat([nobody, there.assign(setting="x")]), OWN)]
    assert sizes == [{"politics": 3}, {"politics": 1}]


def test_a_field_without_a_score_of_the_administration_has_its_mean_rating_alone() -> None:
    (of,) = rated_fields(
        ratings(*[("politics", f"t{n}", name, 10.0 * n) for n in range(5) for name in ("access", "culture")]),
        OWN,
    )
    # one perspective alone is all together
    assert left(of) == {
        "participants/dimension/access/score=field_rating": 20,
        "participants/dimension/access/gap=field_rating~administration": -40,
        "participants/dimension/culture/score=field_rating": 20,
    }


def test_a_small_perspective_is_told_with_others_and_its_own_mean_is_withheld() -> None:
    (of,) = rated_fields(
        of_access(politics=[20, 50, 80], business=[20, 80], residents=[20, 40, 50, 60, 80]), OWN
    )
    released = release(rating_findings(of, SCHEME), [of], scheme=SCHEME, audience="internal")
    by_group = {f.perspective: f for f in released.findings if f.quantity == "gap"}
    assert by_group["politics+business"].value == -10
    assert {by_group[name].reason for name in ("politics", "business")} == {"group_size"}
    assert released.cells["m", "2024", "workshop=field_rating"]["politics"] == "politics+business"


def test_what_a_mean_of_few_ratings_would_tell_within_ten_points_is_withheld() -> None:
    few = {"politics": [100.0, 95.0], "residents": [100.0, 95.0, 95.0, 100.0]}
    (of,) = rated_fields(of_access(**few), OWN)
    # 97.5 of six: two have at least 92.5 each on average
    assert left(of) == {}


def test_the_public_sees_a_mean_of_five_and_an_interval_from_ten() -> None:
    (of,) = rated_fields(of_access(residents=[20, 40, 50, 60, 80]), OWN)
    (gap,) = [
        f
        for f in release(rating_findings(of, SCHEME), [of], scheme=SCHEME, audience="public").findings
        if f.quantity == "gap" and f.perspective == ALL
    ]
    assert (gap.value, math.isnan(gap.high)) == (-10, True)
    (at_an_end,) = rated_fields(of_access(residents=[0, 0, 0, 0, 0]), OWN)
    assert left(at_an_end, "public") == {}


def test_ratings_and_answers_of_one_workshop_stand_apart() -> None:
    (rated,) = rated_fields(of_access(residents=[20, 40, 50, 60, 80]), OWN)
    answered = PersonAnswers(
        municipality="m", wave="2024", setting="workshop", items=("i",), dimensions=("access",),
        points=np.array([[0.0], [100.0]]), own=np.array([50.0]), applicable=np.ones((2, 1), dtype=bool),
        perspectives=("residents",) * 2, lowest=np.zeros(1), highest=np.full(1, 100.0),
        category=np.full(1, 25.0),
    )  # fmt: skip
    wanted = rating_findings(rated, SCHEME)
    over_items = [f.having(variant="") for f in wanted if f.quantity == "gap"]
    found = release([*wanted, *over_items], [rated, answered], scheme=SCHEME, audience="internal").findings
    told = {f.variant for f in found if not math.isnan(f.value)}
    assert told == {"field_rating"}
    # a mean over municipalities is of items
    assert across_findings(wanted) == []


def test_ratings_of_the_administration_at_a_questionnaire_are_those_of_persons() -> None:
    few = of_access(administration=[20, 80]).assign(setting="questionnaire")
    (of,) = rated_fields(few, OWN)
    whole = [f.having(value=50.0) for f in rating_findings(of, SCHEME) if f.perspective != ALL]
    assert left(of, wanted=whole) == {}


def test_without_respondents_there_are_as_many_persons_as_rated_one_field() -> None:
    rows = [("politics", "", name, 50.0) for name in ("access", "culture") for _ in range(3)]
    (of,) = rated_fields(ratings(*rows, ("politics", "t1", "access", 20.0)), OWN)
    assert of.sizes == {"politics": 4}
    assert np.isnan(of.points).sum() == 1


def test_ratings_that_are_missing_count_nobody() -> None:
    (of,) = rated_fields(ratings(("politics", "a", "access", 50.0), ("politics", "b", "access", None)), OWN)
    assert of.sizes == {"politics": 1}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("politics", "a", "access", 101.0)], "101 points; expected 0 to 100"),
        ([("politics", "a", "access", 1.0), ("politics", "a", "access", 2.0)], "rates one field twice"),
    ],
)
def test_what_is_no_rating_is_refused(rows: list[tuple[str, str, str, float | None]], told: str) -> None:
    with pytest.raises(CallError, match=told):
        rated_fields(ratings(*rows), OWN)


def random_ratings(seed: int) -> PersonAnswers:
    """One to four perspectives of 1 to 12 persons, each of whom rates some of three fields in fives."""
    random = np.random.default_rng(seed)
    names = random.choice(
        ["politics", "business", "residents", "administration"], random.integers(1, 5), False
    )
    rows = []
    for name in sorted(names.tolist()):
        middle, spread = random.uniform(0, 100), random.choice([0.0, 10.0, 30.0])
        for person in range(int(random.integers(1, 13))):
            for field in random.choice(["access", "culture", "work"], random.integers(1, 4), False):
                value = 5 * round(random.normal(middle, spread) / 5)
                rows.append((name, f"t{person}", str(field), float(np.clip(value, 0, 100))))
    (of,) = rated_fields(ratings(*rows), OWN)
    return of


def attacked(of: PersonAnswers, audience: str) -> list[Bound]:
    """The attack on what leaves; the audience "" has the door open."""
    scheme = SCHEME if audience else ScoringScheme("open", TITLE, min_group_size=1)
    findings = rating_findings(of, scheme)
    if audience:
        findings = release(findings, [of], scheme=SCHEME, audience=audience).findings
    persons = KnownPersons(
        municipality=of.municipality, wave=of.wave, setting=of.setting, variant=of.variant,
        perspectives=of.perspectives, items=of.items, dimensions=of.dimensions,
        answered=~np.isnan(of.points), applicable=of.applicable, own=of.own, lowest=of.lowest,
        highest=of.highest, codes=((),) * len(of.items),
    )  # fmt: skip
    return attack([persons], [Said(finding, source="twin") for finding in findings])


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_nothing_withheld_follows_from_the_ratings_that_leave(audience: str) -> None:
    seeds = range(60)
    bounds = {seed: attacked(random_ratings(seed), audience) for seed in seeds}
    assert sum(map(len, bounds.values())) > 100
    assert [str(b) for of in bounds.values() for b in of if b.recovered] == []
    for seed, of in bounds.items():
        study = random_ratings(seed)
        for bound in of:
            rows = study.rows_of(bound.group.split("+"))
            true = float(np.nanmean(study.points[rows, study.items.index(bound.id)]))
            assert bound.low - 1e-3 <= true <= bound.high + 1e-3, (seed, bound)


def test_with_the_door_open_ratings_of_small_groups_are_recovered() -> None:
    open_door = [any(b.recovered for b in attacked(random_ratings(seed), "")) for seed in range(20)]
    assert sum(open_door) >= 10
