"""The cells of a raw file by columns: each different text is held once, so that millions of rows fit."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

#: After so many records a column in which most texts differ is held as a plain list.
TRIAL = 50_000
_MOST_OF_TYPE = {"B": 2**8, "H": 2**16, "I": 2**32}


class NumberText(str):
    """The text of a cell that is a number in the file itself: its dot is a decimal point for certain."""

    __slots__ = ()


class LabelledText(str):
    """The text of a cell that the file itself explains: a label, or a value that it declares missing.

    ``code``: what is stored. ``missing``: whether the file declares the value as missing.
    """

    __slots__ = ("code", "missing")
    code: str
    missing: bool

    @classmethod
    def of(cls, text: str, code: str, missing: bool) -> LabelledText:
        made = cls(text)
        made.code, made.missing = code, missing
        return made

    def seen(self) -> str:
        """The code with its label, for messages."""
        return str(self) if self == self.code else f"{self.code} = {self}"


class _Numbers(dict[object, int]):
    """The number of each text, given in the order in which they come."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __missing__(self, key: object) -> int:
        number = self[key] = len(self)
        self.texts.append(key[0] if isinstance(key, tuple) else str(key))
        return number


def _key(cell: str) -> tuple[object, ...]:
    return (cell, cell.code, cell.missing) if isinstance(cell, LabelledText) else (cell,)


class RawColumn:
    """The cells of one column, in the order of the records."""

    __slots__ = ("_codes", "_number_of", "_plain")

    def __init__(self, cells: Sequence[str] = ()) -> None:
        self._number_of = _Numbers()
        self._codes: array[int] = array("B")
        self._plain: list[str] | None = None
        self.extend(cells)

    def extend(self, cells: Sequence[str], typed: bool = False) -> None:
        """Add cells; ``typed`` where some of them may be :class:`NumberText` or :class:`LabelledText`."""
        if self._plain is not None:
            self._plain.extend(cells)
            return
        keys: Iterable[object] = cells
        if typed:
            # a number and a text that look alike are two different cells
            keys = [cell if type(cell) is str else _key(cell) for cell in cells]
        numbers = list(map(self._number_of.__getitem__, keys))
        self._widen()
        self._codes.extend(numbers)
        if len(self._codes) >= TRIAL and len(self._number_of) * 2 > len(self._codes):
            self._plain = self.cells()
            self._number_of, self._codes = _Numbers(), array("B")

    def _widen(self) -> None:
        while len(self._number_of) > _MOST_OF_TYPE[self._codes.typecode]:
            self._codes = array({"B": "H", "H": "I"}[self._codes.typecode], self._codes)

    def texts(self) -> list[str]:
        """The different texts of the column, in the order in which they first stand."""
        if self._plain is not None:
            return list(dict.fromkeys(self._plain))
        return self._number_of.texts

    def coded(self) -> tuple[list[str], array[int]]:
        """The different texts, and for each record the position of its text among them."""
        if self._plain is None:
            return self.texts(), self._codes
        numbers = _Numbers()
        codes = array("I", map(numbers.__getitem__, self._plain))
        return numbers.texts, codes

    def cells(self) -> list[str]:
        """The text of each record."""
        if self._plain is not None:
            return self._plain
        return list(map(self._number_of.texts.__getitem__, self._codes))

    def replace(self, position: int, text: str) -> None:
        """Put another text in the place of one."""
        if self._plain is not None:
            self._plain[position] = text
            return
        number = self._number_of[text if type(text) is str else _key(text)]
        self._widen()
        self._codes[position] = number

    def __getitem__(self, position: int) -> str:
        if self._plain is not None:
            return self._plain[position]
        return self._number_of.texts[self._codes[position]]

    def __len__(self) -> int:
        return len(self._codes) if self._plain is None else len(self._plain)


class RawRow(Sequence[str]):
    """One record: its cells can be read and replaced in the columns that hold them."""

    def __init__(self, content: Sequence[RawColumn], position: int) -> None:
        self._content, self._position = content, position

    def __getitem__(self, column: int) -> str:  # type: ignore[override]
        return self._content[column][self._position]

    def __setitem__(self, column: int, text: str) -> None:
        self._content[column].replace(self._position, text)

    def __len__(self) -> int:
        return len(self._content)


class RawRows(Sequence[Sequence[str]]):
    """All records; to read a whole column, :meth:`RawTable.cells` is the faster way."""

    def __init__(self, content: Sequence[RawColumn], count: int) -> None:
        self._content, self._count = content, count

    def __getitem__(self, position: int) -> RawRow:  # type: ignore[override]
        if not -self._count <= position < self._count:
            raise IndexError(position)
        return RawRow(self._content, position % self._count)

    def __iter__(self) -> Iterator[Sequence[str]]:
        return iter(zip(*(column.cells() for column in self._content), strict=True))

    def __len__(self) -> int:
        return self._count
