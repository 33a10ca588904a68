"""Workbooks and documents that come back: looked at from outside before anything in them is opened."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.kinds import recognise, wrong_kind
from weltoffen_eval.raw.xlsx_parts import check_container


def check_office_file(
    path: Path, file: str, faults: list[Fault], *, kind: str, what: str, most: int, small: str
) -> bool:
    """False, with a fault, where a file is too large, of another kind, broken or made to do harm.

    Parameters
    ----------
    kind, what : as :func:`~weltoffen_eval.raw.kinds.recognise` calls it, and as people do
    most, small : bytes, and how a file of at most so many is called
    """
    size = path.stat().st_size
    if size > most:
        faults.append(Fault(file, f"a file of {size:,} bytes", small, "It was not opened."))
        return False
    found = recognise(path)
    if found != kind:
        faults.append(wrong_kind(file, found, what))
        return False
    return check_container(path, file, faults)
