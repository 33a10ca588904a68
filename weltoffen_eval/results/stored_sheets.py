"""What was read of each file of answers, stored beside the tables in hidden files, which no archive takes.

They hold what the tables hold, by file, before sheets are put in order: without them one changed answer has
all files of all municipalities read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from weltoffen_eval.results.stored_before import StoredBefore
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.study_files import leads_out


class StoredSheets:
    """The :class:`KeptSheets` of a study; ``before``: the tables beside which they lie, if any do."""

    def __init__(self, study: Study, before: StoredBefore | None):
        self._study = study
        self._before = before if before is not None and _alike(study, before) else None
        self._found: dict[str, bytes] = {}

    def find(self, raw: RawFile) -> bytes | None:
        """What is stored of a file, if that and all on which its reading rests are as they were."""
        before = self._before
        if before is None or leads_out(self._study.folder, raw.path):
            return None
        digest = before.made_now["inputs"].get(raw.path)
        if digest is None or before.made_from["inputs"].get(raw.path) != digest:
            return None
        listed = before.sheets.get(_name(raw))
        if listed is None:
            return None
        return (before.contents(listed) or {}).get(listed)

    def add(self, raw: RawFile, content: bytes) -> None:
        """What is to be stored of a file."""
        self._found[_name(raw)] = content

    def write(self, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
        """Store all; of each file what it is called, and the path and hash of what is stored of it."""
        for number, (name, content) in enumerate(sorted(self._found.items())):
            path = f".sheets-{number}.npz"
            (folder / path).write_bytes(content)
            yield name, {"path": path, "hash": "sha256:" + hashlib.sha256(content).hexdigest()}


def _name(raw: RawFile) -> str:
    """A workbook is listed once for each of its tabs that is read."""
    return f"{raw.path} {raw.tab or ''}".strip()


def _alike(study: Study, before: StoredBefore) -> bool:
    """Whether all but the listed files is as it was: study.toml, register, corrections, questionnaires."""
    raw = {file.path for file in study.files}
    made = (before.made_from["inputs"], before.made_now["inputs"])
    then, now = ({name: digest for name, digest in of.items() if name not in raw} for of in made)
    return then == now
