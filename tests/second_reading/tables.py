"""A raw file as rows of texts: CSV in its encodings and delimiters, XLSX from its XML."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

Record = tuple[int, dict[str, str]]
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _read_csv(path: Path, head_at: int) -> list[list[str]]:
    text = _decoded(path.read_bytes())
    head = text.splitlines()[head_at - 1]
    # where the head has as many of two signs, it is the one under which the other rows are as long as it
    delimiter = max(",;\t", key=lambda sign: (_cells_of(head, sign), _rows_alike(text, sign)))
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def _column(reference: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():  # type: ignore[union-attr]
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(element: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_SHEET}t"))


def _read_xlsx(path: Path, tab: str) -> list[list[str]]:
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = [_text(entry) for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        tabs = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_SHEET}sheet")
        number = next(place for place, entry in enumerate(tabs, start=1) if tab in ("", entry.attrib["name"]))
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    rows: list[list[str]] = []
    for row in sheet.iter(f"{_SHEET}row"):
        cells: dict[int, str] = {}
        for cell in row.iter(f"{_SHEET}c"):
            value = cell.findtext(f"{_SHEET}v") or _text(cell)
            cells[_column(cell.attrib["r"])] = shared[int(value)] if cell.get("t") == "s" else value
        rows.append([cells.get(number, "") for number in range(max(cells, default=-1) + 1)])
    return rows


def read_records(path: Path, entry: dict[str, Any] | None = None) -> tuple[list[str], list[Record]]:
    """Heads, and per record its line (the head is 1) and its cells without blanks around.

    ``entry``: the file's settings in study.toml.
    """
    entry = entry or {}
    head_at = entry.get("header_row", 1)
    rows = _read_xlsx(path, entry.get("tab", "")) if path.suffix == ".xlsx" else _read_csv(path, head_at)
    heads = [head.strip() for head in rows[head_at - 1]]
    records = []
    for line, row in enumerate(rows[head_at:], start=head_at + 1):
        if line not in entry.get("skip_rows", []):
            cells = [cell.strip() for cell in row] + [""] * len(heads)
            records.append((line, dict(zip(heads, cells, strict=False))))
    return heads, records


def _rows_alike(text: str, delimiter: str) -> int:
    """How many rows have as many cells as the first."""
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    return sum(len(row) == len(rows[0]) for row in rows)


def _cells_of(line: str, delimiter: str) -> int:
    """How many cells a line has with a delimiter; none where a quoted text does not end before it."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True)))
    except csv.Error:
        return 0
