"""What Musterstadt changed since 2021, counted from the raw files with the standard library alone."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

from places import ROOT

from weltoffen_eval.paths import INSTRUMENTS
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.waves import field_changes, moved_items, participants_change

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
    sides: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows_of(INSTRUMENTS / "selbstcheck-2" / "mapping.csv"):
        earlier, item = row["previous"], row["item"]
        if row["comparable"] == "yes" and earlier in before and item in now:
            moved[dimension_of[item]].append(25 * (now[item] - before[earlier]))
            sides[dimension_of[item]].append((25 * before[earlier], 25 * now[item]))
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
    # told is the difference of the two numbers that are printed: 63 − 39 = 24, though 62.5 − 39.3 = 23.2
    printed = {
        name: math.floor(sum(n for _, n in both) / len(both) + 0.5)
        - math.floor(sum(b for b, _ in both) / len(both) + 0.5)
        for name, both in sides.items()
    }
    # what one answer moves by one step is 25 points over the compared questions
    named = {name: points for name, points in printed.items() if abs(points) >= max(5, 25 / len(moved[name]))}
    assert dict(change.fields) == named
    assert named["management"] == 24
    # and what is told has a finding of its own: a sentence prints no other number than the one behind it
    told = {f.id: f.value for f in change.findings if f.quantity == "printed_change"}
    assert told == printed
    assert named["access"] < 0 < named["engagement"], "the story of Musterstadt"


def test_in_the_first_wave_nothing_has_changed() -> None:
    assert change_since(load_profile("beispiel", "musterstadt", "2021")) is None


def test_what_is_compared_is_told_of_both_waves_with_the_questions_that_moved() -> None:
    before, now = codes_of("2021", ","), codes_of("2024", ";")
    instrument = INSTRUMENTS / "selbstcheck-2"
    dimension_of = {row["item"]: row["dimension"] for row in rows_of(instrument / "items.csv")}
    mapped = [row for row in rows_of(instrument / "mapping.csv") if row["comparable"] == "yes"]
    same = {row["item"]: row["previous"] for row in mapped}
    sides: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item, earlier in same.items():
        if earlier in before and item in now:
            sides[dimension_of[item]].append((25 * before[earlier], 25 * now[item]))
    # new, reworded, or gone: questions of one edition that the other has not alike
    gone = {row["previous"] for row in rows_of(instrument / "mapping.csv") if not row["item"]}
    first = {row["item"]: row["dimension"] for row in rows_of(INSTRUMENTS / "selbstcheck-1" / "items.csv")}
    found = field_changes(load_profile("beispiel", "musterstadt", "2024"))
    assert [one.dimension.id for one in found] == list(dict.fromkeys(dimension_of.values()))
    for one in found:
        name, pairs = one.dimension.id, sides[one.dimension.id]
        then, later = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
        assert (round(one.earlier.value, 9), round(one.now.value, 9)) == (round(then, 9), round(later, 9))
        counts = (one.up.value, one.down.value, one.same.value)
        assert counts == tuple(sum(1 for a, b in pairs if (b > a) - (b < a) == sign) for sign in (1, -1, 0))
        lost = [i for i, d in dimension_of.items() if d == name and i not in same]
        lost += [i for i in gone if first[i] == name]
        assert one.not_comparable.value == len(lost)
        assert one.moved == ("up" if later > then else "down"), "the story of Musterstadt"
        assert (
            one.earlier.key
            == f"musterstadt/2021/questionnaire/administration/dimension/{name}/compared_score=2024"
        )
        assert (
            one.now.key
            == f"musterstadt/2024/questionnaire/administration/dimension/{name}/compared_score=2021"
        )


def test_the_questions_that_moved_most_come_first() -> None:
    before, now = codes_of("2021", ","), codes_of("2024", ";")
    profile = load_profile("beispiel", "musterstadt", "2024")
    # none of these was renamed between the editions
    steps = [now[item.id] - before[item.id] for item in moved_items(profile, "access", "down")]
    assert len(steps) == 8 and steps == sorted(steps) and max(steps) < 0


def test_persons_of_two_waves_are_two_groups_and_pass_the_door() -> None:
    found = participants_change(load_profile("beispiel", "silbenstadt", "2024"))
    assert {f.perspective for f in found} == {"participants"}
    told = [f for f in found if not math.isnan(f.value)]
    assert told and all(f.low < f.value < f.high for f in told if not math.isnan(f.low))
