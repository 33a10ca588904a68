"""The door: which findings leave with their value, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from small import TITLE

from weltoffen_eval.analysis.clearance import Clearance
from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, NOTHING
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import Door, release
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError

SCHEME = ScoringScheme("t", TITLE)


def workshop(points: list[float], perspectives: list[str], municipality: str = "m") -> PersonAnswers:
    """Persons who answer one item of five options; the administration says 50."""
    return PersonAnswers(
        municipality=municipality, wave="w", setting="workshop", items=("i",), dimensions=("d",),
        points=np.array(points)[:, None], own=np.array([50.0]),
        applicable=np.ones((len(points), 1), dtype=bool), perspectives=tuple(perspectives),
        lowest=np.zeros(1), highest=np.full(1, 100.0), category=np.full(1, 25.0),
    )  # fmt: skip


SPREAD = [0.0, 25.0, 50.0, 75.0, 100.0]
MERGED = workshop([*SPREAD, *SPREAD], ["politics"] * 3 + ["business"] * 2 + ["residents"] * 5)


def out(of: PersonAnswers, audience: str = "internal") -> dict[tuple[str, str], Finding]:
    """What leaves of the item against the administration, by perspective and quantity."""
    released = release(gap_findings(of, SCHEME), [of], scheme=SCHEME, audience=audience)
    return {
        (f.perspective, f.quantity): f
        for f in released.findings
        if f.level == "item" and f.other == "administration"
    }


def test_a_merged_cell_has_its_own_row_and_each_perspective_in_it_is_too_small() -> None:
    found = out(MERGED)
    assert found["politics+business", "gap"].value == 0
    assert found["residents", "gap"].value == 0
    for name in ("politics", "business"):
        assert math.isnan(found[name, "gap"].value)
        assert found[name, "gap"].reason == "group_size"
    assert release((), [MERGED], scheme=SCHEME, audience="internal").cells == {
        ("m", "w", "workshop"): {
            "politics": "politics+business", "business": "politics+business", "residents": "residents",
        }
    }  # fmt: skip


def test_findings_keep_their_number_and_order() -> None:
    wanted = gap_findings(MERGED, SCHEME)
    found = release(wanted, [MERGED], scheme=SCHEME, audience="public").findings
    assert [(f.level, f.id, f.perspective, f.other, f.quantity) for f in found] == [
        (f.level, f.id, f.perspective, f.other, f.quantity) for f in wanted
    ]


def test_the_public_sees_the_mean_of_five_and_neither_shares_nor_interval() -> None:
    internal, public = out(MERGED), out(MERGED, "public")
    assert internal["residents", "share_below"].value == pytest.approx(0.4)
    assert public["residents", "gap"].value == 0
    assert math.isnan(public["residents", "share_below"].value)
    assert public["residents", "share_below"].reason in ("group_size", "disclosure")
    many = workshop(SPREAD * 2, ["politics"] * 10)
    assert out(many, "public")[ALL, "share_below"].value == pytest.approx(0.4)


def test_what_is_withheld_keeps_no_bound() -> None:
    found = out(workshop([100.0] * 12, ["politics"] * 10 + ["business"] * 2))
    for finding in found.values():
        assert math.isnan(finding.value) and math.isnan(finding.low) and math.isnan(finding.high)
        assert finding.reason in ("group_size", "disclosure")


def test_that_all_answered_alike_is_not_told_by_the_reason_of_a_missing_interval() -> None:
    """12 × 50: the mean of all leaves room to the two of politics; that nobody is off it leaves none."""
    alike = workshop([50.0] * 12, ["residents"] * 10 + ["politics"] * 2)
    (wanted,) = [
        f for f in gap_findings(alike, SCHEME) if (f.level, f.quantity, f.perspective) == ("item", "gap", ALL)
    ]
    assert wanted.reason == "no_variance"
    told = out(alike)[ALL, "gap"]
    assert (told.value, told.reason) == (0, "disclosure")


def test_a_change_without_interval_does_not_tell_that_all_of_both_waves_answered_alike() -> None:
    waves = [
        replace(workshop(SPREAD * 2, ["politics"] * 10), wave=wave, **{side: frozenset("i")})
        for wave, side in (("v", "changed_to"), ("w", "changed_from"))
    ]
    change = Finding(
        "change", 25.0, municipality="m", wave="w", variant="v", setting="workshop", level="dimension", id="d",
        perspective=ALL, n=20,
    )  # fmt: skip
    wanted = [change, change.having(reason="no_variance")]
    told = release(wanted, waves, scheme=SCHEME, audience="internal").findings
    assert [math.isnan(of.value) for of in told] == [False, True]
    assert told[1].reason == "disclosure"


def test_of_persons_who_are_not_known_nothing_leaves() -> None:
    (finding,) = release(
        [Finding("gap", 3.0, municipality="m", wave="w", setting="workshop", level="item", id="i", perspective=ALL)],
        (), scheme=SCHEME, audience="internal",
    ).findings  # fmt: skip
    assert math.isnan(finding.value)
    assert finding.reason == "disclosure"


def test_over_a_study_eight_municipalities_are_needed_and_no_more_than_are_out() -> None:
    of = [workshop(SPREAD, ["politics"] * 5, f"m{n}") for n in range(8)]

    def passes(n: int, people: list[PersonAnswers]) -> bool:
        wanted = Finding(
            "mean_gap", 1.0, n=float(n), wave="w", setting="workshop", level="item", id="i", perspective=ALL
        )
        (found,) = release([wanted], people, scheme=SCHEME, audience="internal").findings
        return not math.isnan(found.value)

    assert passes(8, of)
    assert not passes(7, of)
    assert not passes(8, of[:7]), "one of the eight is not out"


def test_what_the_administration_says_by_sheet_leaves() -> None:
    wanted = Finding(
        "change", 5.0, municipality="m", wave="w", variant="v", setting="questionnaire", level="dimension",
        id="d", perspective="administration",
    )  # fmt: skip
    assert release([wanted], [MERGED], scheme=SCHEME, audience="public").findings == [wanted]


def test_what_was_withheld_once_is_withheld_again() -> None:
    wanted = gap_findings(MERGED, SCHEME)
    first = release(wanted, [MERGED], scheme=SCHEME, audience="internal").findings
    closed = [
        Finding(
            f.quantity, wave=f.wave, setting=f.setting, municipality=f.municipality, level=f.level, id=f.id,
            perspective=f.perspective, other=f.other, reason="disclosure",
        )
        for f in first
        if (f.perspective, f.quantity, f.level) == (ALL, "gap", "item")
    ]  # fmt: skip
    again = release(wanted, [MERGED], scheme=SCHEME, audience="internal", earlier=closed).findings
    told = [f for f in again if (f.perspective, f.quantity, f.level) == (ALL, "gap", "item")]
    assert [math.isnan(f.value) for f in told] == [True]


def test_a_scheme_for_small_groups_does_not_pass_for_the_public() -> None:
    with pytest.raises(CallError):
        release((), (), scheme=ScoringScheme("t", TITLE, min_group_size=3), audience="public")


#: Of all persons of a workshop, about an item.
ABOUT = Finding(
    "gap", 3.0, municipality="m", wave="w", setting="workshop", level="item", id="i", perspective=ALL
)


def cleared(level: int, at: str = "item", entry: str = "i", group: str = ALL, size: int = 5) -> Clearance:
    """One group of which this much may be shown."""
    return Clearance({(at, entry): {group: level}}, {(at, entry): {group: size}}, 5)


def passed(finding: Finding, clearance: Clearance, in_place: bool = False) -> Finding:
    place = {(finding.municipality, finding.wave)} if in_place else set()
    return Door({("m", "w", finding.setting): clearance}, place).let_out(finding)


def test_what_is_of_questionnaires_alone_leaves_whoever_answered() -> None:
    lost = ABOUT.having(quantity="items_not_comparable")
    assert Door({}, set()).let_out(lost) == lost


@pytest.mark.parametrize(
    ("setting", "perspective"), [("workshop", "administration"), ("questionnaire", "politics")]
)
def test_who_is_no_administration_at_its_questionnaire_is_a_person(setting: str, perspective: str) -> None:
    said = ABOUT.having(setting=setting, perspective=perspective)
    assert math.isnan(passed(said, cleared(NOTHING, group=perspective)).value)
    assert passed(said, cleared(MEAN, group=perspective)) == said


def test_persons_in_the_place_of_an_administration_leave_as_persons() -> None:
    said = ABOUT.having(setting="questionnaire", perspective="administration")
    assert passed(said, cleared(NOTHING)) == said, "by sheet"
    of_persons = cleared(NOTHING, group="administration", size=4)
    assert passed(said, of_persons, in_place=True).reason == "group_size"
    assert passed(said, cleared(MEAN, group="administration"), in_place=True) == said


def test_a_mean_leaves_without_either_bound_and_one_without_bounds_as_it_is() -> None:
    wide = ABOUT.having(low=1.0, high=5.0)
    for told in (wide, wide.having(low=math.nan), wide.having(high=math.nan)):
        left = passed(told, cleared(MEAN))
        assert (left.value, math.isnan(left.low), math.isnan(left.high)) == (3, True, True)
        assert left.reason == "disclosure"
        assert passed(told, cleared(DISTRIBUTION)) is told
    few = ABOUT.having(reason="too_few")
    assert passed(few, cleared(MEAN)) is few


def test_what_is_closed_says_why_and_no_more() -> None:
    def closed(size: int = 5, **changes: object) -> Finding:
        return passed(ABOUT.having(method="t", **changes), cleared(NOTHING, size=size))

    assert (closed().reason, closed(size=4).reason, closed().method) == ("disclosure", "group_size", "")
    # a mean of five has no interval for that; the mean itself is withheld for another reason
    assert closed(reason="group_size").reason == "disclosure"
    # why there was nothing before: how many they were may be said, how they answered not
    for reason in ("no_responses", "group_size", "disclosure"):
        assert {closed(size, value=math.nan, reason=reason).reason for size in (4, 5)} == {reason}
    assert closed(value=math.nan, reason="coverage").reason == "disclosure"


@pytest.mark.parametrize(
    ("later", "earlier", "out"), [(MEAN, MEAN, True), (MEAN, NOTHING, False), (NOTHING, MEAN, False)]
)
def test_a_change_leaves_where_both_waves_do(later: int, earlier: int, out: bool) -> None:
    change = ABOUT.having(quantity="change", variant="v", level="dimension", id="d")
    waves = {
        ("m", "w", "workshop"): cleared(later, "changed_from", "d"),
        ("m", "v", "workshop"): cleared(earlier, "changed_to", "d"),
    }
    assert math.isnan(Door(waves, set()).let_out(change).value) is not out
    # persons in the place of an administration are told over all of the dimension
    of_place = change.having(setting="questionnaire", perspective="administration")
    waves = {
        ("m", wave, "questionnaire"): cleared(level, "dimension", "d", "administration")
        for wave, level in (("w", later), ("v", earlier))
    }
    assert math.isnan(Door(waves, {("m", "w")}).let_out(of_place).value) is not out


def test_an_agreement_over_items_leaves_where_all_of_them_are_out() -> None:
    levels = {("item", "i"): {ALL: DISTRIBUTION}, ("item", "j"): {ALL: MEAN}}
    alpha = ABOUT.having(quantity="krippendorff_alpha", level="overall", id="overall", n_applicable=1.0)
    assert passed(alpha, Clearance(levels, {}, 5)) is alpha
    closed = passed(alpha.having(n_applicable=2.0), Clearance(levels, {}, 5))
    assert (math.isnan(closed.value), closed.reason) == (True, "disclosure")


def of_study(finding: Finding, level: int = MEAN, waves: str = "wwwwwwww") -> Finding:
    """What leaves over a study whose municipalities have this much of persons to tell, each of a wave."""
    cleared_of = {(f"m{n}", wave, "workshop"): cleared(level) for n, wave in enumerate(waves)}
    return Door(cleared_of, set()).let_out(finding.having(municipality=""))


def test_over_a_study_means_rest_on_means_and_the_rest_on_distributions_of_that_wave() -> None:
    mean, icc = (ABOUT.having(quantity=name, n=8.0) for name in ("mean_gap", "icc_1_1"))
    assert of_study(mean).value == 3
    assert of_study(mean, waves="wwwwwwwv").reason == "disclosure"
    assert math.isnan(of_study(icc).value)
    assert of_study(icc, DISTRIBUTION).value == 3


def test_over_a_study_of_administrations_the_reason_of_what_is_missing_leaves() -> None:
    own = ABOUT.having(quantity="mean_gap", perspective="administration", n=7.0)
    assert of_study(own).reason == "disclosure"
    assert of_study(own.having(n=8.0), waves="").value == 3
    missing = own.having(value=math.nan, reason="too_few")
    assert of_study(missing).reason == "too_few"
    assert of_study(missing.having(perspective=ALL)).reason == "disclosure"


def test_what_rests_on_findings_that_are_out_goes_through_the_same_door() -> None:
    of = workshop(SPREAD, ["politics"] * 5)
    released = release(iter([ABOUT]), [of], scheme=SCHEME, audience="internal", earlier=iter(()))
    assert released.findings == released.also([ABOUT]) == [ABOUT]
    assert released.clearances["m", "w", "workshop"].level("item", "i") == DISTRIBUTION
    (other,) = released.also([ABOUT.having(municipality="n")])
    assert math.isnan(other.value)


def test_for_its_size_withheld_once_is_withheld_again_and_a_mean_that_is_out_is_told_again() -> None:
    def again(reason: str, value: float = math.nan, people: int = 5) -> Finding:
        of = workshop(SPREAD[:people], ["politics"] * people)
        before = ABOUT.having(value=value, reason=reason, n=5.0)
        now = ABOUT.having(value=0.0, n=5.0)
        released = release(iter([now]), [of], scheme=SCHEME, audience="internal", earlier=iter([before]))
        return released.findings[0]

    for reason in ("group_size", "disclosure"):
        assert (math.isnan(again(reason).value), again(reason).reason) == (True, "disclosure")
    assert again("no_responses").value == 0
    assert again("group_size", people=4).reason == "group_size"
    # the mean left without its interval
    assert again("disclosure", value=0.0).value == 0
