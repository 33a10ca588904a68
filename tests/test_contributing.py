"""CONTRIBUTING: a stranger finds what it names."""

from __future__ import annotations

import re

from places import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WALK = TEXT.partition("## A stranger's walk")[2].partition("\n## ")[0]


def test_the_walk_answers_ten_questions_with_places_that_are_there() -> None:
    assert re.findall(r"^(\d+)\. ", WALK, re.MULTILINE) == [str(number) for number in range(1, 11)]
    named = re.findall(r"`([\w/.]+(?:/|\.py|\.toml))`", WALK)
    assert len(named) >= 12
    for name in named:
        inside = ROOT / "weltoffen_eval" / name
        assert inside.exists() or (ROOT / name).exists() or name == "study.toml", name


def test_the_drawing_names_every_room() -> None:
    drawing = TEXT.partition("```text")[2].partition("```")[0]
    rooms = {path.parent.name for path in (ROOT / "weltoffen_eval").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"(\w+)/", drawing))
