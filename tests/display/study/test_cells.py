"""Numbers of a study as cells: signs, tiny p-values, and why there is no number."""

from __future__ import annotations

import math

import pytest

from weltoffen_eval import load_overview
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.study.cells import cell, ends, interval, p_value, reason, signed, value_or_reason
from weltoffen_eval.display.study.telling import INSTRUMENT_QUALITY, StudyTelling

GERMAN = load_language("de")


@pytest.fixture(scope="module")
def telling() -> StudyTelling:
    return StudyTelling(load_overview("beispiel"), INSTRUMENT_QUALITY)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(4.25, "+4,2"), (-8.0, "−8,0"), (0.0, "0,0"), (-0.04, "0,0"), (0.04, "0,0"), (math.nan, "–")],
)
def test_a_difference_has_its_sign(value: float, shown: str) -> None:
    assert signed(GERMAN, value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0321, "0,032"), (0.0004, "< 0,001"), (0.5, "0,500"), (math.nan, "–")]
)
def test_a_p_value_has_three_digits_or_is_smaller_than_them(value: float, shown: str) -> None:
    assert p_value(GERMAN, value) == shown


def test_an_interval_has_signs_where_it_is_of_a_difference(telling: StudyTelling) -> None:
    found = Finding("mean_gap", -6.0, low=-9.2, high=2.9)
    assert interval(telling, found) == "−9,2 bis +2,9"
    assert ends(GERMAN, Finding("alpha", 0.3, low=-0.12, high=0.46)) == "−0,12 bis 0,46"
    assert ends(GERMAN, Finding("alpha", 0.3)) == "–"


def test_what_is_missing_says_why(telling: StudyTelling) -> None:
    assert reason(telling, "disclosure") == "weniger als 8 Kommunen, deren Werte gezeigt werden"
    assert value_or_reason(telling, Finding("alpha", math.nan, reason="no_responses")) == "keine Antworten"
    assert value_or_reason(telling, Finding("alpha", 0.914)) == "0,91"
    # as many digits as all of a column
    assert value_or_reason(telling, Finding("alpha", 0.7)) == "0,70"
    assert value_or_reason(telling, Finding("alpha", -0.2)) == "−0,20"


def test_a_cell_knows_the_keys_of_what_it_shows() -> None:
    found = Finding("alpha", 0.9, wave="2021", setting="questionnaire", perspective="administration", level="dimension", id="access")  # fmt: skip
    assert cell("0,90", found) == ("0,90", ("@/2021/questionnaire/administration/dimension/access/alpha",))
