"""Ids made of names as people write them."""

from __future__ import annotations

import re
import unicodedata

from weltoffen_eval.study.keys import is_key, is_reserved, is_study_id

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens of a name: Bad Münder becomes bad-muender."""
    ascii_only = unicodedata.normalize("NFKD", text.translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-")[:60].strip("-")
    return f"{made}-1" if made and (not is_key(made) or is_reserved(made)) else made


def study_id(name: str) -> str:
    """An id for a study in a folder of this name."""
    made = slug(name) or "studie"
    return made if is_study_id(made) else f"{made}-1"


def unused(wanted: str, used: set[str]) -> str:
    """The name, with a number where it is used already; it is used from then on."""
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name
