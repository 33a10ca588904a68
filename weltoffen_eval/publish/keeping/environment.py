"""The program and the libraries with which something is made, as one hash."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from weltoffen_eval import paths

#: Which notebook, study, questionnaire, scheme and sentences a report is made from is told by its job.
_NO_PROGRAM = ("instruments", "schemes", "sentences", "shipped", "__pycache__")


@cache
def hash_environment() -> str:
    """A hash of the program's own files, of the versions of all libraries, and of Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(_distributions()):
        digest.update(name.encode() + b"\n")
    for path in sorted(paths.PACKAGE.rglob("*")):
        if path.is_file() and not set(_NO_PROGRAM) & set(path.relative_to(paths.PACKAGE).parts):
            digest.update(path.relative_to(paths.PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _distributions() -> set[str]:
    """Name and version of all libraries, as their folders say them; reading each costs every run 0.2 s."""
    found: set[str] = set()
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.is_dir():
            found.update(path.name for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info"))
    return found
