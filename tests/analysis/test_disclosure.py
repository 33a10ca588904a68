"""What of a small workshop may be shown, by hand. That nothing small follows from it: see test_perspectives."""

from __future__ import annotations

import numpy as np

from weltoffen_eval.analysis.disclosure import entries_of
from weltoffen_eval.analysis.gap_matrix import GapMatrix
from weltoffen_eval.analysis.privacy import REST


def matrix(points: list[list[float]], perspectives: list[str]) -> GapMatrix:
    """Persons × items of one dimension, in points; the administration says 50 everywhere."""
    said = np.array(points, dtype=float)
    count = said.shape[1]
    return GapMatrix(
        "m", "w", "workshop", tuple(f"i{n}" for n in range(count)), ("d",) * count, np.full(count, 50.0),
        said - 50, np.ones_like(said, dtype=bool), tuple(perspectives), np.full(count, 12.5),
    )  # fmt: skip


def test_a_dimension_comes_first_and_then_its_items_with_sizes_and_groups() -> None:
    points = [[25.0, 75.0]] * 5 + [[75.0, 25.0]] * 5 + [[50.0, 50.0]]
    whole, first, second = entries_of(
        matrix(points, ["politics"] * 5 + ["business"] * 5 + ["residents"]), "d", 5
    )
    assert [(e.level, e.id, e.columns) for e in (whole, first, second)] == [
        ("dimension", "d", [0, 1]), ("item", "i0", [0]), ("item", "i1", [1]),
    ]  # fmt: skip
    assert first.sizes == {"politics": 5, "business": 5, "residents": 1}
    assert second.sizes == {"politics": 5, "business": 5, "residents": 1}
    # one resident joins five of business, the first by name
    assert {name: rows.tolist() for name, rows in first.groups.items()} == {
        "politics": [0, 1, 2, 3, 4], REST: [5, 6, 7, 8, 9, 10],
    }  # fmt: skip
    assert second.everybody.tolist() == list(range(11))
    assert not whole.withheld


def test_where_all_groups_are_large_enough_nothing_is_withheld() -> None:
    points = [[100.0]] * 5 + [[0.0]] * 5
    for entry in entries_of(matrix(points, ["politics"] * 5 + ["business"] * 5), "d", 5):
        assert set(entry.groups) == {"politics", "business"}
        assert not entry.withheld


def test_a_small_group_at_the_end_of_the_scale_takes_the_mean_of_all_along() -> None:
    points = [[100.0]] * 8
    for entry in entries_of(matrix(points, ["politics"] * 6 + ["business"] * 2), "d", 5):
        assert entry.withheld
        assert entry.groups == {}
