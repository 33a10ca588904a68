"""How a command lists what is there: a line each, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence


def tell_rows(rows: Sequence[dict[str, object]], as_json: bool) -> int:
    """Print the rows; returns the exit code."""
    if as_json:
        print(json.dumps(list(rows), ensure_ascii=False))
        return 0
    for row in rows:
        print("  ".join(str(value) for value in row.values()))
    return 0
