"""What is set has a glyph for every sign; a drawing stands alone with its own colours."""

from __future__ import annotations

import pytest

from weltoffen_eval.publish.exporting.typesetting import all_printable, draw_pixels, printable, standalone


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe ≤ 5", "Größe ≤ 5"),
        ("a\x07b\tc", "ab  c"),
        ("\u202ea", "a"),
        ("𝑥", "x"),
        ("\U000e0fff", "[U+E0FFF]"),
        ("w" * 25, "w" * 24 + "\N{ZERO WIDTH SPACE}w"),
        ("w" * 24 + " w", "w" * 24 + " w"),
    ],
)
def test_text_that_cannot_be_set_is_shown_as_what_means_the_same(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert all_printable({"a": [text, 1], "b": (text,)}) == {"a": [shown, 1], "b": [shown]}


def test_a_drawing_outside_of_a_page_has_colours_of_its_own() -> None:
    alone = standalone('<svg viewBox="0 0 1 1"><text fill="var(--ink, #1f2933)">a &lt; \x07b</text></svg>')
    assert 'fill="#1f2933">a &lt; b</text>' in alone
    assert alone.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert draw_pixels(alone, 20).startswith(b"\x89PNG")
