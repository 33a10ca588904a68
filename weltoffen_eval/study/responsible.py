"""Who is responsible for an item: whose answer counts where the sheets of several offices are merged."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.raw.records import read_records
from weltoffen_eval.study.study_files import check_file


def read_responsible(path: Path, file: str, faults: list[Fault]) -> dict[tuple[str, str], str]:
    """By municipality ("": all) and item the respondent; none where no file is named."""
    if not file or not check_file(path, file, faults):
        return {}
    found: dict[tuple[str, str], str] = {}
    for record in read_records(path, file, ("item", "respondent"), ("municipality",), faults):
        line = int(record["line"])
        for name in ("item", "respondent"):
            if not record[name]:
                faults.append(Fault(file, "nothing", f"the {name}", row=line, column=name))
        place = record["municipality"], record["item"]
        if place in found:
            expected = "one respondent for an item, or one in each municipality"
            faults.append(Fault(file, f"{record['item']!r} once more", expected, row=line, column="item"))
        found.setdefault(place, record["respondent"])
    return found
