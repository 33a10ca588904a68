"""What nobody sees and what was broken on its way is found; ordinary text of every language is not."""

from __future__ import annotations

import pytest

from weltoffen_eval.raw.characters import find_in, quoted


@pytest.mark.parametrize(
    "text", ["", "für", "a\tb\nc", "Âge, Ãlvaro", "नमस्ते\u200d", "👩\u200d👧", "√2", "a│b", "日本", "Budyšin"]
)
def test_text_as_people_type_it_is_well(text: str) -> None:
    assert find_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\x00b", "nobody sees (U+0000)"),
        ("a\u202eb\u200b", "nobody sees (U+202E, U+200B)"),
        ("a\u200db", "nobody sees (U+200D)"),
        ("fÃ¼r", "broken by a wrong encoding"),
        ("f√ºr", "broken by a wrong encoding"),
        ("f├╝r", "broken by a wrong encoding"),
        ("5 â‚¬", "broken by a wrong encoding"),
        ("f\ufffdr", "lost in saving"),
    ],
)
def test_what_is_broken_is_named(text: str, found: str) -> None:
    ((said, expected, advice),) = find_in(text)
    assert found in said
    assert expected
    assert advice.endswith(".")


def test_a_long_text_is_cut_and_what_is_unseen_is_visible() -> None:
    assert quoted("a" * 61) == repr("a" * 59 + "…")
    assert quoted("a" * 60) == repr("a" * 60)
    assert "\u202e" not in quoted("a\u202eb")
