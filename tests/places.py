"""Where the tests find the project, the reference values, and municipalities of every kind."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = Path(__file__).resolve().parent / "reference"
#: Municipalities of the shipped studies that differ in what they answered: study, municipality, wave.
CASES = [
    ("beispiel", "musterstadt", "2021"),
    ("beispiel", "modellstadt", "2024"),  # three sheets
    ("beispiel", "silbenstadt", "2021"),  # four fields chosen
    ("beispiel", "vokabelstadt", "2021"),  # a field mostly skipped
    ("egi-chile", "putre", "2019"),
]
