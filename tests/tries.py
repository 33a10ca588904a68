"""How often a long test tries: a part each day, all of them where somebody asks for it."""

from __future__ import annotations

import os

#: ``WELTOFFEN_TRIES=1000 make check-slow`` changes a thousand cells of each format, which takes some 20 minutes more.
TRIES = int(os.environ.get("WELTOFFEN_TRIES", "150"))
