"""Printed text as a terminal shows it; values worked out by hand."""

from __future__ import annotations

import pytest

from weltoffen_eval.publish.terminal import as_shown


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("ohne\tSteuerzeichen\n", "ohne\tSteuerzeichen\n"),
        ("\x1b[1;31mrot\x1b[0m", "rot"),
        ("\x1b[2K\x1b[1Aauf", "auf"),
        ("\x9b31mrot", "rot"),
        ("\x1b]0;Titel\x07Text", "Text"),
        ("\x1b]8;;https://example.org\x1b\\hier\x1b]8;;\x1b\\", "hier (https://example.org)"),
        ("abcdef\rxy", "xycdef"),
        ("0%\r50%\r100%\nfertig", "100%\nfertig"),
        ("a\r\nb", "a\nb"),
        ("abc\b\bd", "ad"),
        ("\bx", "x"),
        ("1\f2\x0b3\0", "1\n2\n3"),
        ("\x1b(Bx\x1b=y", "xy"),
    ],
)
def test_a_terminal_shows_what_is_left_of_what_was_printed(printed: str, shown: str) -> None:
    assert as_shown(printed) == shown
