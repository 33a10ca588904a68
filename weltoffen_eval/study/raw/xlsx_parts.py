"""The parts of a workbook beside its tables: the container, its tabs, texts and formats.

The XML is read by expat itself, element by element: openpyxl trusts ``<dimension>``, and does not tell
which rows are hidden, what a format shows, or how a formula came to its value.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.raw.number_formats import BUILTIN

MOST_PARTS = 2_000
#: A tab of 1,000,000 rows × 108 columns unpacks to about 4 GB; it is read in pieces.
MOST_UNPACKED_BYTES = 8_000_000_000
MOST_PART_BYTES = 1_000_000_000
MOST_RATIO = 200
_CHUNK = 1 << 16
_DAMAGES = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class BrokenWorkbook(Exception):
    """What is wrong with a workbook, in words."""


@dataclass(frozen=True)
class Tab:
    """A worksheet: its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    """What holds for all tabs. ``formats``: the number format of each style of a cell."""

    container: zipfile.ZipFile
    tabs: list[Tab] = field(default_factory=list)
    is_1904: bool = False
    calculates_anew: bool = False
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    #: For each format of a condition, whether it has a number format of its own.
    conditional_formats: list[bool] = field(default_factory=list)


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


def broken(file: str, found: str) -> Fault:
    """The fault of a workbook that cannot be read."""
    told = f"a broken workbook ({found})"
    return Fault(file, told, "an XLSX file", "Open it and save it anew.", kind="file_broken")


#: What a reader does at the beginning of an element, at its end, and with its text.
Begin = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


class Elements:
    """Reads the XML of a part piece by piece and calls for each element of its own vocabulary.

    Names come without the prefix of the root element; elements with another prefix are extensions and
    left out. ``end`` is given the text of the element, where its name is among ``with_text``.
    """

    def __init__(self, begin: Begin, end: End, with_text: frozenset[str]) -> None:
        self._begin, self._end, self._with_text = begin, end, with_text
        self._prefix: str | None = None
        self._names: dict[str, str] = {}
        self._text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise BrokenWorkbook("a document type, by which harm can be done")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names.get(name)
        if local is None:
            prefix, _, local = name.rpartition(":")
            if self._prefix is None:
                self._prefix = prefix
            local = self._names[name] = local if prefix == self._prefix else ""
        if local:
            self._text.clear()
            self._begin(local, attributes)

    def _stop(self, name: str) -> None:
        local = self._names[name]
        if local:
            self._end(local, "".join(self._text) if local in self._with_text else "")
            self._text.clear()

    def read(self, container: zipfile.ZipFile, part: str) -> Iterator[None]:
        """Read on by a piece with each step.

        Raises
        ------
        BrokenWorkbook
            Where the part is not there, is no XML, or is damaged.
        """
        try:
            with container.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._parser.Parse(chunk, False)
                    yield
                self._parser.Parse(b"", True)
                yield
        except KeyError:
            raise BrokenWorkbook(f"{part} is missing") from None
        except _DAMAGES as error:
            raise BrokenWorkbook(f"{part}: {error}") from None


def _read_small(
    container: zipfile.ZipFile, part: str, begin: Begin, end: End, with_text: frozenset[str] = frozenset()
) -> None:
    if part in container.namelist() and container.getinfo(part).file_size > MOST_PART_BYTES:
        raise BrokenWorkbook(f"{part} has more than {MOST_PART_BYTES:,} bytes")
    for _ in Elements(begin, end, with_text).read(container, part):
        pass


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
        elif name == "workbookPr":
            book.is_1904 = is_set(attributes.get("date1904"))
        elif name == "calcPr":
            book.calculates_anew = is_set(attributes.get("fullCalcOnLoad"))

    _read_small(container, main, begin, _nothing)
    for kind, part in relations.values():
        if kind == "sharedStrings":
            book.texts = _read_texts(container, part)
        elif kind == "styles":
            _read_formats(book, part)
    return book


def is_set(value: str | None) -> bool:
    """Whether a yes-or-no attribute says yes."""
    return value is not None and value.lower() in ("1", "true", "on")


def _nothing(name: str, text: str) -> None:
    pass


def _relations(container: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """For each relation of a part its kind, and the part to which it leads; never outside the container."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def begin(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    _read_small(container, posixpath.join(folder, "_rels", f"{name}.rels"), begin, _nothing)
    return found


class RunsOfText:
    """The text of a shared or inline string, put together from its runs; reading aids are left out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._aid = False

    def begin(self, name: str) -> None:
        if name == "rPh":
            self._aid = True

    def end(self, name: str, text: str) -> None:
        if name == "rPh":
            self._aid = False
        elif name == "t" and not self._aid:
            self._parts.append(text)

    def take(self) -> str:
        text = unescape("".join(self._parts))
        self._parts.clear()
        return text


def unescape(text: str) -> str:
    """A text of a workbook as it is shown: ``_x000D_`` is a line break, ``_x005F_x000D_`` is ``_x000D_``."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
        # a sign beyond U+FFFF can come as its two halves
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _read_texts(container: zipfile.ZipFile, part: str) -> list[str]:
    texts: list[str] = []
    runs = RunsOfText()

    def begin(name: str, attributes: dict[str, str]) -> None:
        runs.begin(name)

    def end(name: str, text: str) -> None:
        runs.end(name, text)
        if name == "si":
            texts.append(runs.take())

    _read_small(container, part, begin, end, frozenset("t"))
    return texts


def _read_formats(book: Workbook, part: str) -> None:
    codes = dict(BUILTIN)
    styles: list[int] = []
    inside: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            if "dxf" in inside:
                book.conditional_formats[-1] = attributes.get("formatCode", "General") != "General"
            else:
                codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "General")
        elif name == "dxf":
            book.conditional_formats.append(False)
        elif name == "xf" and "cellXfs" in inside:
            number = attributes.get("numFmtId", "0")
            styles.append(int(number) if number.isdecimal() else 0)
        inside.append(name)

    def end(name: str, text: str) -> None:
        inside.pop()

    _read_small(book.container, part, begin, end)
    book.formats = [codes.get(number, "General") for number in styles]
