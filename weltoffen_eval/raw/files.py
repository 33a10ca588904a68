"""Raw files opened by what they are: CSV, XLSX or SPSS; anything else is refused by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.csv_files import read_csv
from weltoffen_eval.raw.header import Layout, check_header
from weltoffen_eval.raw.heads import NOTHING_ASIDE, Aside
from weltoffen_eval.raw.kinds import KINDS, recognise, wrong_kind
from weltoffen_eval.raw.table import RawTable

CSV_ENDINGS = (".csv", ".tsv", ".txt")
XLSX_ENDINGS = (".xlsx", ".xlsm")
SAV_ENDINGS = (".sav", ".zsav")


def read_table(
    path: Path,
    file: str,
    faults: list[Fault],
    *,
    known: Sequence[str] = (),
    tab: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    skip_rows: Sequence[int] = (),
    aside: Aside = NOTHING_ASIDE,
) -> RawTable | None:
    """The table in a file as text; None, with faults, where it cannot be taken as it is.

    A table can come with faults: what is sound in it is there, so that its other faults are found too.

    Parameters
    ----------
    known
        Names of columns, by which the delimiter and the row of the header are recognised.
    header_row, skip_rows
        Rows as study.toml names them (see :class:`~weltoffen_eval.raw.header.Layout`).
    aside
        Columns that are not read: what is hidden in them, or heads they share, is no fault.
    """
    ending = path.suffix.lower()
    if not path.exists():
        advice = "Correct the path, or add the file."
        faults.append(Fault(file, "no such file", "a file", advice, kind="file_missing"))
        return None
    if not path.is_file():
        faults.append(Fault(file, "not a file", "a file", "Correct the path."))
        return None
    layout = Layout(header_row, tuple(skip_rows))
    before = len(faults)
    try:
        kind = recognise(path)
        if ending in XLSX_ENDINGS:
            if kind != "xlsx":
                faults.append(wrong_kind(file, kind, "an XLSX file"))
                return None
            # a study without workbooks does not wait for what reads them
            from weltoffen_eval.raw.xlsx_files import read_xlsx

            table = read_xlsx(path, file, faults, tab, known, layout, aside)
        elif ending in CSV_ENDINGS:
            if kind != "csv":
                faults.append(wrong_kind(file, kind, "a CSV file"))
                return None
            if tab is not None:
                faults.append(
                    Fault(file, f"a tab {tab!r} in study.toml", "no tab: a CSV file has none", "Take it out.")
                )
            table = read_csv(path, file, faults, known, encoding, delimiter, layout)
        elif ending in SAV_ENDINGS:
            if kind != "sav":
                faults.append(wrong_kind(file, kind, "a file of SPSS"))
                return None
            named = [("a tab", tab), ("a delimiter", delimiter), ("header_row", header_row)]
            for word in [word for word, value in named if value is not None]:
                found = f"{word} in study.toml"
                faults.append(Fault(file, found, "none: a file of SPSS has none", "Take it out."))
            from weltoffen_eval.raw.sav_files import read_sav

            table = read_sav(path, file, faults, encoding, skip_rows, aside)
        else:
            faults.append(
                Fault(
                    file,
                    f"a file of the kind {ending or 'without ending'}: {KINDS[kind][0]}",
                    "one of " + ", ".join(CSV_ENDINGS + XLSX_ENDINGS + SAV_ENDINGS),
                    KINDS[kind][1],
                    kind="file_of_another_kind",
                )
            )
            return None
    except OSError as error:
        faults.append(Fault(file, error.strerror or str(error), "a file that can be read"))
        return None
    if table is None:
        return None
    # what is in a column that is not read is nothing to be mended
    faults[before:] = [f for f in faults[before:] if not _is_aside(f, table, aside)]
    check_header(table, faults, aside)
    faults[before:] = sorted(faults[before:], key=lambda fault: fault.row or 0)
    if not table.lines:
        if len(faults) == before:
            expected = "at least one record below the header"
            faults.append(table.fault("a header only", expected, kind="file_empty"))
        return None
    return table


def _is_aside(fault: Fault, table: RawTable, aside: Aside) -> bool:
    """Whether a fault is in a cell of a column that is not read."""
    return bool(fault.column) and fault.row != table.header_line and fault.column in aside
