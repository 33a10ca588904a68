"""Who is to be drawn into working groups: the record, not how it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Invited:
    """Who is to be drawn; ``stratum`` and ``organisation`` are empty where there is none."""

    id: str
    stratum: str = ""
    organisation: str = ""
