"""A run that was refused: its faults as a table, and a word in the folder whose reports stay as they were."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Sequence
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault, SurroundingsError
from weltoffen_eval.runs.kinds import NATIVE
from weltoffen_eval.runs.reports import tell_refusal
from weltoffen_eval.runs.settings import Asked, ending_of


def tell_refused(asked: Asked, faults: Sequence[Fault]) -> None:
    """Write what can be written; the refusal itself is what counts, and is told by who calls this."""
    study, language = _name_and_language(asked.folder)
    with contextlib.suppress(SurroundingsError):
        out = paths.reports_folder(study, asked.out, ending_of(asked, language))
        tell_refusal(out, study, faults)


def _name_and_language(folder: Path) -> tuple[str, str]:
    """The id of a study that may not be readable as a whole, never one that leads elsewhere; its language."""
    from weltoffen_eval.study.keys import is_key

    with contextlib.suppress(OSError, ValueError, RecursionError):
        said = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
        study, language = said.get("id"), said.get("language", NATIVE)
        if isinstance(study, str) and is_key(study):
            return study, str(language)
    return folder.name, NATIVE
