"""Schemes that the lab saves: whole or not at all, and never over a file that it did not write."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError, SurroundingsError
from weltoffen_eval.results.lab.scheme_text import scheme_text
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.scheme_places import scheme_names
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.keys import is_key
from weltoffen_eval.whole_files import put_whole

#: The first line of such a file; its hash is that of what follows, so that a change by hand shows.
_MARK = re.compile(r"# made in the scoring lab, ([0-9a-f]{64})\n")


class SavingError(CallError):
    """A scheme that cannot be saved so; ``reason``: ``id``, ``shipped``, ``foreign``, ``note``, ``text``."""

    def __init__(self, reason: str, found: str, sentence: str):
        self.reason, self.found = reason, found
        super().__init__(sentence)


@dataclass(frozen=True)
class SavedScheme:
    """Where a scheme lies, and how ``weltoffen run --scheme`` names it; ``scheme`` as it was read."""

    path: Path
    named: str
    scheme: ScoringScheme


def save_scheme(scheme: ScoringScheme, study: Study, scheme_id: str, title: str, note: str) -> SavedScheme:
    """Save a scheme as ``schemes/<id>.toml`` of the study, or of the project where that cannot be written.

    Raises
    ------
    SavingError
        If the id is none, is that of a shipped scheme or of a file that the lab did not write or that was
        changed since, or no note says why the scheme was made.
    SurroundingsError
        If neither folder can be written to.
    """
    note, title = " ".join(note.split()), " ".join(title.split()) or scheme_id
    _check_names(scheme_id, title, note)
    language = next(iter(scheme.title), study.language)
    made = replace(scheme, id=scheme_id, title={language: title}, note=note, sha256="")
    text = scheme_text(made)
    content = f"# made in the scoring lab, {_hash(text)}\n{text}".encode()
    own = study.folder / "schemes" / f"{scheme_id}.toml"
    path, named = own, scheme_id
    _check_free(own)
    try:
        if study.folder.parent == paths.SHIPPED_STUDIES:
            raise PermissionError("the studies of the package are not written to")
        _write(own, content)
    except OSError:
        path = paths.project_folder() / "schemes" / own.name
        named = os.path.relpath(path)
        named = named if "/" in named else f"./{named}"
        _check_free(path)
        try:
            _write(path, content)
        except OSError as error:
            raise SurroundingsError(f"{path} cannot be written: {error.strerror or error}.") from error
    return SavedScheme(path, named, load_scheme(str(path), study))


def saved_schemes(study: Study) -> list[str]:
    """What can be opened: ids of the study's own schemes and of the shipped ones, paths of the project's."""
    project = paths.project_folder() / "schemes"
    own = sorted(path.stem for path in (study.folder / "schemes").glob("*.toml"))
    beside = sorted(str(path) for path in project.glob("*.toml"))
    return list(dict.fromkeys([*own, *scheme_names(), *beside]))


def _check_names(scheme_id: str, title: str, note: str) -> None:
    if not is_key(scheme_id):
        expected = "ASCII letters, digits, '.', '_', '-', at most 64, beginning with a letter or digit"
        raise SavingError("id", scheme_id, f"The id {scheme_id!r} is none; it is made of {expected}.")
    if scheme_id in scheme_names():
        raise SavingError("shipped", scheme_id, f"{scheme_id} is the name of a shipped scheme; take another.")
    if not note:
        raise SavingError("note", "", "A scheme is saved with a note that says why it was made.")
    for text in (title, note):
        if not text.isprintable():
            raise SavingError("text", text, "Title and note are saved without control characters.")


def _check_free(path: Path) -> None:
    """Refuse to write over what the lab did not write, or what was changed since."""
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_file() or not _is_ours(path.read_bytes()):
        sentence = f"{path} is there and was not written by the lab, or was changed since; take another id."
        raise SavingError("foreign", path.stem, sentence)


def _is_ours(content: bytes) -> bool:
    text = content.decode("utf-8", "replace")
    found = _MARK.match(text)
    return found is not None and found[1] == _hash(text[found.end() :])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    put_whole(path, lambda stream: stream.write(content))
