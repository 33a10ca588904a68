"""One object or list within a large JSON file, part by part, so that it is never held as a whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

_AT_ONCE = 1 << 16
_SPACE = " \t\r\n"


def members(path: Path, name: str) -> Iterator[tuple[str, Any]]:
    """Names and values of the object that stands under a name in the outermost object of a file.

    Nothing where there is no such name.

    Raises
    ------
    ValueError
        If it is no JSON, or no object stands there.
    OSError
        If it cannot be read.
    """
    for reader in _found(path, name):
        for member in reader.names():
            yield member, reader.value()


def entries(path: Path, name: str, without: Collection[str] = ()) -> Iterator[Any]:
    """The values in the list that stands under a name in the outermost object of a file.

    Nothing where there is no such name. Of objects the members of the names in ``without`` are left out,
    since they may be large.

    Raises
    ------
    ValueError
        If it is no JSON, or no list stands there.
    OSError
        If it cannot be read.
    """
    for reader in _found(path, name):
        for _ in reader.entries():
            yield reader.value_without(without)


def _found(path: Path, name: str) -> Iterator[_JsonText]:
    """The text of a file wherever the value of this name begins, which must be taken before it goes on."""
    with path.open(encoding="utf-8") as stream:
        reader = _JsonText(stream)
        for found in reader.names():
            if found == name:
                yield reader
            else:
                reader.skip()


class _JsonText:
    """A JSON text, read from its beginning; what was read is forgotten."""

    def __init__(self, stream: IO[str]):
        self._stream = stream
        self._text, self._at = "", 0
        self._decoder = json.JSONDecoder()

    def _more(self) -> bool:
        """Have more of the text, as much again as there is; False at its end."""
        self._text = self._text[self._at :]
        self._at = 0
        part = self._stream.read(max(_AT_ONCE, len(self._text)))
        self._text += part
        return bool(part)

    def _mark(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _take(self, *marks: str) -> str:
        found = self._mark()
        if found not in marks:
            raise ValueError(f"{found or 'the end'!r} where {' or '.join(marks)} must stand")
        self._at += 1
        return found

    def value(self) -> Any:
        """The value that begins here."""
        self._mark()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except ValueError:
                if not self._more():
                    raise
                continue
            if end < len(self._text):
                self._at = end
                return value
            # a number could go on
            if not self._more():
                self._at = len(self._text)
                return value

    def value_without(self, without: Collection[str]) -> Any:
        """The value that begins here; of an object without the members of these names."""
        if self._mark() != "{":
            return self.value()
        found = {}
        for name in self.names():
            if name in without:
                self.skip()
            else:
                found[name] = self.value()
        return found

    def skip(self) -> None:
        """Go behind the value that begins here, part by part, since it may be large."""
        mark = self._mark()
        if mark not in ("{", "["):
            self.value()
            return
        for _ in self.names() if mark == "{" else self.entries():
            self.value()

    def entries(self) -> Iterator[None]:
        """One for each value in the list that begins here, which must be taken before the next."""
        self._take("[")
        if self._mark() == "]":
            self._take("]")
            return
        while True:
            yield
            if self._take(",", "]") == "]":
                return

    def names(self) -> Iterator[str]:
        """The names in the object that begins here; the value of each must be taken before the next."""
        self._take("{")
        if self._mark() == "}":
            self._take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise ValueError(f"{name!r} where a name must stand")
            self._take(":")
            yield name
            if self._take(",", "}") == "}":
                return
