"""The parts of a workbook beside its tables: the container, its tabs, texts and formats.

The XML is read by expat itself, element by element: openpyxl trusts ``<dimension>``, and does not tell
which rows are hidden, what a format shows, or how a formula came to its value.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw.xlsx_elements import BrokenWorkbook, is_set, nothing, read_small
from weltoffen_eval.raw.xlsx_styles import Styles, read_styles
from weltoffen_eval.raw.xlsx_texts import AS_THE_CELL, RunLook, RunsOfText

MOST_PARTS = 2_000
#: A tab of 1,000,000 rows × 108 columns unpacks to about 4 GB; it is read in pieces.
MOST_UNPACKED_BYTES = 8_000_000_000
MOST_RATIO = 200


@dataclass(frozen=True)
class Tab:
    """A worksheet: its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    """What holds for all tabs. ``looks``: by the number of a text, how its parts say they look."""

    container: zipfile.ZipFile
    tabs: list[Tab] = field(default_factory=list)
    is_1904: bool = False
    calculates_anew: bool = False
    texts: list[str] = field(default_factory=list)
    styles: Styles = field(default_factory=Styles)
    looks: dict[int, frozenset[RunLook]] = field(default_factory=dict)

    def looks_of(self, value: str) -> frozenset[RunLook]:
        """How the parts of a shared text look, by its number as a cell holds it."""
        return self.looks.get(int(value), AS_THE_CELL) if self.looks and value.isdecimal() else AS_THE_CELL


def check_container(path: Path, file: str, faults: list[Fault]) -> bool:
    """False, with a fault, where a container is broken or made to do harm; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as container:
            parts = container.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        faults.append(broken(file, str(error)))
        return False
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    names = [part.filename for part in parts]
    odd = [n for n in names if ".." in n or n.startswith(("/", "\\")) or ":" in n]
    links = [part for part in parts if (part.external_attr >> 16) & 0o170000 == 0o120000]
    for found, expected, is_wrong in [
        (f"{len(parts)} parts", f"at most {MOST_PARTS}", len(parts) > MOST_PARTS),
        (f"{unpacked:,} bytes unpacked", f"at most {MOST_UNPACKED_BYTES:,}", unpacked > MOST_UNPACKED_BYTES),
        (
            f"packed {unpacked / packed:.0f} : 1",
            f"at most {MOST_RATIO} : 1",
            unpacked >= 10_000_000 and unpacked / packed > MOST_RATIO,
        ),
        ("a part that leaves the container", "no ..", bool(odd)),
        ("a link to another file", "parts with content", bool(links)),
        ("two parts of one name", "each part once", len({n.lower() for n in names}) < len(names)),
        ("a locked part", "parts that can be read", any(part.flag_bits & 1 for part in parts)),
    ]:
        if is_wrong:
            faults.append(Fault(file, found, expected, "This is no ordinary workbook; save it anew."))
            return False
    return True


#: Tabs that hold no cells of a table.
_OTHER_SHEETS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


def broken(file: str, found: str) -> Fault:
    """The fault of a workbook that cannot be read."""
    told = f"a broken workbook ({found})"
    return Fault(file, told, "an XLSX file", "Open it and save it anew.", kind="file_broken")


def read_workbook(container: zipfile.ZipFile) -> Workbook:
    """The workbook in a container, without its tables."""
    book = Workbook(container)
    main = next((p for kind, p in _relations(container, "").values() if kind == "officeDocument"), None)
    if main is None:
        raise BrokenWorkbook("no workbook in it")
    relations = _relations(container, main)

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            identity = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            kind, part = relations.get(identity, ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                book.tabs.append(Tab(attributes.get("name", ""), part, hidden))
            elif kind not in _OTHER_SHEETS:
                # what is in it would be missed by nobody
                raise BrokenWorkbook(f"the tab {visible(attributes.get('name', ''))[:40]} leads nowhere")
        elif name == "workbookPr":
            book.is_1904 = is_set(attributes.get("date1904"))
        elif name == "calcPr":
            book.calculates_anew = is_set(attributes.get("fullCalcOnLoad"))

    read_small(container, main, begin, nothing)
    for kind, part in relations.values():
        if kind == "sharedStrings":
            _read_texts(book, part)
        elif kind == "styles":
            book.styles = read_styles(container, part)
    return book


def _relations(container: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """For each relation of a part its kind, and the part to which it leads; never outside the container."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def begin(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    read_small(container, posixpath.join(folder, "_rels", f"{name}.rels"), begin, nothing)
    return found


def _read_texts(book: Workbook, part: str) -> None:
    runs = RunsOfText()

    def end(name: str, text: str) -> None:
        runs.end(name, text)
        if name == "si":
            book.texts.append(runs.take())
            if runs.looks != AS_THE_CELL:
                book.looks[len(book.texts) - 1] = runs.looks

    read_small(book.container, part, runs.begin, end, frozenset("t"))
