"""The reference group: the others' quartiles, never one's own, never of too few, never across families."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from places import ROOT
from small import FIVE, NARROW, instrument, item

from weltoffen_eval import clean_responses, load_scheme, load_study, score_study
from weltoffen_eval.analysis.comparison import (
    compare_with_others,
    group_of,
    named_from,
    positions_of,
    printed,
    reference_findings,
    references_of,
    size_class,
    step_points,
    whole,
)
from weltoffen_eval.study.register import Municipality, Register

FAMILIES = (("Landkreis", "Kreis"), ("kreisfreie Stadt", "Stadt", "Gemeinde"))


def register(*groups: tuple[int, str, int | None]) -> Register:
    """(how many, kind, population) …"""
    entries = []
    for count, kind, population in groups:
        for _ in range(count):
            key = f"m{len(entries):02d}"
            entries.append(Municipality(key, key.upper(), kind=kind, population=population))
    return Register(tuple(entries))


def scores(register: Register, values: list[float | None]) -> pd.DataFrame:
    score = [math.nan if value is None else value for value in values]
    return pd.DataFrame(
        {
            "municipality": [m.key for m in register.municipalities],
            "wave": "2021",
            "setting": "questionnaire",
            "perspective": "administration",
            "unit": "institution",
            "level": "dimension",
            "id": "d",
            "score": score,
            "low": score,
            "high": score,
            "n_answered": 15.0,
        }
    )


@pytest.mark.parametrize(
    ("others", "grouping"), [(0, ""), (7, ""), (8, "size_and_kind"), (9, "size_and_kind")]
)
def test_from_eight_others_on_there_is_a_reference(others: int, grouping: str) -> None:
    known = register((others + 1, "Stadt", 30_000))
    compared = compare_with_others(scores(known, [10.0 * n for n in range(others + 1)]), known)
    assert set(compared["grouping"]) == {grouping}
    assert compared["n"].tolist() == [others if grouping else 0] * (others + 1)
    assert compared["median"].isna().all() == (grouping == "")
    if not grouping:
        assert compared["position"].tolist() == [0] * (others + 1)
        assert {finding.reason for finding in reference_findings(compared)} == {"no_reference"}


def groupings(known: Register, families: tuple[tuple[str, ...], ...] = ()) -> pd.DataFrame:
    values = [float(n) for n in range(len(known.municipalities))]
    compared = compare_with_others(scores(known, values), known, families)  # type: ignore[arg-type]
    return compared.set_index("municipality")[["grouping", "n"]]


def test_too_small_a_group_is_widened_step_by_step() -> None:
    found = groupings(
        register((9, "Stadt", 30_000), (3, "Stadt", 200_000), (2, "Gemeinde", 5_000), (1, "Stadt", None))
    )
    assert found.loc["m00"].tolist() == ["size_and_kind", 8]
    # all other towns, also the one whose population nobody knows
    assert found.loc["m09"].tolist() == ["kind", 12]
    assert found.loc["m12"].tolist() == ["family", 14]
    assert found.loc["m14"].tolist() == ["family", 14], "unknown population: all of the family"


def test_nobody_is_compared_across_families() -> None:
    known = register(
        (3, "Landkreis", 150_000), (2, "Kreis", 90_000), (5, "Stadt", 30_000), (4, "Gemeinde", 3_000)
    )
    found = groupings(known, FAMILIES)
    assert found.loc["m00"].tolist() == ["", 0], "four others with the same duties are too few"
    assert found.loc["m05"].tolist() == ["family", 8]
    assert found.loc["m13"].tolist() == ["family", 8]
    assert found.loc[["m00", "m04"], "n"].tolist() == [0, 0]
    # without families all are one
    assert groupings(known).loc["m00"].tolist() == ["family", 13]


def test_a_kind_of_no_family_is_its_own_and_so_is_an_unknown_kind() -> None:
    known = register((9, "Schule", None), (10, "", None), (8, "Stadt", None), (8, "Amt", 5_000))
    found = groupings(known, FAMILIES)
    assert found.loc["m00"].tolist() == ["family", 8]
    assert found.loc["m09"].tolist() == ["family", 9]
    assert found.loc["m20"].tolist() == ["", 0]
    assert found.loc["m27"].tolist() == ["", 0]


def test_the_shipped_scheme_has_the_families_of_the_contract() -> None:
    assert load_scheme("standard").reference_families == FAMILIES


def test_who_has_no_score_is_nobodys_reference_but_has_one() -> None:
    known = register((10, "Stadt", 30_000))
    compared = compare_with_others(scores(known, [None, *(10.0 * n for n in range(9))]), known)
    assert compared["n"].tolist() == [9, *[8] * 9]
    assert compared["position"][0] == 0
    assert compared["median"][0] == pytest.approx(40)


def test_sheets_come_before_persons_in_their_place() -> None:
    known = register((9, "Stadt", 30_000))
    sheets = scores(known, [10.0 * n for n in range(9)])
    persons = sheets.iloc[:1].assign(unit="persons", score=99.0)
    compared = compare_with_others(pd.concat([sheets, persons]), known)
    pd.testing.assert_frame_equal(compared, compare_with_others(sheets, known))
    assert compared["n"].tolist() == [8] * 9, "nobody is counted twice, or among the own others"


def test_the_position_is_that_to_the_middle_half_of_the_others() -> None:
    known = register((11, "Stadt", 30_000))
    compared = compare_with_others(scores(known, [0.0, 100.0, *(40.0 + n for n in range(9))]), known)
    assert compared["position"].tolist()[:2] == [-1, 1]
    assert compared["position"].tolist()[6] == 0


@pytest.mark.parametrize(
    ("score", "named", "expected"),
    [
        # the report of which issue 13 tells: 41.6 is printed as 42, and the band as 42 to 71
        ((41.6, 41.6, 41.6), 5.0, 0),
        ((37.4, 37.4, 37.4), 5.0, -1),
        ((37.5, 37.5, 37.5), 5.0, 0),
        ((75.4, 75.4, 75.4), 5.0, 0),
        ((75.5, 75.5, 75.5), 5.0, 1),
        # one answer on one of three questions with five options moves 8.3 points: 34 is 8 from 42, 33 is 9
        ((34.0, 34.0, 34.0), 25 / 3, 0),
        ((33.0, 33.0, 33.0), 25 / 3, -1),
        # the open questions reach the band, or do not
        ((20.0, 10.0, 41.4), 5.0, -1),
        ((20.0, 10.0, 41.5), 5.0, 0),
        ((90.0, 71.4, 95.0), 5.0, 0),
        ((90.0, 71.5, 95.0), 5.0, 1),
    ],
)
def test_below_or_above_is_said_of_printed_numbers_that_are_clearly_apart(
    score: tuple[float, float, float], named: float, expected: int
) -> None:
    # printed: 42 to 71
    value, low, high, q25, q75, least = (np.array([points]) for points in (*score, 41.8, 70.6, named))
    assert positions_of((value, low, high), (q25, q75), least).tolist() == [expected]


def test_what_one_answer_moves_is_of_the_items_of_the_score() -> None:
    known = register((9, "Stadt", 30_000))
    rows = scores(known, [34.0, *[42.0] * 8])
    (nine,) = set(compare_with_others(rows, known, (), {("2021", "dimension", "d"): 25.0})["position"][:1])
    assert nine == -1, "fifteen items: 5 points are enough"
    rows["n_answered"] = 3.0
    compared = compare_with_others(rows, known, (), {("2021", "dimension", "d"): 25.0})
    assert compared["position"][0] == 0, "three items: one answer moves 8.3 points, 42 − 34 is less"


def test_the_step_is_the_widest_among_the_items() -> None:
    asked = instrument([item("a"), item("b", scale="narrow"), item("n", scale="number")])
    assert len(FIVE.options) == 5
    assert step_points(asked, asked.items[:1]) == 25
    assert len(NARROW.options) == 2
    assert step_points(asked, asked.items[:2]) == 100
    assert step_points(asked, asked.items[2:]) == 0


def test_one_municipality_changes_only_what_others_are_told_of_it() -> None:
    known = register((12, "Stadt", 30_000))
    before = [float(n) for n in range(12)]
    after = [99.0, *before[1:]]
    one, other = (compare_with_others(scores(known, values), known) for values in (before, after))
    columns = ["n", "q25", "median", "q75"]
    pd.testing.assert_frame_equal(one.loc[[0], columns], other.loc[[0], columns])


@pytest.mark.parametrize(
    ("population", "expected"),
    [(19_999, "small"), (20_000, "medium"), (100_000, "medium"), (100_001, "large"), (None, "")],
)
def test_size_classes(population: int | None, expected: str) -> None:
    assert size_class(population) == expected
    municipality = Municipality("x", "X", kind="Stadt", population=population)
    assert group_of(municipality, "size_and_kind") == (f"{expected} Stadt" if expected else "")


def test_a_difference_is_named_from_one_answer_or_five_points_on() -> None:
    # five options: 25 points between two of them
    assert named_from(25.0, 2) == 12.5
    assert named_from(25.0, 15) == 5.0
    assert named_from(25.0, 0) == math.inf


def test_what_is_printed_is_whole() -> None:
    row = pd.Series({"grouping": "family", "n": 8, "q25": 39.5, "median": 49.49, "q75": 60.0, "position": 1})
    found = printed(row)
    assert (found.q25, found.median, found.q75) == (40, 49, 60)
    assert found.holds(39.5)
    assert not found.holds(39.4)
    assert found.holds(60.4)
    assert not found.holds(60.5)
    # a sum that is 42.5 but for its last digits is printed as 42.5 is
    assert whole(42.49999999999999) == 43
    row["grouping"] = ""
    assert math.isnan(printed(row).median)


def test_no_number_of_the_example_is_one_members_value_nor_does_a_position_contradict_it() -> None:
    study = load_study(ROOT / "data" / "raw" / "beispiel")
    scheme = load_scheme(None, study)
    all_scores = score_study(study, clean_responses(study).responses, scheme)
    own = all_scores[
        (all_scores["setting"] == "questionnaire") & (all_scores["perspective"] == "administration")
    ]
    values = {
        place: rows["score"].dropna().to_numpy()
        for place, rows in own.astype({"wave": str, "level": str, "id": str}).groupby(["wave", "level", "id"])
    }
    own = own.astype(str).set_index(["municipality", "wave", "level", "id"])
    numbers = of_members = by_usual_quartiles = said = 0
    for row in references_of(study, all_scores, scheme).to_dict("records"):
        if not row["grouping"]:
            continue
        members = values[row["wave"], row["level"], row["id"]]
        for name in ("q25", "median", "q75"):
            numbers += 1
            of_members += bool(np.isclose(members, row[name], atol=1e-9, rtol=0).any())
        # at n = 9, 13, … all three usual quartiles are one member's value
        spots = [(row["n"] - 1) * share for share in (0.25, 0.5, 0.75)]
        by_usual_quartiles += sum(spot == int(spot) for spot in spots)
        mine = own.loc[(row["municipality"], row["wave"], row["level"], row["id"])]
        found = printed(row)
        if row["position"]:
            said += 1
            score, low, high = (whole(float(mine[name])) for name in ("score", "low", "high"))
            apart = found.q25 - score if row["position"] < 0 else score - found.q75
            assert apart >= 5
            assert high < found.q25 or low > found.q75
    print(f"{numbers} numbers; one member's: {of_members}, by the usual quartiles {by_usual_quartiles}")
    assert of_members == 0
    assert by_usual_quartiles > numbers / 5
    assert said > 10, "and something is said at all"
