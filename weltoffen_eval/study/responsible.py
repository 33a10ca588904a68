"""Who is responsible for an item: whose answer counts where the sheets of several offices are merged."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.study_files import check_file


def read_responsible(path: Path, file: str, faults: list[Fault]) -> dict[tuple[str, str], str]:
    """By municipality ("": all) and item the respondent; none where no file is named."""
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.declared_records import read_rows
    from weltoffen_eval.study.responsible_records import ResponsibleRecord

    if not file or not check_file(path, file, faults):
        return {}
    found: dict[tuple[str, str], str] = {}
    for row in read_rows(ResponsibleRecord, path, file, faults):
        place = row.read.municipality, row.read.item or ""
        if place in found:
            expected = "one respondent for an item, or one in each municipality"
            faults.append(row.fault("item", f"{row.read.item!r} once more", expected))
        found.setdefault(place, row.read.respondent or "")
    return found
