"""Where the tests find the project, the reference values, and municipalities of every kind."""

from __future__ import annotations

import os
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
#: What tools keep in a checkout, and what belongs to the person who works in it.
_OF_TOOLS = {".git", ".venv", ".tools", "__pycache__", ".mypy_cache", ".ruff_cache", ".idea", ".vscode"}
#: Where a change, too, would be a test's doing: people do not edit there while tests run.
_WRITTEN_BY_PROGRAMS = ("data", "reports", "notebooks", "pictures")


def files_of_checkout(root: Path) -> dict[str, tuple[int, int]]:
    """Every file of a checkout, without those of tools; where programs write, with size and time of change."""
    found, start = {}, len(str(root)) + 1
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if name not in _OF_TOOLS]
        watched = Path(folder).relative_to(root).parts[:1] in [(name,) for name in _WRITTEN_BY_PROGRAMS]
        for name in files:
            path = f"{folder}{os.sep}{name}"  # no Path: this is called after every module of tests
            state = os.stat(path, follow_symlinks=False) if watched else None  # noqa: PTH116
            found[path[start:]] = (state.st_size, state.st_mtime_ns) if state else (0, 0)
    return found
