"""Lines sorted by a key in constant memory: kept in a file, in runs that are in order, and merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise


class SortedLines:
    """Lines of text, each with its end. Those that come in order cost no memory, each break a little."""

    def __init__(self, key: Callable[[str], str] = str):
        self._key = key
        self._file = tempfile.TemporaryFile(prefix="weltoffen-lines-")  # noqa: SIM115 (closed with the lines)
        self._starts: list[int] = []
        self._last = ""
        self._count = 0

    def __enter__(self) -> SortedLines:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def add(self, line: str) -> None:
        """One more line; it ends with its only line feed."""
        key = self._key(line)
        if not self._count or key < self._last:
            self._starts.append(self._file.tell())
        self._last = key
        self._count += 1
        self._file.write(line.encode())

    def __iter__(self) -> Iterator[str]:
        """All lines in order. None may be added while this goes on."""
        borders = [*self._starts, self._file.seek(0, 2)]
        runs = (self._run(start, end) for start, end in pairwise(borders))
        return heapq.merge(*runs, key=self._key)

    def _run(self, start: int, end: int) -> Iterator[str]:
        while start < end:
            self._file.seek(start)
            # many at once: the place in the file is that of all runs
            for line in self._file.readlines(min(1 << 16, end - start)):
                if start >= end:
                    return
                start += len(line)
                yield line.decode()
