"""The words round a report are those of its language; every one exists in both, with the same places."""

from __future__ import annotations

from string import Formatter

import pytest

from weltoffen_eval.publish.exporting import frame_words
from weltoffen_eval.publish.exporting.frame_words import Words, language_of


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_word_is_there_in_both_languages_with_the_same_places() -> None:
    german, english = frame_words._GERMAN, frame_words._ENGLISH
    assert german.keys() == english.keys()
    assert {name: places(text) for name, text in german.items()} == {n: places(t) for n, t in english.items()}


@pytest.mark.parametrize(
    ("language", "word"),
    [("de", "Spalte 2"), ("de-AT", "Spalte 2"), ("DE", "Spalte 2"), ("en", "Column 2"), ("fr", "Column 2")],
)
def test_other_languages_have_the_english_words(language: str, word: str) -> None:
    assert Words(language)("column", number=2) == word


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "de"),
        ({"lang": "en"}, "en"),
        ({"language": "pt_BR.UTF-8"}, "pt-BR"),
        ({"lang": "no language at all", "locale": "fr"}, "fr"),
        ({"lang": '"><script>'}, "de"),
        ({"lang": 7}, "de"),
    ],
)
def test_the_language_is_the_one_that_the_notebook_names(metadata: dict[str, object], language: str) -> None:
    assert language_of(metadata) == language
