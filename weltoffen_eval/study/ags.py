"""Official keys of municipalities (AGS, ARS) as files write them: read by their structure, never by nearness.

An AGS has 8 digits, that of a Kreis is its first 5; an ARS has 12, of which 1 to 5 and 10 to 12 are the AGS.
"""

from __future__ import annotations

import re

_DECIMALS = re.compile(r"([0-9]+)[.,]0+")
_BLANKS = re.compile(r"\s+")


def read_ags(text: str) -> tuple[str, str] | None:
    """(the eight digits, how they were read) of an AGS or ARS; None where it is neither.

    The Kreis ``01001`` is ``01001000``. The rule is empty for an AGS as it should be.
    """
    digits = _BLANKS.sub("", text)
    rule = "" if digits == text else "ags_blanks"
    decimals = _DECIMALS.fullmatch(digits)
    if decimals:
        digits, rule = decimals.group(1), "number_format"
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) in (4, 7, 11):
        # the zero of the first ten Länder, which spreadsheets take away
        digits, rule = "0" + digits, "ags_zero_restored"
    if len(digits) == 12:
        return digits[:5] + digits[9:], "ags_from_ars"
    if len(digits) == 5:
        return digits + "000", rule or "ags_of_kreis"
    return (digits, rule) if len(digits) == 8 else None


def advise_on_ags(text: str) -> str:
    """What may be wrong with an AGS that the register lacks, told by its structure, not by its neighbours."""
    if read_ags(text) is not None:
        return "Add it to municipalities.csv, or correct it in corrections.csv."
    return f"{advise_on_form(text)} Else correct it in corrections.csv."


def advise_on_form(text: str) -> str:
    """What an AGS must be, where a text is none."""
    digits = _BLANKS.sub("", text)
    if digits.isascii() and digits.isdigit():
        return (
            f"It has {len(digits)} digits: an AGS has 8, that of a Kreis 5, an ARS 12. "
            "Store the column as text, so that no zero is lost."
        )
    return "An AGS has 8 digits, that of a Kreis 5, an ARS 12."
