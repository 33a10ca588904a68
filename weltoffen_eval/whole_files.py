"""Files that are final or absent, never half, whoever writes them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar

Made = TypeVar("Made")


def put_whole(path: Path, write: Callable[[IO[bytes]], Made]) -> Made:
    """Have a file written beside its place, on the disk before it takes it; what ``write`` returns.

    Raises
    ------
    OSError
        If it cannot be written; nothing is left of it then.
    ValueError
        If the path has no name.
    """
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
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
