"""The words for points: as many rows as there are words and one more, all taken at once."""

from __future__ import annotations

from pathlib import Path

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


def rows(part: BandsPart) -> list[tuple[str, str]]:
    return [(limit.value, word.value) for limit, word in part.rows]


def test_there_is_a_row_for_each_word_and_one_for_another(lab: ScoringLab) -> None:
    part = BandsPart(lab)
    assert rows(part) == [("25", "a"), ("50", "b"), ("75", "c"), ("101", "d"), ("", "")]
    assert len(part.box.children[1].children) == 5


def test_a_filled_row_adds_a_word_and_an_emptied_one_takes_it_away(lab: ScoringLab) -> None:
    part = BandsPart(lab)
    for box, text in zip((*part.rows[3], *part.rows[4]), ("87,5", "d", "101", "e"), strict=True):
        box.value = text
    part.take()
    assert lab.value("bands") == (*FOUR[:3], (87.5, "d"), (101.0, "e"))
    part.show()
    assert rows(part)[3:] == [("87,5", "d"), ("101", "e"), ("", "")]
    for box in part.rows[0]:
        box.value = " "
    part.take()
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
def test_what_cannot_be_is_refused_and_stays_to_be_mended(lab: ScoringLab, typed: str, said: str) -> None:
    part = BandsPart(lab)
    part.rows[0][0].value = typed
    part.take()
    assert said in part.error.value
    assert (lab.value("bands"), part.rows[0][0].value) == (FOUR, typed)
    part.show()
    assert (part.error.value, part.rows[0][0].value) == ("", "25")


def test_a_saved_scheme_with_other_words_is_shown_whole(lab: ScoringLab, tmp_path: Path) -> None:
    part = BandsPart(lab)
    lab.change("bands", [(40, "wenig"), (101, "viel")])
    part.show()
    assert rows(part) == [("40", "wenig"), ("101", "viel"), ("", "")]
