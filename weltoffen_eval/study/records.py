"""Tables of our own formats (items.csv, municipalities.csv, …): their columns checked, a dict per record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.study.languages import is_language


def check_columns(
    table: RawTable,
    required: Sequence[str],
    optional: Sequence[str],
    faults: list[Fault],
    by_language: Sequence[str] = (),
) -> bool:
    """False, with faults, where a required column is missing or one is not known."""
    known = [*required, *optional, *(f"{stem}_de" for stem in by_language)]
    before = len(faults)
    for name in required:
        if name not in table.columns:
            faults.append(
                table.fault(
                    "no such column", f"a column {name}", "Add it.", row=table.header_line, column=name
                )
            )
    for name in table.columns:
        if name not in known and not _is_text(name, by_language):
            faults.append(
                table.fault(
                    "a column that is not known here",
                    "only " + ", ".join(known),
                    did_you_mean(name, known).strip(),
                    row=table.header_line,
                    column=name,
                )
            )
    return len(faults) == before


def _is_text(name: str, by_language: Sequence[str]) -> bool:
    """Whether a column holds a text in a language, as in text_en."""
    stem, _, language = name.partition("_")
    return stem in by_language and is_language(language)


def read_records(
    path: Path,
    file: str,
    required: Sequence[str],
    optional: Sequence[str],
    faults: list[Fault],
    by_language: Sequence[str] = (),
) -> list[dict[str, str]]:
    """A table of our own format (items.csv, municipalities.csv, …) as one dict per record.

    Every optional column is there, empty if the file lacks it; ``line`` is the record's line. Of each of
    ``by_language`` (text) there may be a column for any language (text_de, text_en, …).
    An empty list where the file is refused.
    """
    table = read_table(
        path, file, faults, known=[*required, *optional, *(f"{stem}_de" for stem in by_language)]
    )
    if table is None or not check_columns(table, required, optional, faults, by_language):
        return []
    absent = {name: "" for name in optional if name not in table.columns}
    return [
        dict(zip(table.columns, map(plain, cells), strict=True)) | absent | {"line": str(line)}
        for line, cells in zip(table.lines, table.rows, strict=True)
    ]
