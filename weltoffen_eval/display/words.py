"""The words of the study's reports that are always the same."""

from __future__ import annotations

MISSING = {
    "skipped": "keine Angabe",
    "dont_know": "weiß nicht",
    "not_applicable": "nicht zuständig",
    "not_chosen": "Feld nicht gewählt",
    "not_asked": "nicht gestellt",
}
