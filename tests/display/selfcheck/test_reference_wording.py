"""Fields that lie so are named up to three, all of them are called all, and groups of two kinds stand apart."""

from __future__ import annotations

import pytest
from foreign import question
from profiles import profile_of

from weltoffen_eval import load_profile, report
from weltoffen_eval.blocks import Paragraph
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile


def told(shown: Shown) -> str:
    return " ".join(block.text for block in shown.bundle.blocks if isinstance(block, Paragraph))


@pytest.fixture(scope="module")
def one_field(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return load_profile(question(tmp_path_factory.mktemp("foreign") / "question"), "t0", "2025")


def test_fields_so_far_below_the_median_that_it_is_told_are_named() -> None:
    text = told(report.overview(profile_of("beispiel", "musterstadt", "2024")))
    # by the table of the fields: 46 points and a median of 60; of another 47 and 51, which is too near to be told
    assert (
        "In „Fairer Zugang und Teilhabechancen“ liegen die Punkte um mindestens fünf unter dem Median."
        in text
    )
    assert "„Interkulturelle Öffnung und Antirassismus“ und" not in text


def test_comparison_groups_of_two_kinds_have_a_sentence_each() -> None:
    text = told(report.overview(profile_of("beispiel", "probehausen", "2021")))
    assert (
        "In vier Handlungsfeldern dienen acht andere Gemeinden mit weniger als 20\u00a0000 Menschen zum Vergleich."
        in text
    )
    assert "dienen 25 andere Kommunen (kreisfreie Städte, Städte und Gemeinden) zum Vergleich." in text
    assert "acht bis 25" not in text


@pytest.mark.parametrize(
    ("total", "said"), [(7, "vier Handlungsfeldern"), (4, "allen vier Handlungsfeldern")]
)
def test_so_many_fields_are_called_all_where_they_are(total: int, said: str) -> None:
    telling = Telling(profile_of("beispiel", "musterstadt", "2024"), "selfcheck")
    assert telling.text("in_fields", fields=4, total=total) == said


def test_all_fields_that_rose_are_called_all() -> None:
    """Modellstadt states more in each of the seven fields."""
    summary = report.summary(profile_of("beispiel", "modellstadt", "2024")).bundle.blocks
    text = " ".join(entry.text for block in summary for _, entry in getattr(block, "facts", ()))
    assert "In allen sieben Handlungsfeldern ist der Stand höher angegeben als 2021" in text


def test_a_single_field_is_called_by_its_name(one_field: Profile) -> None:
    """Of nine towns the first has no timetable in the net, and is compared with the eight others."""
    text = told(report.overview(one_field))
    assert "In „Fahrplan“ " in text
    assert "einem Handlungsfeld" not in text
    assert "einzigen Handlungsfeld" not in text
