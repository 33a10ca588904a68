"""Outputs that are not ours: tables and pictures of somebody else's making, as parts of a report."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.publish.parts import Picture

#: Kinds of pictures that every format can hold, the best first.
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d[\d.,]*(?:e[-+]?\d+)?\s?%?", re.IGNORECASE)
#: As Quarto has it: a comment in the cell that draws the picture.
_COMMENT = re.compile(r"^#\|\s*(?:fig-)?alt:\s*(.+)$", re.MULTILINE)
_DATA_ADDRESS = re.compile(r"data:(image/[a-z+]+);base64,(.+)", re.DOTALL)


def read_tables(html: str, caption: str, name: str) -> list[Table]:
    """The tables of an HTML output, such as that of a DataFrame; nothing else of it is taken."""
    soup = BeautifulSoup(html, "html.parser")
    found = [table for table in soup.find_all("table") if table.find_parent("table") is None]
    tables = [_read_table(table, caption, f"{name}-{number}") for number, table in enumerate(found, start=1)]
    return [table for table in tables if table is not None]


def _read_table(table: Tag, caption: str, name: str) -> Table | None:
    rows = _grid(table.find_all("tr"))
    if not rows:
        return None
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    head = table.find("thead")
    heads = len(head.find_all("tr")) if isinstance(head, Tag) else 0
    titles = [_joined(row[number] for row in rows[:heads]) for number in range(width)]
    # a column without title, such as the index of a DataFrame
    unnamed = ["Zeile", *(f"Spalte {number}" for number in range(2, width + 1))]
    titles = [title or instead for title, instead in zip(titles, unnamed, strict=True)]
    body = [[cell or "–" for cell in row] for row in rows[heads:]]
    columns = tuple(
        Column(title, bool(body) and all(_NUMBER.fullmatch(row[number]) for row in body))
        for number, title in enumerate(titles)
    )
    said = table.find("caption")
    text = said.get_text(" ", strip=True) if isinstance(said, Tag) else ""
    return Table(text or caption, columns, tuple(tuple(row) for row in body), name)


def _grid(rows: Iterable[Tag]) -> list[list[str]]:
    """The texts of the cells; one that spans several stands in each of them."""
    grid: list[list[str]] = []
    spanning: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        cells: list[str] = []
        for cell in row.find_all(["th", "td"], recursive=False):
            while (number, len(cells)) in spanning:
                cells.append(spanning[(number, len(cells))])
            text = cell.get_text(" ", strip=True)
            for _ in range(_span(cell, "colspan")):
                for below in range(1, _span(cell, "rowspan")):
                    spanning[(number + below, len(cells))] = text
                cells.append(text)
        grid.append(cells)
    return grid


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(int(value), 1000) if value.isdigit() and int(value) > 0 else 1


def _joined(titles: Iterable[str]) -> str:
    return " – ".join(dict.fromkeys(title for title in titles if title))


def read_picture(
    data: Mapping[str, Any], metadata: Mapping[str, Any], cell: Mapping[str, Any], number: int
) -> Picture | None:
    """The picture of an output with the alternative text that its author gave it; None where there is none.

    An author gives it as ``alt`` in the metadata of the output (``IPython.display.Image(…, alt=…)``) or of
    the cell, or as a comment ``#| fig-alt: …`` in the cell.
    """
    kind = next((kind for kind in PICTURES if kind in data), None)
    if kind is None:
        return None
    content = _bytes_of(data[kind], kind)
    if content is None:
        return None
    comment = _COMMENT.search(str(cell.get("source", "")))
    given = (
        metadata.get(kind, {}).get("alt")
        or metadata.get("alt")
        or cell.get("metadata", {}).get("alt")
        or (comment[1].strip().strip("\"'") if comment else "")
    )
    return described(content, kind, str(given), number)


def described(content: bytes, kind: str, alternative: str, number: int) -> Picture:
    """A picture with its alternative text, or one that says that it has none."""
    missing = f"Abbildung aus Zelle {number} ohne Beschreibung"
    return Picture(content, kind, alternative.strip() or missing, bool(alternative.strip()))


def read_address(address: str, attachments: Mapping[str, Mapping[str, Any]]) -> tuple[bytes, str] | None:
    """The picture that Markdown names: attached to the cell, or a data address; None for any other place."""
    if address.startswith("attachment:"):
        for kind, text in attachments.get(address.removeprefix("attachment:"), {}).items():
            content = _bytes_of(text, kind) if kind in PICTURES else None
            if content is not None:
                return content, kind
    found = _DATA_ADDRESS.fullmatch(address)
    if found and found[1] in PICTURES:
        content = _bytes_of(found[2], found[1], encoded=True)
        return (content, found[1]) if content is not None else None
    return None


def _bytes_of(value: Any, kind: str, encoded: bool = False) -> bytes | None:
    """The bytes of a picture; None where they are not those of its kind."""
    text = "".join(value) if isinstance(value, list) else str(value)
    if kind == "image/svg+xml" and not encoded:
        return text.encode("utf-8") if "<svg" in text else None
    try:
        content = base64.b64decode(re.sub(r"\s", "", text), validate=True)
    except (binascii.Error, ValueError):
        return None
    starts = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
    return content if kind not in starts or content.startswith(starts[kind]) else None
