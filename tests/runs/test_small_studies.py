"""Random small studies of all modules, made for the public: nothing of what few said, or may not be said, leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from calls import start_server
from canary import found_in
from random_modules import MARK, RandomModules

from weltoffen_eval.results.attacked_folders import Attacked, attack_folders


@pytest.fixture(autouse=True)
def _server() -> None:
    start_server()


def studies(folder: Path, seeds: range, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Attacked]]:
    """The folders of public reports of some random studies, attacked."""
    found = []
    for seed in seeds:
        project = folder / str(seed)
        monkeypatch.setenv("WELTOFFEN_PROJECT", str(project))
        out = RandomModules(project, seed).make()
        found.append((out, attack_folders(out)))
    return found


def check(found: list[tuple[Path, Attacked]]) -> None:
    told = {path.parent.name for out, _ in found for path in out.rglob("*.json")}
    assert told & {"m0"}
    for out, attacked in found:
        assert (out, attacked.recovered, attacked.unsaid) == (out, [], [])
        assert found_in(out, MARK) == []
        # what may be read is there, so that the search is one
    assert any(found_in(out, "Das darf man lesen") for out, _ in found)


def test_nothing_is_recovered_of_three_small_studies_of_all_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # three of one wave each, which take half as long
    check(studies(tmp_path, range(2, 8, 2), monkeypatch))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 100, 10))
def test_nothing_is_recovered_of_a_hundred_small_studies_of_all_modules(
    tmp_path: Path, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = studies(tmp_path, range(first, first + 10), monkeypatch)
    check(found)
    # small groups are there to be recovered
    assert any(attacked.bounds for _, attacked in found)


def test_with_the_door_open_the_same_attack_recovers_answers_and_ratings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail: groups of one person are shown to those who take part."""
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path / "6"))
    # a study with answers and ratings
    out = RandomModules(tmp_path / "6", 6, least=1).make("internal")
    assert {bound.setting for bound in attack_folders(out).recovered} == {"workshop", "workshop=field_rating"}
