"""XLSX as text, strictly: the container is inspected before it is parsed, formulas need a stored value."""

from __future__ import annotations

import datetime
import math
import zipfile
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.raw_table import RawTable, plain

MOST_PARTS = 2_000
MOST_UNPACKED_BYTES = 1_000_000_000
MOST_RATIO = 200
MOST_CELLS = 20_000_000

_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"  # OLE: an encrypted workbook, or the old .xls


def read_xlsx(path: Path, file: str, faults: list[Fault], sheet: str | None = None) -> RawTable | None:
    """The table of one sheet; None, with faults, where it cannot be taken as it is."""
    if not _is_sound(path, file, faults):
        return None
    # 0.2 s, for which who reads no workbook does not wait
    import openpyxl

    try:
        values = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl has no base class for what a broken part raises
        faults.append(_broken(file, f"{type(error).__name__}: {error}"))
        return None
    try:
        name = _choose_sheet(values, file, sheet, faults)
        if name is None:
            return None
        return _read_sheet(values[name], formulas[name], file, name, faults)
    except Exception as error:
        faults.append(_broken(file, f"{type(error).__name__}: {error}"))
        return None
    finally:
        values.close()
        formulas.close()


def _broken(file: str, found: str) -> Fault:
    return Fault(file, f"a broken workbook ({found})", "an XLSX file", "Open it and save it anew.")


def _is_sound(path: Path, file: str, faults: list[Fault]) -> bool:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == _OLD_CONTAINER:
        faults.append(
            Fault(
                file,
                "a workbook that is locked with a password, or an old .xls",
                "an XLSX file without password",
                "Open it, remove the password and save it as .xlsx.",
            )
        )
        return False
    if not start:
        faults.append(Fault(file, "an empty file", "an XLSX file"))
        return False
    try:
        with zipfile.ZipFile(path) as container:
            parts = container.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            names = [part.filename for part in parts]
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        faults.append(_broken(file, str(error)))
        return False
    for found, limit in [
        (f"{len(parts)} parts", None if len(parts) <= MOST_PARTS else f"at most {MOST_PARTS}"),
        (
            f"{unpacked:,} bytes unpacked",
            None if unpacked <= MOST_UNPACKED_BYTES else f"at most {MOST_UNPACKED_BYTES:,}",
        ),
        (
            f"packed {unpacked / packed:.0f} : 1",
            None if unpacked < 10_000_000 or unpacked / packed <= MOST_RATIO else f"at most {MOST_RATIO} : 1",
        ),
        ("a part that leaves the container", "no .." if any(".." in n for n in names) else None),
    ]:
        if limit is not None:
            faults.append(Fault(file, found, limit, "This is no ordinary workbook; save it anew."))
            return False
    return True


def _choose_sheet(book: Any, file: str, sheet: str | None, faults: list[Fault]) -> str | None:
    names: list[str] = [s.title for s in book.worksheets]
    if sheet is not None:
        if sheet in names:
            return sheet
        faults.append(Fault(file, "sheets " + ", ".join(names), f"a sheet {sheet!r}"))
        return None
    filled = [
        name
        for name in names
        if any(c not in (None, "") for row in book[name].iter_rows(values_only=True) for c in row)
    ]
    if not filled:
        faults.append(Fault(file, "an empty workbook", "a header and records"))
        return None
    if len(filled) > 1:
        faults.append(
            Fault(
                file,
                f"{len(filled)} sheets: " + ", ".join(filled),
                "one sheet, or the name of one in study.toml",
                f'Add sheet = "{filled[0]}" to its [[file]].',
            )
        )
        return None
    return filled[0]


def _read_sheet(values: Any, formulas: Any, file: str, sheet: str, faults: list[Fault]) -> RawTable | None:
    columns: list[str] = []
    table = RawTable(file, columns, [], [], sheet=sheet)
    cells_read = 0
    before = len(faults)
    for line, (shown, written) in enumerate(
        zip(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True),
        start=1,
    ):
        cells_read += len(shown)
        if cells_read > MOST_CELLS:
            faults.append(table.fault(f"more than {MOST_CELLS:,} cells", "a table of a questionnaire"))
            return None
        cells = [_text(cell) for cell in shown]
        if line == 1:
            columns.extend(plain(cell) for cell in cells)
            while columns and columns[-1] == "":
                columns.pop()
            continue
        for position, (cell, formula) in enumerate(zip(shown, written, strict=True)):
            if cell is None and isinstance(formula, str) and formula.startswith("="):
                faults.append(
                    table.fault(
                        f"a formula without a stored value ({formula})",
                        "a value",
                        "Open the workbook in a spreadsheet program and save it, or put the value there.",
                        row=line,
                        column=columns[position] if position < len(columns) else str(position + 1),
                    )
                )
        if any(cell.strip() for cell in cells[len(columns) :]):
            faults.append(
                table.fault(
                    "a value outside the columns of the header",
                    f"{len(columns)} columns, as in the header",
                    row=line,
                )
            )
        cells = cells[: len(columns)] + [""] * (len(columns) - len(cells))
        if any(cell.strip() for cell in cells):
            table.rows.append(cells)
            table.lines.append(line)
    return table if len(faults) == before else None


def _text(cell: Any) -> str:
    """A cell as a person would have typed it: 2.0 of a spreadsheet is the code 2."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if math.isfinite(cell) and cell == int(cell) and abs(cell) < 1e15:
            return str(int(cell))
        return repr(cell)
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)
