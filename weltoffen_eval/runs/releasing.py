"""Entering in the ledger what lies as released in a folder of public reports, each version once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.publish.keeping.lock import only_keeper
from weltoffen_eval.results.ledger import (
    FOLDER,
    TABLE,
    Release,
    ledger_table,
    read_ledger,
    release_of,
    unlisted_twins,
)
from weltoffen_eval.whole_files import parts_in


def enter_released(folder: Path, study: str, out: Path) -> tuple[Release, ...]:
    """Enter the released reports of a folder whose last entered version is another, or that have none.

    The twins are written first and the table last, as a whole: whoever is killed in between has entered
    nothing, and what he wrote is replaced. To be called before and after public reports are made, so that
    one that a killed run has put in place is known when the next version is made.

    Parameters
    ----------
    folder : of the study
    study : its id
    out : the folder of its public reports

    Returns
    -------
    tuple of Release
        Those that are new in the ledger.

    Raises
    ------
    RefusedError
        If the ledger is not as it was written, or a twin that it does not name is none of these reports.
    SurroundingsError
        If it cannot be written.
    """
    lying = list(_released_in(out, study))
    if not lying:
        return ()
    folder = paths.ledger_home(folder)
    with only_keeper(folder / FOLDER):
        known = read_ledger(folder)
        last = {release.file: release.sha256 for release in known}
        _check_unlisted(folder, known, {_digest(content) for _, _, content in lying})
        new: list[Release] = []
        for file, twin, content in lying:
            digest = _digest(content)
            if last.get(file) == digest:
                continue
            new.append(release_of(len(known) + len(new) + 1, twin, file, digest))
            write_whole(folder / FOLDER / new[-1].twin, content)
        if new:
            write_whole(folder / FOLDER / TABLE, ledger_table([*known, *new]))
        for part in parts_in(folder / FOLDER):
            part.unlink(missing_ok=True)
    return tuple(new)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check_unlisted(folder: Path, known: Sequence[Release], lying: Collection[str]) -> None:
    """A twin without a line is of a killed run, whose report still lies here; else a line was taken out."""
    for name in unlisted_twins(folder, known):
        if _digest((folder / FOLDER / name).read_bytes()) not in lying:
            advice = "Restore ledger.csv from a copy; what was released is never changed."
            raise RefusedError([Fault(f"{FOLDER}/{TABLE}", f"no line for {name}", "a line for it", advice)])


def _released_in(out: Path, study: str) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """The twins of released reports in a folder: path with the folder's name, content, bytes."""
    for path in sorted(out.rglob("*.json")):
        content = path.read_bytes()
        try:
            twin = json.loads(content)
        except ValueError:
            continue
        if not isinstance(twin, dict):
            continue
        about = (twin.get("study"), twin.get("audience"), twin.get("status"))
        if about == (study, "public", "released"):
            yield f"{out.name}/{path.relative_to(out).as_posix()}", twin, content
