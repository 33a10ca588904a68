"""A form as it came back: what it says it is, and its tables, wherever in the workbook they now stand.

Tabs may have other names, rows another order, columns may have been added or moved: a table is known by its
heads, a form by what is written in its hidden tab. What a person sees is what is read, or it is a fault that
names the cell.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.office_files import check_office_file
from weltoffen_eval.raw.table import plain
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook
from weltoffen_eval.raw.xlsx_parts import (
    Tab,
    Workbook,
    broken,
    read_workbook,
)
from weltoffen_eval.raw.xlsx_rows import TabRows
from weltoffen_eval.study.forms.found_tables import FoundTable, Heads, find_tables
from weltoffen_eval.study.forms.workbooks import MARK
from weltoffen_eval.study.study_files import check_file

#: A form of 108 questions has 40 kB; whatever is larger is none.
MOST_BYTES, MOST_UNPACKED = 20_000_000, 80_000_000
_MOST_ENTRIES = 100


#: By kind of table its heads, or what makes them of the identity of a form.
Wanted = Mapping[str, Heads] | Callable[[Mapping[str, str]], Mapping[str, Heads]]


@dataclass(frozen=True)
class ReturnedForm:
    """A workbook that came back. ``identity``: what its hidden tab says; ``tables`` as they follow."""

    file: str
    identity: Mapping[str, str]
    tables: tuple[FoundTable, ...] = ()

    def of_kind(self, kind: str) -> list[FoundTable]:
        """The tables of one kind."""
        return [table for table in self.tables if table.kind == kind]


def read_returned(
    path: Path, file: str, wanted: Wanted, faults: list[Fault], folder: Path | None = None
) -> ReturnedForm | None:
    """The form in a workbook; None, with faults, where it is none.

    Parameters
    ----------
    file : what messages call it
    wanted : by kind of table its heads; or what makes these of the form's identity, in which they may stand.
        Where none are wanted only the identity is read
    folder : inside which it has to lie
    """
    if not check_file(path, file, faults, folder):
        return None
    try:
        if not _is_small_workbook(path, file, faults):
            return None
        with zipfile.ZipFile(path) as container:
            book = read_workbook(container)
            said = _read_identities(book)
            if len(said) != 1:
                advice = "Only a workbook that weltoffen form has made is a form; fill in a new one."
                found = "tabs of two forms" if said else "no tab that says what form it is"
                faults.append(Fault(file, found, "a form with its hidden tab", advice))
                return None
            (identity,) = said
            heads = wanted(identity) if callable(wanted) else wanted
            read = [
                table
                for tab in (book.tabs if heads else ())
                if not _says_what_it_is(book, tab)
                for table in find_tables(book, tab, file, heads, faults)
            ]
            return ReturnedForm(file, identity, tuple(read))
    except BrokenWorkbook as error:
        faults.append(broken(file, str(error)))
    except OSError as error:
        faults.append(Fault(file, error.strerror or str(error), "a file that can be read"))
    return None


def _is_small_workbook(path: Path, file: str, faults: list[Fault]) -> bool:
    """False, with a fault, for what is no workbook, or larger than a form can be; nothing is unpacked."""
    small, what = f"a form, of at most {MOST_BYTES:,} bytes", "a form, which is an XLSX file"
    if not check_office_file(path, file, faults, kind="xlsx", what=what, most=MOST_BYTES, small=small):
        return False
    with zipfile.ZipFile(path) as container:
        unpacked = sum(part.file_size for part in container.infolist())
    if unpacked > MOST_UNPACKED:
        expected = f"a form, of at most {MOST_UNPACKED:,} bytes"
        faults.append(Fault(file, f"{unpacked:,} bytes unpacked", expected, "Save it anew."))
        return False
    return True


def _says_what_it_is(book: Workbook, tab: Tab) -> bool:
    first = next(iter(TabRows(book, tab.part)), None)
    return first is not None and plain(first.cells.get(1, "")) == MARK


def _read_identities(book: Workbook) -> list[dict[str, str]]:
    """What the tabs say that begin with the mark of a form, each once: of one form that is one."""
    said: list[dict[str, str]] = []
    for tab in book.tabs:
        if _says_what_it_is(book, tab):
            rows = list(islice(TabRows(book, tab.part), 1, _MOST_ENTRIES))
            one = {plain(row.cells[1]): plain(row.cells.get(2, "")) for row in rows if row.cells.get(1)}
            if one not in said:
                said.append(one)
    return said
