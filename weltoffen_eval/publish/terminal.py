"""What a cell printed for a terminal, as it shows it: lines written over, no colours, no commands."""

from __future__ import annotations

import re

_CONTROL_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d).*?(?:\x07|\x1b\\|\x9c|(?=\n)|\Z)"  # to the window: titles, links
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]).*?(?:\x1b\\|\x9c|(?=\n)|\Z)"  # to the device
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours, movements
    r"|\x1b[ -/]*[0-~]?",
    re.DOTALL,
)
_LINK = re.compile(
    r"\x1b\]8;[^;\x07\x1b]*;(?P<address>[^\x07\x1b]+)(?:\x07|\x1b\\)(?P<text>[^\x1b\n]*)\x1b\]8;;(?:\x07|\x1b\\)"
)
_DELETED = re.compile(r"[^\n\r]\x08")
_OTHERS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")


def as_shown(text: str) -> str:
    """Printed text as Jupyter shows it.

    A carriage return goes back to the beginning of the line, which is written over; a backspace takes the
    sign before it; a form feed or vertical tab ends a line. Links of a terminal keep their address.
    """
    if not _has_controls(text):
        return text
    text = _LINK.sub(_link, text)
    text = _CONTROL_SEQUENCES.sub("", text)
    text = re.sub(r"\r+\n", "\n", text)
    text = re.sub(r"[\x0b\x0c\x85]", "\n", text)
    return "\n".join(_line(line) for line in text.split("\n"))


def _has_controls(text: str) -> bool:
    return any((sign < " " and sign not in "\n\t") or "\x7f" <= sign <= "\x9f" for sign in set(text))


def _link(found: re.Match[str]) -> str:
    text, address = found["text"], found["address"]
    return text if address in text else f"{text} ({address})"


def _line(line: str) -> str:
    while "\x08" in line:
        shorter = _DELETED.sub("", line)
        if shorter == line:
            break
        line = shorter
    if "\r" in line:
        shown = ""
        for piece in line.split("\r"):
            shown = piece + shown[len(piece) :]
        line = shown
    return _OTHERS.sub("", line)
