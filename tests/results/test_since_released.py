"""Changes since a release that the means of items do not show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import REFERENCE
from releases import all_of, publish

from weltoffen_eval import load_profile
from weltoffen_eval.results.profile import Profile

_LISTED = """
[[file]]
path = "personen.csv"
wave = "2021"
setting = "questionnaire"
perspective = "administration"
unit = "persons"
"""
#: A1 and A3 are answered by all, A2 by the first five alone: too few for the public, which sees its field.
SHEETS = [f"{n % 3},{'' if n > 4 else n % 2},{(n + 1) % 3},{n % 3},{20 * (n % 9)}" for n in range(12)]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(REFERENCE / "example" / "study", folder)
    (folder / "verwaltung.csv").write_text(
        "municipality,A1,A2,A3,B1,B2\nadorf,ja,0,teilweise,1,50\n", encoding="utf-8"
    )
    scheme = (folder / "scheme.toml").read_text(encoding="utf-8")
    (folder / "scheme.toml").write_text(
        scheme.replace("min_group_size = 3", "min_group_size = 5"), encoding="utf-8"
    )
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(_LISTED)
    return folder


def now(study: Path, sheets: list[str]) -> Profile:
    """What the public is told of these answers, beside what it was told before."""
    rows = [f"bestadt,q{n},{sheet}" for n, sheet in enumerate(sheets)]
    (study / "personen.csv").write_text(
        "\n".join(["municipality,respondent,A1,A2,A3,B1,B2", *rows]) + "\n", encoding="utf-8"
    )
    return load_profile(study, "bestadt", "2021", audience="public")


def withheld(profile: Profile, entry: str, level: str = "dimension") -> str:
    return str(profile.score(level, entry)["withheld"])


def test_an_answer_to_an_item_that_was_not_told_closes_its_field(study: Path) -> None:
    first = now(study, SHEETS)
    assert (withheld(first, "A2", "item"), withheld(first, "alpha")) == ("disclosure", "")
    publish(study, all_of(first), "bestadt")
    changed = now(study, ["0,2,1,0,0", *SHEETS[1:]])
    assert SHEETS[0] == "0,0,1,0,0"
    assert (withheld(changed, "alpha"), withheld(changed, "beta")) == ("disclosure", "")


def test_two_who_changed_places_close_their_field_though_every_mean_is_the_same(study: Path) -> None:
    first = now(study, SHEETS)
    publish(study, all_of(first), "bestadt")
    # both said teils to A1; now one says nein and one ja
    assert SHEETS[1].startswith("1,") and SHEETS[10].startswith("1,")
    moved = [f"0{SHEETS[1][1:]}", f"2{SHEETS[10][1:]}"]
    changed = now(study, [SHEETS[0], moved[0], *SHEETS[2:10], moved[1], SHEETS[11]])
    assert withheld(changed, "A1", "item") == "disclosure"
    assert withheld(changed, "beta") == ""


def test_the_same_answers_change_nothing(study: Path) -> None:
    first = now(study, SHEETS)
    publish(study, all_of(first), "bestadt")
    again = now(study, SHEETS)
    assert again.own_scores.equals(first.own_scores)
