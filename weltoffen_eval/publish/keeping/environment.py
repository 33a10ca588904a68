"""The program and the libraries with which something is made, as one hash."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from weltoffen_eval.program import lock_hash, program_tree


@cache
def hash_environment() -> str:
    """A hash of the state of the program (a report names it), of Python and the versions of all libraries."""
    named = (sys.version, program_tree(), lock_hash(), *sorted(_distributions()))
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def _distributions() -> set[str]:
    """Name and version of all libraries, as their folders say them; reading each costs every run 0.2 s."""
    found: set[str] = set()
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.is_dir():
            found.update(path.name for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info"))
    return found
