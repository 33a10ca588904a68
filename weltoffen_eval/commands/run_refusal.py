"""A run that was refused: its faults as a table, and a word in the folder whose reports stay as they were."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Sequence

from weltoffen_eval import paths
from weltoffen_eval.commands.run_jobs import Asked
from weltoffen_eval.commands.run_reports import tell_refusal
from weltoffen_eval.errors import Fault, SurroundingsError


def tell_refused(asked: Asked, faults: Sequence[Fault]) -> None:
    """Write what can be written; the refusal itself is what counts, and is told by who calls this."""
    study = _name_of(asked)
    with contextlib.suppress(SurroundingsError):
        tell_refusal(paths.reports_folder(study, asked.out), study, faults)


def _name_of(asked: Asked) -> str:
    """The id of a study that may not be readable as a whole; never one that leads elsewhere."""
    from weltoffen_eval.study.keys import is_key

    with contextlib.suppress(OSError, ValueError, RecursionError):
        said = tomllib.loads((asked.folder / "study.toml").read_text(encoding="utf-8")).get("id")
        if isinstance(said, str) and is_key(said):
            return said
    return asked.folder.name
