"""What ``weltoffen check`` leaves of faults: faults.csv for all, and a page for each who has faulty rows."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault, WeltoffenError

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Study

FAULT_COLUMNS = ("file", "tab", "row", "column", "found", "expected", "advice", "municipality")
#: The page of faults that belong to no municipality alone; no key begins so.
OF_STUDY = "_study"
#: More municipalities than these with faults have one cause; a page takes about a twentieth of a second.
_MOST_PAGES = 500


def fault_row(fault: Fault) -> dict[str, object]:
    """A fault by the columns of faults.csv."""
    return {name: getattr(fault, name) for name in FAULT_COLUMNS}


def write_faults(study: str, faults: Sequence[Fault]) -> Path | None:
    """faults.csv beside the processed tables; None where it cannot be written."""
    from weltoffen_eval.publish.keeping.files import spreadsheet_cell, write_whole

    stream = io.StringIO()
    writer = csv.DictWriter(stream, FAULT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for fault in faults:
        writer.writerow({name: spreadsheet_cell(cell) for name, cell in fault_row(fault).items()})
    path = paths.processed_folder(study) / "faults.csv"
    try:
        write_whole(path, stream.getvalue().encode("utf-8-sig"))
    except WeltoffenError:
        return None
    return path


def write_fault_pages(study: Study, faults: Sequence[Fault]) -> Path | None:
    """A page per municipality with its own faults alone, to be sent to it; None where none can be written.

    What belongs to nobody alone stands on a page for who evaluates the study.
    """
    from weltoffen_eval.display.fault_list import list_faults
    from weltoffen_eval.publish.exporting.fault_pages import fault_page
    from weltoffen_eval.publish.keeping.files import write_whole

    folder = _folder(study.id)
    if folder.is_symlink():
        return None
    keys = [key for key in dict.fromkeys(fault.municipality for fault in faults) if _is_known(study, key)]
    try:
        remove_faults(study.id, pages_only=True)
        for key in keys[:_MOST_PAGES]:
            write_whole(folder / f"{key or OF_STUDY}.html", fault_page(list_faults(study, faults, key)))
    except (WeltoffenError, OSError):
        return None
    return folder


def remove_faults(study: str, pages_only: bool = False) -> None:
    """Take away what an earlier check left: it would look as if the faults were still there."""
    if not pages_only:
        (paths.processed_folder(study) / "faults.csv").unlink(missing_ok=True)
    if _folder(study).is_dir() and not _folder(study).is_symlink():
        shutil.rmtree(_folder(study))


def _is_known(study: Study, key: str) -> bool:
    return not key or key in study.register.by_key


def _folder(study: str) -> Path:
    return paths.processed_folder(study) / "faults"
