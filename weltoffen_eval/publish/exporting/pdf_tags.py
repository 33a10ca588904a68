"""Tags of a PDF as a screen reader needs them: what Typst's wheel cannot say is said afterwards.

Typst marks the cells of a header row only; of a table that is split across its columns it makes several.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

#: Elements in which a table or a list may stand.
_CONTAINERS = {"/Document", "/Sect", "/Div", "/BlockQuote", "/L", "/LI", "/LBody", "/Part", "/NonStruct"}
#: Elements that are none without words.
_WORDS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Code", "/BlockQuote", "/LBody", "/LI"}


def complete_tags(pdf: bytes) -> bytes:
    """The same pages, with better tags; the same bytes for the same bytes.

    The first cell of every row heads its row, and every cell names the heads of its column and of its row.
    Tables without caption continue the one before, column by column. The terms of facts are their labels.
    What holds nothing is no element.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.StructTreeRoot
        heads: dict[bytes, Any] = {}
        _complete(root.K, heads)
        if heads:
            _name_heads(root, heads)
        made = io.BytesIO()
        # as Typst wrote them: objects in streams, no identity drawn by lot
        opened.save(
            made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True, recompress_flate=False, fix_metadata_version=False,
        )  # fmt: skip
    return made.getvalue()


def _complete(element: Any, heads: dict[bytes, Any]) -> None:
    kids = _kids(element)
    if len(kids) == 2 and _kind(kids[0]) == "/Caption":
        # what is said of a picture is heard after what it shows
        kids.reverse()
        element.K = Array(kids)
    kept: list[Any] = []
    table = None
    for kid in kids:
        kind = _kind(kid)
        if kind == "/Table":
            if table is not None and not _has_caption(kid):
                _append_columns(table, kid)
                continue
            table = kid
        elif kind == "/LI":
            _label(kid)
        if kind in _CONTAINERS or kind == "/Code":
            _complete(kid, heads)
        if kind in _WORDS and not _kids(kid):
            continue
        kept.append(kid)
    if len(kept) < len(kids):
        element.K = Array(kept)
    for kid in kept:
        if _kind(kid) == "/Table":
            _head_rows(kid, heads)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K") if isinstance(element, Dictionary) else element
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _kind(element: Any) -> str:
    return str(element.S) if isinstance(element, Dictionary) and "/S" in element else ""


def _has_caption(table: Any) -> bool:
    return any(_kind(kid) == "/Caption" for kid in _kids(table))


def _rows(table: Any) -> Iterator[tuple[Any, bool]]:
    """The rows of a table, each with whether it is a header row."""
    for part in _kids(table):
        kind = _kind(part)
        if kind == "/TR":
            yield part, False
        elif kind in ("/THead", "/TBody", "/TFoot"):
            for row in _kids(part):
                yield row, kind == "/THead"


def _append_columns(table: Any, more: Any) -> None:
    """Puts the cells of further columns at the end of their rows; the repeated head of a row is no cell."""
    # the frame of the first columns alone would be wrong
    table.A = Array([entry for entry in table.get("/A", ()) if "/BBox" not in entry])
    if not len(table.A):
        del table["/A"]
    for (row, _), (further, _) in zip(_rows(table), _rows(more), strict=True):
        cells = _kids(further)[1:]
        for cell in cells:
            cell.P = row
        row.K = Array([*_kids(row), *cells])


def _label(entry: Any) -> None:
    """A term, which stands beside what is said of it, is the label of its entry."""
    parts = _kids(entry)
    if [_kind(part) for part in parts] != ["/Lbl", "/LBody"] or _kids(parts[0]):
        return
    label, body = parts
    grid = _kids(body)
    pair = _kids(grid[0]) if len(grid) == 1 and _kind(grid[0]) == "/Div" else []
    if len(pair) != 2:
        entry.K = Array([body])
        return
    for holder, part in ((label, pair[0]), (body, pair[1])):
        holder.K = Array(_kids(part))
        for above in (part, grid[0]):
            # the language goes with the words
            if "/Lang" in above and "/Lang" not in holder:
                holder.Lang = above.Lang
        for kid in holder.K:
            if isinstance(kid, Dictionary):
                kid.P = holder


def _head_rows(table: Any, heads: dict[bytes, Any]) -> None:
    columns: list[String] = []
    for row, is_header in _rows(table):
        first, *others = _kids(row)
        if is_header:
            columns = [cell.ID for cell in (first, *others)]
            continue
        if not columns:
            return
        own = bytes(columns[0]) + b"r%d" % len(heads)
        first.S, first.ID = Name.TH, String(own)
        heads[own] = first
        _say(first, Dictionary(O=Name.Table, Scope=Name.Row, Headers=Array(columns[:1])))
        for cell, column in zip(others, columns[1:], strict=True):
            _say(cell, Dictionary(O=Name.Table, Headers=Array([column, first.ID])))


def _say(cell: Any, attributes: Dictionary) -> None:
    """Gives a cell its attributes as part of a table, in place of those it has."""
    given = cell.get("/A", ())
    if not isinstance(given, Array):
        given = [given]
    cell.A = Array([attributes, *(entry for entry in given if entry.get("/O") != Name.Table)])


def _name_heads(root: Any, heads: dict[bytes, Any]) -> None:
    """Enters the heads of rows in the list by which cells find their heads."""
    names = dict(_names(root.IDTree))
    names.update(heads)
    entries: list[Any] = []
    for name in sorted(names):
        entries += [String(name), names[name]]
    root.IDTree = Dictionary(Names=Array(entries))


def _names(tree: Any) -> Iterator[tuple[bytes, Any]]:
    entries = list(tree.get("/Names", ()))
    yield from ((bytes(entries[n]), entries[n + 1]) for n in range(0, len(entries), 2))
    for kid in tree.get("/Kids", ()):
        yield from _names(kid)
