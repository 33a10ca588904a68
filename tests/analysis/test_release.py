"""The door: which findings leave with their value, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from small import TITLE

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import release
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
