"""Perspectives are found by id and by German word, however these are written."""

from __future__ import annotations

import pandas as pd
import pytest

from weltoffen_eval.study.perspectives import find_perspective, is_self_check


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("administration", "administration"),
        (" verwaltung ", "administration"),
        ("Zivilgesellschaft", "civil_society"),
        ("CIVIL_SOCIETY", "civil_society"),
        ("Verwaltungen", None),
        ("", None),
    ],
)
def test_a_perspective_is_found_by_id_or_german_word(text: str, key: str | None) -> None:
    assert find_perspective(text) == key


def test_only_the_administration_s_questionnaire_is_the_self_check() -> None:
    rows = pd.DataFrame(
        {
            "setting": ["questionnaire", "workshop", "questionnaire"],
            "perspective": ["administration", "administration", "politics"],
        }
    )
    assert list(is_self_check(rows)) == [True, False, False]
