"""Offices that are named as responsible for an item, and of which no sheet came."""

from __future__ import annotations

from typing import NamedTuple

from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.responses.cleaning import CleanedStudy


class AbsentOffice(NamedTuple):
    """An office in a table of who is responsible; ``municipality``: whose, empty where its row names none."""

    path: str
    municipality: str
    office: str
    items: int


def absent_offices(study: Study, cleaned: CleanedStudy) -> list[AbsentOffice]:
    """The offices that no sheet of the files beside which the table stands is called by, sorted."""
    named: dict[tuple[str, str, str], set[str]] = {}
    sheets: dict[str, set[tuple[str, str]]] = {}
    records = cleaned.records
    for raw in study.files:
        if not raw.responsible_path:
            continue
        rows = records[(records["file"] == raw.path) & (records["wave"] == raw.wave)]
        pairs = zip(rows["municipality"].astype(str), rows["respondent"].astype(str), strict=True)
        sheets.setdefault(raw.responsible_path, set()).update(pairs)
        for (municipality, item), office in raw.responsible.items():
            named.setdefault((raw.responsible_path, municipality, office), set()).add(item)
    found = [
        AbsentOffice(path, municipality, office, len(items))
        for (path, municipality, office), items in named.items()
        if not any(office == name and municipality in ("", key) for key, name in sheets[path])
    ]
    return sorted(found)
