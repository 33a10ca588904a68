"""A folder that one process holds at a time; the system frees it when the process dies, however it dies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from weltoffen_eval.errors import SurroundingsError


@contextlib.contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Holds a reports folder for one run.

    Raises
    ------
    SurroundingsError
        If another run holds it, or it cannot be written.
    """
    with _held(folder, folder / ".lock", wait=False):
        yield


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Holds a folder that is replaced as a whole, after waiting for whoever replaces it now.

    Raises
    ------
    SurroundingsError
        If it cannot be written.
    """
    with _held(folder, folder.with_name(f".{folder.name}.lock"), wait=True):
        yield


@contextlib.contextmanager
def only_keeper(folder: Path) -> Iterator[None]:
    """Holds a folder to which files are only added, after waiting for whoever adds to it now.

    Raises
    ------
    SurroundingsError
        If it cannot be written.
    """
    with _held(folder, folder / ".lock", wait=True):
        yield


@contextlib.contextmanager
def _held(folder: Path, file: Path, wait: bool) -> Iterator[None]:
    # a lock that is only a file would stay behind a process that was killed
    lock = FileLock(file, timeout=-1 if wait else 0, fallback_to_soft=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # a pipe that lies there would take a lock that holds nobody off
        if file.exists() and not file.is_file():
            raise SurroundingsError(f"{folder} cannot be written: {file.name} in it is no ordinary file.")
        lock.acquire()
    except Timeout as error:
        raise SurroundingsError(f"{folder} is in use by another run.") from error
    except OSError as error:
        raise SurroundingsError(f"{folder} cannot be written: {error.strerror or error}.") from error
    try:
        yield
    finally:
        lock.release()
