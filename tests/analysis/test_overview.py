"""A study as a whole: from nine municipalities on there are quartiles; weights; what is stored serves. Its
tables, with all numbers by hand, are in tests/display/test_study_tables.py."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from weltoffen_eval.analysis.overview import Overview, load_overview
from weltoffen_eval.errors import CallError


def with_scores(overview: Overview, values: list[float]) -> Overview:
    rows = [
        (f"m{n}", "2021", "questionnaire", "administration", "dimension", "access", value)
        for n, value in enumerate(values)
    ]
    columns = ["municipality", "wave", "setting", "perspective", "level", "id", "score"]
    return replace(overview, scores=pd.DataFrame(rows, columns=columns))


def test_quartiles_are_told_from_nine_municipalities_on() -> None:
    overview = load_overview("beispiel")
    eight = with_scores(overview, [10.0 * n for n in range(8)]).spread("2021", "access")
    assert eight.n == 8
    assert math.isnan(eight.median)
    nine = with_scores(overview, [10.0 * n for n in range(9)] + [math.nan]).spread("2021", "access")
    assert (nine.n, nine.q25, nine.median, nine.q75) == (9, 20, 40, 60)


def test_only_waves_with_an_administration_are_there(example: Path) -> None:
    assert [wave.id for wave in load_overview(example).waves] == ["2021"]
    assert [wave.id for wave in load_overview("beispiel").waves] == ["2021", "2024"]


def test_nominal_weights_are_shares_of_all(example: Path) -> None:
    # dimension weights 1 and 3; with three municipalities nothing is said of what they move
    first, second = load_overview(example).weights("2021")
    assert (first[:2], second[:2]) == (("alpha", 0.25), ("beta", 0.75))
    assert math.isnan(first[2])


def test_a_study_without_any_administration_has_no_overview(example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\nadorf,,,,,\n", encoding="utf-8")
    with pytest.raises(CallError, match="No administration answered"):
        load_overview(example)
