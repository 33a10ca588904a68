"""Imported by the server from which the workers of all calls in a test process come: they find everything there.

Without it each worker of each call warms up anew, and each notebook of a study as a whole imports scipy anew.
"""

from __future__ import annotations

from pathlib import Path

import weltoffen_eval
from weltoffen_eval.publish.exporting.formats import FORMATS
from weltoffen_eval.publish.running.workers import Ready, make_ready
from weltoffen_eval.runs.jobs import modules_for
from weltoffen_eval.runs.kinds import KINDS
from weltoffen_eval.runs.settings import Asked

_EVERYTHING = Asked(folder=Path(), kinds=tuple(KINDS), formats=tuple(FORMATS))
_LATE = tuple(module for kind in KINDS for module in kind.late_imports)
make_ready(Ready((*modules_for(_EVERYTHING), *_LATE)))
for _name in weltoffen_eval.__all__:
    getattr(weltoffen_eval, _name)
