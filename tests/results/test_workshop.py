"""What is known of a workshop, against values worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from workshops import ALL_PARTS, workshop_of, write_study

from weltoffen_eval.results.workshop import WorkshopProfile, load_workshop
from weltoffen_eval.results.workshop_findings import in_order
from weltoffen_eval.results.workshop_views import (
    alike_questions,
    differences,
    field_views,
    fields_of,
    furthest_apart,
    known_to_others,
    question_views,
)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> WorkshopProfile:
    return workshop_of(tmp_path_factory.mktemp("small") / "runde")


@pytest.fixture(scope="module")
def two_groups(tmp_path_factory: pytest.TempPathFactory) -> WorkshopProfile:
    """The same answers, where nobody is of a small group."""
    return workshop_of(tmp_path_factory.mktemp("groups") / "runde", small=False)


def seen(workshop: WorkshopProfile, field: str) -> dict[str, int]:
    assert workshop.questions is not None
    views = field_views(workshop.profile, workshop.questions)
    return dict(next(of for of in views if of.dimension.id == field).printed)


def test_small_perspectives_are_told_together(workshop: WorkshopProfile) -> None:
    assert workshop.questions is not None
    assert dict(workshop.questions.cells) == {"politics+business": 5, "civil_society": 6}


def test_a_group_sees_a_field_as_far_from_the_administration_as_its_answers_to_the_same_questions(
    workshop: WorkshopProfile,
) -> None:
    # talk: T1, T2, T3, which the administration answered with 50 points on average; T4 counts nowhere
    # civil society: (-275/6 + 25/6 - 25/6) / 3 = -15.3 points; politics and business: (-5 + 5 - 5) / 3 = -1.7
    assert seen(workshop, "talk") == {"": 50, "politics+business": 48, "civil_society": 35}
    # room: (-25/6 + 0) / 2 = -2.1 and (-5 + 0) / 2 = -2.5 from 75; halves are rounded upwards
    assert seen(workshop, "room") == {"": 75, "politics+business": 73, "civil_society": 73}


def test_the_field_whose_views_lie_furthest_apart_is_found(workshop: WorkshopProfile) -> None:
    assert workshop.questions is not None
    field = furthest_apart(field_views(workshop.profile, workshop.questions))
    assert field is not None
    assert (field.dimension.id, field.apart) == ("talk", 15)
    assert furthest_apart([]) is None


def test_a_difference_is_an_answer_apart_and_seen_by_most_of_a_group(workshop: WorkshopProfile) -> None:
    (found,) = differences(workshop)
    assert (found.item.id, found.view.group, found.view.persons) == ("T1", "civil_society", 6)
    assert found.gap.value == pytest.approx(-275 / 6)


def test_questions_that_all_see_alike_are_present_or_absent(two_groups: WorkshopProfile) -> None:
    # T2: 0, 25/6, 5 points; T3: 100, 575/6, 95; R1: 100, 575/6, 95; R2 is in between, T1 is not alike
    found = alike_questions(two_groups)
    assert [item.id for item in found["absent"]] == ["T2"]
    assert [item.id for item in found["present"]] == ["T3", "R1"]


def test_what_the_administration_left_open_and_others_answered_is_told_as_their_means(
    workshop: WorkshopProfile,
) -> None:
    ((item, told),) = known_to_others(workshop)
    assert item.id == "T4"
    # three times 25 and three times 50 points; four times 75 and once 50
    assert {of.perspective: of.value for of in told} == {"politics+business": 70.0, "civil_society": 37.5}


def test_answers_are_counted_by_group_where_they_may_be_shown(two_groups: WorkshopProfile) -> None:
    rated = two_groups.questions
    assert rated is not None
    counts = [rated.finding("civil_society", "item", "R2", f"n={code}") for code in range(5)]
    assert [of.value for of in counts if of is not None] == [0, 1, 4, 1, 0]


def test_of_a_withheld_group_no_count_is_out(workshop: WorkshopProfile) -> None:
    rated = workshop.questions
    assert rated is not None
    for (group, level, _, quantity), of in rated.told.items():
        if level == "item" and group in ("politics", "business") and quantity != "n":
            assert math.isnan(of.value)
    shown = [
        of for of in rated.told.values() if of.quantity in ("n", "n_missing") and of.perspective == "business"
    ]
    assert shown == []


def test_ratings_of_fields_stand_by_themselves(tmp_path: Path) -> None:
    workshop = workshop_of(tmp_path / "runde", ("ratings",))
    assert workshop.questions is None
    assert workshop.fields is not None
    (field,) = field_views(workshop.profile, workshop.fields)
    # means of 40, 50, 60, 50, 45 and of 20, 30, 25, 35, 30, 40
    assert dict(field.printed) == {"": 50, "politics": 49, "civil_society": 30}
    assert differences(workshop) == []
    assert known_to_others(workshop) == []
    assert question_views(workshop, "T1") == ()


def test_both_ways_of_rating_are_never_mixed(tmp_path: Path) -> None:
    workshop = workshop_of(tmp_path / "runde", (*ALL_PARTS, "ratings"))
    assert workshop.questions is not None
    assert workshop.fields is not None
    assert seen(workshop, "talk") == {"": 50, "politics+business": 48, "civil_society": 35}
    (field,) = field_views(workshop.profile, workshop.fields)
    assert dict(field.printed) == {"": 50, "politics": 49, "civil_society": 30}


def test_notes_alone_are_a_workshop_too(tmp_path: Path) -> None:
    workshop = workshop_of(tmp_path / "runde", ("notes",))
    assert workshop.rated == ()
    assert [dimension.id for dimension in fields_of(workshop)] == ["talk", "room"]
    assert alike_questions(workshop) == {"present": [], "absent": []}


def test_the_public_reads_released_notes_alone_and_nobody_the_remarks_of_the_administration(
    tmp_path: Path,
) -> None:
    internal = workshop_of(tmp_path / "internal", ("notes",))
    public = workshop_of(tmp_path / "public", ("notes",), "public")
    assert [note.values.kind for note in internal.notes] == ["strength", "need", "idea", "dissent"]
    assert [note.values.text for note in public.notes] == ["Der Saal könnte abends offen sein."]


def test_perspectives_stand_in_their_order() -> None:
    assert in_order(["business", "parents", "politics", "administration"]) == [
        "administration", "politics", "business", "parents",
    ]  # fmt: skip


def test_nobody_is_known_of_a_municipality_that_had_no_workshop(tmp_path: Path) -> None:
    from weltoffen_eval.results.workshop import load_workshop

    study = workshop_of(tmp_path / "runde").profile.study
    workshop = load_workshop(study.folder, "dorf", "2024")
    assert (workshop.rated, workshop.notes, workshop.event, workshop.measures) == ((), (), None, ())


def test_of_whoever_answered_no_questionnaire_the_notes_are_told_all_the_same(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "runde", ("notes", "measures"))
    own = folder / "verwaltung.csv"
    own.write_text("".join(own.read_text("utf-8").splitlines(keepends=True)[::2]), "utf-8")
    workshop = load_workshop(folder, "ort", "2024")
    assert [len(workshop.notes), len(workshop.measures), workshop.rated] == [4, 2, ()]
    assert [field.id for field in fields_of(workshop)] == ["talk", "room"]
    assert workshop.profile.data_sha256 == ""


def test_a_workshop_of_a_wave_without_questionnaire_is_told_with_the_fields_of_the_study(
    tmp_path: Path,
) -> None:
    folder = write_study(tmp_path / "runde", ("notes",))
    listed = (folder / "study.toml").read_text("utf-8")
    listed = listed.replace('instrument = "./instrument"\n', "").replace(
        "[[wave]]", '[[wave]]\nid = "2021"\ndate = 2021-06-30\ninstrument = "./instrument"\n[[wave]]'
    )
    listed = listed.replace(
        'path = "verwaltung.csv"\nwave = "2024"', 'path = "verwaltung.csv"\nwave = "2021"'
    )
    (folder / "study.toml").write_text(listed, "utf-8")
    workshop = load_workshop(folder, "ort", "2024")
    assert workshop.profile.instrument.id == ""
    assert [field.id for field in fields_of(workshop)] == ["talk", "room"]
