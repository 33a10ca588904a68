"""A folder replaced as a whole: at every moment the old one is there, or the new one."""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
from pathlib import Path

from weltoffen_eval.errors import SurroundingsError

_AT_WORKING_FOLDER = -100
_EXCHANGE = 2


def check_is_folder(folder: Path) -> None:
    """Refuse to replace what is no folder of its own: a link, or a file that somebody put there.

    Raises
    ------
    SurroundingsError
        With what lies there.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        found = "a link" if folder.is_symlink() else "no folder"
        raise SurroundingsError(f"{folder} cannot be written: it is {found}; move it away.")


def replace_folder(part: Path, folder: Path) -> None:
    """Put ``part`` in the place of ``folder``, and remove what was there.

    Where the system can exchange two names at once, one of the folders is there at every moment;
    elsewhere the old one is put aside for the time of one call, from where clear_leftovers brings it back.
    """
    if not folder.exists():
        part.rename(folder)
        return
    if exchange(part, folder):
        shutil.rmtree(part)
        return
    aside = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    folder.rename(aside)
    part.rename(folder)
    shutil.rmtree(aside)


def clear_leftovers(folder: Path) -> None:
    """Remove what a process left that was killed while it replaced ``folder``.

    To be called by who holds the folder: a part of another one at work would be removed too.
    """
    for aside in _beside(folder, "old"):
        if folder.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(folder)
    for part in _beside(folder, "part"):
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def _beside(folder: Path, what: str) -> list[Path]:
    return sorted(folder.parent.glob(f".{glob.escape(folder.name)}.{what}-*"))


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the disk cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    done: int = rename(_AT_WORKING_FOLDER, names[0], _AT_WORKING_FOLDER, names[1], _EXCHANGE)
    return done == 0
