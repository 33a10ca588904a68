"""Keys: short ASCII names that may become file names on every system."""

from __future__ import annotations

import re
from dataclasses import replace

from weltoffen_eval.errors import Fault

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
