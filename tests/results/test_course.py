"""The course of a municipality: each module as it was held last, and what is known where no data came."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from courses import given, row
from foreign import schools

from weltoffen_eval.analysis.finding_keys import read_key
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.course import Course, load_course
from weltoffen_eval.results.course_findings import event_key, findings_of, measures_key


@pytest.fixture(scope="module")
def musterstadt() -> Course:
    return load_course("beispiel", "musterstadt")


@pytest.fixture(scope="module")
def wilhelmshaven() -> Course:
    return load_course("wilhelmshaven", "wilhelmshaven")


def test_every_module_is_that_of_the_last_wave_in_which_it_came(musterstadt: Course) -> None:
    assert musterstadt.wave.id == "2024"
    assert [(module.setting, module.wave and module.wave.id) for module in musterstadt.modules] == [
        ("questionnaire", "2024"),
        ("workshop", "2024"),
        ("dialogue", "2024"),
    ]
    # as its story has them, see study/example/given/veranstaltungen.csv
    assert musterstadt.dates == (date(2024, 6, 30), date(2024, 9, 19), date(2024, 11, 16))


def test_a_module_of_which_only_an_event_is_documented_was_held_without_data(wilhelmshaven: Course) -> None:
    assert wilhelmshaven.profile is None
    assert wilhelmshaven.workshop is None
    assert wilhelmshaven.held("workshop").wave is not None
    assert wilhelmshaven.held("dialogue").told.participants == 62
    assert wilhelmshaven.dates == (date(2021, 11, 30),)


def test_who_took_part_and_what_was_agreed_have_keys(wilhelmshaven: Course) -> None:
    found = findings_of(wilhelmshaven)
    key = event_key(wilhelmshaven, "dialogue")
    assert key == "wilhelmshaven/2021/dialogue/@/event/dialogue/n_participants"
    assert found[key].value == 62
    workshop = found[event_key(wilhelmshaven, "workshop")]
    assert workshop.reason == "not_documented"
    assert found[measures_key(wilhelmshaven, "2021")].value == 4
    assert all(str(read_key(one)[0]) == one for one in found)


def test_an_event_of_an_earlier_wave_is_the_last_that_is_known(musterstadt: Course) -> None:
    from dataclasses import replace

    bare = replace(musterstadt, profile=None, workshop=None, dialogue=None)
    course = given(bare, [row(bare, "events", "2021", "workshop", date="2021-09-16")], "events")
    held = course.held("workshop")
    assert held.wave is not None
    assert (held.wave.id, held.told.date) == ("2021", date(2021, 9, 16))
    assert course.held("dialogue").wave is None
    # it was held before the present wave
    assert course.dates == ()


def test_topics_of_a_field_are_those_of_its_codes_most_groups_first(musterstadt: Course) -> None:
    topics = musterstadt.topics_of("access")
    titles = {entry.values.title: entry.values for entry in musterstadt.given.of("codebook")}
    assert len(topics) >= 2
    assert all(titles[title].dimension == "access" and not titles[title].sensitive for title in topics)


def test_whoever_stands_for_an_administration_has_a_self_check(tmp_path: Path) -> None:
    assert load_course(schools(tmp_path / "schools"), "s1").profile is not None


def test_of_whom_nothing_came_there_is_no_course(tmp_path: Path) -> None:
    target = schools(tmp_path / "schools")
    register = target / "municipalities.csv"
    register.write_text(register.read_text(encoding="utf-8") + "leer,Leere Schule,\n", encoding="utf-8")
    with pytest.raises(CallError, match="Nothing came of leer"):
        load_course(target, "leer")
