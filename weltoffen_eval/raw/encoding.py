"""From the bytes of a text file to its lines: one encoding for the whole file, or lines that are told."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import LogEntry

MOST_LINE_BYTES = 50_000_000
_CHUNK = 1 << 20
#: What Python calls encodings but turns bytes into something other than text, or is no encoding of a file.
_ENCODINGS = re.compile(r"(?:utf-(?:8|8-sig|16|32|(?:16|32)-[bl]e)|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w)")
_EIGHT_BITS = re.compile(r"(?:iso8859-\d+|cp\d+|mac-\w+|koi8-\w)")
_STRAY = re.compile("[\udc80-\udcff]")
#: Letters of Mac Roman and DOS between small letters, if they are read as cp1252: fŸr, wei§, Zust„ndig.
_NOT_CP1252 = re.compile("[a-zäöü][ŸŠŽ„¤§†‡][a-zäöüß]")
_SIGNS_OF_CP1252 = set("‚„…‹‘’“”•–—›«»° \u00a0·´©®™§")


@dataclass(frozen=True)
class Encoding:
    """How a file is read: its ``name``, and lines that are told as being in another one.

    ``strays``: lines to be read as cp1252 though the file is UTF-8. ``odd``: the lines of whichever of the
    two has fewer, which is called ``odd_name``. ``guessed``: cp1252 because it is not UTF-8.
    """

    name: str
    strays: frozenset[int] = field(default_factory=frozenset)
    odd: frozenset[int] = field(default_factory=frozenset)
    odd_name: str = ""
    guessed: bool = False


def find_encoding(
    path: Path, file: str, declared: str | None, faults: list[Fault], log: list[LogEntry]
) -> Encoding | None:
    """The encoding of a file, declared or told from its bytes; None, with a fault, where it is none."""
    if declared is not None:
        return _declared(path, file, declared, faults, log)
    wide = _wide_encoding(path)
    if wide:
        return Encoding(wide)
    with path.open("rb") as stream:
        name = "utf-8-sig" if stream.read(3) == codecs.BOM_UTF8 else "utf-8"
    if _is_utf8(path):
        return Encoding(name)
    return _mixed(path, file, name, log)


def _wide_encoding(path: Path) -> str:
    """UTF-16 or UTF-32, told from the mark at the beginning or from zeros; empty where it is neither."""
    with path.open("rb") as stream:
        start = stream.read(200)
    # the mark of UTF-32 begins with that of UTF-16
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # without its mark: every other byte of plain Latin text is zero, and no other
    first, second = start[::2].count(b"\x00") * 2, start[1::2].count(b"\x00") * 2
    few, most = len(start) // 10, len(start) * 2 // 3
    if first < few and second > most:
        return "utf-16-le"
    return "utf-16-be" if second < few and first > most else ""


def _declared(
    path: Path, file: str, declared: str, faults: list[Fault], log: list[LogEntry]
) -> Encoding | None:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError, UnicodeError):
        name = ""
    if not _ENCODINGS.fullmatch(name):
        faults.append(Fault(file, f"encoding {declared!r}", "a known encoding such as utf-8, cp1252"))
        return None
    wide = _wide_encoding(path)
    family = name[:6] if name.startswith(("utf-16", "utf-32")) else ""
    if (wide or family) and wide[:6] != family:
        # its first bytes show what it is: read by another name nothing in it is a letter
        faults.append(
            Fault(
                file,
                f"text in {wide[:6].upper()}" if wide else f"text that is no {family.upper()}",
                f"text in {declared}, as study.toml says",
                "Leave encoding out of study.toml, or name the one that it really has.",
                kind="encoding_otherwise",
            )
        )
        # read as what it is, so that its other faults are told too
        return find_encoding(path, file, None, faults, log)
    if wide:
        return Encoding(wide)
    if _EIGHT_BITS.fullmatch(name) and not _is_ascii(path) and _is_utf8(path):
        faults.append(
            Fault(
                file,
                "letters in UTF-8",
                f"letters in {declared}, as study.toml says",
                'Set encoding = "utf-8" in study.toml, or leave it out.',
                kind="encoding_otherwise",
            )
        )
        name = "utf-8"
    # a mark at the beginning is no letter, whatever the declared name
    return Encoding("utf-8-sig" if name == "utf-8" else name)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _is_ascii(path: Path) -> bool:
    return all(chunk.isascii() for chunk in _chunks(path))


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def has_endless_line(path: Path) -> bool:
    """Whether a line is longer than any text that a person writes, so that it must not be read whole."""
    length = 0
    for chunk in _chunks(path):
        if b"\n" in chunk or b"\r" in chunk:
            length = len(chunk) - max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        else:
            length += len(chunk)
            if length > MOST_LINE_BYTES:
                return True
    return False


def _mixed(path: Path, file: str, name: str, log: list[LogEntry]) -> Encoding:
    """cp1252, or UTF-8 with lines of cp1252 in it."""
    strays, proper = set(), set()
    with _open(path, name, "surrogateescape") as stream:
        for number, line in enumerate(stream, start=1):
            if line.isascii():
                continue
            if _STRAY.search(line):
                strays.add(number)
            if any(_is_of_utf8(character) for character in line if character > "\x7f"):
                proper.add(number)
    if not proper and name != "utf-8-sig":
        log.append(LogEntry(file, "", None, "", "", "cp1252", "encoding"))
        return Encoding("cp1252", guessed=True)
    proper -= strays
    fewer = name != "utf-8-sig" and 0 < len(proper) < len(strays)
    odd, odd_name = (proper, "UTF-8") if fewer else (strays, "cp1252")
    return Encoding(name, frozenset(strays), frozenset(odd), odd_name)


def _is_of_utf8(character: str) -> bool:
    """Whether a decoded character shows that its bytes are UTF-8, and not two signs of cp1252 by chance.

    „Gruß“ in cp1252 holds ß and “, which together are a letter of another script in UTF-8.
    """
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:
        return False
    if 0x100 <= number < 0x800:
        last = bytes([0x80 | number & 0x3F]).decode("cp1252", "replace")
        return last not in _SIGNS_OF_CP1252
    return number < 0x800 or 0x2000 <= number < 0x2C00 or number >= 0x10000


def _open(path: Path, encoding: str, errors: str) -> io.TextIOWrapper:
    # line breaks of every kind become \n
    return path.open(encoding=encoding, errors=errors, newline=None)


def read_lines(path: Path, encoding: Encoding) -> Iterator[str]:
    """The lines of a file; a byte that is no letter of its encoding becomes U+FFFD."""
    if not encoding.strays:
        with _open(path, encoding.name, "replace") as stream:
            first = True
            for line in stream:
                yield line.lstrip("\ufeff") if first else line
                first = False
        return
    with _open(path, encoding.name, "surrogateescape") as stream:
        for number, line in enumerate(stream, start=1):
            if number in encoding.strays:
                yield line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
            else:
                yield line


def seems_of_another_encoding(text: str) -> bool:
    """Whether a text read as cp1252 has letters as they look if it is really Mac Roman or DOS."""
    return _NOT_CP1252.search(text) is not None
