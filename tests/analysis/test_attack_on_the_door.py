"""The attack on what the door lets out of random small studies: nothing follows; with the door open it does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from attacked_studies import attacked, random_study, truth

#: In the suite a tenth, the rest in make check-slow.
FEW, REST = range(20), range(20, 400)
#: In which a small group was told once: by the number of each answer of all beside the means of cells; by
#: the reason why the interval of a mean was missing.
TOLD_ONCE = (27, 37, 55, 61, 91, 52, 54, 262, 308)


def recovered(seeds: Iterable[int], audience: str) -> dict[int, list[str]]:
    """By study, what is recovered; a bound that leaves out the truth would be a fault of the attack."""
    found = {}
    for seed in seeds:
        study = random_study(seed)
        bounds = attacked(study, audience)
        for bound in bounds:
            assert bound.low - 1e-3 <= truth(study, bound) <= bound.high + 1e-3, (seed, bound)
        if narrow := [str(bound) for bound in bounds if bound.recovered]:
            found[seed] = narrow
    return found


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_nothing_that_is_withheld_follows_from_what_leaves(audience: str) -> None:
    assert recovered((*FEW, *TOLD_ONCE), audience) == {}


def test_with_the_door_open_at_least_half_of_the_studies_tell_something() -> None:
    assert len(recovered(FEW, "")) >= len(FEW) / 2


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("start", range(REST.start, REST.stop, 20))
def test_nothing_follows_in_any_study(start: int, audience: str) -> None:
    assert recovered(range(start, start + 20), audience) == {}


@pytest.mark.slow
def test_with_the_door_open_at_least_half_of_all_tell_something() -> None:
    assert len(recovered(REST, "")) >= len(REST) / 2
