"""What every report says of itself: for whom it is, and whether such data are released."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from weltoffen_eval import load_dialogue, load_profile
from weltoffen_eval.display.dialogue import report as dialogue_report
from weltoffen_eval.display.final_report import report as final_report
from weltoffen_eval.display.selfcheck import report
from weltoffen_eval.results.course import load_course


@pytest.mark.parametrize(("wave", "status"), [("2021", "released"), ("2024", "draft")])
def test_data_younger_than_the_release_are_a_draft(wave: str, status: str) -> None:
    """Musterstadt was released in October 2021, see study/example/accounts.csv."""
    profile = load_profile("beispiel", "musterstadt", wave, audience="public")
    about = report.title(profile).about
    assert about["status"] == status
    assert ("released_on" in about) == (status == "released")


def test_the_last_day_of_which_a_report_tells_counts_not_that_of_the_questionnaire() -> None:
    """Released after the questionnaire (30 June 2024), and before the dialogue (16 November 2024)."""
    dialogue = load_dialogue("beispiel", "musterstadt", "2024", audience="public")
    course = load_course("beispiel", "musterstadt", audience="public")
    for day, status in ((date(2024, 9, 1), "draft"), (date(2024, 12, 1), "released")):
        municipality = replace(dialogue.municipality, status="released", released_on=day)
        register = replace(
            dialogue.study.register,
            municipalities=tuple(
                municipality if one.key == municipality.key else one
                for one in dialogue.study.register.municipalities
            ),
        )
        study = replace(dialogue.study, register=register)
        told = replace(dialogue, municipality=municipality, study=study)
        assert dialogue_report.title(told).about["status"] == status
        whole = replace(course, municipality=municipality, study=study, dialogue=told)
        assert final_report.title(whole).about["status"] == status
        fact = dict(final_report.title(whole).bundle.blocks[1].facts)["Fassung"].text  # type: ignore[union-attr]
        assert fact.startswith("freigegeben" if status == "released" else "Entwurf")


def test_an_internal_report_says_no_status_to_machines() -> None:
    assert "status" not in report.title(load_profile("beispiel", "musterstadt", "2021")).about
