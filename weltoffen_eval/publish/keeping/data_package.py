"""The Frictionless description of an archive's tables: columns, types, size and hash of each.

Source: Data Package 1.0 (https://specs.frictionlessdata.io/data-package/).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weltoffen_eval.publish.keeping.manifest import hash_file

DESCRIPTION = "datapackage.json"
_UNSAFE = re.compile(r"[^a-z0-9._-]+")
#: Columns that hold numbers, by the name they have in every table; all others hold text.
_TYPES = {
    "code": "any", "value": "number", "score": "number", "low": "number", "high": "number", "n": "number",
    "n_items": "number", "n_answered": "number", "coverage": "number", "q25": "number", "median": "number",
    "q75": "number", "position": "number", "points": "number",
}  # fmt: skip


def package_of(name: str, title: str, licence: str, tables: Mapping[str, Path]) -> dict[str, Any]:
    """The data package of some CSV tables, each by its path in the archive with the file it comes from."""
    return {
        "profile": "tabular-data-package",
        "name": _UNSAFE.sub("-", name.lower()),
        "title": title,
        **({"licenses": [{"name": licence}]} if licence else {}),
        "resources": [_resource(path, tables[path]) for path in sorted(tables)],
    }


def _resource(path: str, file: Path) -> dict[str, Any]:
    with file.open(encoding="utf-8", newline="") as stream:
        head = next(csv.reader(stream), [])
    return {
        "profile": "tabular-data-resource",
        "name": _UNSAFE.sub("-", path.removesuffix(".csv").lower()),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{hash_file(file)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": {
            "fields": [{"name": name, "type": _TYPES.get(name, "string")} for name in head],
            "missingValues": [""],
        },
    }
