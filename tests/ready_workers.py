"""Imported by the server from which the workers of all calls in a test process come: they find everything there.

Without it each worker of each call warms up anew, and each notebook of a study as a whole imports scipy anew.
"""

from __future__ import annotations

import weltoffen_eval
from weltoffen_eval.publish.running.workers import Ready, make_ready
from weltoffen_eval.runs.kinds import KINDS

make_ready(Ready(tuple(module for kind in KINDS for module in (*kind.imports, *kind.late_imports))))
for _name in weltoffen_eval.__all__:
    getattr(weltoffen_eval, _name)
