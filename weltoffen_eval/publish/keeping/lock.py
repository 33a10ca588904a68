"""A folder that one process holds at a time; the system frees it when the process dies, however it dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from weltoffen_eval.errors import SurroundingsError

#: Where the system knows it: to open a pipe fails at once.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


@contextlib.contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Holds a reports folder for one run.

    Raises
    ------
    SurroundingsError
        If another run holds it, or it cannot be written.
    """
    with _open(folder, folder / ".lock") as stream:
        try:
            _lock(stream.fileno(), wait=False)
        except OSError as error:
            raise SurroundingsError(f"{folder} is in use by another run.") from error
        yield


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Holds a folder that is replaced as a whole, after waiting for whoever replaces it now.

    Raises
    ------
    SurroundingsError
        If it cannot be written.
    """
    with _open(folder, folder.with_name(f".{folder.name}.lock")) as stream:
        _lock(stream.fileno(), wait=True)
        yield


def _open(folder: Path, file: Path) -> IO[str]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # a pipe that lies there would never answer
        return open(file, "a", opener=lambda name, flags: os.open(name, flags | _AT_ONCE, 0o666))
    except OSError as error:
        raise SurroundingsError(f"{folder} cannot be written: {error.strerror or error}.") from error


def _lock(handle: int, wait: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
