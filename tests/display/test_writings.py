"""Every way in which a number can stand in a report is known, and no other."""

from __future__ import annotations

import math

import pytest
from places import CASES
from profiles import profile_of

from weltoffen_eval import report
from weltoffen_eval.blocks import sentences_in
from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.writings import writings

GERMAN = load_language("de")


@pytest.mark.parametrize(
    ("value", "written", "never"),
    [
        (57.5, {"58", "57,5", "57,50"}, {"57", "59", "57,4"}),
        (-11.36, {"11", "elf", "11,4", "11,36"}, {"12", "-11"}),
        (0.335, {"34\N{NO-BREAK SPACE}%", "34", "0,34", "0,335"}, {"33\N{NO-BREAK SPACE}%", "35"}),
        (3.0, {"3", "drei"}, {"vier", "2"}),
        (12345.0, {"12345", "12\N{NO-BREAK SPACE}345"}, {"1234"}),
    ],
)
def test_a_number_is_written_so_and_not_otherwise(value: float, written: set[str], never: set[str]) -> None:
    found = {
        text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}") for text in writings(GERMAN, value)
    }
    assert written <= found
    assert not never & found


def test_what_is_missing_is_written_in_no_way() -> None:
    assert writings(GERMAN, math.nan) == frozenset()


@pytest.mark.parametrize("case", [*CASES, ("beispiel", "musterstadt", "2024")], ids=lambda c: "-".join(c[1:]))
def test_a_sentence_prints_no_other_number_than_that_of_the_finding_behind_it(
    case: tuple[str, str, str],
) -> None:
    profile = profile_of(*case)
    language, printed = load_language(profile.language), 0
    for cell in (report.summary, report.overview, report.dimensions, report.robustness, report.method):
        shown = cell(profile)
        findings = {finding.key: finding for finding in shown.findings}
        for sentence in (s for block in shown.bundle.blocks for s in sentences_in(block)):
            for place, text in sentence.numbers:
                key, _, field = place.rpartition(".")
                assert text in writings(language, float(getattr(findings[key], field))), sentence
                printed += 1
    assert printed
