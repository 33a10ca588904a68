"""Sheets of the small study for what is given beside answers, as somebody fills them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from small_studies import STUDY, write_study

from weltoffen_eval.commands.main import main

FOLDER = "boegen"
TWO_WAVES = STUDY + '\n[[wave]]\nid = "2027"\ndate = 2027-06-30\n'
#: The tab of each kind, and the heads of its columns.
TABS = {
    "field_ratings": "Bewertung der Handlungsfelder",
    "notes": "Notizen",
    "statements": "Aussagen",
    "participants": "Teilnehmende",
    "measures": "Maßnahmen",
    "outcomes": "Ergebnisse",
    "events": "Angaben zur Veranstaltung",
}


def sheet_study(folder: Path, *kinds: str, keys: str = "", study: str = STUDY) -> Path:
    """The small study, whose only files are folders of returned sheets of these kinds."""
    write_study(folder, study=study)
    for kind in kinds:
        with (folder / "study.toml").open("a", encoding="utf-8") as stream:
            stream.write(f'\n[[file]]\nkind = "{kind}"\npath = "{FOLDER}"\nformat = "form"\n{keys}\n')
    (folder / FOLDER).mkdir()
    return folder


def blank(folder: Path, kind: str, *more: str, municipality: str = "adorf") -> Path:
    """An empty sheet, as the command makes it, beside the study."""
    out = folder.parent / f"{kind}.xlsx"
    assert main(["form", str(folder), "-m", municipality, "--kind", kind, "--out", str(out), *more]) == 0
    return out


def first_row(book: openpyxl.Workbook, kind: str) -> tuple[Any, int, dict[str, int]]:
    """The tab of a sheet, the first row to fill in, and the column of each head."""
    tab = book[TABS[kind]]
    row = next(row for row in tab.iter_rows() if row[1].value is not None)
    return tab, row[0].row + 1, {str(cell.value): cell.column for cell in row if cell.value}


def fill(path: Path, kind: str, rows: Sequence[Mapping[str, object]], name: str = "") -> Path:
    """Fill in rows by head, or the entries of the one record; saved under another name."""
    book = openpyxl.load_workbook(path)
    tab, first, column = first_row(book, kind)
    if kind == "events":
        line = {str(cell.value): cell.row for cell in tab["A"]}
        for head, value in rows[0].items():
            tab.cell(line[head], 2).value = value
    else:
        for number, cells in enumerate(rows):
            for head, value in cells.items():
                cell = tab.cell(first + number, column[head])
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    # as a program stores what is typed into a cell of texts
                    cell.data_type = "s"
    out = path.parent / (name or f"voll-{kind}.xlsx")
    book.save(out)
    return out
