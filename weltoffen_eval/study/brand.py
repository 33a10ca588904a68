"""A brand: name, logo and colour at the head of reports, as instrument.toml or study.toml has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Brand:
    """Whose reports these are. ``logo`` is a file (SVG or PNG) and has ``logo_text``, its alternative text.

    ``colour`` is ``#rrggbb``, or empty; whether it has contrast enough is told where it is drawn.
    """

    name: Mapping[str, str]
    logo: Path | None = None
    logo_text: Mapping[str, str] = field(default_factory=dict)
    colour: str = ""
