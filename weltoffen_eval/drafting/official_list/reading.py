"""The official list as Destatis publishes it: GV100AD as text, or the XLSX of its quarterly edition."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from weltoffen_eval.drafting.official_list.entries import (
    GEMEINDE,
    KREIS,
    OfficialPlace,
    entry_of,
    with_population,
)
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.raw.kinds import recognise, wrong_kind
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook
from weltoffen_eval.raw.xlsx_parts import check_container, read_workbook
from weltoffen_eval.raw.xlsx_rows import TabRows

#: The list of all of Germany has 4 MB.
MOST_BYTES = 100_000_000
#: By these names the tab of the quarterly edition begins.
_TAB = "onlineprodukt_gemeinden"
_SATZARTEN = ("10", "20", "30", "40", "50", "60")
#: Columns of the tab, from 1; those between are Verband (6) and area (9).
_SATZART, _MARK, _LAND, _RB, _KREIS, _GEM, _NAME, _POPULATION = 1, 2, 3, 4, 5, 7, 8, 10
#: A record of GV100AD; one that is longer has something put in, after which every place is another.
_LONGEST_RECORD = 220
#: A number there fills its field, with zeros or blanks in front: one that ends before its field was shifted.
_FIELD = re.compile(r" {11}| *[0-9]+")
#: People of the tab, with or without signs for thousands.
_PEOPLE = re.compile(r"[0-9]{1,3}([\s.][0-9]{3})*|[0-9]+")


def read_official_list(path: Path) -> list[OfficialPlace]:
    """All Gemeinden and Landkreise of the list.

    Raises
    ------
    RefusedError
        Where the file is neither of the two forms, or a record of it cannot be read.
    """
    faults: list[Fault] = []
    if not path.is_file():
        raise RefusedError([Fault(str(path), "no such file", "the official list")])
    if path.stat().st_size > MOST_BYTES:
        faults.append(Fault(path.name, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,}"))
        raise RefusedError(faults)
    kind = recognise(path)
    if kind == "xlsx":
        entries = list(_of_workbook(path, faults))
    elif kind == "csv":
        entries = list(_of_text(path, faults))
    else:
        entries = []
        faults.append(wrong_kind(path.name, kind, "GV100AD as text, or the XLSX of the quarterly edition"))
    if not entries and not faults:
        faults.append(Fault(path.name, "no Gemeinde in it", "records of Satzart 60"))
    known: set[str] = set()
    for entry in entries:
        if entry.ags in known:
            found = f"{entry.ags} ({entry.official}) twice"
            faults.append(Fault(path.name, found, "each key once", "Is it one edition, and unchanged?"))
        known.add(entry.ags)
    if faults:
        raise RefusedError(faults)
    return with_population(entries)


def _of_text(path: Path, faults: list[Fault]) -> Iterator[OfficialPlace]:
    """GV100AD: a record per line; places count characters from 1.

    1–2 Satzart · 3–10 date · 11–12 Land · 13 Regierungsbezirk · 14–15 Kreis · 16–18 Gemeinde · 19–22
    Verband · 23–72 name · 73–122 seat · 123–124 Textkennzeichen · 129–139 hectares ·
    140–150 people.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # editions up to 2018
        text = raw.decode("cp1252", "replace")
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        satzart = line[:2]
        if not line.strip():
            continue
        if satzart not in _SATZARTEN or not re.fullmatch(r"[0-9]{10}", line[:10]):
            faults.append(Fault(path.name, repr(line[:22]), "a record of GV100AD", _ADVICE, row=number))
            return
        if satzart not in (KREIS, GEMEINDE):
            continue
        ags = line[10:15] if satzart == KREIS else line[10:18]
        people = line[139:150].strip() if satzart == GEMEINDE else ""
        if not (_is_number(ags) and line[22:72].strip() and _keeps_its_places(line, satzart)):
            expected = "key, name and people at the places of GV100AD"
            faults.append(Fault(path.name, repr(line[10:72].rstrip()), expected, _ADVICE, row=number))
            return
        entry = entry_of(satzart, line[122:124], ags, line[22:72].strip(), int(people) if people else None)
        if entry is not None:
            yield entry


def _keeps_its_places(line: str, satzart: str) -> bool:
    """Whether nothing in a record was shifted, as far as its fields of digits show it."""
    if len(line) > _LONGEST_RECORD or not _is_number(line[122:124].strip() or "0"):
        return False
    if satzart != GEMEINDE:
        return True
    # hectares, people, and of them men, of which older editions may have none
    fields = [line[128:139], line[139:150], line[150:161].ljust(11)]
    return _is_number(line[18:22].strip() or "0") and all(
        len(field) == 11 and _FIELD.fullmatch(field) for field in fields
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


_ADVICE = "Take the file GV100AD…txt, or the XLSX Auszug GV, as Destatis publishes them, unchanged."


def _of_workbook(path: Path, faults: list[Fault]) -> Iterator[OfficialPlace]:
    if not check_container(path, path.name, faults):
        return
    try:
        with zipfile.ZipFile(path) as container:
            book = read_workbook(container)
            tab = next((tab for tab in book.tabs if tab.name.casefold().startswith(_TAB)), None)
            if tab is None:
                named = ", ".join(tab.name for tab in book.tabs)
                faults.append(Fault(path.name, f"tabs {named}", "a tab Onlineprodukt_Gemeinden…", _ADVICE))
                return
            for row in TabRows(book, tab.part):
                satzart = row.cells.get(_SATZART, "").strip()
                if satzart in (KREIS, GEMEINDE):
                    yield from _of_row(row.number, row.cells, path.name, tab.name, faults)
                elif satzart not in _SATZARTEN and _is_number(row.cells.get(_KREIS, "").strip()):
                    found, expected = repr(satzart), "one of " + ", ".join(_SATZARTEN)
                    faults.append(Fault(path.name, found, expected, _ADVICE, tab=tab.name, row=row.number))
    except BrokenWorkbook as error:
        faults.append(Fault(path.name, str(error), "a workbook", _ADVICE))


def _of_row(
    number: int, cells: dict[int, str], file: str, tab: str, faults: list[Fault]
) -> Iterator[OfficialPlace]:
    said = {place: cell.strip() for place, cell in cells.items()}
    satzart = said[_SATZART]
    # zeros at the front are lost where a spreadsheet took a key for a number
    parts = [(_LAND, 2), (_RB, 1), (_KREIS, 2), *([(_GEM, 3)] if satzart == GEMEINDE else [])]
    keys = [(said.get(place, ""), digits) for place, digits in parts]
    ags = "".join(key.zfill(digits) for key, digits in keys)
    people = said.get(_POPULATION, "")
    wrong = not all(_is_number(key) and len(key) <= digits for key, digits in keys) or not said.get(_NAME)
    if wrong or (people and not _PEOPLE.fullmatch(people)):
        found = " ".join(said.get(place, "") for place in range(1, _POPULATION + 1)).strip()
        faults.append(
            Fault(file, repr(found), "key, name and people of the list", _ADVICE, tab=tab, row=number)
        )
        return
    population = int(re.sub(r"[\s.]", "", people)) if people and satzart == GEMEINDE else None
    entry = entry_of(satzart, said.get(_MARK, ""), ags, said[_NAME], population)
    if entry is not None:
        yield entry
