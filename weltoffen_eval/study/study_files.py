"""Files of a study: none is opened that lies outside its folder, or is no ordinary file."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath

from weltoffen_eval.errors import Fault

_DRIVE = re.compile(r"[A-Za-z]:")
# of the usual systems
_LONGEST_NAME = 255
_LONGEST_PATH = 1024
_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


#: Controls, and marks that turn the direction of what stands beside them.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2060-\u206f\ufeff]")


def control_characters(text: str) -> str:
    """The control characters in a text, which no name, path or title has; tab and line feed are none.

    Marks of direction are among them: with one of them a name looks like another.
    """
    return "".join(_CONTROLS.findall(text))


def leads_out(folder: Path, path: str) -> str:
    """Why a path in study.toml is refused, in words; empty where it stays inside the study folder.

    Links are resolved, nothing is opened. A path that nothing lies at yet may stay inside too.
    """
    reason = _is_written_outside(path)
    if reason:
        return reason
    try:
        inside = (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        # too long a name, or links that lead in a circle
        return "a path that cannot be followed"
    return "" if inside else "a link that leads out of the study folder"


def _is_written_outside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not path.strip():
        return "an empty path"
    if control_characters(path) or "\n" in path or "\t" in path:
        return "a control character"
    if "\\" in path:
        return "a backslash"
    if path.startswith(("/", "~")) or _DRIVE.match(path):
        return "a path that does not begin in the study folder"
    if ".." in parts:
        return "a path with '..'"
    if any(len(part.encode()) > _LONGEST_NAME for part in parts) or len(path.encode()) > _LONGEST_PATH:
        return "too long a path"
    return ""


def is_there(path: Path) -> bool:
    """True where anything lies at the path, be it a link that leads nowhere."""
    return os.path.lexists(path)


def check_file(path: Path, file: str, faults: list[Fault], folder: Path | None = None) -> bool:
    """True for an ordinary file (inside ``folder``, where one is given); else False, with a fault.

    ``file`` names it in the message. The file is not opened: a pipe would never answer.
    """
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            faults.append(Fault(file, "a link that leads out of its folder", "a file inside the folder"))
            return False
        mode = path.stat().st_mode
    except FileNotFoundError:
        advice = "Correct the path, or add the file."
        faults.append(Fault(file, "no such file", "a file", advice, kind="file_missing"))
        return False
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "a path that cannot be followed"
        faults.append(Fault(file, reason, "a file that can be read"))
        return False
    if not stat.S_ISREG(mode):
        found = _KINDS.get(stat.S_IFMT(mode), "no ordinary file")
        faults.append(Fault(file, found, "an ordinary file", "It was not opened."))
        return False
    return True
