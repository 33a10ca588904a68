"""Keys: short ASCII names that may become file names on every system."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault

#: Words that have a meaning of their own where a key stands: a merged sheet, an agreed code, who came.
RESERVED = ("participants", "merged", "consensus")

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
# names that Windows keeps for devices, whatever their ending
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}


def is_key(text: str) -> bool:
    """True for ASCII letters, digits, ``. _ -``, at most 64, beginning with a letter or digit."""
    return (
        _KEY.fullmatch(text) is not None
        and not text.endswith(".")
        and text.split(".")[0].casefold() not in _DEVICES
    )


@cache
def reserved_endings() -> tuple[str, ...]:
    """With these, folders of reports for the public, or in another language, end."""
    return ("-public", *(f"-{language.casefold()}" for language in paths.languages()))


def is_reserved(text: str) -> bool:
    """True for a word that the formats keep for themselves."""
    return text.casefold() in RESERVED


def is_study_id(text: str) -> bool:
    """True for a key that can name the folders of a study."""
    return is_key(text) and not is_reserved(text) and not text.casefold().endswith(reserved_endings())


def check_key(text: str, what: str, place: Fault, faults: list[Fault]) -> None:
    """A fault at ``place`` where ``text`` cannot be a key."""
    if not is_key(text):
        faults.append(
            replace(
                place,
                found=repr(text),
                expected=f"{what}: ASCII letters, digits, '-', '_' or '.', such as muenster",
            )
        )
    elif is_reserved(text):
        faults.append(replace(place, found=repr(text), expected=f"{what} other than {', '.join(RESERVED)}"))


def check_study_id(text: str, place: Fault, faults: list[Fault]) -> None:
    """A fault at ``place`` where ``text`` cannot name a study and the folders of its reports."""
    check_key(text, "a study id", place, faults)
    if is_key(text) and not is_study_id(text) and not is_reserved(text):
        expected = f"a study id that does not end with {', '.join(reserved_endings())}"
        faults.append(replace(place, found=repr(text), expected=expected))
