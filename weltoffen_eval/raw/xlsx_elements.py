"""The XML of office files, element by element, read by expat itself; and the texts in it."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

MOST_PART_BYTES = 1_000_000_000
_CHUNK = 1 << 16
_DAMAGES = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

#: What is told of a line through a value: who drew it withdrew the value, or means to.
STRUCK, UNSTRIKE = "a value that is struck through", "Delete it, or take the line through it away."


class BrokenWorkbook(Exception):
    """What is wrong with a workbook, in words."""


#: What a reader does at the beginning of an element, at its end, and with its text.
Begin = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


class Elements:
    """Reads the XML of a part piece by piece and calls for each element of its own vocabulary.

    Names come without the prefix of the root element; elements with another prefix are extensions and
    left out, but for those of ``extensions``, which come as they stand. ``end`` is given the text of the
    element, where its name is among ``with_text``.
    """

    def __init__(
        self, begin: Begin, end: End, with_text: frozenset[str], extensions: frozenset[str] = frozenset()
    ) -> None:
        self._begin, self._end, self._with_text = begin, end, with_text
        self._extensions = extensions
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
            if prefix != self._prefix:
                local = name if name in self._extensions else ""
            self._names[name] = local
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


def read_small(
    container: zipfile.ZipFile, part: str, begin: Begin, end: End, with_text: frozenset[str] = frozenset()
) -> None:
    """Read a part as a whole.

    Raises
    ------
    BrokenWorkbook
        Where it is larger than such a part can be, or damaged.
    """
    if part in container.namelist() and container.getinfo(part).file_size > MOST_PART_BYTES:
        raise BrokenWorkbook(f"{part} has more than {MOST_PART_BYTES:,} bytes")
    for _ in Elements(begin, end, with_text).read(container, part):
        pass


def is_set(value: str | None) -> bool:
    """Whether a yes-or-no attribute says yes."""
    return value is not None and value.lower() in ("1", "true", "on")


def nothing(name: str, text: str) -> None:
    """What is done at the end of elements that hold no text."""


def unescape(text: str) -> str:
    """A text of a workbook as it is shown: ``_x000D_`` is a line break, ``_x005F_x000D_`` is ``_x000D_``."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
        # a sign beyond U+FFFF can come as its two halves
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
