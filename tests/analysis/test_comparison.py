"""The reference group: the others' quartiles, never one's own, never of too few."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from from_r import EXACT, EXPECTED
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.analysis.comparison import (
    compare_with_others,
    group_of,
    named_from,
    printed,
    quartiles_of_others,
    size_class,
)
from weltoffen_eval.study.register import Municipality, Register


def test_quartiles_of_the_others_as_in_r() -> None:
    values = np.array(EXPECTED["welch"]["a"], dtype=float)
    n, found = quartiles_of_others(values)
    assert n[2] == 10
    assert found[2] == pytest.approx(EXPECTED["quantile7"], abs=EXACT)


@given(st.lists(st.one_of(st.none(), st.integers(0, 20)), min_size=1, max_size=40))
def test_leaving_one_out_at_once_is_leaving_out_one_by_one(given_values: list[int | None]) -> None:
    values = np.array([math.nan if v is None else float(v) for v in given_values])
    n, found = quartiles_of_others(values)
    for position in range(len(values)):
        others = np.delete(values, position)
        others = others[~np.isnan(others)]
        assert n[position] == len(others)
        if len(others):
            assert found[position] == pytest.approx(np.quantile(others, [0.25, 0.5, 0.75]), abs=1e-9)
        else:
            assert np.isnan(found[position]).all()


def register(*groups: tuple[int, str, int | None]) -> Register:
    """(how many, kind, population) …"""
    entries = []
    for count, kind, population in groups:
        for _ in range(count):
            key = f"m{len(entries):02d}"
            entries.append(Municipality(key, key.upper(), kind=kind, population=population))
    return Register(tuple(entries))


def scores(register: Register, values: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "municipality": [m.key for m in register.municipalities],
            "wave": "2021",
            "setting": "questionnaire",
            "perspective": "administration",
            "level": "dimension",
            "id": "d",
            "score": [math.nan if value is None else value for value in values],
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


def test_too_small_a_group_is_widened_step_by_step() -> None:
    known = register((9, "Stadt", 30_000), (3, "Stadt", 200_000), (2, "Gemeinde", 5_000), (1, "Stadt", None))
    compared = compare_with_others(scores(known, [float(n) for n in range(15)]), known)
    by_key = compared.set_index("municipality")
    assert by_key.loc["m00", ["grouping", "n"]].tolist() == ["size_and_kind", 8]
    assert by_key.loc["m09", ["grouping", "n"]].tolist() == ["kind", 12]
    assert by_key.loc["m12", ["grouping", "n"]].tolist() == ["all", 14]
    # whose population is not known is compared with its kind
    assert by_key.loc["m14", ["grouping", "n"]].tolist() == ["kind", 12]


def test_who_has_no_score_is_nobodys_reference_but_has_one() -> None:
    known = register((10, "Stadt", 30_000))
    compared = compare_with_others(scores(known, [None, *(10.0 * n for n in range(9))]), known)
    assert compared["n"].tolist() == [9, *[8] * 9]
    assert compared["position"][0] == 0
    assert compared["median"][0] == 40.0


def test_the_position_is_that_to_the_middle_half_of_the_others() -> None:
    known = register((11, "Stadt", 30_000))
    compared = compare_with_others(scores(known, [0.0, 100.0, *(40.0 + n for n in range(9))]), known)
    assert compared["position"].tolist()[:2] == [-1, 1]
    assert compared["position"].tolist()[6] == 0


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
    row = pd.Series({"grouping": "all", "n": 8, "q25": 39.5, "median": 49.49, "q75": 60.0, "position": 1})
    found = printed(row)
    assert (found.q25, found.median, found.q75) == (40, 49, 60)
    row["grouping"] = ""
    assert math.isnan(printed(row).median)
