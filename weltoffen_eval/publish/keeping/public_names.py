"""File names that a council information system can take: date of the data, title, key; ASCII throughout."""

from __future__ import annotations

import re

_DAY = r"\d{4}-\d{2}-\d{2}"


def public_name(day: str, title: str, key: str) -> str:
    """The name of a public file without its ending: ``2024-06-30_Selbstcheck_musterstadt``.

    Parameters
    ----------
    day : the date of the data (ISO)
    title : what the report is called in file names (ASCII)
    key : of the municipality, or of the study
    """
    return f"{day}_{title}_{key}"


def title_in(name: str, key: str) -> str:
    """The title in such a name; empty where it is no such name of this key."""
    found = re.fullmatch(rf"{_DAY}_(.+)_{re.escape(key)}", name)
    return found[1] if found else ""
