"""Imported before what takes long to import: a new module is no garbage, so nobody looks for some meanwhile.

It took a fifth of the time of the imports, and as long again when a process ended that only forks others.
``make_ready`` turns the search on again.
"""

from __future__ import annotations

import atexit
import gc

gc.disable()
# the system takes the memory back at once; Python would look through it first
atexit.register(gc.freeze)
