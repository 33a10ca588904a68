"""The words for points: as many rows as there are words and one more, all taken at once."""

from __future__ import annotations

import pytest
from places import REFERENCE

from weltoffen_eval.display.lab.bands_part import BandsPart
from weltoffen_eval.results.lab.session import ScoringLab, open_lab

FOUR = ((25.0, "a"), (50.0, "b"), (75.0, "c"), (101.0, "d"))


@pytest.fixture
def lab() -> ScoringLab:
    lab = open_lab(str(REFERENCE / "example" / "study"), "adorf")
    lab.change("bands", FOUR)
    return lab


def values(part: BandsPart) -> list[str]:
    return [field["value"] for field in part.form.fields]


def test_there_is_a_row_for_each_word_and_one_for_another(lab: ScoringLab) -> None:
    part = BandsPart(lab)
    assert values(part) == ["25", "a", "50", "b", "75", "c", "101", "d", "", ""]
    names = [field["label"] for field in part.form.fields]
    assert len(set(names)) == 10
    assert names[0] == "Stufe 1: unter"


def test_a_filled_row_adds_a_word_and_an_emptied_one_takes_it_away(lab: ScoringLab) -> None:
    part = BandsPart(lab)
    part.form.press(["25", "a", "50", "b", "75", "c", "87,5", "d", "101", "e"])
    assert lab.value("bands") == (*FOUR[:3], (87.5, "d"), (101.0, "e"))
    part.show()
    assert values(part)[6:] == ["87,5", "d", "101", "e", "", ""]
    part.form.press([" ", "", *values(part)[2:]])
    assert [word for _, word in lab.value("bands")] == ["b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("viel", "Bitte geben Sie eine Zahl ein"),
        ("1.234", "1.234 kann zweierlei heißen"),
        ("60", "Nötig sind steigende Grenzen"),
        ("", "Bitte geben Sie eine Zahl ein"),
    ],
)
def test_what_cannot_be_is_refused(lab: ScoringLab, typed: str, said: str) -> None:
    part = BandsPart(lab)
    part.form.press([typed, *values(part)[1:]])
    assert said in part.form.told
    assert lab.value("bands") == FOUR
    part.show()
    assert part.form.told == ""


def test_a_scheme_with_other_words_is_shown_whole(lab: ScoringLab) -> None:
    part = BandsPart(lab)
    lab.change("bands", [(40, "wenig"), (101, "viel")])
    part.show()
    assert values(part) == ["40", "wenig", "101", "viel", "", ""]
