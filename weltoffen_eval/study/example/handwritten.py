"""What was said, agreed and became of it: tables written by hand, of the municipalities that a study has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from weltoffen_eval.study.example.register import Invented
from weltoffen_eval.study.example.study_toml import Listed
from weltoffen_eval.study.example.tables import csv_text, read_rows

#: Kind of file, and the table that holds it.
_FILES = {
    "events": "veranstaltungen",
    "notes": "gespraeche",
    "participants": "teilnehmende",
    "statements": "aussagen",
    "codebook": "codebuch",
    "codes": "codes",
    "outcomes": "ergebnisse",
    "measures": "massnahmen",
}
_WHOSE = ("Kommune", "municipality")


def list_given(register: Sequence[Invented]) -> list[Listed]:
    """A file per kind, each of both waves; the codebook holds for all."""
    there = {entry.key for entry in register}
    listed = []
    for kind, name in _FILES.items():
        rows = read_rows(Path(__file__).with_name("given") / f"{name}.csv")
        kept = [row for row in rows if next((row[w] for w in _WHOSE if w in row), "") in {"", *there}]
        text = csv_text(list(rows[0]), [list(row.values()) for row in kept])
        listed.append(Listed(f"{name}.csv", text, "", "", (f'kind = "{kind}"',)))
    return listed
