"""Files that are final or absent, never half."""

from __future__ import annotations

import os
from pathlib import Path

from weltoffen_eval.errors import SurroundingsError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is final or absent, never half."""
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SurroundingsError(f"{path} cannot be written: {error.strerror or error}.") from error
