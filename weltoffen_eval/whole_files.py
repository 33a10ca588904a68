"""Files that are final or absent, never half, whoever writes them."""

from __future__ import annotations

import contextlib
import glob
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeVar

_ANY_PART = ".*.part-*"
Made = TypeVar("Made")


def part_beside(path: Path) -> Path:
    """Where this process writes what is to take a place: beside it, under a name that nothing else has."""
    return path.with_name(f".{path.name}.part-{os.getpid()}")


def parts_in(folder: Path, below: bool = False) -> Iterator[Path]:
    """What killed processes had half written in a folder, or also in the folders below it.

    To be asked for by who holds the folder: a process at work has parts too.
    """
    return folder.rglob(_ANY_PART) if below else folder.glob(_ANY_PART)


def parts_of_the_dead(folder: Path, name: str | None = None) -> Iterator[Path]:
    """What processes that are no more had half made in a folder that nobody holds, of one name or of all.

    Nothing where the system cannot be asked for a process without harm to it.
    """
    for part in folder.glob(f".{glob.escape(name)}.part-*" if name is not None else _ANY_PART):
        owner = part.name.rpartition("-")[2]
        if owner.isdecimal() and os.name == "posix" and not _lives(int(owner)):
            yield part


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def put_whole(path: Path, write: Callable[[IO[bytes]], Made]) -> Made:
    """Have a file written beside its place, on the disk before it takes it; what ``write`` returns.

    Raises
    ------
    OSError
        If it cannot be written; nothing is left of it then.
    ValueError
        If the path has no name.
    """
    part = part_beside(path)
    try:
        with part.open("wb") as stream:
            made = write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return made
