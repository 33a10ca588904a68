"""What stands at the head of a report: whose it is, and who is not in its numbers."""

from __future__ import annotations

import re

from weltoffen_eval.study.register import Municipality


def designation(municipality: Municipality) -> str:
    """Name, kind and state of a municipality; a kind that the name already says is not repeated."""
    kind, name = municipality.kind, municipality.name
    said = bool(kind) and re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", name, re.IGNORECASE)
    return ", ".join(part for part in (name, "" if said else kind, municipality.state) if part)


def left_out(count: int) -> str:
    """That municipalities are not in the numbers of a study."""
    of_them = "eine Kommune" if count == 1 else f"{count} Kommunen"
    verb = "ist" if count == 1 else "sind"
    return (
        f"Nicht berücksichtigt {verb} {of_them}, weil in den Angaben noch Fehler stehen, die zu "
        "berichtigen sind."
    )
