"""How far a long calculation is, told step by step to who listens."""

from __future__ import annotations

import numpy as np
from small import TITLE

from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.progress import counted, heard_by
from weltoffen_eval.analysis.release import clearances_of
from weltoffen_eval.analysis.scheme import ScoringScheme


def of(municipality: str) -> PersonAnswers:
    """Six persons who answer one item of five options."""
    points = np.array([0.0, 25.0, 50.0, 75.0, 100.0, 50.0])
    return PersonAnswers(
        municipality=municipality, wave="w", setting="workshop", items=("i",), dimensions=("d",),
        points=points[:, None], own=np.array([50.0]), applicable=np.ones((6, 1), dtype=bool),
        perspectives=("residents",) * 6, lowest=np.zeros(1), highest=np.full(1, 100.0),
        category=np.full(1, 25.0),
    )  # fmt: skip


def test_the_door_tells_of_each_municipality_that_it_is_done_with() -> None:
    told: list[tuple[int, int]] = []
    with heard_by(lambda done, total: told.append((done, total))):
        clearances_of([of("a"), of("b"), of("c")], ScoringScheme("t", TITLE), "internal")
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_step_is_told_when_it_is_done_and_to_nobody_afterwards() -> None:
    told: list[tuple[int, int]] = []
    with heard_by(lambda done, total: told.append((done, total))):
        steps = counted(["a", "b"])
        assert next(steps) == "a"
        assert told == []
        assert next(steps) == "b"
        assert told == [(1, 2)]
    assert [*counted(["c"])] == ["c"]
    assert told == [(1, 2)]
