"""What stands at the head of a report: whose it is."""

from __future__ import annotations

import re

from weltoffen_eval.study.register import Municipality


def designation(municipality: Municipality) -> str:
    """Name, kind and state of a municipality; a kind that the name already says is not repeated."""
    kind, name = municipality.kind, municipality.name
    said = bool(kind) and re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", name, re.IGNORECASE)
    return ", ".join(part for part in (name, "" if said else kind, municipality.state) if part)
