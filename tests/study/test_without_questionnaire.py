"""A wave without questionnaire has the fields of the others, and no questions."""

from __future__ import annotations

from pathlib import Path

from workshops import write_study

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.without_questionnaire import fields_alone


def test_the_fields_are_those_of_all_waves_and_there_are_no_questions(tmp_path: Path) -> None:
    found = fields_alone(load_study(write_study(tmp_path / "runde", ())))
    assert [field.id for field in found.dimensions] == ["talk", "room"]
    assert (found.id, found.items, found.scales, found.sha256) == ("", (), (), "")
