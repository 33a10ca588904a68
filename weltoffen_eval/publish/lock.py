"""A folder that one process holds at a time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from weltoffen_eval.errors import SurroundingsError


@contextlib.contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Holds a reports folder for one run; the system frees it when the process dies, however it dies.

    Raises
    ------
    SurroundingsError
        If another run holds it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / ".lock").open("a")
    except OSError as error:
        raise SurroundingsError(f"{folder} cannot be written: {error.strerror or error}.") from error
    with stream:
        try:
            _lock(stream.fileno())
        except OSError as error:
            raise SurroundingsError(f"{folder} is in use by another run.") from error
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
