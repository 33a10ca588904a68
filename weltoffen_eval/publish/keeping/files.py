"""Files that are final or absent, never half; tables as files for spreadsheet programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.whole_files import put_whole

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is final or absent, never half; in place of an ordinary file only."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # a device or a pipe would be replaced by a file
            raise SurroundingsError(f"{path} cannot be written: it is no ordinary file.")
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, lambda stream: stream.write(content))
    except (OSError, ValueError) as error:
        # a ValueError: no name, or one with a NUL
        reason = getattr(error, "strerror", None) or error
        raise SurroundingsError(f"{path} cannot be written: {reason}.") from error


def spreadsheet_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as a CSV file that a German spreadsheet program opens as a table; nothing in it is a formula."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(
        [spreadsheet_cell(cell) for cell in row] for row in rows
    )
    return stream.getvalue().encode("utf-8-sig")


def spreadsheet_cell(cell: object) -> str:
    """A cell that a spreadsheet program does not take for a formula, nor for the end of a row."""
    text = "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n")
    risky = text.startswith(("=", "+", "-", "@", "\t", "\n")) and not _NUMBER.fullmatch(text)
    return "'" + text if risky else text
