"""Decided cases of docs/data.md that concern scoring: one test or more per line, every value worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_reading.small_studies import ADMINISTRATION, ITEMS, RESIDENTS, score_of, write_small

HEADS = "municipality,A1,A2,B1,B2\n"
NAMED = "municipality,respondent,A1,A2,B1,B2\n"
ONE = {"n": 1, "withheld": ""}


def assert_row(row: dict[str, object], **expected: object) -> None:
    for column, value in expected.items():
        found = row[column] or "" if column == "withheld" else row[column]
        assert found == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), column


def test_an_item_of_weight_0_is_no_part_of_what_lies_above_and_keeps_its_row(tmp_path: Path) -> None:
    # alpha is A2 alone: 50 points of 1 item; A1 has its own 100 points
    items = ["A1,alpha,,stufen,1,0", *ITEMS[1:]]
    folder = write_small(tmp_path, [(ADMINISTRATION, HEADS + "adorf,2,1,2,\n")], items=items)
    assert_row(score_of(folder, "item/A1"), score=100.0, n_items=1.0, **ONE)
    assert_row(
        score_of(folder, "dimension/alpha"), score=50.0, low=50.0, high=50.0, n_items=1.0, coverage=1.0, **ONE
    )
    # overall: alpha 50, beta 100 with B2 open (50 to 100); 2 of 3 items answered
    assert_row(
        score_of(folder, "overall/overall"),
        score=75.0,
        low=50.0,
        high=75.0,
        n_items=3.0,
        coverage=2 / 3,
        **ONE,
    )


def test_an_open_item_of_weight_0_withholds_nothing(tmp_path: Path) -> None:
    items = ["A1,alpha,,stufen,1,0", *ITEMS[1:]]
    folder = write_small(
        tmp_path, [(ADMINISTRATION, HEADS + "adorf,,1,2,2\n")], items=items, scheme="min_coverage = 1"
    )
    assert_row(score_of(folder, "dimension/alpha"), score=50.0, n_answered=1.0, coverage=1.0, **ONE)


def test_a_criterion_of_weight_0_is_no_part_of_its_dimension(tmp_path: Path) -> None:
    # with levels = "criteria" alpha is alpha.zwei alone
    items = ["A1,alpha,alpha.eins,stufen,1,1", "A2,alpha,alpha.zwei,stufen,1,1", *ITEMS[2:]]
    folder = write_small(
        tmp_path,
        [(ADMINISTRATION, HEADS + "adorf,,1,2,2\n")],
        items=items,
        criteria="alpha/alpha.eins=0 alpha/alpha.zwei",
        scheme='levels = "criteria"\nmin_coverage = 1',
    )
    assert_row(
        score_of(folder, "dimension/alpha"), score=50.0, low=50.0, high=50.0, n_items=1.0, coverage=1.0, **ONE
    )
    assert_row(score_of(folder, "criterion/alpha.eins"), score=None, n_items=1.0, n=0, withheld="coverage")


def test_a_dimension_of_weight_0_is_no_part_of_the_overall_value(tmp_path: Path) -> None:
    folder = write_small(tmp_path, [(ADMINISTRATION, HEADS + "adorf,2,2,0,\n")], fields="alpha beta=0")
    assert_row(score_of(folder, "overall/overall"), score=100.0, low=100.0, n_items=2.0, coverage=1.0, **ONE)
    assert_row(score_of(folder, "dimension/beta"), score=0.0, low=0.0, high=50.0, **ONE)


def test_persons_and_institutions_of_one_perspective_are_two_rows(tmp_path: Path) -> None:
    persons = 'setting = "workshop"\nperspective = "business"\nunit = "persons"\nlayout = "wide"'
    files = [(persons, NAMED + "adorf,p1,0,0,0,0\nadorf,p2,1,1,1,1\n")]
    files += [(persons.replace("persons", "institution"), NAMED + "adorf,Kammer,2,2,2,2\n")]
    folder = write_small(tmp_path, files)
    assert_row(score_of(folder, "dimension/alpha", unit="persons"), score=25.0, n=2)
    assert_row(score_of(folder, "dimension/alpha", unit="institution"), score=100.0, n=1)


def test_the_size_of_the_group_withholds_no_row_of_a_respondent(tmp_path: Path) -> None:
    folder = write_small(
        tmp_path, [(RESIDENTS, NAMED + "adorf,p1,2,2,,2\n")], scheme="min_coverage = 0.6\nmin_group_size = 2"
    )
    assert_row(score_of(folder, "dimension/alpha"), score=None, n=1, withheld="group_size")
    assert_row(score_of(folder, "dimension/alpha", respondent=0), score=100.0, n=1, withheld="")
    assert_row(score_of(folder, "dimension/beta", respondent=0), score=None, n=0, withheld="coverage")


def test_group_size_comes_before_coverage_and_both_after_what_is_not_applicable(tmp_path: Path) -> None:
    rows = "adorf,p1,,,99,99\nadorf,p2,98,98,99,99\nadorf,p3,98,98,99,99\n"
    folder = write_small(tmp_path, [(RESIDENTS, NAMED + rows)], scheme="min_group_size = 1")
    assert_row(score_of(folder, "dimension/alpha"), n=0, coverage=0.0, withheld="group_size")
    assert_row(score_of(folder, "dimension/beta"), n=0, n_items=0.0, coverage=None, withheld="not_applicable")


@pytest.mark.parametrize(
    "not_asked, cells, reason",
    [
        ('["B1"]', "2,2,,", "not_chosen"),
        ('["B1", "B2"]', "2,2,,", "not_asked"),
        ('["B1"]', "2,2,,99", "not_applicable"),
        ('["A1"]', ",2,99,99", "not_applicable"),
    ],
)
def test_where_no_item_is_applicable_for_several_reasons(
    tmp_path: Path, not_asked: str, cells: str, reason: str
) -> None:
    settings = f"{ADMINISTRATION}\nnot_asked = {not_asked}"
    folder = write_small(tmp_path, [(settings, HEADS + f"adorf,{cells}\n")])
    assert_row(score_of(folder, "dimension/beta"), score=None, n=0, withheld=reason)


def test_reasons_are_taken_over_all_respondents_of_the_group(tmp_path: Path) -> None:
    # one sheet was not asked about beta, the other says it is not responsible: not_asked is not all of it
    asked = 'setting = "questionnaire"\nperspective = "administration"\nlayout = "wide"'
    files = [(asked, NAMED + "adorf,Amt,2,2,99,99\n")]
    files += [(asked + '\nnot_asked = ["B1", "B2"]', "municipality,respondent,A1,A2\nadorf,Büro,2,2\n")]
    folder = write_small(tmp_path, files)
    assert_row(score_of(folder, "dimension/beta"), withheld="not_applicable", n=0)


def test_the_coverage_rule_is_per_respondent_and_one_score_shows_the_group(tmp_path: Path) -> None:
    # p1 answers half of alpha (50 %), p2 and p3 nothing of it: 1 of 6 answers, the group is shown with n = 1
    rows = "adorf,p1,2,,2,2\nadorf,p2,,98,2,2\nadorf,p3,98,,2,2\n"
    folder = write_small(tmp_path, [(RESIDENTS, NAMED + rows)])
    assert_row(
        score_of(folder, "dimension/alpha"),
        score=100.0, low=50.0, high=100.0, n=1, n_items=2.0, n_answered=1 / 3, coverage=1 / 6, withheld="",
    )  # fmt: skip


def test_coverage_of_overall_is_over_the_items_of_withheld_dimensions_too(tmp_path: Path) -> None:
    # alpha 2 of 2, beta 0 of 2 and withheld: 2 of 4 items are 50 %, below 60 %
    text = HEADS + "adorf,2,2,98,98\n"
    shown = write_small(tmp_path / "shown", [(ADMINISTRATION, text)])
    assert_row(score_of(shown, "overall/overall"), score=100.0, low=100.0, high=100.0, coverage=0.5, **ONE)
    withheld = write_small(
        tmp_path / "withheld", [(ADMINISTRATION, text)], scheme="min_coverage = 0.6\noverall = true"
    )
    assert_row(score_of(withheld, "dimension/alpha"), score=100.0, **ONE)
    assert_row(score_of(withheld, "overall/overall"), score=None, coverage=0.5, n=0, withheld="coverage")


CRITERIA = [
    "A1,alpha,alpha.eins,stufen,1,1",
    "A2,alpha,alpha.eins,stufen,1,1",
    "B1,alpha,alpha.zwei,stufen,1,1",
]
BESIDE = [*CRITERIA, "B2,alpha,,stufen,1,2"]


def test_items_without_a_criterion_stand_beside_the_criteria(tmp_path: Path) -> None:
    # alpha.eins (100 + 0) / 2 = 50, alpha.zwei 50, B2 100 with weight 2: (50 + 50 + 2·100) / 4 = 75
    folder = write_small(
        tmp_path,
        [(ADMINISTRATION, HEADS + "adorf,2,0,1,2\n")],
        items=BESIDE,
        fields="alpha",
        criteria="alpha/alpha.eins alpha/alpha.zwei",
        scheme='levels = "criteria"',
    )
    assert_row(score_of(folder, "dimension/alpha"), score=75.0, low=75.0, high=75.0, n_items=4.0, **ONE)


def test_withheld_criteria_leave_score_and_bounds_and_stay_in_coverage(tmp_path: Path) -> None:
    # alpha.eins: nothing answered, withheld; alpha.zwei 50; B2 open, weight 2: 0 to 100
    # score 50; low (50 + 2·0) / 3, high (50 + 2·100) / 3; 1 of 4 items answered
    folder = write_small(
        tmp_path,
        [(ADMINISTRATION, HEADS + "adorf,98,,1,\n")],
        items=BESIDE,
        fields="alpha",
        criteria="alpha/alpha.eins alpha/alpha.zwei",
        scheme='levels = "criteria"\nmin_coverage = 0.25',
    )
    assert_row(score_of(folder, "criterion/alpha.eins"), score=None, withheld="coverage", n=0)
    assert_row(
        score_of(folder, "dimension/alpha"),
        score=50.0,
        low=50 / 3,
        high=250 / 3,
        n_items=4.0,
        coverage=0.25,
        **ONE,
    )


def test_bounds_are_never_widened_to_hold_the_score(tmp_path: Path) -> None:
    # A1 answered with 100 points, A2 open on a scale from 35 to 65 points: score 100, bounds 67.5 to 82.5
    items = ["A1,alpha,,stufen,1,1", "A2,alpha,,mitte,1,1", *ITEMS[2:]]
    folder = write_small(tmp_path, [(ADMINISTRATION, HEADS + "adorf,2,,2,2\n")], items=items)
    assert_row(score_of(folder, "dimension/alpha"), score=100.0, low=67.5, high=82.5, **ONE)


def test_bounds_of_a_reversed_open_item_are_its_points_turned_round(tmp_path: Path) -> None:
    # overridden points 10 and 80, reversed: 20 to 90; A1 0 points
    items = ["A1,alpha,,stufen,1,1", "A2,alpha,,mitte,-1,1", *ITEMS[2:]]
    scheme = "min_coverage = 0.5\n[points.mitte]\n1 = 10\n2 = 80"
    folder = write_small(tmp_path, [(ADMINISTRATION, HEADS + "adorf,0,,2,2\n")], items=items, scheme=scheme)
    assert_row(score_of(folder, "dimension/alpha"), score=0.0, low=10.0, high=45.0, **ONE)


def test_a_scheme_that_says_nothing_is_the_sample_of_the_contract(tmp_path: Path) -> None:
    # items level, arithmetic, coverage 60 %, five persons, no overall value
    items = [
        "A1,alpha,alpha.eins,stufen,1,1", "A2,alpha,alpha.zwei,stufen,1,1",
        "B1,alpha,alpha.zwei,stufen,1,1", "B2,beta,,stufen,1,1", "B3,beta,,stufen,1,1",
    ]  # fmt: skip
    rows = "".join(f"adorf,p{number},2,0,0,1,{'' if number else 1}\n" for number in range(5))
    folder = write_small(
        tmp_path,
        [(RESIDENTS, "municipality,respondent,A1,A2,B1,B2,B3\n" + rows)],
        items=items,
        criteria="alpha/alpha.eins alpha/alpha.zwei",
        scheme="",
    )
    # (100 + 0 + 0) / 3; as criteria it were 50, geometrically less
    assert_row(score_of(folder, "dimension/alpha"), score=100 / 3, n=5, withheld="")
    # four of five persons answer half of beta, below 60 %: one person has a score, below five
    assert_row(score_of(folder, "dimension/beta"), score=None, n=1, withheld="group_size")
    assert_row(score_of(folder, "dimension/beta", respondent=1), score=None, n=0, withheld="coverage")
    with pytest.raises(AssertionError):
        score_of(folder, "overall/overall")
