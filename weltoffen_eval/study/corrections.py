"""corrections.csv and corrections/*.csv: raw values are changed nowhere else, each checked and logged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.columns import LabelledText
from weltoffen_eval.raw.table import LogEntry, RawTable, plain
from weltoffen_eval.study.study_files import check_file, is_there

#: Tables in which something may have been sent back, and which are not read as corrections.
_UNREAD = (".xlsx", ".xlsm", ".xls", ".ods", ".tsv", ".txt")


@dataclass(frozen=True)
class Correction:
    """One value to be changed: at the record that begins on line ``row`` of ``file``.

    It stands on ``line`` of ``source``.
    """

    file: str
    tab: str
    row: int
    column: str
    old: str
    new: str
    reason: str
    line: int
    source: str = "corrections.csv"


def correction_files(folder: Path) -> list[str]:
    """The tables of corrections of a study: corrections.csv, then those that municipalities sent back."""
    names = ["corrections.csv"] if is_there(folder / "corrections.csv") else []
    return names + [name for name in _sent_back(folder) if name.lower().endswith(".csv")]


def _sent_back(folder: Path) -> list[str]:
    """What lies in corrections/, but for what office programs and systems leave there."""
    place = folder / "corrections"
    if not place.is_dir() or not place.resolve().is_relative_to(folder.resolve()):
        return []
    return sorted(f"corrections/{path.name}" for path in place.iterdir() if path.name[0] not in ".~")


def _check_sent_back(folder: Path, faults: list[Fault]) -> None:
    """Nothing that was sent back is left unread in silence."""
    place = folder / "corrections"
    if is_there(place) and not place.is_dir():
        found = "a link that leads nowhere" if place.is_symlink() else "no folder"
        faults.append(Fault("corrections", found, "a folder with tables of corrections"))
    elif place.is_dir() and not place.resolve().is_relative_to(folder.resolve()):
        faults.append(
            Fault(
                "corrections",
                "a link that leads out of its folder",
                "a folder inside the folder of the study",
            )
        )
    for name in _sent_back(folder):
        if name.lower().endswith(_UNREAD):
            advice = "Save it as CSV, with the columns of corrections.csv."
            faults.append(Fault(name, "a table that is no CSV", "tables that end with .csv", advice))


def read_corrections(folder: Path, known_files: Sequence[str], faults: list[Fault]) -> tuple[Correction, ...]:
    """The corrections of a study, of all its tables; each cell is changed once."""
    _check_sent_back(folder, faults)
    corrections: list[Correction] = []
    of_record: dict[tuple[str, int, str], list[Correction]] = {}
    for source in correction_files(folder):
        if not check_file(folder / source, source, faults, folder):
            continue
        for read in _read_table(folder, source, known_files, faults):
            others = of_record.setdefault((read.file, read.row, read.column), [])
            # without a tab it may be any
            same = next((c for c in others if c.tab == read.tab or "" in (c.tab, read.tab)), None)
            others.append(read)
            if same is None:
                corrections.append(read)
            elif same.source == read.source or (same.old, same.new) != (read.old, read.new):
                found = f"row {read.row}, column {read.column} of {read.file} once more"
                advice = f"The first stands in row {same.line} of {same.source}."
                faults.append(Fault(source, found, "one correction of each cell", advice, row=read.line))
    return tuple(corrections)


def _read_table(
    folder: Path, source: str, known_files: Sequence[str], faults: list[Fault]
) -> Iterator[Correction]:
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.correction_records import CorrectionRecord
    from weltoffen_eval.study.declared_records import read_rows

    for row in read_rows(CorrectionRecord, folder / source, source, faults):
        read = row.read
        of_file = str(PurePosixPath(read.file)) if read.file else ""
        if of_file not in known_files:
            faults.append(row.fault("file", repr(read.file), "a path as in study.toml"))
        if read.tab and read.sheet:
            faults.append(row.fault("sheet", "tab and sheet", "only one of them"))
        if read.row is not None:
            tab = read.tab or read.sheet
            yield Correction(
                of_file, tab, read.row, read.column, read.old, read.new, read.reason or "", row.line, source
            )


def apply_corrections(table: RawTable, corrections: Sequence[Correction], faults: list[Fault]) -> None:
    """Change the cells of ``table`` for which there is a correction, and log each.

    A correction whose record, column or old value is not there is a fault, so that none is applied
    to data for which it was not meant.
    """
    meant = [c for c in corrections if c.file == table.file and c.tab in ("", table.tab)]
    record_of = {line: position for position, line in enumerate(table.lines)} if meant else {}
    for correction in meant:

        def fault(found: str, expected: str, correction: Correction = correction, more: str = "") -> None:
            advice = f"It is meant for {correction.file}, row {correction.row}, column {correction.column}."
            advice += more
            faults.append(Fault(correction.source, found, expected, advice, row=correction.line))

        if correction.column not in table.columns:
            fault(
                f"the column {correction.column!r}",
                f"a column of {correction.file}{did_you_mean(correction.column, table.columns)}",
            )
            continue
        if correction.row not in record_of:
            fault(f"row {correction.row}", f"the line of a record of {correction.file}")
            continue
        cells = table.rows[record_of[correction.row]]
        position = table.index(correction.column)
        if not _is_old(cells[position], correction.old):
            quoted = repr(plain(cells[position])) == correction.old
            more = " Write it without the quotes in which a list of faults shows it." if quoted else ""
            fault(
                f"the old value {correction.old!r}",
                f"{plain(cells[position])!r}, as in the raw file",
                more=more,
            )
            continue
        labelled = {value.code: value for value in table.labels.get(correction.column, ())}
        cells[position] = labelled.get(correction.new, correction.new)
        table.log.append(
            LogEntry(
                table.file,
                table.tab,
                correction.row,
                correction.column,
                correction.old,
                correction.new,
                f"correction: {correction.reason}",
            )
        )


def _is_old(cell: str, old: str) -> bool:
    """Whether a cell is what a correction says of it; a value with a label is that or the label."""
    return plain(cell) == old or (isinstance(cell, LabelledText) and old in (cell.code, cell.seen()))


def check_tabs(
    corrections: Sequence[Correction], read: Collection[tuple[str, str]], faults: list[Fault]
) -> None:
    """A fault for each correction whose tab was not read, or that may mean any of several tabs.

    ``read``: (file, tab) of the tables that were read; of files that could not be, nothing is said.
    """
    tabs_of: dict[str, list[str]] = {}
    for file, tab in sorted(read):
        tabs_of.setdefault(file, []).append(tab)
    for correction in corrections:
        tabs = tabs_of.get(correction.file, [])
        named = repr(correction.tab) if correction.tab else "no tab"
        if tabs and (correction.tab not in ["", *tabs] or (not correction.tab and len(tabs) > 1)):
            expected = f"a tab that is read: {', '.join(tabs)}" if any(tabs) else "no tab: it is no workbook"
            faults.append(Fault(correction.source, named, expected, row=correction.line, column="tab"))
