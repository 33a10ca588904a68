"""Raw files opened by what they are: CSV or XLSX; anything else is refused by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.raw_csv import read_csv
from weltoffen_eval.study.raw_table import RawTable, check_header
from weltoffen_eval.study.raw_xlsx import read_xlsx

CSV_ENDINGS = (".csv", ".tsv", ".txt")
XLSX_ENDINGS = (".xlsx", ".xlsm")


def read_table(
    path: Path,
    file: str,
    faults: list[Fault],
    *,
    known: Sequence[str] = (),
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> RawTable | None:
    """The table in a file as text; None, with faults, where it cannot be taken as it is.

    ``known`` column names help to recognise the delimiter of a CSV file.
    """
    ending = path.suffix.lower()
    if not path.exists():
        faults.append(Fault(file, "no such file", "a file", "Correct the path, or add the file."))
        return None
    if not path.is_file():
        faults.append(Fault(file, "not a file", "a file", "Correct the path."))
        return None
    try:
        if ending in XLSX_ENDINGS:
            table = read_xlsx(path, file, faults, sheet)
        elif ending in CSV_ENDINGS:
            table = read_csv(path, file, faults, known, encoding, delimiter)
        else:
            faults.append(
                Fault(
                    file,
                    f"a file of the kind {ending or 'without ending'}",
                    "one of " + ", ".join(CSV_ENDINGS + XLSX_ENDINGS),
                    "Save it as CSV (UTF-8) or as XLSX.",
                )
            )
            return None
    except OSError as error:
        faults.append(Fault(file, error.strerror or str(error), "a file that can be read"))
        return None
    if table is None:
        return None
    if not table.rows:
        faults.append(table.fault("a header only", "at least one record below the header"))
        return None
    return table if check_header(table, faults) else None
