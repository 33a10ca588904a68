"""The rules for notebook files (nbformat), imported without what only costs time.

jsonschema compiles the grammar of international addresses while it is imported, where that is installed:
1 s, for formats that no rule for notebooks names. So this comes before any other import of Jupyter.
"""

from __future__ import annotations

import sys
from typing import Any

_GRAMMAR = "rfc3987_syntax"
_modules: dict[str, Any] = sys.modules

if _GRAMMAR not in _modules:
    # to whoever imports it, it is not installed; jsonschema does without
    _modules[_GRAMMAR] = None
    try:
        import nbformat.validator  # noqa: F401
    finally:
        del _modules[_GRAMMAR]
