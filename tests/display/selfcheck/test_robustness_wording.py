"""Of unanswered questions is spoken only where there are any."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from persons import answered_by_persons
from places import REFERENCE
from profiles import profile_of

from weltoffen_eval import load_profile, report
from weltoffen_eval.blocks import Figure, Paragraph, Table
from weltoffen_eval.display.selfcheck import robustness_wording
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile

MINI = REFERENCE / "example" / "study"


def text_of(shown: Shown) -> str:
    return " ".join(
        block.caption if isinstance(block, Figure) else block.text
        for block in shown.bundle.blocks
        if isinstance(block, Figure | Paragraph)
    )


def all_answered(profile: Profile) -> Profile:
    """As if the answers left nothing open, which a range without width says."""
    rows = profile.scores
    return replace(profile, scores=rows.assign(low=rows["score"], high=rows["score"]))


def test_where_all_is_answered_no_answers_are_drawn_and_no_bar_is_explained() -> None:
    profile = all_answered(profile_of("beispiel", "musterstadt", "2021"))
    text = text_of(report.robustness(profile))
    assert "Zur Probe wurde 1\u00a0000-mal anders gerechnet." in text
    assert "zufälligen Antworten" not in text
    assert "Balken" not in text_of(report.overview(profile))


def test_where_a_question_is_open_both_are() -> None:
    # Musterstadt left one question open in 2024: "weiß nicht" to KK12
    profile = profile_of("beispiel", "musterstadt", "2024")
    assert "mit zufälligen Antworten auf nicht beantwortete Fragen." in text_of(report.robustness(profile))
    assert "Der Balken zeigt, was mit den nicht beantworteten Fragen möglich wäre." in text_of(
        report.overview(profile)
    )


def test_of_persons_no_effect_is_told_of_answers_that_do_not_count(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "s")
    # one left out the whole second field: that sheet does not count there, and the field has no range
    sheets = ["0,0,1,1,50", "1,1,1,1,100", "2,2,1,2,150", "2,?,2,2,200", "1,1,1,,", "0,0,0,1,0"]
    profile = answered_by_persons(tmp_path / "s", sheets)
    shown = report.robustness(profile)
    rows = next(block.rows for block in shown.bundle.blocks if isinstance(block, Table))
    ranges = {row[0]: row[1] for row in rows}
    assert sorted(cell == "–" for cell in ranges.values()) == [False, True]
    text = text_of(shown)
    assert "wirken sich nur" not in text and "beantworteten Fragen k" not in text
    assert "beruhen nur auf Bögen, die darin mindestens " in text
    (ranged,) = (name for name, cell in ranges.items() if cell != "–")
    assert f"Einen möglichen Bereich hat nur „{ranged}“." in text


def test_of_persons_who_answered_all_no_field_has_a_range(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "s")
    profile = answered_by_persons(tmp_path / "s", ["0,0,1,1,50", "1,1,1,1,100", "2,2,1,2,150"] * 2)
    assert "Kein Handlungsfeld hat einen möglichen Bereich." in text_of(report.robustness(profile))


def test_of_one_field_it_is_only_said_that_open_questions_matter() -> None:
    adorf = load_profile(MINI, "adorf", "2021")
    first = adorf.instrument.dimensions[0]
    alone = replace(adorf.instrument, dimensions=(first,))
    rows = adorf.scores
    moved = rows.assign(low=rows["score"] - 10, high=rows["score"] + 10)
    telling = Telling(replace(adorf, instrument=alone, scores=moved), "selfcheck")
    text = robustness_wording.bounds(telling)[0].text
    assert text.startswith("Was nicht beantwortet ist, kann die Punkte ändern.")
