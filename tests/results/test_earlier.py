"""What Musterstadt changed since 2021, counted from the raw files with the standard library alone."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

from places import ROOT

from weltoffen_eval.paths import INSTRUMENTS
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.profile import load_profile

RAW = ROOT / "data" / "raw" / "beispiel"


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=delimiter))


def codes_of(wave: str, delimiter: str) -> dict[str, int]:
    """The answers of Musterstadt that are steps of a scale, each worth 25 points more than the one before."""
    sheets = rows_of(RAW / wave / "verwaltung.csv", delimiter)
    (row,) = (row for row in sheets if "musterstadt" in row.values())
    return {item: int(answer) for item, answer in row.items() if answer in {"0", "1", "2", "3", "4"}}


def test_a_change_is_over_the_questions_that_stayed_and_were_answered_both_times() -> None:
    before, now = codes_of("2021", ","), codes_of("2024", ";")
    dimension_of = {
        row["item"]: row["dimension"] for row in rows_of(INSTRUMENTS / "selbstcheck-2" / "items.csv")
    }
    moved: dict[str, list[int]] = defaultdict(list)
    for row in rows_of(INSTRUMENTS / "selbstcheck-2" / "mapping.csv"):
        earlier, item = row["previous"], row["item"]
        if row["comparable"] == "yes" and earlier in before and item in now:
            moved[dimension_of[item]].append(25 * (now[item] - before[earlier]))
    profile = load_profile("beispiel", "musterstadt", "2024")
    change = change_since(profile)
    assert change is not None
    assert (change.wave, change.comparable) == ("2021", True)
    found = {f.id: f for f in change.findings if f.quantity == "change" and f.level == "dimension"}
    expected = {name: sum(steps) / len(steps) for name, steps in moved.items()}
    assert {name: round(f.value, 9) for name, f in found.items()} == {
        name: round(value, 9) for name, value in expected.items()
    }
    assert {name: f.n for name, f in found.items()} == {name: len(steps) for name, steps in moved.items()}
    printed = {name: math.floor(abs(value) + 0.5) for name, value in expected.items()}
    # what one answer moves by one step is 25 points over the compared questions
    named = {
        name: int(math.copysign(points, expected[name]))
        for name, points in printed.items()
        if points >= max(5, 25 / len(moved[name]))
    }
    assert dict(change.fields) == named
    assert named["access"] < 0 < named["engagement"], "the story of Musterstadt"


def test_in_the_first_wave_nothing_has_changed() -> None:
    assert change_since(load_profile("beispiel", "musterstadt", "2021")) is None
