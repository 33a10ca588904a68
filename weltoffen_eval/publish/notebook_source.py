"""A notebook as it was written: its cells with their tags; not what its last run left in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import CallError


@dataclass(frozen=True)
class Cell:
    """One cell: ``kind`` is code, markdown or raw; ``attachments`` are the pictures of a Markdown cell."""

    kind: str
    source: str
    tags: tuple[str, ...] = ()
    attachments: str = ""


def read_cells(notebook: Path) -> tuple[Cell, ...]:
    """The cells of a notebook file, read without Jupyter, whose start would cost every command a second.

    Raises
    ------
    CallError
        If the file is not there or is no notebook of format 4.
    """
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
    except OSError as error:
        raise CallError(f"{notebook} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise CallError(f"{notebook} is no notebook: {error}.") from error
    try:
        if content["nbformat"] != 4:
            raise CallError(
                f"{notebook} has the notebook format {content['nbformat']!r}; expected is 4. "
                "Convert it with jupyter nbconvert --to notebook."
            )
        return tuple(_cell(cell) for cell in content["cells"])
    except (KeyError, TypeError, AttributeError) as error:
        raise CallError(
            f"{notebook} is no notebook: nbformat and cells are not as they should be."
        ) from error


def _cell(cell: dict[str, Any]) -> Cell:
    source = cell["source"]
    attached = cell.get("attachments")
    return Cell(
        str(cell["cell_type"]),
        source if isinstance(source, str) else "".join(source),
        tuple(str(tag) for tag in cell.get("metadata", {}).get("tags", ())),
        json.dumps(attached, sort_keys=True) if attached else "",
    )


def hash_notebook(notebook: Path) -> str:
    """SHA-256 over sources, tags and attachments.

    Outputs, execution counts, ids and the kernel that a program last saved it with change no report. Of a
    file that is no notebook: over its bytes; empty where there is none.
    """
    try:
        said = [[cell.kind, cell.source, cell.tags, cell.attachments] for cell in read_cells(notebook)]
        content = json.dumps(said).encode("utf-8")
    except CallError:
        try:
            content = notebook.read_bytes()
        except OSError:
            return ""
    return hashlib.sha256(content).hexdigest()
