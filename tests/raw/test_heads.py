from __future__ import annotations

import pytest

from weltoffen_eval.raw.heads import Aside, find_head, fits, worded, wordings


@pytest.mark.parametrize(
    ("name", "pattern", "expected"),
    [
        ("G01Q02[SQ001]", "G01Q02[SQ001]", True),
        # a bracket is a bracket, no choice of letters
        ("G01Q02S", "G01Q02[SQ001]", False),
        ("K01[MS01]", "K*[*]", True),
        ("Zeit  gesamt", "Zeit ges*", True),
        ("Zeit\ngesamt", "Zeit gesamt", True),
        ("Stra\u00dfe u\u0308ber", "* \u00fcber", True),
        ("K01", "k*", False),
        ("", "*", True),
    ],
)
def test_a_pattern_is_held_against_what_is_seen(name: str, pattern: str, expected: bool) -> None:
    assert fits(name, pattern) is expected


def test_a_head_is_found_by_its_letters_else_by_its_looks_where_only_one_looks_so() -> None:
    assert find_head("Frage 1", ["Frage  1", "Frage 1"]) == "Frage 1"
    assert find_head("Frage 1", ["Frage\n1"]) == "Frage\n1"
    assert find_head("Frage 1", ["Frage\n1", "Frage  1"]) == "Frage 1"
    assert find_head("Kommune ", ["Kommune"]) == "Kommune"


def test_a_wording_is_compared_without_html_case_and_blanks() -> None:
    assert worded("<p>Gibt&nbsp;es <b>F&ouml;rderung</b>?</p>") == "gibt es f\u00f6rderung ?"
    assert worded("Anteil < 5 % & mehr") == "anteil < 5 % & mehr"
    assert wordings("Ziele [Gibt es ein Leitbild?]") == (
        "ziele [gibt es ein leitbild?]",
        "gibt es ein leitbild?",
    )


def test_all_but_what_is_kept_is_left_aside() -> None:
    aside = Aside((), frozenset({"frage a?", "kommune"}))
    assert [head for head in ("Kommune", "Ziele [Frage A?]", "Notiz", "") if head in aside] == ["Notiz", ""]
