"""What the scoring lab can say; there are sentences in German."""

from __future__ import annotations

from weltoffen_eval.display.sentences import Catalogue, load_catalogue


def said_in_lab() -> Catalogue:
    """The catalogue of the scoring lab."""
    return load_catalogue("lab", "de")
